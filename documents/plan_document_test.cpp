#include "documents/plan_document.h"

#include <gtest/gtest.h>

#include "documents/documents_fixture.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr ServerId hqcas1{0};
constexpr ServerId brcas1{1};

/// A plan document with these steps.
Result<Plan> read(const std::string& steps) {
  return read_plan(R"({ "format": "casplan/plan/1", "steps": [)" + steps + "] }", organisation());
}

Moment minute(std::int64_t count) {
  return default_start() + Minutes(count);
}

Plan full_plan() {
  Plan plan;
  plan.goal = Goal::heal_by_patch;
  plan.steps = {
      {"copy", {StepKind::ensure_folder, hqcas1, {}, parse_folder_name("8.0.685.24"), {brcas1}}, "Event 46", {}, {}},
      {"load", {StepKind::recycle, hqcas1, {}, {}, {}}, "", {{StepIndex{0}, "The folder must be there."}}, {}},
      {"front", {StepKind::upgrade, hqcas1, parse_build("8.2.176.2"), {}, {}}, "Zürich", {{StepIndex{1}, ""}}, {}},
      {"out", {StepKind::drain, brcas1, {}, {}, {}}, "", {}, {}},
      {"in", {StepKind::return_to_service, brcas1, {}, {}, {}}, "", {{StepIndex{3}, "b"}, {StepIndex{2}, "a\nb"}}, {}}};
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    plan.steps[i].schedule = Schedule{minute(10 * std::int64_t(i)), minute(10 * std::int64_t(i) + 7)};
  }
  Outcome outcome;
  outcome.status = PlanStatus::optimal;
  value(outcome.objective, Measure::copies) = 1;
  value(outcome.objective, Measure::event46_user_minutes) = 0;
  value(outcome.bound, Measure::copies) = 1;
  outcome.because = {"One front lacks one folder."};
  plan.outcome = outcome;
  plan.digests = Digests{std::string(64, 'a'), std::string(64, '0')};
  return plan;
}

TEST(PlanDocument, RoundTripsExactly) {
  const auto read_again = read_plan(write_plan(full_plan(), organisation()), organisation());
  ASSERT_TRUE(read_again.has_value());
  EXPECT_EQ(*read_again, full_plan());
}

TEST(PlanDocument, KeepsTheFactsThatForbidAPlanAndWhatWouldAllowIt) {
  Plan none;
  none.outcome = Outcome{PlanStatus::infeasible, {}, {}, {"It runs in a circle."}};
  none.outcome->core = {"HQCAS1 is frozen."};
  none.outcome->remedies = {"Unfreeze HQCAS1.", "Freeze BRCAS1."};
  const auto read_again = read_plan(write_plan(none, organisation()), organisation());
  ASSERT_TRUE(read_again.has_value());
  EXPECT_EQ(*read_again, none);
}

TEST(PlanDocument, RoundTripsWithoutScheduleAndArrows) {
  Plan plan = full_plan();
  plan.outcome.reset();
  plan.digests.reset();
  for (PlannedStep& step : plan.steps) {
    step.schedule.reset();
    step.after.clear();
  }
  for (const Plan& smaller : {plan, Plan{}}) {
    const auto read_again = read_plan(write_plan(smaller, organisation()), organisation());
    ASSERT_TRUE(read_again.has_value());
    EXPECT_EQ(*read_again, smaller);
  }
}

TEST(PlanDocument, IsWrittenInTheOrderOfTheContract) {
  Plan plan = full_plan();
  plan.steps.resize(2);
  EXPECT_EQ(write_plan(plan, organisation()), R"({
  "format": "casplan/plan/1",
  "goal": "heal_by_patch",
  "steps": [
    {
      "id": "copy",
      "kind": "ensure_folder",
      "server": "HQCAS1",
      "folder": "8.0.685.24",
      "sources": ["BRCAS1"],
      "why": "Event 46",
      "after": [],
      "start": "2009-10-03T22:00:00Z",
      "end": "2009-10-03T22:07:00Z"
    },
    {
      "id": "load",
      "kind": "recycle",
      "server": "HQCAS1",
      "after": ["copy"],
      "reasons": [
        "The folder must be there."
      ],
      "start": "2009-10-03T22:10:00Z",
      "end": "2009-10-03T22:17:00Z"
    }
  ],
  "outcome": {
    "status": "optimal",
    "objective": {
      "event46_user_minutes": 0,
      "copies": 1
    },
    "bound": {
      "copies": 1
    },
    "because": [
      "One front lacks one folder."
    ]
  },
  "digest": {
    "organisation": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "policy": "0000000000000000000000000000000000000000000000000000000000000000"
  }
}
)");
}

TEST(PlanDocument, AHandWrittenSequenceRunsInItsOrder) {
  const auto plan = read(R"({ "kind": "upgrade", "server": "hqcas1", "build": "8.2.176.2" },
                            { "kind": "ensure_folder", "server": "HQCAS1", "folder": "8.0.685.24" },
                            { "kind": "recycle", "server": "HQCAS1" })");
  ASSERT_TRUE(plan.has_value());
  ASSERT_EQ(plan->steps.size(), 3U);
  EXPECT_EQ(plan->steps[0].id, "1");
  EXPECT_EQ(plan->steps[0].step, (Step{StepKind::upgrade, hqcas1, parse_build("8.2.176.2"), {}, {}}));
  EXPECT_EQ(plan->steps[1].step, (Step{StepKind::ensure_folder, hqcas1, {}, parse_folder_name("8.0.685.24"), {}}));
  EXPECT_THAT(plan->steps[0].after, IsEmpty());
  EXPECT_THAT(plan->steps[1].after, ElementsAre(Field(&Arrow::step, StepIndex{0})));
  EXPECT_THAT(plan->steps[2].after, ElementsAre(Arrow{StepIndex{1}, "The sequence has the steps in this order."}));
  EXPECT_EQ(plan->steps[2].schedule, std::nullopt);
}

TEST(PlanDocument, ASequenceThatIsWrittenIsReadAgainAsItIs) {
  const auto plan = read(R"({ "kind": "drain", "server": "HQCAS1" }, { "kind": "return", "server": "HQCAS1" })");
  ASSERT_TRUE(plan.has_value());
  const auto again = read_plan(write_plan(*plan, organisation()), organisation());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, *plan);
}

TEST(PlanDocument, AStepMayComeAfterALaterOneOfTheList) {
  const auto plan = read(R"({ "id": "b", "kind": "recycle", "server": "HQCAS1", "after": ["a"] },
                            { "id": "a", "kind": "recycle", "server": "BRCAS1" })");
  ASSERT_TRUE(plan.has_value());
  EXPECT_THAT(plan->steps[0].after, ElementsAre(Arrow{StepIndex{1}, ""}));
  EXPECT_THAT(plan->steps[1].after, IsEmpty());
}

TEST(PlanDocument, UnknownKindsServersAndIdsHaveTheirNearest) {
  EXPECT_THAT(faults_of(read(R"({ "id": "one", "kind": "recyle", "server": "HQCAS1", "after": [] },
                                { "kind": "drain", "server": "BRCAS11", "after": ["on"] })")),
              ElementsAre(FaultNear("/steps/0/kind", "\"recyle\"", "recycle"),
                          FaultNear("/steps/1/server", "\"BRCAS11\", which is no server", "BRCAS1"),
                          FaultNear("/steps/1/after/0", "\"on\", which is the id of no step", "one")));
}

TEST(PlanDocument, EachKindHasItsOwnKeys) {
  EXPECT_THAT(faults_of(read(R"({ "kind": "upgrade", "server": "HQCAS1" },
                                { "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2", "folder": "8.0.685.24" },
                                { "kind": "ensure_folder", "server": "HQCAS1", "build": "8.2.176.2" },
                                { "kind": "recycle", "server": "HQCAS1", "sources": ["BRCAS1"] })")),
              ElementsAre(FaultAt("/steps/0", "no key \"build\""),
                          FaultAt("/steps/1/folder", "the key \"folder\" in a step of the kind \"upgrade\""),
                          FaultAt("/steps/2", "no key \"folder\""),
                          FaultAt("/steps/2/build", "the key \"build\" in a step of the kind \"ensure_folder\""),
                          FaultAt("/steps/3/sources", "the key \"sources\" in a step of the kind \"recycle\"")));
}

TEST(PlanDocument, HealsByCopyWithoutAnUpgrade) {
  const auto plan = read_plan(R"({ "format": "casplan/plan/1", "goal": "heal_by_copy", "steps": [
                                { "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2" }] })",
                              organisation());
  EXPECT_THAT(faults_of(plan), ElementsAre(FaultAt("/steps/0/kind", "an upgrade in a plan whose goal is")));
}

TEST(PlanDocument, BuildsAndFoldersAreChecked) {
  EXPECT_THAT(faults_of(read(R"({ "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.3" },
                                { "kind": "ensure_folder", "server": "HQCAS1", "folder": "Current" })")),
              ElementsAre(FaultNear("/steps/0/build", "no build of the catalogue", "8.2.176.2"),
                          FaultAt("/steps/1/folder", "\"Current\", a folder name that is no version")));
}

TEST(PlanDocument, IdsAreUniqueAlsoAgainstNumbersThatWereGiven) {
  EXPECT_THAT(faults_of(read(R"({ "id": "2", "kind": "recycle", "server": "HQCAS1" },
                                { "kind": "recycle", "server": "BRCAS1" },
                                { "id": "", "kind": "recycle", "server": "BRCAS1" })")),
              ElementsAre(FaultAt("/steps/1", "the id \"2\", which step /steps/0 has", "no other step"),
                          FaultAt("/steps/2/id", "\"\"", "1 to 256 bytes")));
}

TEST(PlanDocument, TimesComeTogetherAndForEveryStep) {
  EXPECT_THAT(faults_of(read(R"({ "kind": "recycle", "server": "HQCAS1", "start": "2009-10-03T22:00:00Z" },
                                { "kind": "recycle", "server": "HQCAS1" })")),
              ElementsAre(FaultAt("/steps", "times for 1 of 2 steps", "for every step, or for none"),
                          FaultAt("/steps/0", "a start without an end")));
}

TEST(PlanDocument, AStepDoesNotEndBeforeItStarts) {
  EXPECT_THAT(faults_of(read(R"({ "kind": "recycle", "server": "HQCAS1", "start": "2009-10-03T22:00:00Z",
                                  "end": "2009-10-03T21:59:00Z" })")),
              ElementsAre(FaultAt("/steps/0/end", "an end before the start")));
}

TEST(PlanDocument, ThereAreAsManyReasonsAsArrows) {
  EXPECT_THAT(faults_of(read(R"({ "id": "a", "kind": "recycle", "server": "HQCAS1" },
                                { "kind": "recycle", "server": "HQCAS1", "after": ["a"], "reasons": [] })")),
              ElementsAre(FaultAt("/steps/1/reasons", "0 reasons for 1 ids", "as many reasons as ids")));
}

TEST(PlanDocument, ACycleOfArrowsIsAFaultThatNamesIt) {
  EXPECT_THAT(faults_of(read(R"({ "id": "a", "kind": "recycle", "server": "HQCAS1", "after": ["c"] },
                                { "id": "b", "kind": "recycle", "server": "HQCAS1", "after": ["a"] },
                                { "id": "c", "kind": "recycle", "server": "HQCAS1", "after": ["b"] },
                                { "id": "d", "kind": "recycle", "server": "HQCAS1", "after": ["d"] })")),
              ElementsAre(FaultAt("/steps", R"(the cycle "a" before "b" before "c" before "a")", "remove one"),
                          FaultAt("/steps", R"(the cycle "d" before "d")")));
}

TEST(PlanDocument, AHundredThousandStepsInACycleAreReadWithoutRecursion) {
  constexpr int count = 100'000;
  std::string steps;
  for (int i = 1; i <= count; ++i) {
    steps += (i > 1 ? "," : "") + std::string(R"({ "kind": "recycle", "server": "HQCAS1", "after": [")") +
             std::to_string(i == 1 ? count : i - 1) + "\"] }";
  }
  EXPECT_THAT(faults_of(read(steps)), ElementsAre(FaultAt("/steps", "(99900 others) before \"99951\"")));
}

TEST(PlanDocument, OutcomeAndDigestAreChecked) {
  EXPECT_THAT(faults_of(read_plan(R"({ "format": "casplan/plan/1", "steps": [],
                  "outcome": { "status": "optimum", "bound": { "copys": 1, "copies": -1 }, "because": [1] },
                  "digest": { "organisation": "ABC" } })",
                                  organisation())),
              ElementsAre(FaultAt("/outcome/status", "\"optimum\"", "\"optimal\""),
                          FaultNear("/outcome/bound/copys", "the unknown key", "copies"),
                          FaultAt("/outcome/bound/copies", "-1"), FaultAt("/outcome/because/0", "1", "text"),
                          FaultAt("/digest", "no key \"policy\""),
                          FaultAt("/digest/organisation", "\"ABC\"", "64 hexadecimal digits")));
}

}  // namespace
}  // namespace casplan::documents
