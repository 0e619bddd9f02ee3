#include "verifier/stops.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/contracts.h"
#include "simulator/organisation_fixture.h"
#include "verifier/stop_text.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// The stops of a plan that is safe, as `judge_stops` asks for.
std::vector<Stop> stops_of(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed = {}) {
  EXPECT_EQ(verify(organisation, plan, fixed).safety, Safety::safe) << "stops are judged for safe plans only";
  return judge_stops(organisation, plan, fixed);
}

Stop stop_at(const std::vector<Stop>& stops, std::size_t step, StopTime time) {
  for (const Stop& stop : stops) {
    if (stop.step == id_at<StepIndex>(step) && stop.time == time) return stop;
  }
  expects(false, "each step has two stops");
  return stops.front();
}
Stop after(const std::vector<Stop>& stops, std::size_t step) {
  return stop_at(stops, step, StopTime::at_the_end);
}
Stop failed_in(const std::vector<Stop>& stops, std::size_t step) {
  return stop_at(stops, step, StopTime::in_the_middle);
}

/// The way out of this kind and safety, if there is one.
std::optional<WayOut> way(const Stop& stop, WayOutKind kind, Safety safety) {
  for (const WayOut& found : stop.ways_out) {
    if (found.kind == kind && found.safety == safety) return found;
  }
  return std::nullopt;
}

std::vector<WayOutKind> kinds(const Stop& stop) {
  std::vector<WayOutKind> found;
  for (const WayOut& way : stop.ways_out) found.push_back(way.kind);
  return found;
}

std::vector<std::string> sentences(const Stop& stop, const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> text = who_has_it_worse(stop, organisation, plan);
  for (const WayOut& way : stop.ways_out) text.push_back(sentence(way, stop, organisation, plan));
  return text;
}

/// The KB's case done right: the front drained to SP1, with the branch's folder, then the branch.
struct FrontFirst : TwoSites {
  Plan plan = sequence({drain(front), upgrade(front, sp1), ensure_folder(front, folder_of(rtm)), recycle(front),
                        return_to_service(front), upgrade(target, sp1)});
};

TEST(Stops, ComeTwiceForEachStepInTheOrderOfTheSchedule) {
  const FrontFirst contoso;
  const auto stops = stops_of(contoso.organisation, contoso.plan);
  ASSERT_THAT(stops, SizeIs(12));
  for (std::size_t i = 0; i < stops.size(); ++i) {
    EXPECT_EQ(stops[i].step, id_at<StepIndex>(i / 2));
    EXPECT_EQ(stops[i].time, i % 2 == 0 ? StopTime::in_the_middle : StopTime::at_the_end);
  }
}

TEST(Stops, ADrainThatHasNotHappenedHarmsNobody) {
  const FrontFirst contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 0);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(stop.out_of_service, IsEmpty());
  EXPECT_THAT(kinds(stop), ElementsAre(WayOutKind::repeat_step));
}

TEST(Stops, WithTheOnlyFrontOutNobodyOfAnySiteIsServed) {
  const FrontFirst contoso;
  const Stop stop = after(stops_of(contoso.organisation, contoso.plan), 0);
  EXPECT_EQ(stop.safety, Safety::unsafe);
  EXPECT_THAT(stop.out_of_service, ElementsAre(contoso.front));
  EXPECT_THAT(stop.entry_points_without_service, ElementsAre(EntryPointId{0}));
  EXPECT_THAT(stop.sites_without_service, ElementsAre(contoso.hq, contoso.branch));
  EXPECT_THAT(kinds(stop), ElementsAre(WayOutKind::go_on, WayOutKind::return_servers));
  EXPECT_TRUE(way(stop, WayOutKind::return_servers, Safety::safe)) << "nothing was installed yet";
}

TEST(Stops, AnUpgradedFrontWithoutTheFolderMustNotReturnAsItIs) {
  const FrontFirst contoso;
  const Stop stop = after(stops_of(contoso.organisation, contoso.plan), 1);
  EXPECT_FALSE(way(stop, WayOutKind::return_servers, Safety::safe));
  const auto forbidden = way(stop, WayOutKind::return_servers, Safety::unsafe);
  ASSERT_TRUE(forbidden);
  EXPECT_THAT(forbidden->servers, ElementsAre(contoso.front));
  ASSERT_TRUE(forbidden->forbidden_by);
  EXPECT_EQ(forbidden->forbidden_by->path.target, contoso.target);
  EXPECT_EQ(forbidden->forbidden_by->judgement.rule, RuleId::newer_front_without_folder);
  const auto staying = way(stop, WayOutKind::stay_out, Safety::unsafe);
  ASSERT_TRUE(staying);
  EXPECT_EQ(staying->obstacle, Obstacle::service_pack);
}

TEST(Stops, AServicePackThatFailedLeavesTheOldBuildWhichMayReturn) {
  const FrontFirst contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 1);
  EXPECT_THAT(stop.out_of_service, ElementsAre(contoso.front));
  EXPECT_THAT(kinds(stop), ElementsAre(WayOutKind::repeat_step, WayOutKind::return_servers));
  EXPECT_TRUE(way(stop, WayOutKind::return_servers, Safety::safe));
}

TEST(Stops, ATargetWhoseServicePackFailedIsOutThoughNobodyDrainedIt) {
  const FrontFirst contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 5);
  EXPECT_EQ(stop.safety, Safety::unsafe);
  EXPECT_THAT(stop.out_of_service, ElementsAre(contoso.target));
  EXPECT_THAT(stop.sites_without_service, ElementsAre(contoso.branch));
  EXPECT_THAT(stop.entry_points_without_service, IsEmpty());
}

TEST(Stops, TheEndOfThePlanIsSafeAndAsksForNothing) {
  const FrontFirst contoso;
  const Stop stop = after(stops_of(contoso.organisation, contoso.plan), 5);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(stop.ways_out, IsEmpty());
}

TEST(Stops, AFolderThatMayOnlyCountAfterARecycleForbidsTheReturnBeforeIt) {
  const FrontFirst contoso;
  const auto stops = stops_of(contoso.organisation, contoso.plan);
  EXPECT_TRUE(way(failed_in(stops, 3), WayOutKind::return_servers, Safety::unsafe)) << "the recycle did not happen";
  EXPECT_TRUE(way(after(stops, 3), WayOutKind::return_servers, Safety::safe));
  FixedReadings at_once;
  at_once.folder_load = FolderLoad::at_once;
  const auto stops_at_once = stops_of(contoso.organisation, contoso.plan, at_once);
  EXPECT_TRUE(way(failed_in(stops_at_once, 3), WayOutKind::return_servers, Safety::safe));
}

TEST(Stops, APartialFolderOnAFrontThatIsOutHarmsNobodyUntilItReturns) {
  const FrontFirst contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 2);
  EXPECT_THAT(stop.partial_folder_paths, IsEmpty());
  EXPECT_TRUE(way(stop, WayOutKind::remove_partial_folder, Safety::safe));
  EXPECT_TRUE(way(stop, WayOutKind::return_servers, Safety::unsafe));
}

/// The front runs SP1 without the branch's folder, which the branch holds: the KB's complaint, and its workaround.
struct BrokenToday : TwoSites {
  Plan plan;

  BrokenToday() {
    runs(front, sp1, {sp1});
    plan = sequence({ensure_folder(front, folder_of(rtm), {target}), recycle(front)});
    plan.goal = Goal::heal_by_copy;
  }
};

TEST(Stops, APartialFolderOnAPathThatIsBrokenTodayTurnsEvent46IntoBrokenPages) {
  const BrokenToday contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 0);
  EXPECT_EQ(stop.safety, Safety::unsafe);
  EXPECT_THAT(stop.partial_folder_paths, ElementsAre(ProxyPath{contoso.front, contoso.target, contoso.branch}));
  EXPECT_THAT(stop.faults, IsEmpty());
  EXPECT_THAT(sentences(stop, contoso.organisation, contoso.plan),
              ElementsAre("Users who are proxied from HQCAS1 to BRCAS1 get broken pages, at the latest when Outlook "
                          "Web Access restarts: folder 8.0.685.24 is there only in part.",
                          "Repeat step s1, and go on with the plan.",
                          "Remove what there is of folder 8.0.685.24 from HQCAS1, which leaves the server as it was "
                          "before the step."));
}

TEST(Stops, APathThatIsBrokenTodayAndStaysSoIsSafeToStopAt) {
  const BrokenToday contoso;
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 1);
  EXPECT_EQ(stop.safety, Safety::safe) << "the recycle did not happen: it is as today";
}

TEST(Stops, AFolderThatIsThereAlreadyIsNotCopiedAndLeavesNoPart) {
  BrokenToday contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  const Stop stop = failed_in(stops_of(contoso.organisation, contoso.plan), 0);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(kinds(stop), ElementsAre(WayOutKind::repeat_step));
}

/// Two sites that proxy to each other: both drained, upgraded one after the other, returned.
struct Cycle : TwoSites {
  Plan plan_to(const BuildVersion& build) {
    entry_point("branch.contoso.com", {target});
    return sequence({drain(front), drain(target), upgrade(front, build), upgrade(target, build),
                     return_to_service(front), return_to_service(target)});
  }

  /// The front is back in service before the target is upgraded.
  Plan plan_in_turn() {
    entry_point("branch.contoso.com", {target});
    return sequence({drain(front), upgrade(front, sp1), drain(target), return_to_service(front), upgrade(target, sp1),
                     return_to_service(target)});
  }
};

TEST(Stops, InACycleTheServerWhoseServicePackFailedMustNotReturnBesideTheNewerOne) {
  Cycle contoso;
  const Plan plan = contoso.plan_to(sp1);
  const Stop stop = failed_in(stops_of(contoso.organisation, plan), 3);
  EXPECT_EQ(stop.safety, Safety::unsafe);
  EXPECT_THAT(sentences(stop, contoso.organisation, plan),
              ElementsAre("Nobody who comes by mail.contoso.com and branch.contoso.com is served: every front is out "
                          "of service.",
                          "Nobody of AD sites HQ and Branch1 is served.", "Repeat step s4, and go on with the plan.",
                          "Return HQCAS1 to service as it is; no user meets Event 46 then who does not meet it today.",
                          "Do not return BRCAS1 to service as it is: HQCAS1 would proxy to BRCAS1, which is older, "
                          "without folder 8.0.685.24 loaded.",
                          "BRCAS1 cannot return as it is, and a service pack cannot be removed; go on with the plan to "
                          "bring it back."));
}

TEST(Stops, InACycleBothMayReturnBeforeTheFirstUpgradeAndAfterTheSecond) {
  Cycle contoso;
  const auto stops = stops_of(contoso.organisation, contoso.plan_to(sp1));
  for (const std::size_t step : {std::size_t{1}, std::size_t{3}}) {
    const auto back = way(after(stops, step), WayOutKind::return_servers, Safety::safe);
    ASSERT_TRUE(back);
    EXPECT_THAT(back->servers, ElementsAre(contoso.front, contoso.target));
    EXPECT_FALSE(way(after(stops, step), WayOutKind::return_servers, Safety::unsafe));
  }
}

TEST(Stops, InACycleARollupCanBeRemovedAndBothReturn) {
  Cycle contoso;
  const Plan plan = contoso.plan_to(rtm_ru5);
  const Stop stop = failed_in(stops_of(contoso.organisation, plan), 3);
  const auto removal = way(stop, WayOutKind::remove_rollups, Safety::safe);
  ASSERT_TRUE(removal);
  EXPECT_THAT(removal->servers, ElementsAre(contoso.front));
  EXPECT_FALSE(way(stop, WayOutKind::stay_out, Safety::unsafe));
  EXPECT_THAT(sentences(stop, contoso.organisation, plan),
              Contains("Remove the rollup from HQCAS1, which brings back the build before it, and return HQCAS1 and "
                       "BRCAS1; no user meets Event 46 then who does not meet it today."));
}

TEST(Stops, OfTwoRollupsThatAreRemovedTheTextSpeaksOfTwoBuilds) {
  const Cycle contoso;
  const Stop stop{};
  const WayOut way{WayOutKind::remove_rollups, Safety::safe, {contoso.front, contoso.target}};
  EXPECT_EQ(
      sentence(way, stop, contoso.organisation, {}),
      "Remove the rollups from HQCAS1 and BRCAS1, which brings back the builds before them; no user meets Event 46 "
      "then who does not meet it today.");
}

/// HQCAS1 and BRCAS1 cannot return, in a stop at which the plan goes on.
std::string sentence_of_two_that_stay_out(const Cycle& contoso, const Plan& plan, Obstacle obstacle) {
  Stop stop{};
  const WayOut way{WayOutKind::stay_out, Safety::unsafe, {contoso.front, contoso.target}, {}, obstacle};
  stop.ways_out = {{WayOutKind::go_on, Safety::safe}, way};
  return sentence(way, stop, contoso.organisation, plan);
}

TEST(Stops, ClaimOfRollupsNoMoreThanWasJudged) {
  Cycle contoso;
  const Plan plan = contoso.plan_to(rtm_ru5);
  EXPECT_EQ(sentence_of_two_that_stay_out(contoso, plan, Obstacle::still_failing),
            "HQCAS1 and BRCAS1 cannot return as they are, and removing the rollups from all that are out was not found "
            "to make it safe to return them all; go on with the plan to bring them back.");
  EXPECT_EQ(sentence_of_two_that_stay_out(contoso, plan, Obstacle::not_judged),
            "HQCAS1 and BRCAS1 cannot return as they are, and whether they could with the rollups removed was not "
            "judged; go on with the plan to bring them back.");
}

TEST(Stops, DoNotPromiseThatAPlanBringsBackWhatItLeavesOut) {
  Cycle contoso;
  Plan plan = contoso.plan_to(sp1);
  plan.steps.pop_back();
  EXPECT_EQ(sentence_of_two_that_stay_out(contoso, plan, Obstacle::service_pack),
            "HQCAS1 and BRCAS1 cannot return as they are, and a service pack cannot be removed.");
}

TEST(Stops, AServerThatIsOlderThanOneInServiceStaysOutBecauseAServicePackCannotBeRemoved) {
  Cycle contoso;
  const Plan plan = contoso.plan_in_turn();
  const auto staying = way(after(stops_of(contoso.organisation, plan), 3), WayOutKind::stay_out, Safety::unsafe);
  ASSERT_TRUE(staying);
  EXPECT_THAT(staying->servers, ElementsAre(contoso.target));
  EXPECT_EQ(staying->obstacle, Obstacle::service_pack);
}

TEST(Stops, AReturnThatDidNotHappenIsTheFirstToBeTried) {
  Cycle contoso;
  const Plan plan = contoso.plan_in_turn();
  const auto back = way(failed_in(stops_of(contoso.organisation, plan), 3), WayOutKind::return_servers, Safety::safe);
  ASSERT_TRUE(back);
  EXPECT_THAT(back->servers, ElementsAre(contoso.front));
}

/// Rollups, front first; the front keeps its earlier folder or is given it again.
struct Rollups : TwoSites {
  Plan plan = sequence({drain(front), upgrade(front, rtm_ru5), ensure_folder(front, folder_of(rtm), {target}),
                        recycle(front), return_to_service(front), upgrade(target, rtm_ru5)});
};

TEST(Stops, ARollupMayBeRemovedFromAFrontWhoseTargetsStillRunItsOldVersion) {
  const Rollups contoso;
  const Stop stop = after(stops_of(contoso.organisation, contoso.plan), 1);
  const auto removal = way(stop, WayOutKind::remove_rollups, Safety::safe);
  ASSERT_TRUE(removal);
  EXPECT_THAT(removal->servers, ElementsAre(contoso.front));
}

TEST(Stops, ARollupMayBeRemovedFromATargetWhoseFrontHoldsBothFolders) {
  const Rollups contoso;
  const Stop stop = after(stops_of(contoso.organisation, contoso.plan), 5);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(kinds(stop), ElementsAre(WayOutKind::remove_rollups));
  EXPECT_TRUE(way(stop, WayOutKind::remove_rollups, Safety::safe));
}

/// The build from before a removal comes back only by an installation, which no way out is.
TEST(Stops, WhereARollupWasRemovedNoneIsLeftToRemove) {
  const BuildVersion rtm_ru1{{8, 0, 708, 3}};
  TwoSites contoso;
  contoso.runs(contoso.target, rtm_ru5, {rtm, rtm_ru5});
  contoso.runs(contoso.front, rtm_ru5, {rtm_ru1, rtm_ru5});
  const Plan plan = sequence({upgrade(contoso.target, rtm_ru1), upgrade(contoso.front, rtm_ru1)});
  const Stop stop = after(stops_of(contoso.organisation, plan), 1);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(stop.ways_out, IsEmpty());
}

/// The front may have lost the folder that its target, whose highest it is, asks for.
TEST(Stops, AfterARemovalAreJudgedUnderBothReadingsOfWhatBecomesOfTheFolder) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm_ru5, {rtm_ru5});
  contoso.runs(contoso.target, rtm, {rtm, rtm_ru5});
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, {{8, 0, 708, 3}})});
  FixedReadings highest;
  highest.folder_match = FolderMatch::highest;
  const Stop stop = after(stops_of(contoso.organisation, plan, highest), 1);
  EXPECT_TRUE(way(stop, WayOutKind::return_servers, Safety::unsafe));
}

TEST(Stops, ARollupMustNotBeRemovedFromAFrontBelowATarget) {
  Cycle contoso;
  const Plan plan = contoso.plan_to(rtm_ru5);
  const Stop stop = after(stops_of(contoso.organisation, plan), 3);
  EXPECT_TRUE(way(stop, WayOutKind::return_servers, Safety::safe));
  EXPECT_FALSE(way(stop, WayOutKind::remove_rollups, Safety::safe));
  const auto forbidden = way(stop, WayOutKind::remove_rollups, Safety::unsafe);
  ASSERT_TRUE(forbidden);
  EXPECT_THAT(forbidden->servers, ElementsAre(contoso.target));
}

TEST(Stops, ARollupIsRemovedUnderBothReadingsOfWhatBecomesOfItsFolder) {
  // Back on RTM, HQCAS1 is an older front, which may work with the folder that its rollup leaves, if it leaves it.
  TwoSites contoso;
  contoso.runs(contoso.front, rtm, {rtm, rtm_ru5});
  contoso.runs(contoso.target, rtm_ru5, {rtm_ru5});
  const Plan plan = sequence({upgrade(contoso.front, rtm_ru5)});
  const auto removal_under = [&](RollupRemoval removal) {
    FixedReadings fixed;
    fixed.rollup_removal = removal;
    fixed.older_front = OlderFront::needs_folder;
    return after(stops_of(contoso.organisation, plan, fixed), 0);
  };
  EXPECT_TRUE(way(removal_under(RollupRemoval::folder_stays), WayOutKind::remove_rollups, Safety::safe));
  const auto forbidden = way(removal_under(RollupRemoval::folder_goes), WayOutKind::remove_rollups, Safety::unsafe);
  ASSERT_TRUE(forbidden);
  EXPECT_EQ(forbidden->forbidden_by->judgement.rule, RuleId::older_front_without_folder);
}

/// An entry point with two fronts: while one is out, the other carries everybody.
struct TwoFronts : TwoSites {
  ServerId second = cas("HQCAS2", hq, rtm);

  TwoFronts() { organisation.entry_points.front().fronts = {front, second}; }
};

TEST(Stops, WhileTheOtherFrontServesItIsSafeToStop) {
  const TwoFronts contoso;
  const Plan plan =
      sequence({drain(contoso.front), upgrade(contoso.front, sp1), ensure_folder(contoso.front, folder_of(rtm)),
                recycle(contoso.front), return_to_service(contoso.front), drain(contoso.second),
                upgrade(contoso.second, sp1), ensure_folder(contoso.second, folder_of(rtm)), recycle(contoso.second),
                return_to_service(contoso.second), upgrade(contoso.target, sp1)});
  const auto stops = stops_of(contoso.organisation, plan);
  for (std::size_t step = 0; step < 10; ++step) {
    EXPECT_EQ(after(stops, step).safety, Safety::safe) << step;
    EXPECT_EQ(failed_in(stops, step).safety, Safety::safe) << step;
  }
  const Stop upgraded = after(stops, 1);
  EXPECT_THAT(upgraded.out_of_service, ElementsAre(contoso.front));
  EXPECT_TRUE(way(upgraded, WayOutKind::return_servers, Safety::unsafe)) << "safe to stop, but not to return it";
  EXPECT_FALSE(way(upgraded, WayOutKind::stay_out, Safety::unsafe)) << "nobody waits for it";
}

TEST(Stops, ServersThatWereOutWhenFoundAreNobodysLoss) {
  TwoFronts contoso;
  contoso[contoso.front].in_service = contoso[contoso.second].in_service = false;
  const Plan plan = sequence({upgrade(contoso.front, sp1)});
  const Stop stop = after(judge_stops(contoso.organisation, plan, {}), 0);
  EXPECT_EQ(stop.safety, Safety::safe);
  EXPECT_THAT(stop.out_of_service, IsEmpty());
}

TEST(Stops, WhatRunsWhenAStepEndsEndsNormally) {
  TwoFronts contoso;
  const ServerId other = contoso.cas("BRCAS2", contoso.branch, rtm);
  contoso[contoso.target].external_url = contoso[other].external_url = "https://branch.contoso.com/owa";
  const Plan plan = timed({{upgrade(contoso.target, sp1), 0, 90}, {upgrade(other, sp1), 30, 120}});
  const auto stops = stops_of(contoso.organisation, plan);
  EXPECT_THAT(after(stops, 0).out_of_service, IsEmpty()) << "the second, which had begun, ends";
  EXPECT_THAT(failed_in(stops, 0).out_of_service, ElementsAre(contoso.target));
  EXPECT_EQ(failed_in(stops, 0).safety, Safety::safe) << "the other one serves the branch";
}

TEST(Stops, NameTheLaterStepsThatTheStateSupposesToHaveEnded) {
  TwoFronts contoso;
  const Plan plan = timed({{upgrade(contoso.target, rtm_ru5), 0, 90},
                           {drain(contoso.second), 10, 20},
                           {return_to_service(contoso.second), 30, 40},
                           {drain(contoso.second), 90, 91}});
  const auto stops = judge_stops(contoso.organisation, plan, {});
  EXPECT_THAT(after(stops, 0).also_ended, ElementsAre(StepIndex{1}, StepIndex{2}));
  EXPECT_THAT(failed_in(stops, 0).also_ended, ElementsAre(StepIndex{1}, StepIndex{2}));
  EXPECT_THAT(after(stops, 1).also_ended, IsEmpty()) << "the upgrade comes before the drain";
  EXPECT_THAT(after(stops, 1).out_of_service, ElementsAre(contoso.second));
  EXPECT_THAT(after(stops, 2).also_ended, IsEmpty());
}

TEST(Stops, NameAStepThatBeginsLaterAndEndsInTheSameMinute) {
  TwoFronts contoso;
  const Plan plan = timed({{drain(contoso.second), 0, 10}, {drain(contoso.front), 5, 10}});
  const auto stops = stops_of(contoso.organisation, plan);
  EXPECT_THAT(after(stops, 0).also_ended, ElementsAre(StepIndex{1}));
  EXPECT_THAT(after(stops, 0).entry_points_without_service, SizeIs(1)) << "with both out";
}

TEST(Stops, OfStepsThatTakeNoTimeNoneThatComesLaterHasEnded) {
  const TwoFronts contoso;
  Plan plan = timed({{return_to_service(contoso.front), 10, 10}, {drain(contoso.front), 10, 10}});
  plan.steps[0].after = {{StepIndex{1}, ""}};
  const auto stops = stops_of(contoso.organisation, plan);
  EXPECT_EQ(stops[0].step, StepIndex{1}) << "the order of the schedule is that of the arrows where times are the same";
  EXPECT_THAT(after(stops, 1).also_ended, IsEmpty());
  EXPECT_THAT(after(stops, 1).out_of_service, ElementsAre(contoso.front));
  EXPECT_THAT(after(stops, 0).out_of_service, IsEmpty());
}

TEST(Stops, WhatBeginsInTheMinuteInWhichAStepEndsHasNotBegun) {
  const FrontFirst contoso;
  EXPECT_THAT(after(stops_of(contoso.organisation, contoso.plan), 4).out_of_service, IsEmpty())
      << "the branch's upgrade begins then";
}

TEST(Stops, AnEntryPointWithoutAFrontIsALossEvenWhereEverySiteIsServed) {
  TwoSites contoso;
  contoso.organisation.entry_points.front().share = 50;
  contoso.entry_point("owa.contoso.com", {contoso.cas("HQCAS2", contoso.hq, rtm)}, 50);
  const auto stops = stops_of(contoso.organisation, sequence({drain(contoso.front), return_to_service(contoso.front)}));
  const Stop drained = after(stops, 0);
  EXPECT_EQ(drained.safety, Safety::unsafe);
  EXPECT_THAT(drained.sites_without_service, IsEmpty());
  EXPECT_THAT(drained.entry_points_without_service, SizeIs(1));
}

TEST(Stops, NobodyUsesAnEntryPointWithoutAShare) {
  TwoSites contoso;
  contoso.entry_point("old.contoso.com", {contoso.cas("OLDCAS", contoso.hq, rtm)}, 0);
  const ServerId old = *find_server(contoso.organisation, "OLDCAS");
  contoso.organisation.sites.front().mailboxes = 0;
  const Plan plan = sequence({drain(old)});
  EXPECT_EQ(after(stops_of(contoso.organisation, plan), 0).safety, Safety::safe);
}

}  // namespace
}  // namespace casplan::verifier
