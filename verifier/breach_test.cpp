#include "verifier/breach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A plan that was made for a policy to SP1, and what goes against another one.
struct Broken : TwoSites {
  Policy policy;
  Plan plan = timed({{upgrade(front, sp1), 0, 90},
                     {ensure_folder(front, folder_of(rtm), {target}), 90, 100},
                     {upgrade(target, sp1), 95, 185}});

  Broken() {
    policy.target = sp1;
    policy.crews = 2;
  }

  [[nodiscard]] std::vector<std::string> sentences() const {
    std::vector<std::string> all;
    for (const Breach& breach : breaches(organisation, policy, plan)) {
      all.push_back(sentence(breach, organisation, policy, plan));
    }
    return all;
  }
};

TEST(APlanThatKeepsToThePolicy, HasNoBreach) {
  EXPECT_THAT(Broken().sentences(), IsEmpty());
}

TEST(ABreach, IsAnUpgradeOfAFrozenServer) {
  Broken contoso;
  contoso.policy.frozen = {contoso.front};
  EXPECT_THAT(contoso.sentences(), ElementsAre("Against the policy: Step s1 upgrades HQCAS1, which is frozen."));
}

TEST(ABreach, IsAStepOutsideTheWindowsOfItsServer) {
  Broken contoso;
  contoso.policy.windows = {{{contoso.target}, {}, DatedTime{default_start(), default_start() + Minutes(184)}}};
  EXPECT_THAT(contoso.sentences(), ElementsAre("Against the policy: Step s3 works on BRCAS1 outside its windows."));
  contoso.policy.windows = {{{contoso.target}, {}, DatedTime{default_start(), default_start() + Minutes(185)}}};
  EXPECT_THAT(contoso.sentences(), IsEmpty());
}

TEST(ABreach, IsACopyTooMany) {
  Broken contoso;
  contoso.policy.copies = 1;
  EXPECT_THAT(contoso.sentences(), IsEmpty());
  contoso.policy.copies = 0;
  EXPECT_THAT(contoso.sentences(),
              ElementsAre("Against the policy: The plan copies 1 folder, and none may be copied."));
}

TEST(ABreach, IsMoreWorkAtATimeThanThereAreCrews) {
  Broken contoso;
  contoso.policy.crews = 1;
  EXPECT_THAT(
      contoso.sentences(),
      ElementsAre("Against the policy: At step s3, 2 upgrades and copies go on at a time, and there is 1 crew."));
}

TEST(ABreach, IsASiteWithTooFewInService) {
  Broken contoso;
  contoso.policy.min_in_service.sites = {{contoso.branch, 1}};
  EXPECT_THAT(contoso.sentences(), ElementsAre("Against the policy: Branch1 has no Client Access servers in service on "
                                               "the way, at the planned times, and must keep 1."));
}

TEST(ABreach, IsNoMomentWithinAMinuteInWhichOneServerGoesAndAnotherComes) {
  Broken contoso;
  const ServerId second = contoso.cas("BRCAS2", contoso.branch, rtm);
  contoso.policy.frozen = {contoso.front, contoso.target, second};
  contoso.policy.min_in_service.sites = {{contoso.branch, 1}};
  contoso.plan = timed({{drain(second), 0, 5},
                        {return_to_service(second), 5, 10},
                        {drain(contoso.target), 5, 10},
                        {return_to_service(contoso.target), 10, 11}});
  EXPECT_THAT(contoso.sentences(), IsEmpty());
}

TEST(ABreach, IsWorkThatTakesNoTimeBesideOtherWork) {
  Broken contoso;
  contoso.policy.crews = 1;
  contoso.plan.steps[1].schedule = Schedule{default_start() + Minutes(90), default_start() + Minutes(90)};
  contoso.plan.steps[2].schedule = Schedule{default_start() + Minutes(90), default_start() + Minutes(180)};
  EXPECT_THAT(
      contoso.sentences(),
      ElementsAre("Against the policy: At step s2, 2 upgrades and copies go on at a time, and there is 1 crew."));
}

TEST(ABreach, IsNotWhatASiteLackedBeforeTheWorkBegan) {
  Broken contoso;
  contoso.site("Empty", 10);
  contoso.policy.min_in_service.sites = {{SiteId{2}, 1}};
  EXPECT_THAT(contoso.sentences(), IsEmpty());
}

TEST(ABreach, IsAnUpgradeBeforeOneThatIsToBeFinishedBeforeIt) {
  Broken contoso;
  contoso.policy.before = {{contoso.target, contoso.front}};
  EXPECT_THAT(
      contoso.sentences(),
      ElementsAre("Against the policy: Step s1 upgrades HQCAS1 before BRCAS1 is finished, at the planned times."));
}

TEST(ABreach, IsNotAnUpgradeThatBeginsInTheMinuteInWhichTheOneBeforeItEnds) {
  Broken contoso;
  contoso.plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 90, 180}});
  contoso.policy.before = {{contoso.front, contoso.target}};
  EXPECT_THAT(contoso.sentences(), IsEmpty());
  contoso.plan.steps[1].schedule->start -= Minutes(1);
  EXPECT_THAT(
      contoso.sentences(),
      ElementsAre("Against the policy: Step s2 upgrades BRCAS1 before HQCAS1 is finished, at the planned times."));
}

TEST(ABreach, IsThatAPlanWithoutStepsReachesNoTarget) {
  Broken contoso;
  contoso.plan = {};
  EXPECT_THAT(contoso.sentences(),
              ElementsAre("Against the policy: HQCAS1 has build 8.0.685.25 in the end, and not 8.1.240.6.",
                          "Against the policy: BRCAS1 has build 8.0.685.25 in the end, and not 8.1.240.6."));
}

TEST(ABreach, IsWorkAfterTheLatestEnd) {
  Broken contoso;
  contoso.policy.latest_end = default_start() + Minutes(184);
  EXPECT_THAT(
      contoso.sentences(),
      ElementsAre("Against the policy: Step s3 ends after 2009-10-04 01:04 UTC, when all work must have ended."));
  contoso.policy.latest_end = default_start() + Minutes(185);
  EXPECT_THAT(contoso.sentences(), IsEmpty());
}

TEST(ABreach, IsAServerThatDoesNotReachItsTarget) {
  Broken contoso;
  contoso.policy.targets = {{contoso.target, sp2}};
  EXPECT_THAT(contoso.sentences(),
              ElementsAre("Against the policy: BRCAS1 has build 8.1.240.6 in the end, and not 8.2.176.2."));
}

}  // namespace
}  // namespace casplan::verifier
