#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

/// Cases in which a plan exists that is easily overlooked, or is easily spoiled.
namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A front on SP2 that holds SP1's folder and has not loaded it, before a target that goes from RTM to SP1.
struct NotLoaded : TwoSites {
  NotLoaded() {
    runs(front, sp2, {rtm, sp1, sp2});
    (*this)[front].loaded_folders = folders_of({rtm, sp2});
  }
};

TEST(WayOut, AFolderThatIsOnlyNotLoadedIsLoadedBeforeItsTargetServes) {
  NotLoaded contoso;
  Policy policy = policy_to(sp2);
  policy.targets[contoso.target] = sp1;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(arrows(contoso.organisation, plan), Contains("recycle HQCAS1 -> upgrade BRCAS1 8.1.240.6"));
}

TEST(WayOut, AnEndThatIsAndStaysOutOfServiceAsksForNothing) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  Policy policy = policy_to(sp1);
  policy.frozen.insert(contoso.front);
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              ElementsAre("upgrade BRCAS1 8.1.240.6"));
}

TEST(WayOut, WhereNobodyHoldsTheFolderBothEndsChangeTogether) {
  TwoSites contoso;
  contoso.runs(contoso.target, rtm, {});
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(arrows(contoso.organisation, plan), Contains("drain BRCAS1 -> upgrade HQCAS1 8.1.240.6"));
  EXPECT_THAT(words(contoso.organisation, plan), Not(Contains(HasSubstr("ensure_folder"))));
}

TEST(WayOut, AFrontWhoseBuildIsNotKnownIsAMissingFactAndNoProof) {
  TwoSites contoso;
  contoso[contoso.front].build.reset();
  contoso[contoso.front].owa_version = folder_of(rtm);
  EXPECT_THAT(missing_facts(contoso.organisation, policy_to(sp1)),
              ElementsAre(HasSubstr("The build of HQCAS1 is not known")));
}

TEST(WayOut, FoldersThatWereNotListedMakeACopyLimitNoProof) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  Policy policy = policy_to(sp1);
  policy.frozen.insert(contoso.target);
  policy.copies = 0;
  EXPECT_THAT(why_not_found(contoso.organisation, policy), ElementsAre(HasSubstr("The policy allows no copies")));
}

TEST(WayOut, OneRecycleMendsWhatItCanWhereAnotherFolderIsNowhere) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  contoso[contoso.front].loaded_folders = folders_of({sp2});
  const ServerId depot = contoso.cas("DPCAS1", contoso.site("Depot", 50), sp1);
  contoso[depot].folders = FolderList{};
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy_of(Goal::heal_by_copy))),
              ElementsAre("recycle HQCAS1"));
}

TEST(WayOut, ADrainThatIsLongerThanTheWindowIsNoProof) {
  TwoSites contoso;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  Policy policy = policy_to(rtm_ru5);
  policy.durations.drain = Minutes(60);
  policy.windows = {{{}, {contoso.branch}, WeeklyTime{6, Minutes(0), Minutes(50)}}};
  EXPECT_THAT(why_not_found(contoso.organisation, policy), ElementsAre(HasSubstr("No window of BRCAS")));
}

TEST(WayOut, AFrontIsNotBroughtToARollupThatCannotProxyToItsTargets) {
  TwoSites contoso;
  constexpr BuildVersion exchange2010_sp2_ru1{{14, 2, 283, 3}};
  contoso.runs(contoso.front, exchange2010, {exchange2010, rtm});
  Policy policy = policy_to(exchange2010_sp2_ru1);
  EXPECT_THAT(why_infeasible(contoso.organisation, policy), ElementsAre(HasSubstr("Event 4999")));
}

}  // namespace
}  // namespace casplan::planner
