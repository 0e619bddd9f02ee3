#include "whatif/apply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whatif/whatif_fixture.h"

namespace casplan::whatif {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Policy& policy_after(const Changed& changed) {
  return *changed.situation.policy;
}

Window hq_on_saturday(const Contoso& contoso) {
  return {{}, {contoso.hq}, WeeklyTime{6, Minutes(600), Minutes(600), Minutes(0)}};
}

TEST(AChangeOfThePolicy, IsMade) {
  const Contoso contoso;
  const auto after = [&](const std::string& text) { return policy_after(changed_by({text}, contoso.situation)); };
  EXPECT_THAT(after("freeze HQCAS1").frozen, ElementsAre(contoso.front));
  EXPECT_EQ(after("target 8.1.240.6").target, sp1);
  EXPECT_EQ(after("target HQCAS1 8.1.240.6").targets.at(contoso.front), sp1);
  EXPECT_EQ(after("copies forbidden").copies, 0);
  EXPECT_EQ(after("crews 3").crews, 3);
  EXPECT_EQ(after("min-in-service HQ 1").min_in_service.at(contoso.hq), 1);
  EXPECT_EQ(after("min-in-service 1").min_in_service.at(contoso.branch), 1);
  EXPECT_EQ(after("latest-end 2009-10-04T22:00:00Z").latest_end, default_start() + Minutes(24 * 60));
  EXPECT_EQ(after("reading folder_load=at_once").readings.folder_load, FolderLoad::at_once);
}

TEST(AChangeOfThePolicy, AndItsInverseGiveTheOriginal) {
  Contoso contoso;
  contoso.policy.copies = 2;
  contoso.policy.windows = {{{}, {contoso.hq}, WeeklyTime{6, Minutes(600), Minutes(600), Minutes(0)}}};
  contoso.plan_anew();
  const auto there_and_back = [&](const std::string& there, const std::string& back) {
    return *changed_by({back}, changed_by({there}, contoso.situation).situation).situation.policy;
  };
  EXPECT_EQ(there_and_back("freeze HQCAS1", "unfreeze HQCAS1"), contoso.policy);
  EXPECT_EQ(there_and_back("target 8.1.240.6", "target 8.2.176.2"), contoso.policy);
  EXPECT_EQ(there_and_back("copies forbidden", "copies 2"), contoso.policy);
  EXPECT_EQ(there_and_back("crews 5", "crews 1"), contoso.policy);
  EXPECT_EQ(there_and_back("latest-end 2009-10-04T22:00:00Z", "latest-end none"), contoso.policy);
  EXPECT_EQ(there_and_back("no windows", "window HQ saturday 10:00 600"), contoso.policy);
  EXPECT_EQ(there_and_back("lengthen 1 60", "window HQ saturday 10:00 600"), contoso.policy);
}

TEST(AChangeOfTheOrganisation, AndItsInverseGiveTheOriginal) {
  const Contoso contoso;
  const auto there_and_back = [&](const std::string& there, const std::string& back) {
    return changed_by({back}, changed_by({there}, contoso.situation).situation).situation.organisation;
  };
  EXPECT_EQ(there_and_back("external-url BRCAS1 https://x/owa", "external-url BRCAS1 none"), contoso.organisation);
  EXPECT_EQ(there_and_back("remove-front HQCAS2", "add-front HQCAS2 mail.contoso.com"), contoso.organisation);
  EXPECT_EQ(there_and_back("users Branch1 +20%", "users Branch1 300"), contoso.organisation);
  EXPECT_EQ(there_and_back("folder HQCAS1 8.1.240.5 present", "folder HQCAS1 8.1.240.5 missing"), contoso.organisation);
  Contoso counted = contoso;
  counted.situation.organisation.servers.front().in_service = true;
  EXPECT_EQ(changed_by({"in HQCAS1"}, changed_by({"out HQCAS1"}, counted.situation).situation).situation.organisation,
            counted.situation.organisation);
}

TEST(AChangeOfUsers, ByPercentIsRoundedToTheNearestUserAHalfUp) {
  Contoso contoso;
  at(contoso.situation.organisation.sites, contoso.branch).mailboxes = 5;
  const auto users = [&](const std::string& by) {
    const auto changed = changed_by({"users Branch1 " + by}, contoso.situation);
    return *at(changed.situation.organisation.sites, contoso.branch).mailboxes;
  };
  EXPECT_EQ(users("+10%"), 6);
  EXPECT_EQ(users("+28%"), 6);
  EXPECT_EQ(users("-100%"), 0);
}

TEST(AMissingFolder, IsNoLongerLoadedEither) {
  Contoso contoso;
  Server& front = at(contoso.situation.organisation.servers, contoso.front);
  front.folders = folders_of({rtm, sp1});
  front.loaded_folders = folders_of({sp1});
  front.hand_copied_folders = folders_of({sp1});
  const auto changed = changed_by({"folder HQCAS1 8.1.240.5 missing"}, contoso.situation);
  const Server& after = at(changed.situation.organisation.servers, contoso.front);
  EXPECT_EQ(after.folders, folders_of({rtm}));
  EXPECT_THAT(*after.loaded_folders, IsEmpty());
  EXPECT_THAT(*after.hand_copied_folders, IsEmpty());
}

TEST(AWindowOfAServer, TakesItOutOfThatOfItsSiteAndLeavesTheOthersThere) {
  Contoso contoso;
  const WeeklyTime saturday{6, Minutes(600), Minutes(600), Minutes(0)};
  contoso.policy.windows = {{{}, {contoso.hq}, saturday}};
  contoso.plan_anew();
  const auto changed =
      changed_by({"window HQCAS1 sunday 10:00 60", "window HQCAS1 monday 10:00 60"}, contoso.situation);
  const auto& windows = policy_after(changed).windows;
  ASSERT_EQ(windows.size(), 3U) << "windows of one place add up";
  EXPECT_EQ(windows[0], (Window{{contoso.second_front}, {}, saturday}));
  EXPECT_EQ(windows[1], (Window{{contoso.front}, {}, WeeklyTime{0, Minutes(600), Minutes(60), Minutes(0)}}));
}

TEST(AFrozenServer, IsNotUpgradedByTheSamePlanNorTakenOutForIt) {
  const Contoso contoso;
  const auto changed = changed_by({"freeze BRCAS1"}, contoso.situation);
  for (const PlannedStep& step : changed.situation.plan->steps) EXPECT_NE(step.step.server, contoso.target) << step.id;
  EXPECT_LT(changed.situation.plan->steps.size(), contoso.plan().steps.size());
}

TEST(AServerThatIsFoundOut, IsNotDrainedByTheSamePlan) {
  const Contoso contoso;
  const auto changed = changed_by({"out HQCAS1"}, contoso.situation);
  for (const PlannedStep& step : changed.situation.plan->steps) {
    EXPECT_FALSE(step.step.server == contoso.front && step.step.kind == StepKind::drain);
  }
}

TEST(AnOrderOfUpgrades, IsAskedOfThePolicyInsteadOfTheOtherOne) {
  Contoso contoso;
  contoso.policy.before = {{contoso.front, contoso.target}};
  contoso.plan_anew();
  const std::string first = contoso.id_of("upgrade HQCAS1 8.2.176.2");
  const std::string second = contoso.id_of("upgrade BRCAS1 8.2.176.2");
  const auto changed = changed_by({"move " + second + " before " + first}, contoso.situation);
  EXPECT_THAT(policy_after(changed).before, ElementsAre(std::pair(contoso.target, contoso.front)));
}

TEST(ChangesThatDoNotFit, AreNamed) {
  Contoso contoso;
  contoso.policy.frozen = {contoso.second_target};
  contoso.plan_anew();
  const auto fault = [&](const std::string& text) {
    const auto faults = faults_of({text}, contoso.situation);
    EXPECT_EQ(faults.size(), 1U) << text;
    return faults.empty() ? "" : faults.front();
  };
  EXPECT_EQ(fault("target BRCAS2 8.1.240.6"), "BRCAS2, which is frozen");
  EXPECT_THAT(fault("min-in-service HQ 3"), HasSubstr("3, more than the Client Access servers of HQ"));
  EXPECT_THAT(fault("latest-end 2009-10-03T22:00:00Z"), HasSubstr("not after the policy's start"));
  EXPECT_THAT(fault("external-url BRCAS1 nonsense"), HasSubstr("no address"));
  EXPECT_THAT(fault("move 1 before 1"), HasSubstr("twice"));
}

TEST(AChangeThatChangesNothing, IsNamed) {
  Contoso contoso;
  contoso.policy.frozen = {contoso.second_target};
  contoso.policy.windows = {hq_on_saturday(contoso)};
  contoso.policy.readings.folder_load = FolderLoad::at_once;
  contoso.plan_anew();
  for (const std::string text : {"freeze BRCAS2", "unfreeze HQCAS1", "crews 1", "copies allowed", "target 8.2.176.2",
                                 "min-in-service 0", "latest-end none", "users Branch1 300", "users Branch1 +0%",
                                 "reading folder_load=at_once", "no windows Branch1", "window HQ saturday 10:00 600",
                                 "external-url BRCAS1 none", "add-front HQCAS1 mail.contoso.com", "remove-front BRCAS1",
                                 "folder HQCAS1 8.1.240.5 missing", "folder HQCAS1 8.0.685.24 present", "in HQCAS1"}) {
    EXPECT_THAT(faults_of({text}, contoso.situation), ElementsAre(HasSubstr("changes nothing"))) << text;
  }
  contoso.policy.windows.clear();
  contoso.plan_anew();
  EXPECT_THAT(faults_of({"no windows"}, contoso.situation), ElementsAre(HasSubstr("changes nothing")));
}

TEST(AMoveOfAStep, ToWhereItIsChangesNothing) {
  const Contoso contoso;
  const auto changed = changed_by({"move 2 after 1"}, contoso.situation);
  EXPECT_THAT(faults_of({"move 2 after 1"}, changed.situation), ElementsAre(HasSubstr("changes nothing")));
}

TEST(ALongerWindow, IsTheOneThatTheQuestionHasAtThatPlace) {
  Contoso contoso;
  const WeeklyTime sunday{0, Minutes(600), Minutes(600), Minutes(0)};
  contoso.policy.windows = {hq_on_saturday(contoso), {{}, {contoso.branch}, sunday}};
  contoso.plan_anew();
  const auto changed = changed_by({"window HQ monday 20:00 300", "lengthen 2 60"}, contoso.situation);
  const WeeklyTime longer{0, Minutes(600), Minutes(660), Minutes(0)};
  EXPECT_THAT(policy_after(changed).windows,
              ElementsAre(Window{{}, {contoso.branch}, longer},
                          Window{{}, {contoso.hq}, WeeklyTime{1, Minutes(1200), Minutes(300), Minutes(0)}}));
}

TEST(ALongerWindow, ThatIsTakenAwayIsAContradiction) {
  Contoso contoso;
  contoso.policy.windows = {hq_on_saturday(contoso)};
  contoso.plan_anew();
  EXPECT_THAT(faults_of({"no windows", "lengthen 1 60"}, contoso.situation),
              ElementsAre(HasSubstr("whether there are windows")));
  EXPECT_THAT(faults_of({"lengthen 1 60", "no windows HQ"}, contoso.situation),
              ElementsAre("a change that takes window 1 away, which is open longer by change 1 (\"lengthen 1 60\")"));
  EXPECT_THAT(faults_of({"window HQ monday 20:00 300", "lengthen 1 60"}, contoso.situation),
              ElementsAre(HasSubstr("takes window 1 away")));
  EXPECT_THAT(faults_of({"window HQCAS1 monday 20:00 300", "window HQCAS2 monday 20:00 300", "lengthen 1 60"},
                        contoso.situation),
              ElementsAre(HasSubstr("takes window 1 away")));
  EXPECT_THAT(faults_of({"window HQCAS1 monday 20:00 300", "lengthen 1 60"}, contoso.situation), IsEmpty())
      << "the other servers keep it";
}

TEST(ALongerWindow, FitsIntoAWeekAndIntoTheYears) {
  Contoso contoso;
  const DatedTime over{default_start() - Minutes(120), default_start() - Minutes(60)};
  const Moment last = Moment(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31));
  contoso.policy.windows = {hq_on_saturday(contoso),
                            {{}, {contoso.branch}, over},
                            {{}, {contoso.branch}, DatedTime{last, last + Minutes(1439)}}};
  contoso.plan_anew();
  EXPECT_THAT(faults_of({"lengthen 1 10000"}, contoso.situation), ElementsAre(HasSubstr("more than a week")));
  EXPECT_THAT(faults_of({"lengthen 2 60"}, contoso.situation),
              ElementsAre("a window that would be over by 2009-10-03 22:00 UTC, before the work may begin"));
  EXPECT_THAT(faults_of({"lengthen 2 61"}, contoso.situation), IsEmpty());
  EXPECT_THAT(faults_of({"lengthen 3 1"}, contoso.situation), ElementsAre(HasSubstr("beyond the year 9999")));
}

TEST(WindowsAndNone, AtTheSamePlaceAreAContradiction) {
  Contoso contoso;
  contoso.policy.windows = {hq_on_saturday(contoso)};
  contoso.plan_anew();
  const std::string window = "window HQ monday 20:00 300";
  EXPECT_THAT(faults_of({window, "no windows"}, contoso.situation),
              ElementsAre(HasSubstr("whether there are windows")));
  EXPECT_THAT(faults_of({"no windows", window}, contoso.situation),
              ElementsAre(HasSubstr("whether there are windows")));
  EXPECT_THAT(faults_of({"no windows HQ", window}, contoso.situation),
              ElementsAre(HasSubstr("settles when HQ may be worked on, as change 1")));
  EXPECT_THAT(faults_of({"no windows HQCAS1", window}, contoso.situation),
              ElementsAre(HasSubstr("settles when HQCAS1 may be worked on, as change 1")));
  EXPECT_THAT(faults_of({"no windows HQCAS1", "window Branch1 monday 20:00 300"}, contoso.situation), IsEmpty());
}

TEST(ATarget, IsOneThatThePolicyCouldHave) {
  Contoso contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.cas("EDGE1", contoso.hq, sp1)].roles = {Role::edge_transport};
  contoso.policy.frozen = {contoso.target};
  contoso.runs(contoso.target, *parse_build("8.3.83.6"), {});
  contoso.plan_anew();
  const auto fault = [&](const std::vector<std::string>& texts) { return faults_of(texts, contoso.situation); };
  EXPECT_THAT(fault({"target HQCAS1 14.1.438.0"}), ElementsAre(HasSubstr("another product than the build of")));
  EXPECT_THAT(fault({"target HQCAS1 8.0.685.25"}), ElementsAre(HasSubstr("below the build of \"HQCAS1\" today")));
  EXPECT_THAT(fault({"target EDGE1 8.2.176.2"}), ElementsAre(HasSubstr("does not have the role ClientAccess")));
  EXPECT_THAT(fault({"target 8.0.685.25"}), ElementsAre(HasSubstr("below today's build of \"HQCAS1\"")));
  EXPECT_THAT(fault({"unfreeze BRCAS1"}), ElementsAre(HasSubstr("below today's build of \"BRCAS1\"")));
  EXPECT_THAT(fault({"unfreeze BRCAS1", "target BRCAS1 8.3.83.6"}), IsEmpty());
}

TEST(TheOnlyFrontOfAnEntryPoint, IsNotRemoved) {
  const Contoso contoso;
  const auto changed = changed_by({"remove-front HQCAS2"}, contoso.situation);
  EXPECT_THAT(faults_of({"remove-front HQCAS1"}, changed.situation), ElementsAre(HasSubstr("the only front")));
}

TEST(ChangesThatContradictEachOther, AreNamedTogether) {
  const Contoso contoso;
  EXPECT_THAT(faults_of({"freeze HQCAS1", "crews 2", "unfreeze hqcas1", "crews 2"}, contoso.situation),
              ElementsAre(HasSubstr("settles whether HQCAS1 is frozen, as change 1"),
                          HasSubstr("settles the number of crews, as change 2")));
  EXPECT_THAT(faults_of({"freeze HQCAS1", "target HQCAS1 8.1.240.6"}, contoso.situation),
              ElementsAre(HasSubstr("the target of HQCAS1")));
  EXPECT_THAT(faults_of({"remove-front HQCAS1", "add-front HQCAS1 mail.contoso.com"}, contoso.situation),
              ElementsAre(HasSubstr("whether HQCAS1 is a front of mail.contoso.com")));
  EXPECT_THAT(faults_of({"move 1 before 2", "swap 2 1"}, contoso.situation),
              ElementsAre(HasSubstr("the order of steps 1 and 2")));
  EXPECT_THAT(faults_of({"fail 1", "fail 2"}, contoso.situation), ElementsAre(HasSubstr("the step at which")));
}

TEST(ChangesThatContradictEachOther, ByThePairsOfThePolicyAreNamed) {
  Contoso contoso;
  contoso.policy.before = {{contoso.front, contoso.second_front}, {contoso.second_front, contoso.target}};
  contoso.plan_anew();
  const std::string first = contoso.id_of("upgrade HQCAS1 8.2.176.2");
  const std::string last = contoso.id_of("upgrade BRCAS1 8.2.176.2");
  EXPECT_THAT(faults_of({"swap " + first + " " + last}, contoso.situation),
              ElementsAre(HasSubstr("an order against the policy's `before`")));
}

TEST(AFailedStep, IsOneThatIsCarriedOut) {
  const Contoso contoso;
  const std::string step = contoso.id_of("upgrade BRCAS1 8.2.176.2");
  EXPECT_THAT(faults_of({"freeze BRCAS1", "fail " + step}, contoso.situation),
              ElementsAre(HasSubstr("left out because of another change")));
  EXPECT_TRUE(changed_by({"fail " + step}, contoso.situation).failed);
}

}  // namespace
}  // namespace casplan::whatif
