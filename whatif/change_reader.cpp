#include "whatif/change_reader.h"

#include <algorithm>
#include <charconv>

#include "documents/moment_text.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "model/catalogue.h"

namespace casplan::whatif {
namespace {

using Names = std::vector<std::string_view>;

template <class List>
Names names_of(const List& list) {
  Names names;
  for (const auto& each : list) names.push_back(each.name);
  return names;
}

std::optional<std::size_t> place_of(const Names& names, std::string_view name) {
  const auto place = std::find_if(names.begin(), names.end(), [&](std::string_view other) { return same_name(other, name); });
  if (place == names.end()) return std::nullopt;
  return static_cast<std::size_t>(place - names.begin());
}

/// The ids of a few steps, or how many there are.
std::string ids_in_words(const Plan& plan) {
  constexpr std::size_t most_listed = 30;
  if (plan.steps.size() > most_listed) return "the id of one of the plan's " + std::to_string(plan.steps.size()) + " steps";
  std::string text;
  for (const PlannedStep& step : plan.steps) text += (text.empty() ? "" : ", ") + step.id;
  return "a step of the plan: " + text;
}

}  // namespace

bool ChangeReader::takes(std::string_view word) {
  if (is_at_end() || !same_name(words_[next_], word)) return false;
  ++next_;
  return true;
}

void ChangeReader::fault(const std::string& why, const std::string& expected, const Names& valid) {
  const std::string& word = words_[next_ - 1];
  faults_.push_back({place_, documents::shown(word) + why, expected, documents::nearest_name(word, valid, budget_)});
}

void ChangeReader::fault_at_end(const std::string& expected) {
  faults_.push_back({place_, "the end of the change", expected, std::nullopt});
}

void ChangeReader::expect_end(const std::string& form) {
  if (is_at_end()) return;
  faults_.push_back({place_, documents::shown(words_[next_]) + ", one word too many", form, std::nullopt});
}

std::optional<std::string> ChangeReader::word(const std::string& expected) {
  if (!is_at_end()) return words_[next_++];
  fault_at_end(expected);
  return std::nullopt;
}

std::optional<ServerId> ChangeReader::server() {
  const auto name = word("the name of a server");
  if (!name) return std::nullopt;
  const auto server = find_server(situation_.organisation, *name);
  if (!server) {
    fault(", which is no server of this organisation", "the name of a server", names_of(situation_.organisation.servers));
  }
  return server;
}

std::optional<ServerId> ChangeReader::client_access_server() {
  const auto id = server();
  if (!id || at(situation_.organisation.servers, *id).is_cas()) return id;
  fault(", which does not have the role ClientAccess", "the name of a Client Access server");
  return std::nullopt;
}

std::optional<SiteId> ChangeReader::site() {
  const auto name = word("the name of a site");
  if (!name) return std::nullopt;
  const auto site = find_site(situation_.organisation, *name);
  if (!site) fault(", which is no site of this organisation", "the name of a site", names_of(situation_.organisation.sites));
  return site;
}

std::optional<Workplace> ChangeReader::workplace() {
  const std::string expected = "the name of a site or server";
  const auto name = word(expected);
  if (!name) return std::nullopt;
  if (const auto site = find_site(situation_.organisation, *name)) return *site;
  if (const auto server = find_server(situation_.organisation, *name)) return *server;
  Names names = names_of(situation_.organisation.sites);
  const Names servers = names_of(situation_.organisation.servers);
  names.insert(names.end(), servers.begin(), servers.end());
  fault(", which is no site or server of this organisation", expected, names);
  return std::nullopt;
}

std::optional<std::size_t> ChangeReader::entry_point() {
  const auto name = word("the name of an entry point");
  if (!name) return std::nullopt;
  const Names names = names_of(situation_.organisation.entry_points);
  const auto place = place_of(names, *name);
  if (!place) fault(", which is no entry point of this organisation", "the name of an entry point", names);
  return place;
}

std::optional<StepIndex> ChangeReader::step() {
  const Plan& plan = *situation_.plan;
  const auto id = word(ids_in_words(plan));
  if (!id) return std::nullopt;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].id == *id) return id_at<StepIndex>(i);
  }
  fault(", which is no step of the plan", ids_in_words(plan));
  return std::nullopt;
}

std::optional<BuildVersion> ChangeReader::build() {
  const std::string expected = "the version of a build, such as 8.2.176.2 (SP2)";
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const auto build = parse_build(*text);
  if (build && find_build(*build) != nullptr) return build;
  std::vector<std::string> versions;
  for (const Build& known : known_builds()) versions.push_back(to_string(known.version));
  fault(build ? ", which is no build of the catalogue" : ", which is no version", expected, {versions.begin(), versions.end()});
  return std::nullopt;
}

std::optional<OwaVersion> ChangeReader::folder() {
  const std::string expected = "the name of a resource folder, such as 8.1.240.5";
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const auto folder = parse_folder_name(*text);
  if (!folder) fault(", which is no name of a resource folder", expected);
  return folder;
}

std::optional<std::int64_t> ChangeReader::number(std::int64_t lowest, std::int64_t highest, const std::string& what) {
  const std::string expected = what + ", from " + std::to_string(lowest) + " to " + std::to_string(highest);
  const auto text = word(expected);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc() && stop == text->data() + text->size() && lowest <= number && number <= highest) return number;
  fault("", expected);
  return std::nullopt;
}

std::optional<Moment> ChangeReader::moment() {
  const std::string expected = "a time such as 2009-10-03T22:00:00Z";
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const auto moment = documents::parse_moment(*text);
  if (!moment) fault("", expected);
  return moment;
}

std::optional<std::size_t> ChangeReader::choice(const Names& words, const std::string& expected) {
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const auto place = place_of(words, *text);
  if (!place) fault("", expected, words);
  return place;
}

std::optional<WeeklyTime> ChangeReader::weekly_time(unsigned day) {
  const std::string expected = "a time of the day, such as 22:00";
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const auto start = documents::parse_time_of_day(*text);
  if (!start) {
    fault("", expected);
    return std::nullopt;
  }
  const auto minutes = number(1, documents::a_week, "for how many minutes it is open");
  if (!minutes) return std::nullopt;
  WeeklyTime weekly{day, *start, Minutes(*minutes), Minutes(0)};
  if (is_at_end()) return weekly;
  const std::string distance = "a distance from UTC, such as +02:00";
  const auto offset = documents::parse_utc_offset(*word(distance));
  if (!offset) {
    fault("", distance);
    return std::nullopt;
  }
  weekly.utc_offset = *offset;
  return weekly;
}

std::optional<std::variant<WeeklyTime, DatedTime>> ChangeReader::window_time() {
  const std::string expected = "a day of the week, or a time such as 2009-10-03T22:00:00Z";
  const auto text = word(expected);
  if (!text) return std::nullopt;
  const Names days(documents::day_words.begin(), documents::day_words.end());
  if (const auto day = place_of(days, *text)) return weekly_time(static_cast<unsigned>(*day));
  const auto start = documents::parse_moment(*text);
  if (!start) {
    fault("", expected, days);
    return std::nullopt;
  }
  const auto minutes = number(1, documents::a_week, "for how many minutes it is open");
  return minutes ? std::optional(DatedTime{*start, *start + Minutes(*minutes)}) : std::nullopt;
}

}  // namespace casplan::whatif
