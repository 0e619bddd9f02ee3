#include "whatif/change_reader.h"

#include <algorithm>
#include <charconv>

#include "documents/moment_text.h"
#include "documents/policy_targets.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

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
  const auto place =
      std::find_if(names.begin(), names.end(), [&](std::string_view other) { return same_name(other, name); });
  if (place == names.end()) return std::nullopt;
  return static_cast<std::size_t>(place - names.begin());
}

/// The ids of a few steps, or how many there are.
std::string ids_in_words(const Plan& plan) {
  constexpr std::size_t most_listed = 30;
  if (plan.steps.size() > most_listed)
    return "the id of one of the plan's " + std::to_string(plan.steps.size()) + " steps";
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

void ChangeReader::fault(Fault without_place) {
  has_failed_ = true;
  without_place.place = place_.text;
  question_.faults.add(place_.number, std::move(without_place));
}

void ChangeReader::fault(const std::string& why, const std::string& expected, const Names& valid) {
  const std::string& word = words_[next_ - 1];
  fault({"", documents::shown(word) + why, expected, question_.faults.nearest(word, valid)});
}

template <class Value>
std::optional<Value> ChangeReader::value_or_fault(tl::expected<Value, Fault> read) {
  if (read) return *std::move(read);
  fault(std::move(read.error()));
  return std::nullopt;
}

void ChangeReader::expect_end(const std::string& form) {
  if (!is_at_end()) fault({"", documents::shown(words_[next_]) + ", one word too many", form, std::nullopt});
}

std::optional<std::string> ChangeReader::word(const std::string& expected) {
  if (!is_at_end()) return words_[next_++];
  fault({"", "the end of the change", expected, std::nullopt});
  return std::nullopt;
}

std::optional<ServerId> ChangeReader::server() {
  const auto name = word("the name of a server");
  if (!name) return std::nullopt;
  return value_or_fault(documents::server_in(*name, question_.names.servers, question_.faults));
}

std::optional<ServerId> ChangeReader::client_access_server() {
  const auto id = server();
  if (!id) return std::nullopt;
  const Server& server = at(question_.situation.organisation.servers, *id);
  auto not_cas = documents::fault_of_roles(server, UpgradedRoles::client_access);
  if (!not_cas) return id;
  fault(*std::move(not_cas));
  return std::nullopt;
}

std::optional<SiteId> ChangeReader::site() {
  const auto name = word("the name of a site");
  if (!name) return std::nullopt;
  return value_or_fault(documents::site_in(*name, question_.names.sites, question_.faults));
}

std::optional<Workplace> ChangeReader::workplace() {
  const std::string expected = "the name of a site or server";
  const auto name = word(expected);
  if (!name) return std::nullopt;
  const auto& [organisation, sites, servers] = question_.names;
  if (const auto site = sites.find(*name)) return SiteId{*site};
  if (const auto server = servers.find(*name)) return ServerId{*server};
  Names names = sites.names();
  names.insert(names.end(), servers.names().begin(), servers.names().end());
  fault(", which is no site or server of this organisation", expected, names);
  return std::nullopt;
}

std::optional<std::size_t> ChangeReader::entry_point() {
  const auto name = word("the name of an entry point");
  if (!name) return std::nullopt;
  const Names names = names_of(question_.situation.organisation.entry_points);
  const auto place = place_of(names, *name);
  if (!place) fault(", which is no entry point of this organisation", "the name of an entry point", names);
  return place;
}

std::optional<StepIndex> ChangeReader::step() {
  const Plan& plan = *question_.situation.plan;
  const auto id = word(ids_in_words(plan));
  if (!id) return std::nullopt;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].id == *id) return id_at<StepIndex>(i);
  }
  fault(", which is no step of the plan", ids_in_words(plan));
  return std::nullopt;
}

std::optional<std::string> ChangeReader::address() {
  auto text = word("an address, or none");
  if (!text || text->size() <= documents::longest_address) return text;
  fault(", of " + std::to_string(text->size()) + " bytes",
        "an address of at most " + std::to_string(documents::longest_address) + " bytes");
  return std::nullopt;
}

std::optional<BuildVersion> ChangeReader::build() {
  const auto text = word("the version of a build, such as 8.2.176.2 (SP2)");
  return text ? value_or_fault(documents::build_in(*text, question_.faults)) : std::nullopt;
}

std::optional<OwaVersion> ChangeReader::folder() {
  const auto text = word("the name of a resource folder, such as 8.1.240.5");
  return text ? value_or_fault(documents::folder_in(*text)) : std::nullopt;
}

std::optional<std::int64_t> ChangeReader::number(std::int64_t lowest, std::int64_t highest, const std::string& what,
                                                 const Names& instead) {
  const std::string expected = what + ", from " + std::to_string(lowest) + " to " + std::to_string(highest);
  const auto text = word(expected);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc() && stop == text->data() + text->size() && lowest <= number && number <= highest)
    return number;
  fault("", expected, instead);
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
  const auto minutes = number(1, a_week.count(), "for how many minutes it is open");
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
  const auto minutes = number(1, a_week.count(), "for how many minutes it is open");
  if (!minutes) return std::nullopt;
  const Moment end = *start + Minutes(*minutes);
  if (end < documents::end_of_times) return DatedTime{*start, end};
  fault(", by which it would be open beyond the year 9999", "fewer minutes");
  return std::nullopt;
}

}  // namespace casplan::whatif
