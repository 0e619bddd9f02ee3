#include "scenarios/comparison_fixture.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "documents/verdict_words.h"

namespace casplan::scenarios {
namespace {

using Json = nlohmann::json;
using documents::ExpectedUsers;

/// What a command said, with the mismatches that were found in it.
class Comparison {
 public:
  Comparison(std::string command, int exit, const Output& output)
      : command_(std::move(command)), document_(Json::parse(output.document, nullptr, false)), errors_(output.errors) {
    equal("exit code", exit, output.exit);
  }

  /// The document on standard output; where there is none that is a mismatch, and the result is empty.
  const Json& document() {
    static const Json nothing = Json::object();
    if (document_.is_object()) return document_;
    differs("standard output", "a JSON document", "none; standard error says: " + errors_);
    return nothing;
  }
  [[nodiscard]] bool has_document() const { return document_.is_object(); }
  [[nodiscard]] const std::string& errors() const { return errors_; }

  void equal(const std::string& place, const Json& expected, const Json& found) {
    if (expected != found) differs(place, expected.dump(), found.dump());
  }
  void users(const std::string& place, const std::optional<ExpectedUsers>& expected, const Json& found);
  void differs(const std::string& place, const std::string& expected, const std::string& found) {
    mismatches_.push_back(command_ + ", " + place + ": expected " + expected + ", found " + found);
  }
  [[nodiscard]] Mismatches take() { return std::move(mismatches_); }

 private:
  std::string command_;
  Json document_;
  std::string errors_;
  Mismatches mismatches_;
};

Json member(const Json& object, std::string_view key) {
  const auto place = object.find(key);
  return place != object.end() ? *place : Json();
}

/// Compares users in thousandths, as the results print them.
void Comparison::users(const std::string& place, const std::optional<ExpectedUsers>& expected, const Json& found) {
  if (!expected) return;
  const Json wanted = expected->thousandths ? Json(*expected->thousandths) : Json();
  const Json thousandths = found.is_number() ? Json(std::llround(found.get<double>() * 1000)) : found;
  if (wanted == thousandths) return;
  differs(place, wanted.is_null() ? "null" : Json(wanted.get<double>() / 1000).dump(), found.dump());
}

/// The element of a list whose members have these values; null where there is none.
Json find(const Json& list, const std::vector<std::pair<std::string, std::string>>& values) {
  const auto place = std::find_if(list.begin(), list.end(), [&](const Json& element) {
    return std::all_of(values.begin(), values.end(),
                       [&](const auto& v) { return member(element, v.first) == v.second; });
  });
  return place != list.end() ? *place : Json();
}

void compare_path(const documents::ExpectedPath& expected, const Json& paths, Comparison& comparison) {
  const std::string place = "path " + expected.front + " to " + expected.target;
  const Json found = find(paths, {{"front", expected.front}, {"target", expected.target}});
  if (found.is_null()) return comparison.differs(place, "a path", "none");
  comparison.equal(place + ", verdict", to_string(expected.verdict), member(found, "verdict"));
  comparison.equal(place + ", event", expected.event ? Json(*expected.event) : Json(), member(found, "event"));
  if (expected.rule) comparison.equal(place + ", rule", *expected.rule, member(found, "rule"));
  if (expected.message) comparison.equal(place + ", message", *expected.message, member(found, "message"));
  comparison.users(place + ", users", expected.users, member(found, "users"));
}

/// The levels whose features somebody sees.
Json levels_of(const Json& site) {
  Json levels = Json::array();
  for (const Json& share : member(site, "features")) levels.push_back(member(share, "level"));
  return levels;
}

/// `when` is empty, or the moment as the beginning of a place.
void compare_site(const std::string& when, const documents::ExpectedSite& expected, const Json& sites,
                  Comparison& comparison) {
  const std::string place = when + "site " + expected.site;
  const Json found = find(sites, {{"site", expected.site}});
  if (found.is_null()) return comparison.differs(place, "a site", "none");
  comparison.users(place + ", served_users", expected.served_users, member(found, "served_users"));
  comparison.users(place + ", broken_users", expected.broken_users, member(found, "broken_users"));
  comparison.users(place + ", unavailable_users", expected.unavailable_users, member(found, "unavailable_users"));
  comparison.users(place + ", undecided_users", expected.undecided_users, member(found, "undecided_users"));
  if (expected.level) comparison.equal(place + ", levels", Json::array({*expected.level}), levels_of(found));
}

/// How many paths have each verdict that occurs.
void compare_verdicts(const std::map<Verdict, std::int64_t>& expected, const Json& paths, Comparison& comparison) {
  Json wanted = Json::object();
  for (const auto& [verdict, count] : expected) {
    if (count > 0) wanted[std::string(to_string(verdict))] = count;
  }
  Json found = Json::object();
  for (const Json& path : paths) {
    Json& count = found[member(path, "verdict").get<std::string>()];
    count = count.is_null() ? 1 : count.get<std::int64_t>() + 1;
  }
  comparison.equal("paths by verdict", wanted, found);
}

void compare_measures(const std::string& place, const documents::ExpectedMeasures& expected, const Json& found,
                      Comparison& comparison) {
  for (const auto& [measure, value] : expected) {
    const std::string name(to_string(measure));
    comparison.equal(place + " " + name, value ? Json(*value) : Json(), member(found, name));
  }
}

/// A step as scenarios write it: kind, server, and the build or the folder.
Json short_step(const Json& step) {
  Json result = Json::array({member(step, "kind"), member(step, "server")});
  for (const char* key : {"build", "folder"}) {
    if (step.contains(key)) result.push_back(step[key]);
  }
  return result;
}

Json short_step(const documents::ExpectedStep& step) {
  Json result = Json::array({to_string(step.kind), step.server});
  if (step.build) result.push_back(to_string(*step.build));
  if (step.folder) result.push_back(to_string(*step.folder));
  return result;
}

void compare_steps(const std::vector<documents::ExpectedStep>& expected, const Json& steps, Comparison& comparison) {
  Json wanted = Json::array();
  for (const auto& step : expected) wanted.push_back(short_step(step));
  std::vector<Json> by_start(steps.begin(), steps.end());
  std::stable_sort(by_start.begin(), by_start.end(),
                   [](const Json& a, const Json& b) { return member(a, "start") < member(b, "start"); });
  Json found = Json::array();
  for (const Json& step : by_start) found.push_back(short_step(step));
  comparison.equal("steps", wanted, found);
}

/// The reasons of the outcome, or what stands on standard error where there is no document.
void compare_reasons(const std::vector<std::string>& expected, const Json& outcome, Comparison& comparison) {
  const Json sentences = comparison.has_document() ? member(outcome, "because") : Json::array({comparison.errors()});
  for (const std::string& part : expected) {
    const bool found = std::any_of(sentences.begin(), sentences.end(), [&](const Json& sentence) {
      return sentence.get<std::string>().find(part) != std::string::npos;
    });
    if (!found) comparison.differs("reasons", "one with \"" + part + "\"", sentences.dump());
  }
}

/// A broken path as scenarios write it: front, target, event.
Json short_broken_path(const Json& path) {
  return Json::array({member(path, "front"), member(path, "target"), member(path, "event")});
}

Json to_json(const std::vector<documents::ExpectedBrokenPath>& paths) {
  Json broken = Json::array();
  for (const auto& path : paths) broken.push_back({path.front, path.target, path.event});
  return broken;
}

Json short_broken_paths(const Json& state) {
  Json broken = Json::array();
  for (const Json& path : member(state, "broken_paths")) broken.push_back(short_broken_path(path));
  return broken;
}

Json to_json(const documents::ExpectedState& state) {
  return {{"after", state.after ? Json(*state.after) : Json()},
          {"start", state.start.count()},
          {"end", state.end.count()},
          {"broken", to_json(state.broken)}};
}

Json short_state(const Json& state) {
  return {{"after", member(state, "after")},
          {"start", member(state, "start")},
          {"end", member(state, "end")},
          {"broken", short_broken_paths(state)}};
}

void compare_states(const std::vector<documents::ExpectedState>& expected, const Json& states, Comparison& comparison) {
  comparison.equal("number of states", expected.size(), states.size());
  for (std::size_t i = 0; i < std::min(expected.size(), states.size()); ++i) {
    comparison.equal("state " + std::to_string(i), to_json(expected[i]), short_state(states[i]));
  }
}

/// The last state that has begun at a minute; null where the plan is over by then.
Json state_at(const Json& states, Minutes minute) {
  Json found;
  for (const Json& state : states) {
    if (member(state, "start").get<std::int64_t>() <= minute.count()) found = state;
  }
  return !states.empty() && member(states.back(), "end").get<std::int64_t>() >= minute.count() ? found : Json();
}

void compare_moment(const documents::ExpectedMoment& expected, const Json& states, Comparison& comparison) {
  const std::string place = "minute " + std::to_string(expected.minute.count());
  const Json found = state_at(states, expected.minute);
  if (found.is_null()) return comparison.differs(place, "a state", "none");
  if (expected.broken) comparison.equal(place + ", broken paths", to_json(*expected.broken), short_broken_paths(found));
  for (const auto& site : expected.sites) compare_site(place + ", ", site, member(found, "sites"), comparison);
}

bool ends_without_event46(const Json& states) {
  if (states.empty()) return false;
  const Json broken = member(states.back(), "broken_paths");
  return std::none_of(broken.begin(), broken.end(), [](const Json& path) { return member(path, "event") == event46; });
}

}  // namespace

Mismatches compare(const documents::CheckExpectation& expected, const Output& output) {
  Comparison comparison("check", expected.exit, output);
  const Json& document = comparison.document();
  if (expected.verdicts) compare_verdicts(*expected.verdicts, member(document, "paths"), comparison);
  for (const auto& path : expected.paths) compare_path(path, member(document, "paths"), comparison);
  for (const auto& site : expected.sites) compare_site("", site, member(document, "sites"), comparison);
  return comparison.take();
}

Mismatches compare(const documents::PlanExpectation& expected, const Output& output) {
  Comparison comparison("plan", expected.exit, output);
  const bool asks_for_plan =
      expected.status || expected.steps || !expected.objective.empty() || !expected.bound.empty();
  const Json document = asks_for_plan || comparison.has_document() ? comparison.document() : Json::object();
  const Json outcome = member(document, "outcome");
  if (expected.status) comparison.equal("status", to_string(*expected.status), member(outcome, "status"));
  if (expected.steps) compare_steps(*expected.steps, member(document, "steps"), comparison);
  compare_measures("objective", expected.objective, member(outcome, "objective"), comparison);
  compare_measures("bound", expected.bound, member(outcome, "bound"), comparison);
  compare_reasons(expected.because, outcome, comparison);
  return comparison.take();
}

Mismatches compare(const documents::VerifyExpectation& expected, const Output& output) {
  Comparison comparison("verify", expected.exit, output);
  if (expected.verdict) {
    comparison.equal("verdict", documents::to_string(*expected.verdict), member(comparison.document(), "verdict"));
  }
  return comparison.take();
}

Mismatches compare(const documents::SimulateExpectation& expected, const Output& output) {
  Comparison comparison("simulate", expected.exit, output);
  const Json& document = comparison.document();
  const Json states = member(document, "states");
  if (expected.states) compare_states(*expected.states, states, comparison);
  if (expected.ends_without_event46) {
    comparison.equal("the end is without Event 46", *expected.ends_without_event46, ends_without_event46(states));
  }
  for (const auto& moment : expected.moments) compare_moment(moment, states, comparison);
  compare_measures("total", expected.totals, member(document, "totals"), comparison);
  return comparison.take();
}

}  // namespace casplan::scenarios
