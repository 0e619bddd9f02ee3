#include "inventory/sites.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "inventory/encoding.h"
#include "inventory/text.h"
#include "model/organisation.h"
#include "model/text.h"

namespace casplan::inventory {
namespace {

// Takes `\,` or `\2C` off the text.
char take_escaped(std::string_view& text) {
  text.remove_prefix(1);
  unsigned byte = 0;
  const std::string_view digits = text.substr(0, 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
  if (error == std::errc{} && digits.size() == 2 && end == digits.data() + 2) {
    text.remove_prefix(2);
    return static_cast<char>(static_cast<unsigned char>(byte));
  }
  const char c = text.front();
  text.remove_prefix(1);
  return c;
}

// Takes the text up to an unescaped separator, and the separator, off the text.
std::string take_part(std::string_view& text, char separator) {
  std::string part;
  while (!text.empty() && text.front() != separator) {
    if (text.front() == '\\' && text.size() > 1) {
      part += take_escaped(text);
    } else {
      part += text.front();
      text.remove_prefix(1);
    }
  }
  if (!text.empty()) text.remove_prefix(1);
  return part;
}

bool is_distinguished_name(std::string_view text) {
  return starts_with(text, "CN=") || starts_with(text, "OU=") || starts_with(text, "DC=");
}

bool has_lost_characters(std::string_view name) {
  return name.find('?') != std::string_view::npos || name.find(replacement_text) != std::string_view::npos;
}

// Whether a name, in lower case, is this one but for the characters that were lost, each of which stands for one.
bool may_be(std::string_view lossy, std::string_view exact) {
  while (!lossy.empty() && !exact.empty()) {
    const char32_t a = take_code_point(lossy);
    const char32_t b = take_code_point(exact);
    const bool is_lost = a == U'?' || a == replacement_character;
    if (!is_lost && a != b) return false;
  }
  return lossy.empty() && exact.empty();
}

using Spellings = std::map<std::string, std::string>;  // by the name in lower case

// Of each exact name the spelling of its most reliable source.
Spellings exact_spellings(const std::vector<Claim*>& site_claims) {
  std::map<std::string, std::vector<Claim>> by_name;
  for (const Claim* claim : site_claims) {
    if (!has_lost_characters(claim->value)) by_name[lower(claim->value)].push_back(*claim);
  }
  Spellings spellings;
  for (const auto& [name, claims] : by_name) spellings.emplace(name, most_reliable(claims).value);
  return spellings;
}

// The exact names that a lossy one may be. Files with more names than any organisation has are not searched.
std::map<std::string, std::vector<std::string>> candidates(const std::vector<Claim*>& site_claims,
                                                           const Spellings& spellings) {
  constexpr std::size_t most_comparisons = 50'000'000;
  std::map<std::string, std::vector<std::string>> found;
  for (const Claim* claim : site_claims) {
    if (has_lost_characters(claim->value)) found[lower(claim->value)];
  }
  if (found.size() * spellings.size() > most_comparisons) return found;
  for (auto& [lossy, matches] : found) {
    for (const auto& [name, spelling] : spellings) {
      if (may_be(lossy, name)) matches.push_back(spelling);
    }
  }
  return found;
}

Note note_on(const Claim& claim, const std::vector<std::string>& found) {
  const std::string start = "The site name \"" + claim.value + "\" may have lost characters";
  if (found.size() == 1) return {start + "; it is taken as \"" + found.front() + "\".", claim.origin};
  const std::string why = found.empty() ? "no other file tells them" : "it may be any of " + joined(found, ", ");
  return {start + ", and " + why + ". Export-Clixml keeps every character.", claim.origin};
}

}  // namespace

std::vector<NamePart> split_distinguished_name(std::string_view text) {
  text = trimmed(text);
  std::vector<NamePart> parts;
  if (!is_distinguished_name(text)) return parts;
  while (!text.empty()) {
    const auto equals = std::min(text.find('='), text.size());
    std::string attribute(trimmed(text.substr(0, equals)));
    text.remove_prefix(std::min(equals + 1, text.size()));
    parts.push_back({std::move(attribute), take_part(text, ',')});
  }
  return parts;
}

std::string object_name(std::string_view text) {
  if (auto parts = split_distinguished_name(text); !parts.empty()) return cleaned_value(parts.front().value);
  text = trimmed(text);
  std::string last;
  while (!text.empty()) last = take_part(text, '/');
  return cleaned_value(last);
}

std::optional<std::string> forest_name(std::string_view text) {
  std::vector<std::string> labels;
  for (auto& part : split_distinguished_name(text)) {
    if (same_name(part.attribute, "DC")) labels.push_back(std::move(part.value));
  }
  if (!labels.empty()) return cleaned_value(joined(labels, "."));
  const auto end = text.find("/Configuration/");
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  return cleaned_value(text.substr(0, end));
}

std::optional<std::string> organisation_name(std::string_view distinguished_name) {
  const auto parts = split_distinguished_name(distinguished_name);
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    const bool below = same_name(parts[i].value, "Microsoft Exchange") && same_name(parts[i + 1].value, "Services");
    if (below && !parts[i - 1].value.empty()) return cleaned_value(parts[i - 1].value);
  }
  return std::nullopt;
}

void unify_site_names(const std::vector<Claim*>& site_claims, std::vector<Note>& notes) {
  const Spellings spellings = exact_spellings(site_claims);
  const auto matches = candidates(site_claims, spellings);
  std::set<std::pair<std::string, std::string>> noted;  // by name and file
  for (Claim* claim : site_claims) {
    if (!has_lost_characters(claim->value)) {
      claim->value = spellings.at(lower(claim->value));
      continue;
    }
    const auto& found = matches.at(lower(claim->value));
    if (noted.emplace(lower(claim->value), claim->origin.file).second) notes.push_back(note_on(*claim, found));
    if (found.size() == 1) claim->value = found.front();
  }
}

}  // namespace casplan::inventory
