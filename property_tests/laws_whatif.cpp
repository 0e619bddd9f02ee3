#include <gtest/gtest.h>

#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "model/overloaded.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/small_problems.h"
#include "whatif/answer.h"
#include "whatif/change_words.h"
#include "whatif/sweep.h"

/// What a change makes different: nothing where nothing changes, and nothing worse where more is allowed.
namespace casplan::whatif {
namespace {

constexpr int problems = 25;
const Means means{planner::little_effort(), Explaining::no};

/// A situation with its best plan.
struct Best {
  Situation situation;
  JudgedPlan before;
};

std::vector<Best> draw_planned() {
  std::vector<Best> all;
  for (const Problem& problem : draw::samples(rc::gen::exec([] { return draw_small_problem(); }), problems)) {
    Situation situation{problem.organisation, problem.policy, std::nullopt};
    auto before = before_any_change(situation, means);
    auto* judged = std::get_if<JudgedPlan>(&before);
    if (judged == nullptr) continue;
    situation.plan = judged->plan;
    all.push_back({std::move(situation), std::move(*judged)});
  }
  return all;
}

const std::vector<Best>& any_planned() {
  static const std::vector<Best> all = draw_planned();
  return all;
}

std::string shown(const Best& each, const std::string& change) {
  std::ostringstream out;
  out << change << "\n";
  showValue(each.situation.organisation, out);
  out << "\n";
  showValue(*each.situation.policy, out);
  out << "\n";
  showValue(each.before.plan, out);
  return out.str();
}

std::vector<Change> any_changes(const Situation& situation) {
  std::vector<Change> all;
  for (const SweepKind kind : all_sweep_kinds) {
    for (Change& change : changes_of(kind, situation)) all.push_back(std::move(change));
  }
  return all;
}

TEST(NoChange, NeverMakesADifference) {
  for (const Best& each : any_planned()) {
    const Answer now = answer({each.situation, std::nullopt}, &each.before.plan, means);
    const auto& best = std::get<JudgedPlan>(*now.best_plan);
    EXPECT_EQ(best.measures, each.before.measures) << shown(each, "no change");
    EXPECT_TRUE(step_differences(each.before.plan, best.plan).empty()) << shown(each, "no change");
    EXPECT_EQ(now.same_plan->measures, each.before.measures) << shown(each, "no change");
  }
  EXPECT_GE(any_planned().size(), problems / 2U);
}

TEST(AnyChange, IsReadAgainAsItIsWritten) {
  int read = 0;
  for (const Best& each : any_planned()) {
    for (const Change& change : any_changes(each.situation)) {
      const std::string text = in_words(change, each.situation);
      const auto again = read_changes({text}, each.situation);
      ASSERT_TRUE(again) << text;
      EXPECT_EQ(again->front().change, change) << text;
      ++read;
    }
  }
  EXPECT_GE(read, problems * 10);
}

/// The change that takes this one back; empty where there is none.
std::optional<Change> inverse(const Change& change, const Situation& situation) {
  const Policy& policy = *situation.policy;
  return std::visit(Overloaded{[](const Freeze& made) { return std::optional<Change>(Unfreeze{made.server}); },
                               [](const Unfreeze& made) { return std::optional<Change>(Freeze{made.server}); },
                               [&](const SetCrews&) { return std::optional<Change>(SetCrews{policy.crews}); },
                               [&](const LimitCopies&) { return std::optional<Change>(LimitCopies{policy.copies}); },
                               [&](const SetExternalUrl& made) {
                                 return std::optional<Change>(SetExternalUrl{made.server, std::nullopt});
                               },
                               [&](const ScaleUsers& made) {
                                 const auto& users = at(situation.organisation.sites, made.site).mailboxes;
                                 return std::optional<Change>(SetUsers{made.site, *users});
                               },
                               [](const auto&) { return std::optional<Change>(); }},
                    change);
}

TEST(AChangeAndItsInverse, GiveTheOriginal) {
  int inverted = 0;
  for (const Best& each : any_planned()) {
    for (const Change& change : any_changes(each.situation)) {
      const auto back = inverse(change, each.situation);
      if (!back) continue;
      const auto there = apply_changes(each.situation, {{"there", change}});
      ASSERT_TRUE(there) << shown(each, in_words(change, each.situation));
      const auto again = apply_changes(there->situation, {{"back", *back}});
      ASSERT_TRUE(again) << shown(each, in_words(change, each.situation));
      EXPECT_EQ(again->situation.organisation, each.situation.organisation);
      EXPECT_EQ(again->situation.policy, each.situation.policy) << shown(each, in_words(change, each.situation));
      ++inverted;
    }
  }
  EXPECT_GE(inverted, problems);
}

std::vector<std::int64_t> costs(const Measures& measures, const Policy& policy) {
  std::vector<std::int64_t> all;
  for (const Measure measure : policy.objective) all.push_back(value(measures, measure).value_or(0));
  return all;
}

TEST(AChangeThatOnlyAllowsMore, NeverMakesThePlanWorse) {
  int compared = 0;
  for (const Best& each : any_planned()) {
    const Policy& policy = *each.situation.policy;
    std::vector<Change> relaxing{SetCrews{policy.crews + 1}};
    if (policy.copies) relaxing.emplace_back(LimitCopies{});
    if (policy.latest_end) relaxing.emplace_back(SetLatestEnd{});
    if (!policy.windows.empty()) relaxing.emplace_back(DropWindows{});
    for (const Change& change : relaxing) {
      const SweepRow row = try_change(each.situation, &each.before.plan, change, means);
      const std::string story = shown(each, in_words(change, each.situation));
      ASSERT_TRUE(row.best_plan == Ending::optimal || row.best_plan == Ending::safe) << story;
      EXPECT_LE(costs(row.measures, policy), costs(each.before.measures, policy)) << story;
      ++compared;
    }
  }
  std::cout << compared << " compared" << std::endl;
  EXPECT_GE(compared, problems);
}

void expect_safe_within_the_policy(const JudgedPlan& judged, const Situation& situation, const std::string& story) {
  EXPECT_EQ(judged.report.safety, verifier::Safety::safe) << story;
  EXPECT_TRUE(judged.trace) << story;
  EXPECT_TRUE(judged.breaches.empty()) << verifier::sentence(judged.breaches.front(), situation.organisation,
                                                             *situation.policy, judged.plan)
                                       << story;
}

TEST(TheBestPlan, UnderAnyChangeIsSafeAndKeepsToTheChangedPolicy) {
  int asked = 0;
  int found = 0;
  for (const Best& each : any_planned()) {
    for (const Change& change : any_changes(each.situation)) {
      const auto changed = apply_changes(each.situation, {{"change", change}});
      if (!changed || changed->failed) continue;
      ++asked;
      const Answer now = answer(*changed, &each.before.plan, means);
      const auto* best = std::get_if<JudgedPlan>(&*now.best_plan);
      if (best == nullptr) continue;
      ++found;
      expect_safe_within_the_policy(*best, now.planned_for(), shown(each, in_words(change, each.situation)));
    }
  }
  std::cout << found << " of " << asked << " changes have a plan" << std::endl;
  EXPECT_GE(found * 10, asked * 9);
  EXPECT_GE(asked, problems * 10);
}

TEST(TheRestOfTheWork, AfterAnyFailureIsSafeAndKeepsToWhatIsLeftOfThePolicy) {
  int stopped = 0;
  int found = 0;
  for (const Best& each : any_planned()) {
    for (const Change& change : changes_of(SweepKind::fail, each.situation)) {
      const Answer now = answer(*apply_changes(each.situation, {{"failure", change}}), &each.before.plan, means);
      const std::string story = shown(each, in_words(change, each.situation));
      ASSERT_TRUE(now.stopped) << story;
      ++stopped;
      const auto* rest = std::get_if<JudgedPlan>(&*now.best_plan);
      if (rest == nullptr) continue;
      ++found;
      expect_safe_within_the_policy(*rest, now.planned_for(), story);
    }
  }
  std::cout << found << " of " << stopped << " works that stopped go on" << std::endl;
  EXPECT_GE(found * 10, stopped * 9);
  EXPECT_GE(stopped, problems * 2);
}

}  // namespace
}  // namespace casplan::whatif
