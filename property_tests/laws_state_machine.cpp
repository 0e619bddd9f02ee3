#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/rules.h"
#include "model/state.h"
#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/steps.h"
#include "property_tests/judgements.h"
#include "property_tests/oracles/naive_rules.h"
#include "property_tests/oracles/naive_state.h"
#include "simulator/assessment.h"
#include "simulator/transition.h"

/// The simulator beside the oracle, while steps begin and end on any servers at any time.
namespace casplan {
namespace {

/// The organisation and the readings under which one run is made. Commands outlive the run, when they are shrunk.
struct Setting {
  Organisation organisation;
  Readings readings;
};
using SharedSetting = std::shared_ptr<const Setting>;

/// What the oracle knows: the servers without what upgrades that are running do to them, and the running steps.
struct Expected {
  oracle::NaiveState servers;
  std::map<ServerId, Step> running;

  /// The servers as users meet them.
  [[nodiscard]] oracle::NaiveState as_met() const {
    oracle::NaiveState met = servers;
    for (const auto& [server, step] : running) {
      if (step.kind == StepKind::upgrade) met[server.value].in_service = false;
    }
    return met;
  }
};

using Actual = State;
using Command = rc::state::Command<Expected, Actual>;

Knowledge knowledge_of(const oracle::Folders& folders, const OwaVersion& folder) {
  if (folders.sure.contains(folder)) return Knowledge::yes;
  return folders.perhaps.contains(folder) ? Knowledge::unknown : Knowledge::no;
}

/// Every folder that the oracle has heard of.
std::set<OwaVersion> all_folders(const oracle::NaiveState& state) {
  std::set<OwaVersion> all;
  for (const oracle::NaiveServer& server : state) {
    for (const oracle::Folders* folders : {&server.present, &server.loaded, &server.copied_by_hand}) {
      all.insert(folders->sure.begin(), folders->sure.end());
      all.insert(folders->perhaps.begin(), folders->perhaps.end());
    }
  }
  return all;
}

bool is_listed(const Setting& setting, ServerId server) {
  return at(setting.organisation.servers, server).folders.has_value();
}

void expect_same_folders(const FolderSet& actual, const oracle::Folders& expected, const std::set<OwaVersion>& all) {
  for (const OwaVersion& folder : all) RC_ASSERT(actual.has(folder) == knowledge_of(expected, folder));
}

/// Of a server whose folders were not listed the simulator may know less than the oracle, and nothing else.
void expect_no_contradiction(const FolderSet& actual, const oracle::Folders& expected,
                             const std::set<OwaVersion>& all) {
  for (const OwaVersion& folder : all) {
    const Knowledge knowledge = actual.has(folder);
    RC_ASSERT(knowledge == Knowledge::unknown || knowledge == knowledge_of(expected, folder));
  }
}

void expect_same_servers(const Setting& setting, const oracle::NaiveState& expected, const Actual& actual) {
  const auto all = all_folders(expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const ServerState& server = actual.servers[i];
    RC_ASSERT(server.build == expected[i].build);
    RC_ASSERT(server.owa_version == expected[i].version);
    RC_ASSERT(server.is_in_service() == expected[i].in_service);
    const auto expect = is_listed(setting, id_at<ServerId>(i)) ? expect_same_folders : expect_no_contradiction;
    expect(server.present, expected[i].present, all);
    expect(server.loaded, expected[i].loaded, all);
    if (is_listed(setting, id_at<ServerId>(i))) expect(server.hand_copied, expected[i].copied_by_hand, all);
  }
}

void expect_same_answers(const Setting& setting, const oracle::NaiveState& expected, const Actual& actual) {
  const auto paths = proxy_paths(setting.organisation);
  const auto judgements = judgements_in(setting.organisation, actual, setting.readings);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const oracle::Pair pair{paths[i].front.value, paths[i].target.value};
    const auto answer = oracle::answer(setting.organisation, expected, pair, setting.readings);
    const bool are_listed = is_listed(setting, paths[i].front) && is_listed(setting, paths[i].target);
    if (!are_listed && judgements[i].verdict == Verdict::cannot_tell) continue;
    RC_ASSERT(std::string(to_string(judgements[i].verdict)) == answer.verdict);
    RC_ASSERT(judgements[i].event == answer.event);
  }
}

void expect_same(const Setting& setting, const Expected& expected, const Actual& actual) {
  const auto met = expected.as_met();
  expect_same_servers(setting, met, actual);
  expect_same_answers(setting, met, actual);
}

/// Whether nothing else is being done to the server and the step can be carried out.
bool can_begin(const Expected& expected, const Step& step) {
  return !expected.running.contains(step.server) && oracle::can_begin(expected.as_met(), step);
}

/// A step begins where it can. Where it cannot, the simulator must refuse it and change nothing.
class Begin : public Command {
 public:
  Begin(SharedSetting setting, const Expected&)
      : setting_(std::move(setting)), step_(*any_step(setting_->organisation)) {}

  /// The simulator leaves it to its caller that only one step at a time is done to a server, except by an upgrade.
  void checkPreconditions(const Expected& expected) const override {
    const auto running = expected.running.find(step_.server);
    RC_PRE(running == expected.running.end() || running->second.kind == StepKind::upgrade);
  }

  void apply(Expected& expected) const override {
    if (can_begin(expected, step_)) expected.running.emplace(step_.server, step_);
  }

  void run(const Expected& before, Actual& actual) const override {
    const bool may_begin = can_begin(before, step_);
    RC_ASSERT(simulator::begin(actual, step_).has_value() == !may_begin);
    expect_same(*setting_, nextState(before), actual);
  }

  void show(std::ostream& out) const override { out << "begin " << rc::toString(step_); }

 private:
  SharedSetting setting_;
  Step step_;
};

/// One of the running steps ends.
class End : public Command {
 public:
  End(SharedSetting setting, const Expected& expected) : setting_(std::move(setting)) {
    RC_PRE(!expected.running.empty());
    auto place = expected.running.begin();
    std::advance(place, draw::below(static_cast<int>(expected.running.size())));
    step_ = place->second;
  }

  void checkPreconditions(const Expected& expected) const override {
    const auto running = expected.running.find(step_.server);
    RC_PRE(running != expected.running.end() && running->second == step_);
  }

  void apply(Expected& expected) const override {
    oracle::end_step(expected.servers, step_, setting_->readings);
    expected.running.erase(step_.server);
  }

  void run(const Expected& before, Actual& actual) const override {
    simulator::finish(actual, step_, setting_->readings);
    expect_same(*setting_, nextState(before), actual);
  }

  void show(std::ostream& out) const override { out << "end " << rc::toString(step_); }

 private:
  SharedSetting setting_;
  Step step_;
};

constexpr int most_commands = 30;

void expect_same_all_the_way(Setting drawn) {
  const auto setting = std::make_shared<const Setting>(std::move(drawn));
  RC_LOG() << rc::toString(setting->organisation) << "\nunder " << rc::toString(setting->readings) << std::endl;
  const Expected expected{oracle::found(setting->organisation), {}};
  Actual actual = initial_state(setting->organisation);
  expect_same(*setting, expected, actual);
  const auto next = [setting](const Expected& now) {
    const auto begin = rc::gen::exec(
        [setting, now]() -> std::shared_ptr<const Command> { return std::make_shared<const Begin>(setting, now); });
    const auto end = rc::gen::exec(
        [setting, now]() -> std::shared_ptr<const Command> { return std::make_shared<const End>(setting, now); });
    return now.running.empty() ? begin : rc::gen::weightedOneOf<std::shared_ptr<const Command>>({{3, begin}, {2, end}});
  };
  const auto commands = *rc::gen::resize(most_commands, rc::state::gen::commands(expected, next));
  rc::state::runAll(commands, expected, actual);
}

RC_GTEST_PROP(TheSimulator, IsWhereTheOracleIsWhileStepsBeginAndEnd, ()) {
  expect_same_all_the_way({*any_organisation(), *any_readings()});
}

RC_GTEST_PROP(TheSimulator, IsWhereTheOracleIsWhereEverythingIsKnown, ()) {
  expect_same_all_the_way({*any_plain_organisation(), *any_readings()});
}

}  // namespace
}  // namespace casplan
