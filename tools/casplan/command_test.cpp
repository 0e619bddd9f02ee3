#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

class Command : public modelled::DocumentsTest {
 protected:
  [[nodiscard]] std::string heal(const std::string& goal) const {
    return file(goal + ".json", "{ \"format\": \"casplan/policy/1\", \"goal\": \"" + goal + "\" }");
  }
};

class Check : public Command {};
class Planning : public Command {};
class VerifyCommand : public Command {};
class Explain : public Command {};
class RunbookCommand : public Command {};
class Import : public Command {};
class Usage : public Command {};

TEST_F(Check, OfAnOrganisationThatWorksIsDone) {
  const Finished run = casplan({"check", working});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("no Event 46 is predicted"));
  EXPECT_THAT(run.error, IsEmpty());
}

TEST_F(Check, PredictsEvent46WithItsSentenceAndTheFolderThatIsMissing) {
  const Finished run = casplan({"check", broken});
  EXPECT_EQ(run.code, ExitCode::event46);
  EXPECT_THAT(run.out, HasSubstr("Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version "
                                 "\"8.2.176.2\", is proxying Outlook Web Access traffic to Client Access server "
                                 "\"brcas1.contoso.com\", which runs Exchange version \"8.0.685.24\"."));
  EXPECT_THAT(run.out, HasSubstr("It lacks resource folder 8.0.685.24."));
}

TEST_F(Check, NamesTheFactsWithoutWhichItCannotTell) {
  const Finished run = casplan({"check", unlisted});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.out, HasSubstr("The folders of HQCAS1 were not listed."));
}

TEST_F(Check, WithoutEntryPointsCannotTellWhichServersAreFronts) {
  const std::string lone = file(
      "no-entry.json",
      replaced(modelled::organisation, R"({ "name": "mail.contoso.com", "fronts": ["HQCAS1"], "share": 100 })", ""));
  const Finished run = casplan({"check", lone});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.out, HasSubstr("No entry point is known"));
}

TEST_F(Check, HeedsTheReadingThatIsAskedFor) {
  const std::string waiting =
      file("waiting.json", replaced(modelled::broken_organisation(), R"("folders": ["8.2.176.2"])",
                                    R"("folders": ["8.0.685.24", "8.2.176.2"], "loaded_folders": ["8.2.176.2"])"));
  EXPECT_EQ(casplan({"check", waiting}).code, ExitCode::event46);
  EXPECT_EQ(casplan({"check", waiting, "--reading", "folder_load=at_start"}).code, ExitCode::event46);
  EXPECT_EQ(casplan({"check", waiting, "--reading", "folder_load=at_once"}).code, ExitCode::done);
}

TEST_F(Planning, WritesAPlanThatVerifies) {
  const Finished run = casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("Upgrade HQCAS1 to 8.2.176.2"));
  EXPECT_EQ(casplan({"verify", working, path("plan.json"), "--policy", to_sp2}).code, ExitCode::done);
  EXPECT_EQ(casplan({"simulate", working, path("plan.json")}).code, ExitCode::done);
}

TEST_F(Planning, TellsOfTheLongerSearchWhereAPlanIsNotProved) {
  const Finished proved = casplan({"plan", working, "--policy", to_sp2});
  EXPECT_THAT(proved.out, HasSubstr("Outcome: optimal"));
  EXPECT_THAT(proved.out, Not(HasSubstr("--time-limit")));
  const std::string unproved = policy_with(R"("event46": "minimise", "copies": 0, "windows": [
    { "sites": ["HQ"], "weekly": { "day": "saturday", "start": "22:00", "minutes": 120 }, "utc_offset": "+00:00" },
    { "sites": ["Branch1"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 120 }, "utc_offset": "+00:00" } ])");
  const Finished run = casplan({"plan", working, "--policy", unproved});
  EXPECT_THAT(run.out, HasSubstr("Outcome: feasible"));
  EXPECT_THAT(run.out, HasSubstr("A longer search may find a better plan, or prove this one: add --time-limit 60."));
}

TEST_F(Planning, WithoutAnOutputFileWritesNone) {
  const auto before = entries();
  EXPECT_EQ(casplan({"plan", working, "--policy", to_sp2}).code, ExitCode::done);
  EXPECT_EQ(entries(), before);
}

TEST_F(Planning, OfAFrozenFrontIsInfeasibleAndSaysWhatStandsInTheWay) {
  const Finished run = casplan({"plan", working, "--policy", policy_with(R"("frozen": ["HQCAS1"])")});
  EXPECT_EQ(run.code, ExitCode::infeasible);
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 is frozen"));
  EXPECT_THAT(run.out, HasSubstr("BRCAS1"));
}

TEST_F(Planning, WithoutKnownBuildsCannotTellAndNamesTheServer) {
  const std::string unknown =
      file("unknown.json", replaced(modelled::organisation, R"("build": "8.0.685.25")", R"("build": null)"));
  const Finished run = casplan({"plan", unknown, "--policy", to_sp2, "-o", path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.error, HasSubstr("HQCAS1"));
  EXPECT_THAT(entries(), Not(::testing::Contains("plan.json")));
}

TEST_F(Planning, HealsByCopyWithOneFolderAndARestart) {
  const std::string goal = heal("heal_by_copy");
  const Finished run = casplan({"plan", broken, "--policy", goal, "-o", path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("Put folder 8.0.685.24 on HQCAS1"));
  EXPECT_THAT(run.out, HasSubstr("Restart Outlook Web Access on HQCAS1"));
  EXPECT_THAT(run.out, Not(HasSubstr("Upgrade")));
  const Finished simulated = casplan({"simulate", broken, path("plan.json"), "--policy", goal});
  EXPECT_THAT(simulated.out, HasSubstr("until minute 12"));
  EXPECT_EQ(simulated.code, ExitCode::event46) << "it is there until the restart";
  EXPECT_EQ(casplan({"verify", broken, path("plan.json"), "--policy", goal}).code, ExitCode::done);
}

TEST_F(Planning, HealsByPatchWithAnUpgradeOfTheTarget) {
  const Finished run = casplan({"plan", broken, "--policy", heal("heal_by_patch"), "-o", path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("Upgrade BRCAS1 to 8.2.176.2"));
  EXPECT_THAT(run.out, Not(HasSubstr("Put folder")));
  EXPECT_EQ(casplan({"verify", broken, path("plan.json")}).code, ExitCode::done);
}

TEST_F(Planning, ReplacesAnOlderPlanWhole) {
  const std::string plan = file("plan.json", std::string(100'000, 'x'));
  EXPECT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", plan}).code, ExitCode::done);
  EXPECT_THAT(text_of("plan.json"), ::testing::StartsWith("{"));
  EXPECT_THAT(text_of("plan.json"), ::testing::EndsWith("}\n"));
  EXPECT_THAT(entries(), Not(::testing::Contains(HasSubstr(".partial"))));
}

TEST_F(VerifyCommand, OfASafeSequenceIsDone) {
  const Finished run = casplan({"verify", working, safe});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("SAFE"));
  EXPECT_THAT(run.out, HasSubstr("64 readings"));
}

TEST_F(VerifyCommand, NamesTheFactThatIsMissing) {
  const std::string nothing = file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })");
  const Finished run = casplan({"verify", unlisted, nothing});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.out, HasSubstr("The folders of HQCAS1 were not listed. Run: dir /b /ad"));
}

TEST_F(VerifyCommand, OfAStepThatIsRefusedForWantOfAFactCannotTell) {
  const std::string copy = file("copy.json", R"({ "format": "casplan/plan/1", "steps": [
      { "kind": "ensure_folder", "server": "BRCAS1", "folder": "8.1.240.5", "sources": ["HQCAS1"] }] })");
  const Finished run = casplan({"verify", unlisted, copy});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.out, HasSubstr("Whether HQCAS1 holds folder 8.1.240.5 is not known"));
}

TEST_F(VerifyCommand, SaysWhereTheWorkMayNotStopAndTheWayOut) {
  const Finished run = casplan({"verify", working, safe});
  EXPECT_THAT(run.out,
              HasSubstr(" states that the steps leave behind when they end or fail in the middle. Such an answer holds "
                        "when exactly the steps before it in the schedule have ended, and those that it names. Where "
                        "others have ended, go on with the plan: in every order that the arrows permit nobody meets "
                        "Event 46 anew.\n"));
  EXPECT_THAT(run.out, HasSubstr("  Do not stop after step 1 (Take HQCAS1 out of service): Nobody who comes by "
                                 "mail.contoso.com is served: every front is out of service."));
  EXPECT_THAT(run.out, HasSubstr("Ways out: Go on with the plan. Return HQCAS1 to service as it is;"));
}

TEST_F(VerifyCommand, SaysNothingAboutStoppingWhereThePlanIsUnsafe) {
  EXPECT_THAT(casplan({"verify", working, unsafe}).out, Not(HasSubstr("stop")));
}

TEST_F(VerifyCommand, SaysHowManyCasesWereTriedAtRandom) {
  EXPECT_THAT(casplan({"verify", working, safe, "--cases", "7", "--seed", "5"}).out,
              HasSubstr("7 orders that the arrows permit and 7 single failures (seed 5). Nobody meets Event 46 anew in "
                        "any of them. There are no wrong facts to try."));
  EXPECT_THAT(casplan({"verify", working, safe, "--cases", "0"}).out,
              HasSubstr("No random cases were tried besides, because none were asked for (--cases 0)."));
}

TEST_F(VerifyCommand, RefusesNumbersOfCasesAndSeedsThatCannotBeUsed) {
  const Finished many = casplan({"verify", working, safe, "--cases", "100001"});
  EXPECT_EQ(many.code, ExitCode::wrong_usage);
  EXPECT_THAT(many.error, HasSubstr("\"100001\" cannot be used. Write a whole number from 0 to 100000."));
  EXPECT_EQ(casplan({"verify", working, safe, "--cases", "-1"}).code, ExitCode::wrong_usage);
  EXPECT_EQ(casplan({"verify", working, safe, "--cases", ""}).code, ExitCode::wrong_usage);
  EXPECT_EQ(casplan({"verify", working, safe, "--seed", "9223372036854775808"}).code, ExitCode::wrong_usage);
  EXPECT_EQ(casplan({"runbook", working, safe, "-o", path("out"), "--seed", "x"}).code, ExitCode::wrong_usage);
}

TEST_F(VerifyCommand, ShowsTheCaseInWhichALawIsBroken) {
  const Finished run = casplan({"verify", file("inferred.json", modelled::inferred_organisation),
                                file("plan.json", modelled::sequence_on_inferred_version), "--policy",
                                file("older.json", modelled::policy_of_older_fronts)});
  EXPECT_EQ(run.code, ExitCode::event46);
  EXPECT_THAT(run.out, ::testing::StartsWith(
                           "UNSAFE: do not carry this plan out.\n  The plan breaks a law that was tried at random, "
                           "in case "));
  EXPECT_THAT(
      run.out,
      HasSubstr("\n  Suppose that OWA of build 8.1.393.1 is 8.1.393.2, and not 8.1.393.1, which the catalogue only "
                "infers.\n  Then the path HQCAS1 -> BRCAS1 meets Event 46 after step 1: when step 1 (upgrade of "
                "BRCAS1 to 8.2.176.2) has ended.\n"));
}

TEST_F(RunbookCommand, WritesNothingForAPlanThatBreaksALaw) {
  const std::vector<std::string> arguments{"runbook",
                                           file("inferred.json", modelled::inferred_organisation),
                                           file("plan.json", modelled::sequence_on_inferred_version),
                                           "--policy",
                                           file("older.json", modelled::policy_of_older_fronts),
                                           "-o",
                                           path("out")};
  const Finished run = casplan(arguments);
  EXPECT_EQ(run.code, ExitCode::event46);
  EXPECT_THAT(run.error, HasSubstr("Suppose that OWA of build 8.1.393.1 is 8.1.393.2"));
  EXPECT_THAT(entries(), Not(::testing::Contains(HasSubstr("runbook"))));
}

TEST_F(VerifyCommand, OfAnUnsafeSequenceNamesPathOrderReadingAndEvent) {
  const Finished run = casplan({"verify", working, unsafe});
  EXPECT_EQ(run.code, ExitCode::event46);
  for (const char* part : {"UNSAFE", "HQCAS1 -> BRCAS1", "after steps 1, 2 and 3: when", "folder_match=running",
                           "Client Access server \"hqcas1.contoso.com\", running"}) {
    EXPECT_THAT(run.out, HasSubstr(part));
  }
}

TEST_F(VerifyCommand, OfAFileThatSaysThatThereIsNoPlanIsBadInput) {
  const std::string none = file("none.json", R"({ "format": "casplan/plan/1", "steps": [],
    "outcome": { "status": "infeasible", "objective": {}, "bound": {}, "because": ["It is frozen."] } })");
  for (const char* command : {"verify", "simulate"}) {
    const Finished run = casplan({command, working, none});
    EXPECT_EQ(run.code, ExitCode::bad_input) << command;
    EXPECT_THAT(run.error, HasSubstr("/outcome/status: found \"infeasible\", so this is no plan"));
  }
}

TEST_F(VerifyCommand, WithoutListedFoldersCannotTell) {
  const std::string nothing = file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })");
  const Finished run = casplan({"verify", unlisted, nothing});
  EXPECT_EQ(run.code, ExitCode::cannot_tell);
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 -> BRCAS1"));
}

TEST_F(VerifyCommand, JudgesOnlyTheReadingsThatThePolicyLeavesOpen) {
  const std::string fixed = policy_with(R"("readings": { "rollup_keeps": "keeps", "folder_load": "at_start" })");
  EXPECT_THAT(casplan({"verify", working, safe, "--policy", fixed}).out, HasSubstr("16 readings"));
}

TEST_F(VerifyCommand, RefusesAPlanThatWasMadeForAnotherOrganisation) {
  ASSERT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json")}).code, ExitCode::done);
  const std::string grown = file("grown.json", replaced(modelled::organisation, "300", "301"));
  const Finished run = casplan({"verify", grown, path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("plan.json: /digest/organisation: found the digest of another organisation"));
  EXPECT_THAT(run.out, IsEmpty());
}

TEST_F(VerifyCommand, RefusesAPlanThatWasMadeForAnotherPolicy) {
  ASSERT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json")}).code, ExitCode::done);
  const Finished run = casplan({"verify", working, path("plan.json"), "--policy", policy_with(R"("crews": 2)")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("/digest/policy"));
}

TEST_F(Explain, SaysWhyAPathWorks) {
  const Finished run = casplan({"explain", working, "HQCAS1", "BRCAS1"});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 -> BRCAS1: works"));
  EXPECT_THAT(run.out, HasSubstr("[KB, LATER]"));
}

TEST_F(Explain, SaysWhyAPathFailsAndWhatTheFrontWouldLog) {
  const Finished run = casplan({"explain", broken, "hqcas1", "brcas1"});
  EXPECT_EQ(run.code, ExitCode::event46) << "server names know no case";
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 needs resource folder 8.0.685.24; it has 8.2.176.2 loaded."));
  EXPECT_THAT(run.out, HasSubstr("The front would log: Client Access server"));
}

TEST_F(Explain, WithoutListedFoldersCannotTell) {
  EXPECT_EQ(casplan({"explain", unlisted, "HQCAS1", "BRCAS1"}).code, ExitCode::cannot_tell);
}

TEST_F(Explain, RefusesAServerThatIsNoneAndNamesThoseThatAre) {
  const Finished run = casplan({"explain", working, "HQCAS1", "BRCAS9"});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  for (const char* part : {"org.json", "TARGET", "BRCAS9", "one of HQCAS1 and BRCAS1"}) {
    EXPECT_THAT(run.error, HasSubstr(part));
  }
}

TEST_F(RunbookCommand, OfASafePlanIsWrittenWholeIntoAFolderThatItMakes) {
  const Finished run = casplan({"runbook", working, safe, "-o", path("new/runbook")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(entries(), IsSupersetOf({"new", "new/runbook", "new/runbook/runbook.md"}));
  EXPECT_THAT(entries(), Not(::testing::Contains(HasSubstr(".partial"))));
  EXPECT_THAT(text_of("new/runbook/runbook.md"), HasSubstr("HQCAS1"));
}

TEST_F(RunbookCommand, OfAnUnsafePlanIsNotWritten) {
  const auto before = entries();
  const Finished run = casplan({"runbook", working, unsafe, "-o", path("runbook")});
  EXPECT_EQ(run.code, ExitCode::event46);
  EXPECT_THAT(run.error, HasSubstr("No runbook was written, because the plan is not proved safe:"));
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_EQ(entries(), before);
}

TEST_F(RunbookCommand, OfAPlanOfWhichItCannotBeToldIsNotWritten) {
  const std::string nothing = file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })");
  const auto before = entries();
  EXPECT_EQ(casplan({"runbook", unlisted, nothing, "-o", path("runbook")}).code, ExitCode::cannot_tell);
  EXPECT_EQ(entries(), before);
}

TEST_F(RunbookCommand, RefusesAPlanThatWasMadeForAnotherOrganisation) {
  ASSERT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json")}).code, ExitCode::done);
  const auto before = entries();
  const std::string grown = file("org.json", replaced(modelled::organisation, "300", "301"));
  const Finished run = casplan({"runbook", grown, path("plan.json"), "-o", path("runbook")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("/digest/organisation"));
  EXPECT_EQ(entries(), before);
}

TEST_F(Import, OfAnExportWritesAnOrganisationThatCheckReads) {
  const std::string servers = file("servers.csv", modelled::servers_csv);
  const Finished run = casplan({"import", servers, "-o", path("imported.json")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("servers.csv:2")) << "every fact names its source";
  EXPECT_THAT(run.out, HasSubstr("What is missing"));
  EXPECT_EQ(casplan({"check", path("imported.json")}).code, ExitCode::done) << "a single site never proxies";
}

TEST_F(Import, WithoutAnOutputFileWritesNone) {
  const std::string servers = file("servers.csv", modelled::servers_csv);
  const auto before = entries();
  EXPECT_EQ(casplan({"import", servers}).code, ExitCode::done);
  EXPECT_EQ(entries(), before);
}

TEST_F(Import, WithOneFileThatIsMissingReadsNone) {
  const std::string servers = file("servers.csv", modelled::servers_csv);
  const Finished run = casplan({"import", servers, path("owa.csv"), "-o", path("imported.json")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("owa.csv: found no such file"));
  EXPECT_THAT(entries(), Not(::testing::Contains("imported.json")));
}

TEST_F(Import, OfAFileThatNothingRecognisesSaysWhatToExport) {
  const std::string junk = file("junk.txt", "hello");
  const Finished run = casplan({"import", junk, "-o", path("imported.json")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("junk.txt"));
  EXPECT_THAT(run.error, HasSubstr("Get-ExchangeServer"));
  EXPECT_THAT(entries(), Not(::testing::Contains("imported.json")));
}

TEST_F(Usage, HelpOfEveryCommandHasAnExampleOfIt) {
  for (const std::string name : {"import", "check", "plan", "simulate", "verify", "explain", "runbook"}) {
    const Finished run = casplan({name, "--help"});
    EXPECT_EQ(run.code, ExitCode::done);
    EXPECT_THAT(run.out, HasSubstr("Example:\n  casplan " + name + " "));
    EXPECT_THAT(run.error, IsEmpty());
  }
}

TEST_F(Usage, HelpNamesEveryCommandAndExitCode) {
  const std::string help = casplan({"--help"}).out;
  for (const char* word : {"import", "check", "plan", "simulate", "verify", "explain", "runbook"}) {
    EXPECT_THAT(help, HasSubstr(std::string("\n  ") + word + " "));
  }
  for (const char* code : {" 0 ", "10 ", "11 ", "12 ", "13 ", "30 ", "31 ", "39 "}) EXPECT_THAT(help, HasSubstr(code));
}

TEST_F(Usage, VersionIsDone) {
  EXPECT_EQ(casplan({"--version"}).code, ExitCode::done);
}

TEST_F(Usage, OfACommandThatDoesNotExistNamesItAndThoseThatDo) {
  const Finished run = casplan({"frobnicate"});
  EXPECT_THAT(run.error, HasSubstr("There is no command \"frobnicate\". The commands are import, check, plan,"));
}

TEST_F(Usage, ThatIsNotUnderstoodIsWrongUsageAndPrintsNothing) {
  const std::vector<std::vector<std::string>> wrong{{},
                                                    {"frobnicate"},
                                                    {"check"},
                                                    {"check", working, "more"},
                                                    {"check", working, "--frobnicate"},
                                                    {"check", working, "--color", "sometimes"},
                                                    {"check", working, "--log-level", "loud"},
                                                    {"check", working, "--reading", "folder_load"},
                                                    {"check", working, "--reading", "folder_load=never"},
                                                    {"plan", working},
                                                    {"plan", working, "--policy"},
                                                    {"simulate", working},
                                                    {"simulate", working, safe, "--sequence", "drain HQCAS1"},
                                                    {"simulate", working, "--sequence"},
                                                    {"simulate", working, "--sequence", "@"},
                                                    {"verify", working},
                                                    {"explain", working, "HQCAS1"},
                                                    {"runbook", working, safe},
                                                    {"import"}};
  for (const auto& arguments : wrong) {
    const Finished run = casplan(arguments);
    EXPECT_EQ(run.code, ExitCode::wrong_usage) << ::testing::PrintToString(arguments);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.error, HasSubstr("--help")) << ::testing::PrintToString(arguments);
  }
}

TEST_F(Usage, OfASequenceInAFileThatIsNotNamedAsksForTheFile) {
  EXPECT_THAT(casplan({"verify", working, "--sequence", "@"}).error, HasSubstr("Write @FILE."));
}

TEST_F(Usage, OfAReadingThatIsNoneNamesThemAll) {
  const Finished run = casplan({"check", working, "--reading", "folder_loads=at_once"});
  EXPECT_EQ(run.code, ExitCode::wrong_usage);
  EXPECT_THAT(run.error, HasSubstr("folder_loads=at_once"));
  EXPECT_THAT(run.error, HasSubstr("older_front=needs_folder"));
}

TEST_F(Command, GivesTheSameBytesForTheSameInput) {
  const std::string servers = file("servers.csv", modelled::servers_csv);
  const std::vector<std::vector<std::string>> all{{"import", servers},
                                                  {"check", broken},
                                                  {"plan", working, "--policy", to_sp2, "-o", path("plan.json")},
                                                  {"simulate", working, safe, "--policy", to_sp2},
                                                  {"verify", working, unsafe},
                                                  {"explain", broken, "HQCAS1", "BRCAS1"},
                                                  {"runbook", working, safe, "-o", path("runbook")}};
  for (auto arguments : all) {
    EXPECT_EQ(casplan(arguments), casplan(arguments)) << arguments[0];
    arguments.push_back("--json");
    EXPECT_EQ(casplan(arguments), casplan(arguments)) << arguments[0];
  }
}

TEST_F(Command, WritesFilesOfTheSameBytesForTheSameInput) {
  for (const char* number : {"1", "2"}) {
    const std::string plan = path(std::string("plan") + number + ".json");
    ASSERT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", plan}).code, ExitCode::done);
    ASSERT_EQ(casplan({"runbook", working, plan, "-o", path(number)}).code, ExitCode::done);
  }
  EXPECT_EQ(text_of("plan1.json"), text_of("plan2.json"));
  EXPECT_EQ(text_of("1/runbook.md"), text_of("2/runbook.md"));
}

TEST_F(Command, ColoursTextOnlyWhereItIsAskedTo) {
  EXPECT_THAT(casplan({"check", broken, "--color", "never"}).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(casplan({"check", broken, "--color", "always"}).out, HasSubstr("\x1b[1;31m"));
  EXPECT_THAT(casplan({"check", broken, "--color", "always", "--json"}).out, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace casplan::tools
