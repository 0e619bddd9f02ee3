#include "verifier/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Every reading as the KB has it.
FixedReadings as_the_kb() {
  return {FolderMatch::running, FolderLoad::at_start,        ServicePackRemoves::all_earlier,
          RollupKeeps::keeps,   RollupRemoval::folder_stays, OlderFront::fails};
}

Report verified(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed = {}) {
  return verify(organisation, plan, fixed);
}

std::vector<std::string> ids(const Plan& plan, const std::vector<StepIndex>& steps) {
  std::vector<std::string> found;
  for (const StepIndex step : steps) found.push_back(at(plan.steps, step).id);
  return found;
}

/// The front goes to SP1 while drained, gets the branch's folder and loads it before it returns; then the branch.
Plan safe_plan(const TwoSites& contoso) {
  return sequence({drain(contoso.front), upgrade(contoso.front, sp1), ensure_folder(contoso.front, folder_of(rtm)),
                   recycle(contoso.front), return_to_service(contoso.front), upgrade(contoso.target, sp1)});
}

TEST(Verify, AFrontThatHasLoadedItsTargetsFolderBeforeItReturnsIsSafe) {
  const TwoSites contoso;
  const Report report = verified(contoso.organisation, safe_plan(contoso));
  EXPECT_EQ(report.safety, Safety::safe);
  EXPECT_FALSE(report.counterexample);
  EXPECT_THAT(report.broken_today, IsEmpty());
  EXPECT_THAT(report.undecided, IsEmpty());
}

TEST(Verify, AnEmptyPlanForAnOrganisationThatWorksIsSafe) {
  const TwoSites contoso;
  EXPECT_EQ(verified(contoso.organisation, Plan{}).safety, Safety::safe);
}

TEST(Verify, TheSequenceOfTheKbBreaksThePathWhenTheFrontsServicePackEnds) {
  TwoSites contoso;
  contoso[contoso.front].fqdn = "hqcas1.contoso.com";
  const Plan plan = sequence({upgrade(contoso.front, sp1), upgrade(contoso.target, sp1)});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  ASSERT_TRUE(report.counterexample);
  const Counterexample& found = *report.counterexample;
  EXPECT_EQ(found.kind, ViolationKind::event46_on_the_way);
  EXPECT_EQ(found.path, (ProxyPath{contoso.front, contoso.target, contoso.branch}));
  EXPECT_THAT(ids(plan, found.order), ElementsAre("s1"));
  EXPECT_EQ(found.step, StepIndex{0});
  EXPECT_EQ(found.readings, Readings{}) << "it fails already under the readings of the KB";
  ASSERT_TRUE(found.judgement);
  EXPECT_EQ(found.judgement->rule, RuleId::newer_front_without_folder);
  EXPECT_EQ(
      found.event,
      "Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version \"8.1.240.5\", is proxying "
      "Outlook Web Access traffic to Client Access server \"BRCAS1\", which runs Exchange version \"8.0.685.24\".");
}

TEST(Verify, ATargetBeforeItsFrontIsUnsafe) {
  const TwoSites contoso;
  const Report report =
      verified(contoso.organisation, sequence({upgrade(contoso.target, sp1), upgrade(contoso.front, sp1)}));
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->judgement->rule, RuleId::older_front);
}

TEST(Verify, ACopyWithoutARecycleIsSafeOnlyWhereFoldersCountAtOnce) {
  const TwoSites contoso;
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, sp1),
                              ensure_folder(contoso.front, folder_of(rtm)), return_to_service(contoso.front),
                              drain(contoso.front), upgrade(contoso.target, sp1), return_to_service(contoso.front)});
  FixedReadings at_once;
  at_once.folder_load = FolderLoad::at_once;
  EXPECT_EQ(verified(contoso.organisation, plan, at_once).safety, Safety::safe);
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->readings.folder_load, FolderLoad::at_start);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s1", "s2", "s3", "s4"));
}

TEST(Verify, ARollupOnTheFrontIsUnsafeWhereItMayRemoveTheFolderOfTheTarget) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, sp1, {sp1});
  const Plan plan = sequence({upgrade(contoso.front, sp1_ru9), upgrade(contoso.target, sp1_ru9)});
  FixedReadings keeps;
  keeps.rollup_keeps = RollupKeeps::keeps;
  EXPECT_EQ(verified(contoso.organisation, plan, keeps).safety, Safety::safe);
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->readings.rollup_keeps, RollupKeeps::may_remove);
}

TEST(Verify, AHandCopyAboveTheTargetsVersionIsUnsafeWhereTheHighestFolderIsNeeded) {
  TwoSites contoso;
  contoso.runs(contoso.target, rtm, {rtm, sp1});
  contoso.runs(contoso.front, rtm, {rtm});
  const Plan plan =
      sequence({drain(contoso.front), upgrade(contoso.front, sp2), ensure_folder(contoso.front, folder_of(rtm)),
                recycle(contoso.front), return_to_service(contoso.front), upgrade(contoso.target, sp2)});
  FixedReadings running;
  running.folder_match = FolderMatch::running;
  EXPECT_EQ(verified(contoso.organisation, plan, running).safety, Safety::safe);
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->readings.folder_match, FolderMatch::highest);
  EXPECT_EQ(report.counterexample->judgement->folder, folder_of(sp1));
}

TEST(Verify, APathThatIsBrokenTodayMayStayBrokenUntilItIsMended) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::safe);
  ASSERT_EQ(report.broken_today.size(), 1U);
  EXPECT_EQ(report.broken_today[0].path.front, contoso.front);
  EXPECT_EQ(report.broken_today[0].mended_by, StepIndex{1});
}

TEST(Verify, APathThatWasMendedMustNotBreakAgain) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front),
                              upgrade(contoso.front, sp2), upgrade(contoso.target, sp2)});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_on_the_way);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s1", "s2", "s3"));
}

TEST(Verify, APathThatStillFailsWhenThePlanHasEndedIsUnsafe) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm))});
  const Report report = verified(contoso.organisation, plan, as_the_kb());
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_at_the_end);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s1"));
  EXPECT_EQ(report.broken_today[0].mended_by, std::nullopt);
}

TEST(Verify, AnEmptyPlanForAnOrganisationThatIsBrokenIsUnsafe) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Report report = verified(contoso.organisation, Plan{});
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_at_the_end);
  EXPECT_THAT(report.counterexample->order, IsEmpty());
}

TEST(Verify, HealingByCopyLeavesAnOlderFrontAsItIs) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  Plan plan;
  plan.goal = Goal::heal_by_copy;
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
  plan.goal = Goal::heal_by_patch;
  EXPECT_EQ(verified(contoso.organisation, plan, as_the_kb()).safety, Safety::unsafe);
}

TEST(Verify, HealingByCopyMustMendANewerFront) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  Plan plan;
  plan.goal = Goal::heal_by_copy;
  EXPECT_EQ(verified(contoso.organisation, plan, as_the_kb()).safety, Safety::unsafe);
}

TEST(Verify, ARefusedStepIsUnsafeAndSaysWhyAndAfterWhat) {
  const TwoSites contoso;
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, rtm)});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  EXPECT_EQ(report.counterexample->step, StepIndex{1});
  EXPECT_EQ(report.counterexample->refusal,
            (simulator::Refusal{simulator::RefusalReason::not_an_upgrade, contoso.front}));
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s1"));
  EXPECT_THAT(report.counterexample->event, IsEmpty());
}

TEST(Verify, AnEvent46BeforeARefusedStepIsWhatIsReported) {
  const TwoSites contoso;
  const Plan plan = sequence({upgrade(contoso.front, sp1), upgrade(contoso.front, sp1)});
  EXPECT_EQ(verified(contoso.organisation, plan).counterexample->kind, ViolationKind::event46_on_the_way);
}

TEST(Verify, NamesTheServersThatThePlanLeavesOutOfService) {
  const TwoSites contoso;
  EXPECT_THAT(verified(contoso.organisation, sequence({drain(contoso.front)})).left_out_of_service,
              ElementsAre(contoso.front));
  EXPECT_THAT(verified(contoso.organisation, sequence({drain(contoso.front), return_to_service(contoso.front)}))
                  .left_out_of_service,
              IsEmpty());
}

TEST(Schedule, ThatStartsAStepBeforeOneThatItMustComeAfterIsUnsafe) {
  const TwoSites contoso;
  Plan plan = timed({{recycle(contoso.target), 0, 10}, {recycle(contoso.front), 9, 12}});
  plan.steps[1].after = {{StepIndex{0}, "the copy comes first"}};
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::order_violated);
  EXPECT_EQ(report.counterexample->step, StepIndex{1});
  EXPECT_EQ(report.counterexample->other_step, StepIndex{0});
}

TEST(Schedule, ThatStartsAStepWhenTheOneBeforeEndsKeepsItsArrow) {
  const TwoSites contoso;
  Plan plan = timed({{recycle(contoso.target), 0, 10}, {recycle(contoso.front), 10, 12}});
  plan.steps[1].after = {{StepIndex{0}, "one after the other"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(Schedule, WithTwoStepsOfAServerAtTheSameTimeIsUnsafe) {
  const TwoSites contoso;
  const Plan plan = timed({{recycle(contoso.front), 5, 12}, {recycle(contoso.front), 0, 6}});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::steps_overlap);
  EXPECT_EQ(report.counterexample->step, StepIndex{0});
  EXPECT_EQ(report.counterexample->other_step, StepIndex{1});
}

TEST(Schedule, MayDoStepsOfTwoServersAtTheSameTime) {
  const TwoSites contoso;
  const Plan plan = timed({{recycle(contoso.front), 0, 10}, {recycle(contoso.target), 0, 10}});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(Schedule, IsAskedFor) {
  const TwoSites contoso;
  Plan plan = safe_plan(contoso);
  plan.steps[0].schedule.reset();
  EXPECT_THROW((void)verified(contoso.organisation, plan), ContractViolation);
}

TEST(Instants, BetweenEndsOfTheSameMinuteAreJudged) {
  const TwoSites contoso;
  const Plan drained = timed({{upgrade(contoso.front, sp1), 0, 90},
                              {ensure_folder(contoso.front, folder_of(rtm)), 90, 90},
                              {recycle(contoso.front), 90, 90}});
  const Report report = verified(contoso.organisation, drained);
  EXPECT_EQ(report.safety, Safety::unsafe) << "the front is up for an instant without the folder";
  EXPECT_THAT(ids(drained, report.counterexample->order), ElementsAre("s1"));
}

TEST(Instants, EndsOfAMinuteComeBeforeItsStarts) {
  const TwoSites contoso;
  Plan plan = timed({{return_to_service(contoso.front), 5, 6}, {drain(contoso.front), 0, 5}});
  plan.steps[0].after = {{StepIndex{1}, "it must be out first"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(Instants, WithoutLengthAreNotOnlyThoseOfTheTrace) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm, {rtm});
  contoso[contoso.front].in_service = false;
  Plan plan = timed({{upgrade(contoso.target, sp1), 0, 90},
                     {return_to_service(contoso.front), 90, 90},
                     {drain(contoso.front), 90, 90},
                     {upgrade(contoso.front, sp1), 90, 180},
                     {return_to_service(contoso.front), 180, 181}});
  for (std::size_t i = 1; i < 5; ++i) plan.steps[i].after = {{id_at<StepIndex>(i - 1), "one after the other"}};
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s1", "s2"));
}

TEST(Undecided, FoldersThatWereNotListedMakeItImpossibleToTell) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Report report = verified(contoso.organisation, Plan{});
  EXPECT_EQ(report.safety, Safety::cannot_tell);
  EXPECT_FALSE(report.counterexample);
  ASSERT_EQ(report.undecided.size(), 1U) << "each path once, whatever the number of readings";
  EXPECT_EQ(report.undecided[0].path.front, contoso.front);
  EXPECT_EQ(report.undecided[0].judgement.rule, RuleId::folder_unknown);
}

TEST(Undecided, FoldersOfTheTargetMatterOnlyWhereTheHighestIsNeeded) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.target].folders.reset();
  FixedReadings running;
  running.folder_match = FolderMatch::running;
  EXPECT_EQ(verified(contoso.organisation, Plan{}, running).safety, Safety::safe);
  EXPECT_EQ(verified(contoso.organisation, Plan{}).safety, Safety::cannot_tell);
}

TEST(Undecided, AnUnknownVersionOnTheWayMakesItImpossibleToTell) {
  TwoSites contoso;
  contoso[contoso.target].build.reset();
  EXPECT_EQ(verified(contoso.organisation, Plan{}).undecided.at(0).judgement.rule, RuleId::version_unknown);
}

TEST(Undecided, AnUnknownUrlDoesNotMatterBecauseItCannotCauseEvent46) {
  TwoSites contoso;
  contoso[contoso.target].internal_url.reset();
  contoso[contoso.target].integrated_auth.reset();
  const Report report = verified(contoso.organisation, safe_plan(contoso));
  EXPECT_EQ(report.safety, Safety::safe);
  EXPECT_THAT(report.undecided, IsEmpty());
}

TEST(Undecided, APathOfWhichItCannotBeToldTodayIsSafeWhereThePlanMakesItCertain) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe) << "a copy breaks nothing on the way";
}

TEST(Undecided, APathThatAnUpgradeMayBreakMustBeCertainFromThenOn) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Plan plan =
      sequence({upgrade(contoso.front, sp1_ru9), ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan, as_the_kb()).safety, Safety::cannot_tell);
}

TEST(Undecided, AnUpgradedServerMustBeCertainWhenItReturnsToo) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, sp1_ru9), return_to_service(contoso.front),
                              ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan, as_the_kb()).safety, Safety::cannot_tell);
}

TEST(Undecided, AFolderPutOnTheTargetMayBreakThePathWhereTheHighestIsNeeded) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  contoso.cas("HQCAS2", contoso.hq, rtm_ru5);
  const Plan plan =
      sequence({ensure_folder(contoso.target, folder_of(rtm_ru5)), ensure_folder(contoso.front, folder_of(rtm_ru5)),
                ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::cannot_tell);
}

TEST(Undecided, ACounterexampleOutweighsWhatCannotBeTold) {
  TwoSites contoso;
  const ServerId unlisted = contoso.cas("HQCAS2", contoso.hq, sp1);
  contoso[unlisted].folders.reset();
  contoso.organisation.entry_points[0].fronts.push_back(unlisted);
  const Plan plan = sequence({upgrade(unlisted, sp1_ru9), upgrade(contoso.front, sp1)});
  const Report report = verified(contoso.organisation, plan, as_the_kb());
  EXPECT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->path->front, contoso.front);
  ASSERT_EQ(report.undecided.size(), 1U);
  EXPECT_EQ(report.undecided[0].path.front, unlisted);
}

TEST(Undecided, APathThatWasIdleTodayIsNotAsTodayOnceItsFrontReturns) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  contoso[contoso.front].in_service = false;
  const Plan plan = sequence(
      {return_to_service(contoso.front), ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::cannot_tell);
}

TEST(StepsOfOneMinute, FollowTheirArrowsAndNotTheirPlaceInTheFile) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.front].in_service = false;
  Plan plan = timed({{return_to_service(contoso.front), 0, 0},
                     {ensure_folder(contoso.front, folder_of(rtm)), 0, 0},
                     {recycle(contoso.front), 0, 0}});
  plan.steps[2].after = {{StepIndex{1}, "the copy comes first"}};
  plan.steps[0].after = {{StepIndex{2}, "the return comes last"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
  plan.steps[0].after.clear();
  plan.steps[1].after = {{StepIndex{0}, "the return comes first"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::unsafe);
}

TEST(BrokenToday, IsNotMendedByADrain) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Report report =
      verified(contoso.organisation, sequence({drain(contoso.front), ensure_folder(contoso.front, folder_of(rtm)),
                                               recycle(contoso.front), return_to_service(contoso.front)}));
  EXPECT_EQ(report.safety, Safety::safe);
  ASSERT_THAT(report.broken_today, ::testing::SizeIs(1));
  EXPECT_EQ(report.broken_today[0].mended_by, StepIndex{3});
}

TEST(BrokenToday, IsNoWorseAfterADrainAndAReturn) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = sequence({drain(contoso.front), return_to_service(contoso.front),
                              ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(CombinationsOfReadings, AreAllJudgedWhereNoneIsFixed) {
  const TwoSites contoso;
  EXPECT_EQ(verified(contoso.organisation, safe_plan(contoso)).readings, 64U);
}

TEST(CombinationsOfReadings, AreHalvedByEachFixedReading) {
  const TwoSites contoso;
  FixedReadings fixed;
  fixed.rollup_keeps = RollupKeeps::keeps;
  EXPECT_EQ(verified(contoso.organisation, safe_plan(contoso), fixed).readings, 32U);
  fixed.older_front = OlderFront::needs_folder;
  EXPECT_EQ(verified(contoso.organisation, safe_plan(contoso), fixed).readings, 16U);
  EXPECT_EQ(verified(contoso.organisation, safe_plan(contoso), as_the_kb()).readings, 1U);
}

TEST(CombinationsOfReadings, AReportSaysWhatItCovers) {
  const TwoSites contoso;
  const Report report = verified(contoso.organisation, safe_plan(contoso));
  EXPECT_EQ(report.orders, Orders::all);
  EXPECT_GE(report.failures, 2 * safe_plan(contoso).steps.size()) << "each step may not happen, or happen twice";
}

TEST(Verify, OtherFaultsThanEvent46DoNotMakeAPlanUnsafe) {
  TwoSites contoso;
  contoso[contoso.target].internal_url = "http://brcas1/owa";
  EXPECT_EQ(verified(contoso.organisation, sequence({upgrade(contoso.front, sp1)})).safety, Safety::safe);
}

TEST(Verify, AMendedPathIsTheOneThatWasBrokenAndNotItsNeighbour) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const ServerId second = contoso.cas("BRCAS2", contoso.branch, rtm_ru5);
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), recycle(contoso.front),
                              ensure_folder(contoso.front, folder_of(rtm_ru5), {second}), recycle(contoso.front)});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::safe);
  ASSERT_EQ(report.broken_today.size(), 2U);
  EXPECT_EQ(report.broken_today[0].mended_by, StepIndex{1});
  EXPECT_EQ(report.broken_today[1].path.target, second);
  EXPECT_EQ(report.broken_today[1].mended_by, StepIndex{3});
}

}  // namespace
}  // namespace casplan::verifier
