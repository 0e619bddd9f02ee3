#include "runbook/markdown.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "model/catalogue.h"
#include "model/rules.h"
#include "runbook/runbook_fixture.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr BuildVersion sp1_ru9{{8, 1, 393, 1}};
constexpr BuildVersion sp3{{8, 3, 83, 6}};
constexpr BuildVersion sp3_ru1{{8, 3, 106, 2}};
constexpr OwaVersion rtm_folder{{8, 0, 685, 24}};

std::string usual_runbook() {
  const Organisation contoso = modelled::two_sites();
  return modelled::runbook_of(contoso, modelled::front_then_branch(contoso));
}

/// The section of a step, from its heading to the next one.
std::string section(const std::string& page, const std::string& heading) {
  const auto start = page.find("## " + heading);
  if (start == std::string::npos) return {};
  return page.substr(start, page.find("\n## ", start) - start);
}

verifier::Report report_of_broken_path(std::optional<StepIndex> mended_by) {
  verifier::Report report = modelled::safe();
  report.broken_today = {{{ServerId{0}, ServerId{2}, SiteId{1}}, mended_by}};
  return report;
}

/// The folder of BRCAS1 put on HQCAS1, and HQCAS1 restarted.
Plan heal_by_copy() {
  Plan plan = modelled::only({StepKind::ensure_folder, ServerId{0}, {}, rtm_folder, {ServerId{2}, ServerId{1}}});
  plan.goal = Goal::heal_by_copy;
  const Moment copied = plan.steps[0].schedule->end;
  plan.steps.push_back({"s2",
                        {StepKind::recycle, ServerId{0}, {}, {}, {}},
                        "",
                        {{StepIndex{0}, ""}},
                        Schedule{copied, copied + Minutes(2)}});
  return plan;
}

TEST(Runbook, OpensWithTheOrganisationAndWhatThePlanDoes) {
  const std::string page = usual_runbook();
  EXPECT_THAT(page,
              HasSubstr("# Runbook: Contoso\n\nThe plan upgrades 2 servers (8.2.176.2 (Exchange Server 2007 SP2)): "
                        "7 steps, from 2009-10-03 22:00 to 2009-10-04 01:23 UTC (203 minutes)."));
  EXPECT_THAT(page,
              HasSubstr("User-minutes with Event 46 on the way: 0; user-minutes in which no server serves: 27000; "
                        "folders to copy: 1."));
}

TEST(Runbook, StatesWhatTheVerifierSaid) {
  const Organisation contoso = modelled::two_sites();
  verifier::Report report = modelled::safe();
  report.orders = verifier::Orders::all;
  report.failures = 12;
  const std::string page = modelled::runbook_of(contoso, modelled::front_then_branch(contoso), report);
  EXPECT_THAT(page,
              AllOf(HasSubstr("- Verdict: **safe**\n- Orders judged: every order that the arrows permit\n"
                              "- Readings of the rules: 64 combinations\n- Failures judged: 12 single failures\n"),
                    HasSubstr("- Organisation (SHA-256): " + std::string(64, 'a') + "\n"),
                    HasSubstr("- Policy (SHA-256): " + std::string(64, 'b') + "\n")));
  EXPECT_THAT(usual_runbook(), HasSubstr("- Orders judged: the order of this schedule\n"));
}

TEST(Runbook, StatesWhichLawsWereTriedAtRandom) {
  const Organisation contoso = modelled::two_sites();
  verifier::Report report = modelled::safe();
  report.properties = {{"Nobody <b>fails</b>.", 100, 5, true, {}}, {"No fact matters.", 0, 5, true, {}}};
  EXPECT_THAT(modelled::runbook_of(contoso, modelled::front_then_branch(contoso), report),
              AllOf(HasSubstr("- Random cases, tried with a second implementation of the rules (seed 5):\n"),
                    HasSubstr("fails"), HasSubstr(" Held in 100 cases.\n"), Not(HasSubstr("<b>")),
                    HasSubstr("  - No fact matters. Nothing to try.\n")));
  EXPECT_THAT(usual_runbook(), HasSubstr("- Random cases: none were asked for\n"));
}

TEST(Runbook, SaysAtItsHeadThatAnUnsafePlanIsNotToBeCarriedOut) {
  const Organisation contoso = modelled::two_sites();
  verifier::Report report;
  report.safety = verifier::Safety::unsafe;
  const Plan plan = modelled::front_then_branch(contoso);
  EXPECT_THAT(modelled::runbook_of(contoso, plan, report),
              HasSubstr("# Runbook: Contoso\n\n**Do not carry out this plan."));
  EXPECT_THAT(modelled::runbook_of(contoso, plan), Not(HasSubstr("Do not carry out")));
}

TEST(Runbook, SaysThatNothingIsBrokenToday) {
  EXPECT_THAT(usual_runbook(), HasSubstr("Nothing is broken: no proxy path fails with Event 46 today.\n"));
}

TEST(Runbook, FillsInTheEventThatTodaysBrokenPathLogs) {
  const std::string page =
      modelled::runbook_of(modelled::broken_today(), heal_by_copy(), report_of_broken_path(StepIndex{1}));
  EXPECT_THAT(page, HasSubstr("- HQCAS1 to BRCAS1 (AD site Branch1, users: 150): mended by step 2 (s2)."));
  EXPECT_THAT(page, HasSubstr("  > Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version "
                              "\"8.1.240.5\", is proxying Outlook Web Access traffic to Client Access server "
                              "\"brcas1.contoso.com\", which runs Exchange version \"8.0.685.24\".\n"));
}

TEST(Runbook, ListsWhatEachServerRunsAndHowSureThatIs) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[2].owa_version.reset();
  contoso.servers[1].build.reset();
  const std::string page = modelled::runbook_of(contoso, modelled::only({StepKind::drain, ServerId{0}, {}, {}, {}}));
  EXPECT_THAT(page, HasSubstr("| HQCAS1 | HQ | 8.0.685.25 (Exchange Server 2007 RTM) | 8.0.685.24 | reported |\n"));
  EXPECT_THAT(page, HasSubstr("| HQCAS2 | HQ | not known | 8.0.685.24 | reported |\n"));
  EXPECT_THAT(page, HasSubstr("| BRCAS1 | Branch1 | 8.0.685.25 (Exchange Server 2007 RTM) | 8.0.685.24 | sourced |\n"));
}

TEST(Runbook, ListsTheStepsInTheOrderOfTheSchedule) {
  EXPECT_THAT(usual_runbook(), HasSubstr("| 3 | s3 | 2009-10-03 23:35 | 95 | 10 minutes | HQCAS1 | HQ | Put folder "
                                         "8.0.685.24 on HQCAS1 (from BRCAS1) | 2 |\n"));
  const Organisation contoso = modelled::two_sites();
  Plan plan = modelled::front_then_branch(contoso);
  std::rotate(plan.steps.begin(), plan.steps.end() - 1, plan.steps.end());
  for (PlannedStep& step : plan.steps) step.after.clear();
  EXPECT_THAT(modelled::runbook_of(contoso, plan), HasSubstr("| 7 | s7 | 2009-10-03 23:53 | 113 |"));
}

TEST(Risks, NameServersOutOfServiceAndUsersWithoutOne) {
  const std::string risks = section(usual_runbook(), "Risks");
  EXPECT_THAT(risks, HasSubstr("- HQCAS1, an Internet-facing server, is out of service for 103 minutes, first from "
                               "minute 5.\n"));
  EXPECT_THAT(risks,
              HasSubstr("- Users of AD site Branch1 whom no server serves: up to 300, for 90 minutes in all (27000 "
                        "user-minutes).\n"));
  EXPECT_THAT(risks, HasSubstr("- When the plan has ended, HQCAS2 still is out of service.\n"));
  EXPECT_THAT(risks, HasSubstr("- HQCAS1 is upgraded with all its roles: HubTransport stops working there meanwhile, "
                               "too.\n"));
}

/// An upgrade of a server that is no CAS to a build whose folder name the catalogue only infers.
std::string runbook_of_a_mailbox_server() {
  Organisation contoso = modelled::two_sites();
  Server mailbox = contoso.servers[2];
  mailbox.name = "BRMBX1";
  mailbox.roles = {Role::hub_transport, Role::mailbox};
  mailbox.build = sp3;
  mailbox.owa_version.reset();
  mailbox.folders.reset();
  contoso.servers.push_back(mailbox);
  return modelled::runbook_of(contoso, modelled::only({StepKind::upgrade, ServerId{3}, sp3_ru1, {}, {}}));
}

TEST(Runbook, OfAServerThatIsNoCasLooksForNoEvent46) {
  EXPECT_THAT(runbook_of_a_mailbox_server(),
              HasSubstr("### Event 46 to look for\n\nNone: no proxy path leads over BRMBX1.\n"));
}

TEST(Risks, OfAServerThatIsNoCasAreThatItsRolesStopAndNoFolderName) {
  const std::string risks = section(runbook_of_a_mailbox_server(), "Risks");
  EXPECT_THAT(risks, HasSubstr("- BRMBX1 is upgraded with all its roles: HubTransport, Mailbox stop working there "
                               "meanwhile. The user figures of this page do not count that.\n"));
  EXPECT_THAT(risks, Not(HasSubstr("infers")));
}

TEST(Risks, SayThatAServicePackCannotBeRemovedAndARollupCan) {
  EXPECT_THAT(section(usual_runbook(), "Risks"),
              AllOf(HasSubstr("A service pack cannot be removed."), Not(HasSubstr("A rollup can be removed"))));
  Organisation contoso = modelled::broken_today();
  const Plan rollup = modelled::only({StepKind::upgrade, ServerId{0}, sp1_ru9, {}, {}});
  EXPECT_THAT(section(modelled::runbook_of(contoso, rollup), "Risks"),
              AllOf(HasSubstr("A rollup can be removed"), Not(HasSubstr("A service pack cannot be removed."))));
}

TEST(Risks, NameFoldersThatTheCatalogueOnlyInfers) {
  const Plan rollup = modelled::only({StepKind::upgrade, ServerId{0}, sp1_ru9, {}, {}});
  const std::string page = modelled::runbook_of(modelled::broken_today(), rollup);
  EXPECT_THAT(section(page, "Risks"),
              HasSubstr("- The catalogue only infers the folder name 8.1.393.1, on which step 1 (s1) rests."));
  EXPECT_THAT(section(page, "Step 1"), HasSubstr("**Read the name of the new folder from the server.**"));
  EXPECT_THAT(usual_runbook(), Not(HasSubstr("only infers")));
}

TEST(Risks, NameATargetWhoseAddressIsNotKnown) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[2].internal_url.reset();
  const Plan plan = modelled::only({StepKind::recycle, ServerId{0}, {}, {}, {}});
  EXPECT_THAT(modelled::runbook_of(contoso, plan),
              HasSubstr("- At the end HQCAS1 to BRCAS1 meets no Event 46, but the InternalURL or the authentication of "
                        "BRCAS1 is not known, so the logon may fail for another reason."));
}

TEST(Risks, NameFactsThatAreMissingOrWrongOnServers) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[1].folders.reset();
  contoso.servers[2].folders->push_back({"8.00.685.24", rtm_folder});
  const Plan plan = modelled::only({StepKind::drain, ServerId{0}, {}, {}, {}});
  const std::string risks = section(modelled::runbook_of(contoso, plan), "Risks");
  EXPECT_THAT(risks, HasSubstr("- The folders of HQCAS2 were not listed: which ones it holds is not known.\n"));
  EXPECT_THAT(risks, HasSubstr("- BRCAS1 has two folders that mean the same version: 8.0.685.24 and 8.00.685.24."));
}

TEST(Risks, NameServersThatRunABuildWhichMicrosoftWithdrew) {
  Organisation contoso = modelled::two_sites();
  const auto builds = known_builds();
  const auto withdrawn = std::find_if(builds.begin(), builds.end(), [](const Build& build) { return build.withdrawn; });
  ASSERT_NE(withdrawn, builds.end());
  contoso.servers[1].build = withdrawn->version;
  const Plan plan = modelled::only({StepKind::drain, ServerId{0}, {}, {}, {}});
  EXPECT_THAT(section(modelled::runbook_of(contoso, plan), "Risks"),
              HasSubstr("- HQCAS2 runs " + name_of(withdrawn->version) + ", which Microsoft withdrew.\n"));
}

TEST(Risks, NamePathsOfWhichItCannotBeTold) {
  const Organisation contoso = modelled::two_sites();
  verifier::Report report = modelled::safe();
  report.undecided = {{{ServerId{1}, ServerId{2}, SiteId{1}},
                       {Verdict::cannot_tell, RuleId::folder_unknown, std::nullopt, std::nullopt}}};
  EXPECT_THAT(section(modelled::runbook_of(contoso, modelled::front_then_branch(contoso), report), "Risks"),
              HasSubstr("- It cannot be told whether HQCAS2 to BRCAS1 works: " +
                        std::string(rule(RuleId::folder_unknown).text)));
}

TEST(Risks, NameOtherFaultsThatRemain) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[2].internal_url = "http://brcas1.contoso.com/owa";
  const Plan plan = modelled::only({StepKind::recycle, ServerId{0}, {}, {}, {}});
  EXPECT_THAT(section(modelled::runbook_of(contoso, plan), "Risks"),
              HasSubstr("- At the end HQCAS1 to BRCAS1 still fails for another reason (event 42), which this plan does "
                        "not touch:"));
}

TEST(StepSection, SaysWhereAndWhyAndForWhomItWaits) {
  const std::string step = section(usual_runbook(), "Step 3 (s3): Put folder 8.0.685.24 on HQCAS1 (from BRCAS1)\n");
  EXPECT_THAT(step,
              HasSubstr("- **When:** 2009-10-03 23:35 to 2009-10-03 23:45 UTC, minute 95 to 105 of the plan.\n"
                        "- **Where:** on HQCAS1 (hqcas1.contoso.com), AD site HQ, roles ClientAccess, HubTransport.\n"
                        "- **Why now:** BRCAS1 still runs RTM.\n"
                        "  - After step 2 (s2): the order of this plan\n"));
}

TEST(StepSection, SaysWhatUsersOfEachSiteHaveThen) {
  EXPECT_THAT(section(usual_runbook(), "Step 5"), AllOf(HasSubstr("| HQ | 1200 | 0 | 0 | 0 | RTM (600), SP2 (600) |\n"),
                                                        HasSubstr("| Branch1 | 300 | 0 | 0 | 0 | RTM |\n")));
}

TEST(StepSection, DoesNotCountAnUpgradeThatBeginsOnlyThen) {
  EXPECT_THAT(section(usual_runbook(), "Step 6"), AllOf(HasSubstr("| Branch1 | 300 | 0 | 0 | 0 | RTM |\n"),
                                                        HasSubstr("### May the work stop here?\n\n**Yes.**")));
}

TEST(StepSection, SaysThatUserFiguresAreNotKnown) {
  Organisation contoso = modelled::two_sites();
  contoso.sites[1].mailboxes.reset();
  const std::string page = modelled::runbook_of(contoso, modelled::front_then_branch(contoso));
  EXPECT_THAT(section(page, "Step 1"),
              HasSubstr("| Branch1 | not known | not known | not known | not known | RTM |\n"));
  EXPECT_THAT(section(page, "Risks"),
              HasSubstr("Users of AD site Branch1 whom no server serves: up to not known, for 90 "
                        "minutes in all"));
}

TEST(StepSection, ShowsTheEventWithTheVersionsAfterTheStep) {
  const std::string step = section(usual_runbook(), "Step 2");
  EXPECT_THAT(step,
              HasSubstr("Get-EventLog -LogName Application -Newest 200 | Where-Object { $_.Source -eq 'MSExchange "
                        "OWA' -and $_.EventID -eq 46 }"));
  EXPECT_THAT(step, HasSubstr("> Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version "
                              "\"8.2.176.2\", is proxying Outlook Web Access traffic to Client Access server "
                              "\"brcas1.contoso.com\", which runs Exchange version \"8.0.685.24\".\n"));
}

TEST(StepSection, SaysWhichEventIsStillToBeExpected) {
  const std::string page =
      modelled::runbook_of(modelled::broken_today(), heal_by_copy(), report_of_broken_path(StepIndex{1}));
  EXPECT_THAT(section(page, "Step 1"), HasSubstr("This one is still to be expected until step 2 (s2) has ended.\n"));
  EXPECT_THAT(section(page, "Step 2"), Not(HasSubstr("still to be expected")));
}

TEST(StepSection, NamesFurtherTargetsAndSitesInShort) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[0].build = BuildVersion{{8, 2, 176, 2}};
  contoso.servers[0].owa_version = OwaVersion{{8, 2, 176, 2}};
  for (std::uint32_t i = 2; i < 30; ++i) {
    contoso.sites.push_back({"Branch" + std::to_string(i), 10, 0});
    contoso.servers.push_back(contoso.servers[2]);
    contoso.servers.back().name = "BR" + std::to_string(i);
    contoso.servers.back().site = SiteId{i};
  }
  const Plan plan = modelled::only({StepKind::recycle, ServerId{0}, {}, {}, {}});
  const std::string step = section(modelled::runbook_of(contoso, plan), "Step 1");
  EXPECT_THAT(step, HasSubstr("The same sentence with one of these targets and versions: BR9 (8.0.685.24), BR10 "
                              "(8.0.685.24),"));
  EXPECT_THAT(step, AllOf(HasSubstr("| HQ | 1200 |"), HasSubstr("In 29 other AD sites every user is served.\n")));
}

TEST(StepSection, SaysWhoStillMeetsEvent46AsBeforeThePlan) {
  const std::string healed =
      modelled::runbook_of(modelled::broken_today(), heal_by_copy(), report_of_broken_path(StepIndex{1}));
  EXPECT_THAT(
      section(healed, "Step 1"),
      HasSubstr("**Yes.** Nobody has it worse than before the plan.\n\n- Users of AD site Branch1 (150) who are "
                "proxied from HQCAS1 to BRCAS1 meet Event 46, as before the plan, until step 2 (s2) has ended.\n"));
  EXPECT_THAT(section(healed, "Step 2"), HasSubstr("**Yes, this is the end of the plan.**"));
}

TEST(StepSection, SaysWhoIsWithoutServiceWhereTheWorkMayNotStopAndTheWayOut) {
  const Plan drain = modelled::only({StepKind::drain, ServerId{2}, {}, {}, {}});
  EXPECT_THAT(section(modelled::runbook_of(modelled::two_sites(), drain), "Step 1"),
              HasSubstr("**No.**\n\n- Nobody of AD site Branch1 is served.\n\nThe ways out:\n\n- Return BRCAS1 to "
                        "service as it is; no user meets Event 46 then who does not meet it today.\n"));
}

TEST(StepSection, SaysAfterWhichStepTheWorkMayStopAgain) {
  Organisation contoso = modelled::two_sites();
  contoso.entry_points[0].fronts = {ServerId{0}};
  EXPECT_THAT(section(modelled::runbook_of(contoso, modelled::front_then_branch(contoso)), "Step 2"),
              AllOf(HasSubstr("- Go on with the plan. The work may stop again when step 5 (s5) has ended.\n"),
                    HasSubstr("- Do not return HQCAS1 to service as it is: HQCAS1 would proxy to BRCAS1, which is "
                              "older, without folder 8.0.685.24 loaded.\n")));
}

TEST(StepSection, SaysWhatAFailedUpgradeLeaves) {
  EXPECT_THAT(section(usual_runbook(), "Step 7"),
              HasSubstr("### If it stays failed\n\nBRCAS1 is left at the build that it had, and out of service. The "
                        "work must not stop there:\n\n- Nobody of AD site Branch1 is served.\n"));
}

TEST(StepSection, SaysWhatAFailedCopyLeaves) {
  EXPECT_THAT(section(usual_runbook(), "Step 3"),
              HasSubstr("A part of folder 8.0.685.24 is left on HQCAS1. The work may stop there: nobody has it worse "
                        "than before the plan.\n"));
}

TEST(StepSection, SaysThatOtherStepsThatFailHaveDoneNothing) {
  EXPECT_THAT(section(usual_runbook(), "Step 4"), HasSubstr("The step has then changed nothing. The work may stop "
                                                            "there: nobody has it worse than before the plan.\n"));
}

TEST(StepSection, SaysTheWaysOutWhereAStepThatChangesNothingFails) {
  Organisation contoso = modelled::two_sites();
  contoso.entry_points[0].fronts = {ServerId{0}};
  EXPECT_THAT(section(modelled::runbook_of(contoso, modelled::front_then_branch(contoso)), "Step 4"),
              HasSubstr("The step has then changed nothing. The work must not stop there:\n\n- Nobody who comes by "
                        "mail.contoso.com is served: every front is out of service.\n- Nobody of AD sites HQ and "
                        "Branch1 is served.\n\nThe ways out:\n\n- Repeat step s4, and go on with the plan.\n- Do not "
                        "return HQCAS1 to service as it is: "));
}

/// HQCAS1 drained; then HQCAS1 returned while HQCAS2 restarts, which takes longer and ends last.
Plan return_beside_a_recycle() {
  Plan plan = modelled::only({StepKind::drain, ServerId{0}, {}, {}, {}});
  const Moment end = plan.steps[0].schedule->end;
  plan.steps.resize(3, plan.steps[0]);
  plan.steps[1].id = "s2";
  plan.steps[1].step = {StepKind::recycle, ServerId{1}, {}, {}, {}};
  plan.steps[1].schedule = Schedule{end, end + Minutes(60)};
  plan.steps[2].id = "s3";
  plan.steps[2].step.kind = StepKind::return_to_service;
  plan.steps[2].schedule = Schedule{end + Minutes(5), end + Minutes(6)};
  plan.steps[1].after = plan.steps[2].after = {{StepIndex{0}, "the order of this plan"}};
  return plan;
}

/// Everybody comes by HQCAS1.
std::string page_with_overlaps(const Plan& plan) {
  Organisation contoso = modelled::two_sites();
  contoso.entry_points[0].fronts = {ServerId{0}};
  return modelled::runbook_of(contoso, plan);
}

TEST(StepSection, NamesTheLaterStepsWithoutWhichTheWorkMayNotStop) {
  const std::string page = page_with_overlaps(return_beside_a_recycle());
  EXPECT_THAT(section(page, "Step 2"),
              HasSubstr("Once step 3 (s3) has ended too: **Yes, this is the end of the plan.**"));
  EXPECT_THAT(section(page, "Step 2"), HasSubstr("The step has then changed nothing. Once step 3 (s3) has ended too, "
                                                 "the work may stop there: "));
}

TEST(StepSection, NamesTheEarlierStepsThatStillRun) {
  EXPECT_THAT(section(page_with_overlaps(return_beside_a_recycle()), "Step 3"),
              HasSubstr("Once step 2 (s2) has ended too: **Yes, this is the end of the plan.**"));
}

TEST(StepSection, NamesAllStepsThatTheNextRestSupposes) {
  EXPECT_THAT(section(page_with_overlaps(return_beside_a_recycle()), "Step 1"),
              HasSubstr("**No.**\n\n- Nobody who comes by mail.contoso.com is served: every front is out of service.\n"
                        "- Nobody of AD sites HQ and Branch1 is served.\n\nThe ways out:\n\n- Go on with the plan. The "
                        "work may stop again when step 2 (s2) and step 3 (s3) have ended.\n"));
}

TEST(StepSection, NamesAStepThatEndsInTheSameMinute) {
  Plan plan = return_beside_a_recycle();
  plan.steps[1].schedule->end = plan.steps[2].schedule->end;
  EXPECT_THAT(section(page_with_overlaps(plan), "Step 2"), HasSubstr("Once step 3 (s3) has ended too: **Yes"));
}

TEST(StepSection, NamesStepsInARowByTheFirstAndTheLast) {
  Plan plan = return_beside_a_recycle();
  for (const int i : {4, 5}) {
    plan.steps.push_back(plan.steps[1]);
    plan.steps.back().id = "s" + std::to_string(i);
    plan.steps.back().step.server = ServerId{2};
    plan.steps.back().schedule->start += Minutes(10 * i);
    plan.steps.back().schedule->end = plan.steps.back().schedule->start + Minutes(3);
  }
  EXPECT_THAT(section(page_with_overlaps(plan), "Step 2"),
              HasSubstr("Once step 3 (s3) to step 5 (s5) have ended too: "));
}

TEST(StepSection, DoesNotSayWhoMeetsEvent46UntilAStepThatHasEndedToo) {
  Plan plan = heal_by_copy();
  plan.steps.insert(plan.steps.begin() + 1, plan.steps[0]);
  plan.steps[1].id = "before";
  plan.steps[1].step = {StepKind::recycle, ServerId{1}, {}, {}, {}};
  plan.steps[1].schedule =
      Schedule{plan.steps[2].schedule->start - Minutes(1), plan.steps[2].schedule->start + Minutes(1)};
  plan.steps[2].after = {{StepIndex{0}, ""}};
  const std::string page = modelled::runbook_of(modelled::broken_today(), plan, report_of_broken_path(StepIndex{2}));
  EXPECT_THAT(section(page, "Step 2"), AllOf(HasSubstr("Once step 3 (s2) has ended too: **Yes, this is the end"),
                                             Not(HasSubstr("as before the plan, until step"))));
}

TEST(Runbook, SaysOnceForWhichStateItSaysThatTheWorkMayStop) {
  const Organisation contoso = modelled::two_sites();
  verifier::Report proved = modelled::safe();
  proved.orders = verifier::Orders::all;
  const std::string stops =
      "What a section says about stopping holds when exactly these steps have ended: those of the "
      "sections before it, those that it names as ended too, and its own, unless that has failed.";
  const std::string page = modelled::runbook_of(contoso, modelled::front_then_branch(contoso), proved);
  EXPECT_THAT(page, HasSubstr(stops));
  EXPECT_EQ(page.find(stops), page.rfind(stops));
  EXPECT_THAT(page, HasSubstr("go on with the plan: that is what is proved, because in every order that the arrows "
                              "permit nobody meets Event 46 anew."));
  EXPECT_THAT(usual_runbook(), HasSubstr("that is what is proved, but for the order of this page only."));
}

TEST(Runbook, OfAPlanWithoutStepsSaysThatThereIsNothingToDo) {
  EXPECT_THAT(modelled::runbook_of(modelled::two_sites(), Plan()), HasSubstr("there is nothing to do."));
}

TEST(Runbook, IsTheSameBytesForTheSameInput) {
  EXPECT_EQ(usual_runbook(), usual_runbook());
}

TEST(Runbook, LetsNoHostileNameBecomeMarkupOrACommand) {
  Organisation contoso = modelled::two_sites();
  const std::string hostile = "A'`$(calc);|<script>\n# b\u202E";
  contoso.name = contoso.sites[0].name = contoso.servers[0].name = contoso.entry_points[0].name = hostile;
  contoso.servers[0].fqdn = hostile;
  contoso.servers[2].fqdn = "B';calc;'";
  contoso.servers[0].install_path = "C:\\x\n" + hostile;
  Plan plan = modelled::front_then_branch(modelled::two_sites());
  for (PlannedStep& step : plan.steps) step.id = step.why = hostile + step.id;
  const std::string page = modelled::runbook_of(contoso, plan);
  EXPECT_THAT(page, HasSubstr("A'\\`\\$(calc);\\|\\<script\\>‹U+000A›\\# b‹U+202E›"));
  EXPECT_THAT(page, HasSubstr("'\\\\B'';calc;''\\C$\\Program Files"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("\n# b")), Not(HasSubstr("\u202E")), Not(HasSubstr("|<script")),
                          Not(HasSubstr("'\\\\B';calc"))));
}

TEST(Runbook, OfARemovalNeedsNoPackageAndSaysWhatIsTakenForGranted) {
  Organisation contoso = modelled::two_sites();
  for (Server& server : contoso.servers) {
    server.build = BuildVersion{{8, 1, 393, 1}};
    server.owa_version.reset();
  }
  const Step back{StepKind::upgrade, modelled::server(contoso, "BRCAS1"), BuildVersion{{8, 1, 240, 6}}, {}, {}};
  const std::string text = modelled::runbook_of(contoso, modelled::only(back), modelled::safe());
  EXPECT_THAT(text,
              HasSubstr("The plan takes back 1 server (8.1.240.6 (Exchange Server 2007 SP1)) by removing rollups:"));
  EXPECT_THAT(text, HasSubstr("Remove Update Rollup 9 from BRCAS1"));
  EXPECT_THAT(text, HasSubstr("Removing a rollup brings back what was installed before it."));
  EXPECT_THAT(text, Not(HasSubstr("Setup.com")));
  EXPECT_THAT(text, Not(HasSubstr("A service pack cannot be removed.")));
}

}  // namespace
}  // namespace casplan::runbook
