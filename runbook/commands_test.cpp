#include "runbook/commands.h"

#include <gmock/gmock.h>

#include "model/contracts.h"
#include "runbook/runbook_fixture.h"

namespace casplan::runbook {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr OwaVersion rtm_folder{{8, 0, 685, 24}};

struct Texts {
  std::string before, change, after, failure;
};

std::string text_of(const std::vector<Instruction>& todo) {
  std::string text;
  for (const Instruction& instruction : todo) {
    text +=
        instruction.text + "\n" + (instruction.script ? instruction.script->text() : "") + instruction.expected + "\n";
  }
  return text;
}

/// The instructions for one step of a plan, the first unless told otherwise.
Texts texts(const Organisation& organisation, const Plan& plan, StepIndex step = {}) {
  const auto trace = simulator::play(organisation, plan, Readings{});
  expects(trace.has_value(), "a modelled plan can be carried out");
  const verifier::Report report = modelled::safe();
  const Course course({organisation, plan, *trace, report});
  return course.with_scene(step, [&](const Scene& scene) {
    const Instructions todo = instructions(course, scene);
    return Texts{text_of(todo.before), text_of(todo.change), text_of(todo.after), text_of(todo.failure)};
  });
}

Texts usual(StepIndex step) {
  const Organisation contoso = modelled::two_sites();
  return texts(contoso, modelled::front_then_branch(contoso), step);
}

TEST(DrainCommands, TakeAFrontOutOfItsEntryPointAndStopItsPool) {
  const Texts drain = usual(StepIndex{0});
  EXPECT_THAT(drain.before, HasSubstr("For users who come by mail.contoso.com these take over: HQCAS2."));
  EXPECT_THAT(drain.change,
              AllOf(HasSubstr("Take HQCAS1 out of the load balancer or the DNS entry of mail.contoso.com"),
                    HasSubstr("  & $appcmd stop apppool /apppool.name:MSExchangeOWAAppPool\n"),
                    HasSubstr("  $pool.psbase.Invoke('Stop')\n")));
}

/// BRCAS1 runs SP1 Update Rollup 9 and is taken back.
Organisation with_a_rollup() {
  Organisation contoso = modelled::two_sites();
  for (Server& server : contoso.servers) {
    server.build = BuildVersion{{8, 1, 393, 1}};
    server.owa_version.reset();
  }
  return contoso;
}

Plan back_to(const BuildVersion& build) {
  return modelled::only({StepKind::upgrade, ServerId{2}, build, {}, {}});
}

TEST(RemovalCommands, AskForTheListOfInstalledUpdatesFirst) {
  const Texts removal = texts(with_a_rollup(), back_to({{8, 1, 336, 1}}));
  EXPECT_THAT(removal.before, AllOf(HasSubstr("`8.1.393.1`"), HasSubstr("installed updates"),
                                    HasSubstr("Update Rollup 9 (KB970162) is listed"),
                                    HasSubstr("and so is Update Rollup 5"), Not(HasSubstr("package"))));
  EXPECT_THAT(removal.change, AllOf(HasSubstr("remove Update Rollup 9"), HasSubstr("8.1.336.1"),
                                    Not(HasSubstr("each earlier one")), Not(HasSubstr("msiexec"))));
  EXPECT_THAT(removal.after, AllOf(HasSubstr("`8.1.336.1`"), HasSubstr("See whether the services run.")));
  EXPECT_THAT(removal.failure, HasSubstr("the rollup is there still"));
}

TEST(RemovalCommands, BackToTheServicePackTakeEveryRollupOff) {
  const Texts removal = texts(with_a_rollup(), back_to({{8, 1, 240, 6}}));
  EXPECT_THAT(removal.before, HasSubstr("Each rollup that is listed has to be removed, the latest first."));
  EXPECT_THAT(removal.change, HasSubstr("then each earlier one that is listed"));
}

/// The instructions to upgrade a Mailbox server of the branch.
Texts mailbox_upgrade(const BuildVersion& build) {
  Organisation contoso = modelled::two_sites();
  Server mailbox = contoso.servers[2];
  mailbox.name = "BRMBX1";
  mailbox.roles = {Role::mailbox};
  mailbox.folders.reset();
  mailbox.owa_version.reset();
  mailbox.in_service = false;
  contoso.servers.push_back(mailbox);
  return texts(contoso, modelled::only({StepKind::upgrade, ServerId{3}, build, {}, {}}));
}

TEST(UpgradeCommands, ForAServerThatIsNoCasTouchNoOutlookWebAccess) {
  for (const BuildVersion build : {BuildVersion{{8, 0, 754, 0}}, BuildVersion{{8, 2, 176, 2}}}) {
    const Texts upgrade = mailbox_upgrade(build);
    for (const std::string& text : {upgrade.before, upgrade.after, upgrade.failure}) {
      EXPECT_THAT(text, Not(HasSubstr("MSExchangeOWAAppPool")));
      EXPECT_THAT(text, Not(HasSubstr("ClientAccess\\owa")));
    }
    EXPECT_THAT(upgrade.before, HasSubstr("While BRMBX1 is upgraded its roles do not work (Mailbox)."));
    EXPECT_THAT(upgrade.after, HasSubstr("Read the build that the server runs now."));
  }
}

TEST(DrainCommands, SayWhenNobodyTakesOver) {
  const Texts drain = texts(modelled::two_sites(), modelled::only({StepKind::drain, ServerId{2}, {}, {}, {}}));
  EXPECT_THAT(drain.before, HasSubstr("Nobody takes over from BRCAS1 for users of AD site Branch1 who are proxied:"));
  EXPECT_THAT(drain.change, Not(HasSubstr("load balancer")));
}

TEST(UpgradeCommands, InstallAServicePackAndReadTheBuild) {
  const Texts upgrade = usual(StepIndex{1});
  EXPECT_THAT(upgrade.before, AllOf(HasSubstr("`8.0.685.25`"), Not(HasSubstr("not drained first"))));
  EXPECT_THAT(upgrade.change, HasSubstr("```bat\nC:\\ExchangeUpdates\\8.2.176.2\\Setup.com /mode:Upgrade\n"));
  EXPECT_THAT(upgrade.after,
              AllOf(HasSubstr("`8.2.176.2`\n"), HasSubstr("`8.2.176.2` is among them."),
                    HasSubstr("Folders that are still to come to this server: `8.0.685.24` by step 3 (s3)."),
                    HasSubstr("The server stays out of service until its return.")));
  EXPECT_THAT(upgrade.failure, HasSubstr("A service pack cannot be removed."));
}

TEST(UpgradeCommands, InstallARollupByItsPackage) {
  const Plan plan = modelled::only({StepKind::upgrade, ServerId{0}, BuildVersion{{8, 1, 393, 1}}, {}, {}});
  const Texts upgrade = texts(modelled::broken_today(), plan);
  EXPECT_THAT(upgrade.before,
              AllOf(HasSubstr("One file, with 970162 and x64 in its name."), HasSubstr("not drained first")));
  EXPECT_THAT(upgrade.change,
              HasSubstr("start /wait msiexec /update \"%f\" /qb /l*v C:\\ExchangeUpdates\\8.1.393.1\\"));
  EXPECT_THAT(upgrade.after, HasSubstr("If the folder that is new has another name, go no further"));
  EXPECT_THAT(upgrade.failure, HasSubstr("A rollup that was installed can be removed"));
}

/// The fronts hold a folder that nobody needs before BRCAS1 is upgraded.
Organisation with_spare_folder() {
  Organisation contoso = modelled::two_sites();
  for (const std::uint32_t front : {0U, 1U}) {
    contoso.servers[front].build = BuildVersion{{8, 1, 393, 1}};
    contoso.servers[front].owa_version = OwaVersion{{8, 1, 393, 1}};
    contoso.servers[front].folders = FolderList{{"8.0.685.24", rtm_folder},
                                                {"8.01.0240.005", OwaVersion{{8, 1, 240, 5}}},
                                                {"8.1.393.1", OwaVersion{{8, 1, 393, 1}}}};
  }
  return contoso;
}

TEST(UpgradeCommands, LookFirstAtAFolderThatNoStepPutsThereAndNobodyNeededBefore) {
  const Plan plan = modelled::only({StepKind::upgrade, ServerId{2}, BuildVersion{{8, 1, 240, 6}}, {}, {}});
  const Texts upgrade = texts(with_spare_folder(), plan);
  EXPECT_THAT(
      upgrade.before,
      AllOf(HasSubstr("See whether folder `8.1.240.5` is on HQCAS1, and was there when Outlook Web Access started."),
            HasSubstr("is on HQCAS2, and was there"),
            HasSubstr("$from = '\\\\hqcas1.contoso.com\\C$\\Program Files\\Microsoft\\Exchange "
                      "Server\\ClientAccess\\owa\\8.01.0240.005'\nTest-Path -LiteralPath $from\n"),
            HasSubstr("Get-WmiObject Win32_Process -ComputerName 'hqcas1.contoso.com' -Filter"),
            HasSubstr("Otherwise do not begin this step")));
  EXPECT_THAT(upgrade.before, Not(HasSubstr("8.0.685.24"))) << "that folder is needed today";
}

TEST(UpgradeCommands, LookAtNoFolderThatIsNeededAlready) {
  EXPECT_THAT(usual(StepIndex{6}).before, Not(HasSubstr("was there when Outlook Web Access started")));
}

TEST(UpgradeCommands, GiveNoCommandForANameThatNoCommandMayCarry) {
  Organisation contoso = with_spare_folder();
  contoso.servers[0].fqdn = "hq\u202ecas1";
  const Plan plan = modelled::only({StepKind::upgrade, ServerId{2}, BuildVersion{{8, 1, 240, 6}}, {}, {}});
  EXPECT_THAT(texts(contoso, plan).before, HasSubstr("**No command is given here**"));
}

TEST(FolderCommands, CopyTheContentsAndCompareThem) {
  const Texts folder = usual(StepIndex{2});
  EXPECT_THAT(
      folder.change,
      AllOf(HasSubstr("$from = '\\\\brcas1.contoso.com\\C$\\Program Files\\Microsoft\\Exchange Server\\ClientAccess\\"
                      "owa\\8.0.685.24'\n"),
            HasSubstr("$to = Join-Path $owa '8.0.685.24'\nrobocopy $from $to /E /COPY:DAT /R:2 /W:5\n")));
  EXPECT_THAT(folder.after, HasSubstr("robocopy $from $to /E /L /XX /NJH /NJS /NDL /NP\n"));
}

TEST(FolderCommands, NameTheNextSourceForTheCaseOfFailure) {
  const Plan plan = modelled::only({StepKind::ensure_folder, ServerId{0}, {}, rtm_folder, {ServerId{2}, ServerId{1}}});
  const Texts folder = texts(modelled::broken_today(), plan);
  EXPECT_THAT(folder.change, AllOf(HasSubstr("\\\\brcas1."), Not(HasSubstr("\\\\hqcas2."))));
  EXPECT_THAT(folder.failure, AllOf(HasSubstr("Take HQCAS2 as the source."), HasSubstr("\\\\hqcas2.")));
}

TEST(FolderCommands, TakeAnyHolderWhenTheStepNamesNone) {
  const Plan plan = modelled::only({StepKind::ensure_folder, ServerId{0}, {}, rtm_folder, {}});
  EXPECT_THAT(texts(modelled::broken_today(), plan).change, HasSubstr("Copy the folder from HQCAS2 to HQCAS1."));
}

TEST(FolderCommands, OnlyLookWhereNobodyElseHoldsTheFolder) {
  const OwaVersion sp1_folder{{8, 1, 240, 5}};
  const Plan plan = modelled::only({StepKind::ensure_folder, ServerId{0}, {}, sp1_folder, {}});
  const Texts folder = texts(modelled::broken_today(), plan);
  EXPECT_THAT(folder.change,
              AllOf(HasSubstr("No other server is known to hold this folder"), Not(HasSubstr("robocopy"))));
}

TEST(FolderCommands, HaveTheNameReadFromTheSourceWhereTheCatalogueOnlyInfersIt) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[2].folders->push_back({"8.1.393.1", OwaVersion{{8, 1, 393, 1}}});
  const Plan plan =
      modelled::only({StepKind::ensure_folder, ServerId{0}, {}, OwaVersion{{8, 1, 393, 1}}, {ServerId{2}}});
  EXPECT_THAT(texts(contoso, plan).before, HasSubstr("The catalogue only infers this folder's name"));
  EXPECT_THAT(usual(StepIndex{2}).before, Not(HasSubstr("only infers")));
}

TEST(RecycleCommands, OnlyKeepThePoolStoppedWhileTheServerIsOutOfService) {
  EXPECT_THAT(usual(StepIndex{3}).change, AllOf(HasSubstr("$appcmd stop apppool"), Not(HasSubstr("recycle apppool"))));
}

TEST(RecycleCommands, RestartThePoolOfAServerInService) {
  const Texts recycle = texts(modelled::two_sites(), modelled::only({StepKind::recycle, ServerId{0}, {}, {}, {}}));
  EXPECT_THAT(recycle.change,
              AllOf(HasSubstr("& $appcmd recycle apppool /apppool.name:MSExchangeOWAAppPool\n"),
                    HasSubstr("cscript //nologo \"$env:windir\\system32\\iisapp.vbs\" /a MSExchangeOWAAppPool /r\n")));
  EXPECT_THAT(recycle.failure, HasSubstr("iisreset /noforce"));
}

TEST(ReturnCommands, TestTheServerBeforeUsersArrive) {
  const Texts back = usual(StepIndex{4});
  EXPECT_THAT(back.before, HasSubstr("Test-Path -LiteralPath (Join-Path $owa '8.0.685.24')\n"));
  const auto logon = back.change.find(
      "Log on at /owa of hqcas1.contoso.com itself, with a test mailbox of each of these AD "
      "sites: Branch1.");
  const auto arrive = back.change.find("Only then put HQCAS1 back into the load balancer or the DNS entry of mail");
  ASSERT_NE(logon, std::string::npos);
  ASSERT_NE(arrive, std::string::npos);
  EXPECT_LT(logon, arrive);
}

TEST(ReturnCommands, TestATargetOverEachFront) {
  Organisation contoso = modelled::two_sites();
  contoso.servers[2].in_service = false;
  const Texts back = texts(contoso, modelled::only({StepKind::return_to_service, ServerId{2}, {}, {}, {}}));
  EXPECT_THAT(back.after,
              HasSubstr("Log on with a test mailbox of AD site Branch1 at /owa of each of these fronts: HQCAS1, "
                        "HQCAS2."));
}

TEST(Commands, UseNothingThatPowerShell1DoesNotHave) {
  for (std::uint32_t step = 0; step < 7; ++step) {
    const Texts all = usual(StepIndex{step});
    for (const char* later : {"Get-Counter", "Import-Module", "Invoke-Command", "Start-Process", "-ComputerName"}) {
      EXPECT_THAT(all.before + all.change + all.after + all.failure, Not(HasSubstr(later)));
    }
  }
}

}  // namespace
}  // namespace casplan::runbook
