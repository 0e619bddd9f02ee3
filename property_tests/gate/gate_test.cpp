#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "property_tests/gate/check_properties.h"
#include "property_tests/gate/crew.h"
#include "property_tests/gate/execution.h"
#include "simulator/organisation_fixture.h"

namespace casplan::gate {
namespace {

using namespace modelled;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using verifier::PropertyResult;

enum Place : std::size_t { orders, failures, facts };

std::vector<PropertyResult> tried(const Organisation& organisation, const Plan& plan, const GateOptions& options = {}) {
  return check_properties(organisation, plan, {}, options);
}

/// The KB's case with a plan that is safe: the drained front gets the target's folder before it returns.
struct SafePlan : TwoSites {
  Plan plan = sequence({drain(front), upgrade(front, sp1), ensure_folder(front, folder_of(rtm), {target}),
                        recycle(front), return_to_service(front), upgrade(target, sp1)});
};

TEST(TheGate, LetsASafePlanPass) {
  const SafePlan contoso;
  for (const PropertyResult& result : tried(contoso.organisation, contoso.plan)) {
    EXPECT_TRUE(result.passed) << result.name;
    EXPECT_THAT(result.counterexample, IsEmpty());
    EXPECT_EQ(result.seed, 947168U);
  }
}

TEST(TheGate, TriesAsManyCasesAsItIsTold) {
  const SafePlan contoso;
  const auto results = tried(contoso.organisation, contoso.plan, {17, 5});
  ASSERT_THAT(results, SizeIs(3));
  EXPECT_EQ(results[orders].cases, 17U);
  EXPECT_EQ(results[failures].cases, 17U);
  EXPECT_EQ(results[facts].cases, 0U) << "only folders of versions that run are listed, and no version is inferred";
  EXPECT_EQ(results[orders].seed, 5U);
}

TEST(TheGate, RefusesTheAdviceToUpdateTheFrontFirst) {
  const TwoSites contoso;
  const auto results =
      tried(contoso.organisation, sequence({upgrade(contoso.front, sp1), upgrade(contoso.target, sp1)}));
  ASSERT_FALSE(results[orders].passed);
  EXPECT_THAT(
      results[orders].counterexample,
      ElementsAre("Then the path HQCAS1 -> BRCAS1 meets Event 46 after step s1: when step s1 (upgrade of HQCAS1 "
                  "to 8.1.240.6) has ended.",
                  "Reading: as the KB has it.",
                  AllOf(HasSubstr("The event would read: "), HasSubstr("\"8.1.240.5\""), HasSubstr("BRCAS1"))));
}

TEST(TheGate, FindsTheOrderThatTheScheduleAvoidsByLuck) {
  const SafePlan contoso;
  Plan plan = contoso.plan;
  plan.steps[5].after.clear();
  const auto results = tried(contoso.organisation, plan);
  ASSERT_FALSE(results[orders].passed);
}

TEST(TheGate, ShowsTheFewestSteps) {
  TwoSites contoso;
  std::vector<Step> steps;
  for (int i = 0; i < 30; ++i) steps.push_back(recycle(contoso.cas("OTHER" + std::to_string(i), contoso.branch, rtm)));
  steps.push_back(upgrade(contoso.front, sp1));
  Plan plan = sequence(steps);
  for (PlannedStep& step : plan.steps) step.after.clear();
  const auto results = tried(contoso.organisation, plan);
  ASSERT_FALSE(results[orders].passed);
  EXPECT_THAT(results[orders].counterexample.front(), HasSubstr("after step s31: when step s31"));
}

TEST(TheGate, FindsAStepThatIsRefused) {
  const TwoSites contoso;
  const auto results = tried(contoso.organisation, sequence({return_to_service(contoso.front)}));
  ASSERT_FALSE(results[orders].passed);
  EXPECT_THAT(results[orders].counterexample,
              ElementsAre("When its time comes, before any step has ended, step s1 (return of HQCAS1) cannot be "
                          "carried out."));
}

TEST(TheGate, FindsAPathThatStillFailsAtTheEnd) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  const auto results = tried(contoso.organisation, sequence({recycle(contoso.front)}));
  ASSERT_FALSE(results[orders].passed);
  EXPECT_EQ(results[orders].counterexample.front(),
            "When the plan has ended, the path HQCAS1 -> BRCAS1 still meets Event 46.");
}

/// What a failure leaves is also met by an order in which others are quicker, so whoever breaks the law of failures
/// breaks that of orders too.
TEST(TheGate, TriesFailuresToo) {
  const TwoSites contoso;
  Plan plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 0, 90}});
  const auto results = tried(contoso.organisation, plan);
  ASSERT_FALSE(results[failures].passed);
  EXPECT_THAT(results[failures].counterexample.front(), HasSubstr("Suppose that step s"));
}

/// A front on SP1 RU9 that holds the folder of SP1 RU5, which users need only when the target is brought there.
struct RestsOnAFolder : TwoSites {
  RestsOnAFolder() {
    runs(front, sp1_ru9, {sp1, sp1_ru5, sp1_ru9});
    runs(target, sp1, {sp1});
  }
  Plan plan = sequence({recycle(target), upgrade(target, sp1_ru5)});
};

TEST(TheGate, LetsAPlanRestOnAFolderThatTheRunbookLooksAt) {
  const RestsOnAFolder contoso;
  const auto results = tried(contoso.organisation, contoso.plan, {1000, 1});
  EXPECT_TRUE(results[facts].passed);
  EXPECT_EQ(results[facts].cases, 1000U);
}

TEST(TheCrew, LooksAtAFolderBeforeTheStepThatIsTheFirstToRelyOnIt) {
  const RestsOnAFolder contoso;
  const Subject subject(contoso.organisation, contoso.plan, {});
  const Followed followed(subject, {});
  auto target = oracle::found(contoso.organisation)[contoso.target.value];
  for (const auto kind : {WrongFact::Kind::folder_is_not_there, WrongFact::Kind::folder_is_not_loaded}) {
    const WrongFact fact{kind, contoso.front.value, folder_of(sp1_ru5), std::nullopt};
    EXPECT_FALSE(looks_at_folder(subject, followed, 0, fact, target)) << "a recycle";
    EXPECT_TRUE(looks_at_folder(subject, followed, 1, fact, target));
    target.in_service = false;
    EXPECT_FALSE(looks_at_folder(subject, followed, 1, fact, target)) << "nobody needs it before the target returns";
    target.in_service = true;
  }
  const WrongFact needed_today{WrongFact::Kind::folder_is_not_there, contoso.front.value, folder_of(sp1), std::nullopt};
  EXPECT_FALSE(looks_at_folder(subject, followed, 1, needed_today, target));
}

TEST(TheCrew, GoesNoFurtherWhereTheFolderIsNotThere) {
  const RestsOnAFolder contoso;
  const Subject subject(contoso.organisation, contoso.plan, {});
  Case wrong;
  wrong.wrong_fact = {WrongFact::Kind::folder_is_not_there, contoso.front.value, folder_of(sp1_ru5), std::nullopt};
  EXPECT_FALSE(carry_out(subject, wrong).has_value());
  wrong.wrong_fact.reset();
  TwoSites without = contoso;
  without.runs(without.front, sp1_ru9, {sp1, sp1_ru9});
  EXPECT_TRUE(carry_out(Subject(without.organisation, contoso.plan, {}), wrong).has_value())
      << "without the folder the upgrade would break the path";
}

/// The front's OWA version is inferred. Today the path is believed to fail, because the target's is the next one. If
/// the front has that too, the path works until the plan breaks it, and no step ever looks at the front.
TEST(TheGate, RefusesAPlanThatAWrongFactAloneMakesUnsafe) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {});
  contoso[contoso.front].folders = std::nullopt;
  contoso[contoso.target].build = sp1;
  OwaVersion next = folder_of(sp1_ru9);
  ASSERT_EQ(find_build(sp1_ru9)->owa_confidence, Confidence::inferred);
  ++next.parts[3];
  contoso[contoso.target].owa_version = next;
  contoso[contoso.target].folders = FolderList{{to_string(next), next}};
  const auto results = tried(contoso.organisation, sequence({upgrade(contoso.target, sp2), drain(contoso.target)}));
  EXPECT_TRUE(results[orders].passed);
  EXPECT_TRUE(results[failures].passed);
  ASSERT_FALSE(results[facts].passed);
  EXPECT_THAT(results[facts].counterexample.front(),
              "Suppose that OWA of build 8.1.393.1 is 8.1.393.2, and not 8.1.393.1, which the catalogue only infers.");
}

TEST(TheGate, IsTheSameWhateverTheEnvironmentSays) {
  const TwoSites contoso;
  const Plan plan = sequence({upgrade(contoso.front, sp1), upgrade(contoso.target, sp1)});
  const auto before = tried(contoso.organisation, plan);
  setenv("RC_PARAMS", "seed=1 max_success=1 nonsense", 1);
  const auto after = tried(contoso.organisation, plan);
  unsetenv("RC_PARAMS");
  EXPECT_EQ(before[orders].counterexample, after[orders].counterexample);
  EXPECT_EQ(before[orders].cases, after[orders].cases);
}

TEST(TheGate, SaysNothingOnStandardError) {
  const TwoSites contoso;
  ::testing::internal::CaptureStderr();
  (void)tried(contoso.organisation, sequence({upgrade(contoso.front, sp1)}));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(TheGate, HasNothingToTryWithoutSteps) {
  const TwoSites contoso;
  for (const PropertyResult& result : tried(contoso.organisation, Plan{})) EXPECT_TRUE(result.passed) << result.name;
}

}  // namespace
}  // namespace casplan::gate
