#include "model/version.h"

#include <charconv>
#include <vector>

namespace casplan {
namespace {

using Parts = std::array<std::uint16_t, 4>;

std::optional<std::uint16_t> parse_group(std::string_view digits, std::size_t most_digits) {
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split_at_dots(std::string_view text) {
  std::vector<std::string_view> groups;
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    groups.push_back(text.substr(0, dot));
    text.remove_prefix(dot + 1);
  }
  groups.push_back(text);
  return groups;
}

std::optional<Parts> parse_groups(std::string_view text, std::size_t fewest_groups, const Parts& most_digits) {
  constexpr std::size_t longest_version = 64;
  if (text.size() > longest_version) return std::nullopt;
  const auto groups = split_at_dots(text);
  if (groups.size() < fewest_groups || groups.size() > 4) return std::nullopt;
  Parts parts{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto part = parse_group(groups[i], most_digits[i]);
    if (!part) return std::nullopt;
    parts[i] = *part;
  }
  return parts;
}

std::string join(const Parts& parts) {
  std::string text = std::to_string(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) text += '.' + std::to_string(parts[i]);
  return text;
}

}  // namespace

std::optional<BuildVersion> parse_build(std::string_view text) {
  const auto parts = parse_groups(text, 4, {5, 5, 5, 5});
  return parts ? std::optional(BuildVersion{*parts}) : std::nullopt;
}

std::optional<OwaVersion> parse_folder_name(std::string_view text) {
  const auto parts = parse_groups(text, 3, {2, 2, 4, 4});
  return parts ? std::optional(OwaVersion{*parts}) : std::nullopt;
}

std::string to_string(const BuildVersion& version) {
  return join(version.parts);
}
std::string to_string(const OwaVersion& version) {
  return join(version.parts);
}

}  // namespace casplan
