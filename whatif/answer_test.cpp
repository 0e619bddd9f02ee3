#include "whatif/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "verifier/verify.h"
#include "whatif/whatif_fixture.h"

namespace casplan::whatif {
namespace {

using namespace modelled;
using verifier::Safety;

const JudgedPlan& best(const Answer& answer) {
  return std::get<JudgedPlan>(*answer.best_plan);
}

TEST(NoChange, MakesNoDifferenceToEitherAnswer) {
  const Contoso contoso;
  const JudgedPlan before = judge_plan(contoso.situation, contoso.plan());
  const Answer answered = answer({contoso.situation, std::nullopt}, &contoso.plan(), {});
  for (const JudgedPlan* now : {&*answered.same_plan, &best(answered)}) {
    EXPECT_TRUE(difference({before.plan, *before.trace}, {now->plan, *now->trace}).is_none());
    EXPECT_EQ(now->measures, before.measures);
  }
}

TEST(AFrozenFront, MakesTheSamePlanUnsafeAndTheWishImpossible) {
  const Contoso contoso;
  const Answer answered = asked({"freeze HQCAS1"}, contoso.situation);
  EXPECT_EQ(answered.same_plan->report.safety, Safety::unsafe);
  const auto& none = std::get<NoPlan>(*answered.best_plan);
  EXPECT_EQ(none.reason, NoPlan::Reason::infeasible);
  EXPECT_FALSE(none.because.empty());
  EXPECT_FALSE(none.why->remedies.empty()) << "and what would allow it";
}

TEST(AFrozenTarget, IsPlannedAroundWithACopy) {
  const Contoso contoso;
  const Answer answered = asked({"freeze BRCAS1"}, contoso.situation);
  EXPECT_EQ(best(answered).report.safety, Safety::safe);
  EXPECT_GE(value(best(answered).measures, Measure::copies), 1);
}

TEST(AnUnfrozenServer, MayAllowAPlanWhereThereWasNone) {
  Contoso contoso;
  contoso.policy.frozen = {contoso.front};
  contoso.plan_anew();
  ASSERT_FALSE(contoso.situation.plan);
  const Answer answered = asked({"unfreeze HQCAS1"}, contoso.situation);
  EXPECT_FALSE(answered.same_plan);
  EXPECT_EQ(best(answered).report.safety, Safety::safe);
}

TEST(AnotherTarget, IsNotReachedByTheSamePlan) {
  const Contoso contoso;
  const Answer answered = asked({"target 8.3.83.6"}, contoso.situation);
  ASSERT_FALSE(answered.same_plan->breaches.empty());
  EXPECT_EQ(answered.same_plan->breaches.front().kind, verifier::BreachKind::not_at_target);
}

TEST(MoreCrews, AreOfNoUseToTheSamePlanButToTheBestOne) {
  const Contoso contoso;
  const Answer answered = asked({"crews 4"}, contoso.situation);
  const auto end = [](const JudgedPlan& judged) { return *value(judged.measures, Measure::makespan_minutes); };
  const JudgedPlan before = judge_plan(contoso.situation, contoso.plan());
  EXPECT_EQ(end(*answered.same_plan), end(before));
  EXPECT_LT(end(best(answered)), end(before));
}

TEST(MoreUsers, AreCountedInBothAnswers) {
  const TwoSites contoso;
  const Situation found{contoso.organisation, planner::policy_to(sp2),
                        planner::planned(contoso.organisation, planner::policy_to(sp2))};
  const Answer answered = asked({"users Branch1 +100%"}, found);
  const auto before = value(judge_plan(found, *found.plan).measures, Measure::unavailable_user_minutes);
  EXPECT_GT(value(answered.same_plan->measures, Measure::unavailable_user_minutes), before);
  EXPECT_GT(value(best(answered).measures, Measure::unavailable_user_minutes), before);
}

TEST(ARedirectedTarget, ChangesItsPathsToRedirection) {
  const Contoso contoso;
  const Answer answered = asked({"external-url BRCAS1 https://branch.contoso.com/owa"}, contoso.situation);
  const JudgedPlan before = judge_plan(contoso.situation, contoso.plan());
  const auto differing =
      difference({before.plan, *before.trace}, {answered.same_plan->plan, *answered.same_plan->trace});
  ASSERT_EQ(differing.paths.size(), 2U) << "from each front";
  EXPECT_EQ(differing.paths.front().target, contoso.target);
  EXPECT_EQ(differing.paths.front().after->at_the_end, Verdict::redirect);
  EXPECT_TRUE(differing.steps.empty());
}

TEST(ARemovedFront, HasNoPathsAnyMore) {
  const Contoso contoso;
  const Answer answered = asked({"remove-front HQCAS2"}, contoso.situation);
  const JudgedPlan before = judge_plan(contoso.situation, contoso.plan());
  const auto differing =
      difference({before.plan, *before.trace}, {answered.same_plan->plan, *answered.same_plan->trace});
  for (const PathDifference& path : differing.paths) {
    if (path.front == contoso.second_front) {
      EXPECT_EQ(path.after, std::nullopt);
    }
  }
  EXPECT_FALSE(differing.sites.empty()) << "nobody serves while the one front is out";
}

TEST(AMovedUpgrade, BeforeTheFrontIsDrainedBreaksThePath) {
  Contoso contoso;
  const std::string target = contoso.id_of("upgrade BRCAS1 8.2.176.2");
  const std::string first = at(contoso.plan().steps, order_of_schedule(contoso.plan()).front()).id;
  const Answer answered = asked({"move " + target + " before " + first}, contoso.situation);
  EXPECT_EQ(answered.same_plan->report.safety, Safety::unsafe);
  EXPECT_EQ(answered.same_plan->report.counterexample->kind, verifier::ViolationKind::event46_on_the_way);
}

TEST(AFolderThatIsMissing, MakesAPlanUnsafeThatReliesOnIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  const Situation found{contoso.organisation, std::nullopt, sequence({recycle(contoso.front)})};
  EXPECT_EQ(judge_plan(found, *found.plan).report.safety, Safety::safe);
  const Answer answered = asked({"folder HQCAS1 8.0.685.24 missing"}, found);
  EXPECT_EQ(answered.same_plan->report.safety, Safety::unsafe);
  EXPECT_FALSE(answered.best_plan) << "nobody said what is wanted";
}

TEST(AReading, IsSettledWithoutAPolicyToo) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  contoso.runs(contoso.front, rtm, {rtm, sp1});
  const Situation found{contoso.organisation, std::nullopt, sequence({recycle(contoso.front)})};
  EXPECT_EQ(judge_plan(found, *found.plan).report.safety, Safety::unsafe);
  EXPECT_EQ(asked({"reading older_front=needs_folder"}, found).same_plan->report.safety, Safety::safe);
}

TEST(AServerThatIsOutOfService, StaysOutInTheBestPlan) {
  const Contoso contoso;
  const Answer answered = asked({"out BRCAS2"}, contoso.situation);
  const JudgedPlan& judged = best(answered);
  EXPECT_EQ(judged.report.safety, Safety::safe);
  EXPECT_FALSE(at(judged.trace->states.back().state.servers, contoso.second_target).is_in_service());
}

TEST(AFailedUpgrade, LeavesItsServerOutAndTheRestIsPlannedFromThere) {
  const Contoso contoso;
  const std::string id = contoso.id_of("upgrade HQCAS1 8.2.176.2");
  const Answer answered = asked({"fail " + id}, contoso.situation);
  ASSERT_TRUE(answered.stopped);
  const Server& server = at(answered.stopped->standstill.organisation.servers, contoso.front);
  EXPECT_EQ(server.build, rtm);
  EXPECT_EQ(server.in_service, false);
  const JudgedPlan& rest = best(answered);
  EXPECT_EQ(rest.report.safety, Safety::safe);
  const JudgedPlan before = judge_plan(contoso.situation, contoso.plan());
  EXPECT_GT(value(rest.measures, Measure::makespan_minutes), value(before.measures, Measure::makespan_minutes))
      << "what was done until then is measured, too";
  for (const StepDifference& step : step_differences(contoso.plan(), rest.carried_out)) {
    if (step.id == id) {
      EXPECT_GE(step.after->schedule->start, answered.stopped->standstill.since);
    }
  }
}

TEST(TheRestOfTheWork, IsForWhatIsFoundThenAndStillWanted) {
  const Contoso contoso;
  const Answer answered = asked({"fail " + contoso.id_of("upgrade HQCAS1 8.2.176.2")}, contoso.situation);
  const auto written = decided(answered);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->plan, best(answered).plan);
  EXPECT_EQ(written->organisation, answered.stopped->standstill.organisation);
  EXPECT_EQ(written->policy->start, answered.stopped->standstill.since);
  EXPECT_THAT(written->policy->to_return, ::testing::Contains(contoso.front));
}

TEST(TheRestOfTheWork, DoesNotComeBackToATargetThatWasPassed) {
  const Contoso contoso;
  const std::string last = at(contoso.plan().steps, order_of_schedule(contoso.plan()).back()).id;
  const Answer answered = asked({"target HQCAS1 8.1.240.6", "fail " + last}, contoso.situation);
  const auto& none = std::get<NoPlan>(*answered.best_plan);
  EXPECT_EQ(none.reason, NoPlan::Reason::infeasible);
  EXPECT_THAT(none.because, ::testing::ElementsAre(::testing::HasSubstr("which is below the build of \"HQCAS1\"")));
  EXPECT_FALSE(decided(answered));
}

TEST(TheRestOfTheWork, HasNoMoreCopiesThanWereNotMade) {
  Contoso contoso;
  contoso.policy.frozen = {contoso.target};
  contoso.policy.copies = 2;
  contoso.plan_anew();
  const std::string last = at(contoso.plan().steps, order_of_schedule(contoso.plan()).back()).id;
  ASSERT_EQ(value(judge_plan(contoso.situation, contoso.plan()).measures, Measure::copies), 2);
  const Answer answered = asked({"fail " + last}, contoso.situation);
  EXPECT_EQ(answered.rest->policy->copies, 0);
  EXPECT_EQ(value(best(answered).measures, Measure::copies), 2);
}

TEST(APlanInAnotherOrder, IsForThePolicyWithAllChangesButThatOne) {
  Contoso contoso;
  const std::string first = contoso.id_of("upgrade HQCAS1 8.2.176.2");
  const std::string second = contoso.id_of("upgrade HQCAS2 8.2.176.2");
  const Answer answered = asked({"swap " + first + " " + second, "freeze BRCAS1", "crews 4"}, contoso.situation);
  const auto written = decided(answered);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->plan->steps, answered.same_plan->plan.steps);
  EXPECT_EQ(written->policy->crews, 4);
  EXPECT_THAT(written->policy->frozen, ::testing::ElementsAre(contoso.target));
  EXPECT_THAT(written->policy->before, ::testing::IsEmpty());
}

TEST(AFailedStep, OfAPlanThatIsNotKnownToBeSafeIsNotJudged) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {});
  contoso[contoso.front].folders.reset();
  const Situation found{contoso.organisation, std::nullopt, sequence({recycle(contoso.target)})};
  const Answer answered = asked({"fail s1"}, found);
  EXPECT_EQ(answered.stopped->plan_safety, Safety::cannot_tell);
  EXPECT_FALSE(answered.stopped->stop);
}

TEST(AFailedStep, LetsEndWhatHadBegunByThen) {
  const TwoSites contoso;
  const Plan plan =
      timed({{upgrade(contoso.front, sp1), 0, 90}, {recycle(contoso.target), 89, 91}, {drain(contoso.target), 91, 95}});
  const auto still = stand_still(contoso.organisation, plan, StepIndex{0}, {});
  ASSERT_TRUE(still);
  EXPECT_THAT(still->ended, ::testing::ElementsAre(StepIndex{1}));
  EXPECT_EQ(still->since, default_start() + Minutes(91));
  EXPECT_FALSE(at(still->state.servers, contoso.front).is_in_service());
}

TEST(AFailedStep, ThatThePlanDoesNotReachIsAnsweredWithTheStepBeforeIt) {
  const TwoSites contoso;
  const Situation found{contoso.organisation, std::nullopt,
                        sequence({return_to_service(contoso.front), drain(contoso.target)})};
  const Answer answered = asked({"fail s2"}, found);
  EXPECT_FALSE(answered.stopped);
  EXPECT_EQ(answered.refused->step, StepIndex{0});
}

TEST(AnyPlan, HasTheMeasuresThatItsPlannerSays) {
  const Contoso contoso;
  EXPECT_EQ(judge_plan(contoso.situation, contoso.plan()).measures, contoso.plan().outcome->objective);
}

}  // namespace
}  // namespace casplan::whatif
