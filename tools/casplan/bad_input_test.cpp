#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A fault in an input file, and what the message must say: where it is, what was found, what is expected.
struct Case {
  std::string name;
  std::string text;
  std::vector<std::string> said;

  friend void PrintTo(const Case& entry, std::ostream* out) { *out << entry.name; }
};

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

void expect_refused(const Finished& run, const std::string& file, const std::vector<std::string>& said) {
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.error, HasSubstr(file + ": "));
  EXPECT_THAT(run.error, HasSubstr("found "));
  EXPECT_THAT(run.error, HasSubstr("; expected "));
  for (const std::string& part : said) EXPECT_THAT(run.error, HasSubstr(part));
}

class BadOrganisation : public modelled::ProgramTest, public ::testing::WithParamInterface<Case> {};

TEST_P(BadOrganisation, IsRefusedByEveryCommandAndNothingIsWritten) {
  const std::string bad = file("org.json", GetParam().text);
  const std::string policy = file("policy.json", modelled::policy);
  const std::string plan = file("plan.json", modelled::safe_sequence);
  const auto before = entries();
  expect_refused(casplan({"check", bad}), bad, GetParam().said);
  expect_refused(casplan({"plan", bad, "--policy", policy, "-o", path("out.json")}), bad, GetParam().said);
  expect_refused(casplan({"simulate", bad, plan}), bad, GetParam().said);
  expect_refused(casplan({"verify", bad, plan}), bad, GetParam().said);
  expect_refused(casplan({"explain", bad, "HQCAS1", "BRCAS1"}), bad, GetParam().said);
  expect_refused(casplan({"runbook", bad, plan, "-o", path("runbook")}), bad, GetParam().said);
  EXPECT_EQ(entries(), before);
}

std::string organisation_with(const std::string& part, const std::string& by) {
  return replaced(modelled::organisation, part, by);
}

std::vector<Case> bad_organisations() {
  return {
      {"Empty", "", {"an empty file", "a JSON document"}},
      {"NotJson", "hello", {"line 1, column 1"}},
      {"CutOff", modelled::organisation.substr(0, 200), {"line 4", "the end of the file"}},
      {"NestedWithoutEnd", std::string(100'000, '['), {"nested"}},
      {"NotAnObject", "[]", {"an object"}},
      {"OtherFormat", organisation_with("organisation/1", "policy/1"), {"/format", "\"casplan/organisation/1\""}},
      {"LaterFormat", organisation_with("organisation/1", "organisation/2"), {"/format", "casplan/organisation/1"}},
      {"UnknownKey",
       organisation_with("\"integrated_auth\"", "\"integrated_aut\""),
       {"/servers/0/integrated_aut", "Did you mean \"integrated_auth\"?"}},
      {"KeyTwice", organisation_with("\"fqdn\"", "\"name\": \"X\", \"fqdn\""), {"/servers/0/name"}},
      {"DuplicateServer", organisation_with("\"BRCAS1\"", "\"hqcas1\""), {"/servers/1/name", "hqcas1"}},
      {"DuplicateSite", organisation_with("\"Branch1\", \"mailboxes\"", "\"HQ\", \"mailboxes\""), {"/sites/1/name"}},
      {"UnknownSite",
       organisation_with("\"site\": \"Branch1\"", "\"site\": \"Brnch1\""),
       {"/servers/1/site", "\"Brnch1\"", "the name of a site", "Did you mean \"Branch1\"?"}},
      {"SharesBelow100", organisation_with("100", "99"), {"/entry_points", "sum to 99", "100"}},
      {"ShareOutOfRange", organisation_with("100", "101"), {"/entry_points/0/share", "101"}},
      {"MalformedBuild",
       organisation_with("8.0.685.25", "8.0.685"),
       {"/servers/0/build", "\"8.0.685\"", "four numbers"}},
      {"MalformedFolder", organisation_with("[\"8.0.685.24\"]", "[\"8.0.x\"]"), {"/servers/0/folders/0", "8.0.x"}},
      {"BuildNotInTheCatalogue",
       organisation_with("8.0.685.25", "8.0.685.99"),
       {"/servers/0/build", "8.0.685.99", "a build of the catalogue"}},
      {"EntryPointWithoutFronts",
       organisation_with("[\"HQCAS1\"]", "[]"),
       {"/entry_points/0/fronts", "at least one Client Access server"}},
      {"EntryPointWithAnUnknownFront",
       organisation_with("[\"HQCAS1\"]", "[\"HQCAS2\"]"),
       {"/entry_points/0/fronts/0", "HQCAS2", "Did you mean \"HQCAS1\"?"}},
      {"WithoutCas",
       replaced(organisation_with("ClientAccess", "Mailbox"), "ClientAccess", "Mailbox"),
       {"/servers", "at least one Client Access server"}},
      {"NegativeMailboxes", organisation_with("1200", "-1"), {"/sites/0/mailboxes", "-1", "a whole number from 0"}},
      {"FractionOfAMailbox", organisation_with("1200", "0.5"), {"/sites/0/mailboxes", "a whole number"}},
      {"TooManyMailboxes",
       organisation_with("1200", "99999999999999999999"),
       {"/sites/0/mailboxes", "a whole number from 0 to"}},
      {"TextForANumber", organisation_with("1200", "\"1200\""), {"/sites/0/mailboxes"}},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, BadOrganisation, ::testing::ValuesIn(bad_organisations()), name_of);

class BadPolicy : public modelled::ProgramTest, public ::testing::WithParamInterface<Case> {};

TEST_P(BadPolicy, IsRefusedByEveryCommandAndNothingIsWritten) {
  const std::string organisation = file("org.json", modelled::organisation);
  const std::string plan = file("plan.json", modelled::safe_sequence);
  const std::string bad = file("policy.json", GetParam().text);
  const auto before = entries();
  expect_refused(casplan({"plan", organisation, "--policy", bad, "-o", path("out.json")}), bad, GetParam().said);
  expect_refused(casplan({"simulate", organisation, plan, "--policy", bad}), bad, GetParam().said);
  expect_refused(casplan({"verify", organisation, plan, "--policy", bad}), bad, GetParam().said);
  expect_refused(casplan({"runbook", organisation, plan, "--policy", bad, "-o", path("runbook")}), bad,
                 GetParam().said);
  EXPECT_EQ(entries(), before);
}

std::string policy_to(const std::string& build) {
  return replaced(modelled::policy, "8.2.176.2", build);
}

std::string policy_with(const std::string& members) {
  return replaced(modelled::policy, "\"target\"", members + ", \"target\"");
}

std::vector<Case> bad_policies() {
  return {
      {"Empty", "", {"an empty file"}},
      {"OtherFormat", replaced(modelled::policy, "policy/1", "plan/1"), {"/format", "casplan/policy/1"}},
      {"UnknownKey", policy_with("\"crew\": 2"), {"/crew", "Did you mean \"crews\"?"}},
      {"WithoutTarget", R"({ "format": "casplan/policy/1" })", {"target"}},
      {"MalformedTarget", policy_to("8.2"), {"/target/build", "8.2", "four numbers"}},
      {"TargetNotInTheCatalogue", policy_to("8.2.176.3"), {"/target/build", "8.2.176.3", "a build of the catalogue"}},
      {"WithdrawnTarget", policy_to("8.3.159.0"), {"/target/build", "8.3.159.0", "withdr"}},
      {"UnknownFrozenServer",
       policy_with("\"frozen\": [\"HQCAS9\"]"),
       {"/frozen/0", "HQCAS9", "Did you mean \"HQCAS1\"?"}},
      {"UnknownTargetServer", policy_with(R"("targets": { "BRCAS9": { "build": "8.1.240.6" } })"), {"/targets/BRCAS9"}},
      {"CyclicBefore",
       policy_with(R"("before": [ ["HQCAS1", "BRCAS1"], ["BRCAS1", "HQCAS1"] ])"),
       {"/before", "\"HQCAS1\" before \"BRCAS1\" before \"HQCAS1\"", "without cycles"}},
      {"ServerBeforeItself", policy_with(R"("before": [ ["HQCAS1", "HQCAS1"] ])"), {"/before"}},
      {"NoCrew", policy_with("\"crews\": 0"), {"/crews", "0", "a whole number from 1"}},
      {"NegativeDuration", policy_with(R"("durations": { "rollup": -5 })"), {"/durations/rollup", "-5"}},
      {"NegativeCopies", policy_with("\"copies\": -1"), {"/copies", "-1"}},
      {"MomentThatIsNone", policy_with("\"start\": \"2009-02-30T22:00:00Z\""), {"/start", "2009-02-30"}},
      {"WindowWithoutLength",
       policy_with(
           R"("windows": [ { "sites": ["HQ"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 0 } } ])"),
       {"/windows/0/weekly/minutes"}},
      {"ReadingThatIsNone", policy_with(R"("readings": { "folder_load": "never" })"), {"/readings/folder_load"}},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, BadPolicy, ::testing::ValuesIn(bad_policies()), name_of);

class BadPlan : public modelled::ProgramTest, public ::testing::WithParamInterface<Case> {};

TEST_P(BadPlan, IsRefusedByEveryCommandAndNothingIsWritten) {
  const std::string organisation = file("org.json", modelled::organisation);
  const std::string bad = file("plan.json", GetParam().text);
  const auto before = entries();
  expect_refused(casplan({"simulate", organisation, bad}), bad, GetParam().said);
  expect_refused(casplan({"verify", organisation, bad}), bad, GetParam().said);
  expect_refused(casplan({"runbook", organisation, bad, "-o", path("runbook")}), bad, GetParam().said);
  EXPECT_EQ(entries(), before);
}

std::string sequence_with(const std::string& part, const std::string& by) {
  return replaced(modelled::safe_sequence, part, by);
}

std::vector<Case> bad_plans() {
  return {
      {"Empty", "", {"an empty file"}},
      {"OtherFormat", sequence_with("plan/1", "policy/1"), {"/format", "casplan/plan/1"}},
      {"WithoutSteps", R"({ "format": "casplan/plan/1" })", {"steps"}},
      {"UnknownKind", sequence_with("\"drain\"", "\"drian\""), {"/steps/0/kind", "Did you mean \"drain\"?"}},
      {"UnknownServer", sequence_with("\"HQCAS1\"", "\"HQCAS9\""), {"/steps/0/server", "HQCAS9"}},
      {"UpgradeWithoutBuild", sequence_with(", \"build\": \"8.2.176.2\"", ""), {"/steps/1", "build"}},
      {"EnsureWithoutFolder", sequence_with(", \"folder\": \"8.0.685.24\"", ""), {"/steps/2", "folder"}},
      {"BuildNotInTheCatalogue", sequence_with("8.2.176.2", "8.2.176.3"), {"/steps/1/build", "8.2.176.3"}},
      {"UnknownKey", sequence_with("\"folder\"", "\"foldr\""), {"/steps/2/foldr", "Did you mean \"folder\"?"}},
      {"AfterAStepThatIsNone",
       R"({ "format": "casplan/plan/1", "steps": [ { "id": "a", "kind": "recycle", "server": "HQCAS1", "after": ["b"],
            "start": "2009-10-03T22:00:00Z", "end": "2009-10-03T22:02:00Z" } ] })",
       {"/steps/0/after/0", "\"b\""}},
      {"EndBeforeStart",
       R"({ "format": "casplan/plan/1", "steps": [ { "id": "a", "kind": "recycle", "server": "HQCAS1",
            "start": "2009-10-03T22:02:00Z", "end": "2009-10-03T22:00:00Z" } ] })",
       {"/steps/0"}},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, BadPlan, ::testing::ValuesIn(bad_plans()), name_of);

class BadInput : public modelled::ProgramTest {};

TEST_F(BadInput, FaultsOfATypedSequenceAreReportedWithTheirSteps) {
  const std::string organisation = file("org.json", modelled::organisation);
  for (const char* command : {"simulate", "verify"}) {
    expect_refused(casplan({command, organisation, "--sequence", "drain HQCAS9; upgrade BRCAS1 8.2.176.3"}),
                   "--sequence", {"line 1, step 1", "Did you mean \"HQCAS1\"?", "line 1, step 2", "8.2.176.3"});
  }
}

TEST_F(BadInput, TypedSequenceWithoutAStepIsNotCalledAFile) {
  const std::string organisation = file("org.json", modelled::organisation);
  for (const char* nothing : {"", ";"}) {
    expect_refused(casplan({"simulate", organisation, "--sequence", nothing}), "--sequence", {"no step"});
  }
}

TEST_F(BadInput, FileThatIsMissingIsNamedByEveryCommand) {
  const std::string missing = path("missing.json");
  const std::string organisation = file("org.json", modelled::organisation);
  const auto before = entries();
  const std::vector<std::vector<std::string>> all{{"import", missing, "-o", path("out.json")},
                                                  {"check", missing},
                                                  {"plan", missing, "--policy", missing, "-o", path("out.json")},
                                                  {"plan", organisation, "--policy", missing, "-o", path("out.json")},
                                                  {"simulate", organisation, missing},
                                                  {"verify", organisation, missing},
                                                  {"explain", missing, "HQCAS1", "BRCAS1"},
                                                  {"runbook", organisation, missing, "-o", path("runbook")}};
  for (const auto& arguments : all) expect_refused(casplan(arguments), missing, {"no such file"});
  EXPECT_EQ(entries(), before);
}

TEST_F(BadInput, BothValuesOfAReadingAreRefused) {
  const std::string organisation = file("org.json", modelled::organisation);
  const std::vector<std::string> twice{"check", organisation, "--reading", "folder_load=at_once", "--reading"};
  const auto run_with = [&](const std::string& reading) {
    auto arguments = twice;
    arguments.push_back(reading);
    return casplan(arguments);
  };
  EXPECT_EQ(run_with("folder_load=at_once").code, ExitCode::done);
  const auto refused = run_with("folder_load=at_start");
  EXPECT_EQ(refused.code, ExitCode::wrong_usage);
  EXPECT_THAT(refused.error, HasSubstr("Both values of folder_load are asked for."));
}

TEST_F(BadInput, FolderInPlaceOfAFileIsRefused) {
  const std::string folder = path("");
  expect_refused(casplan({"check", folder}), folder, {"a folder", "a file"});
}

TEST_F(BadInput, TargetBelowTodaysBuildIsRefusedWithTheServer) {
  const std::string organisation = file("org.json", modelled::broken_organisation());
  const std::string policy = file("policy.json", policy_to("8.1.240.6"));
  const auto before = entries();
  expect_refused(casplan({"plan", organisation, "--policy", policy, "-o", path("plan.json")}), policy,
                 {"/target", "8.1.240.6", "below today's build of \"HQCAS1\" (8.2.176.2)"});
  EXPECT_EQ(entries(), before);
}

TEST_F(BadInput, StepThatCannotBeCarriedOutIsRefusedWithMinuteAndReason) {
  const std::string organisation = file("org.json", modelled::organisation);
  const std::string plan = file("plan.json", R"({ "format": "casplan/plan/1", "steps": [
      { "kind": "drain", "server": "HQCAS1" },
      { "kind": "upgrade", "server": "HQCAS1", "build": "8.1.336.1" } ] })");
  expect_refused(casplan({"simulate", organisation, plan}), plan,
                 {"/steps/1", "at minute 5", "rollup 8.1.336.1 is for SP1 only", "Install 8.1.240.6 first."});
  const auto before = entries();
  const Finished run = casplan({"runbook", organisation, plan, "-o", path("runbook")});
  EXPECT_EQ(run.code, ExitCode::event46) << "the plan is unsafe";
  EXPECT_THAT(run.error, HasSubstr("step 2 (Upgrade HQCAS1 to 8.1.336.1"));
  EXPECT_EQ(entries(), before);
}

TEST_F(BadInput, EveryFaultOfAFileIsReportedOnALineOfItsOwn) {
  const std::string text = replaced(replaced(modelled::organisation, "1200", "-1"), "100", "99");
  const Finished run = casplan({"check", file("org.json", text)});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("/sites/0/mailboxes"));
  EXPECT_THAT(run.error, HasSubstr("/entry_points"));
  EXPECT_EQ(std::count(run.error.begin(), run.error.end(), '\n'), 2);
}

TEST_F(BadInput, ControlCharactersOfAFileDoNotReachTheTerminal) {
  const std::string text = replaced(modelled::organisation, "\"site\": \"HQ\"", R"("site": "\u001b[31mHQ\u0007")");
  const Finished run = casplan({"check", file("org.json", text)});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_EQ(run.error.find('\x1b'), std::string::npos);
  EXPECT_EQ(run.error.find('\x07'), std::string::npos);
}

TEST_F(BadInput, OutputThatCannotBeWrittenIsNamedAndLeavesNothing) {
  const std::string organisation = file("org.json", modelled::organisation);
  const std::string policy = file("policy.json", modelled::policy);
  const std::string plan = file("safe.json", modelled::safe_sequence);
  const std::string servers = file("servers.csv", modelled::servers_csv);
  const auto before = entries();
  const std::string below_a_file = path("org.json/out");
  expect_refused(casplan({"plan", organisation, "--policy", policy, "-o", below_a_file}), below_a_file, {"written"});
  expect_refused(casplan({"import", servers, "-o", below_a_file}), below_a_file, {"written"});
  expect_refused(casplan({"runbook", organisation, plan, "-o", below_a_file}), below_a_file + "/runbook.md",
                 {"written"});
  EXPECT_EQ(entries(), before);
  EXPECT_EQ(text_of("org.json"), modelled::organisation);
}

}  // namespace
}  // namespace casplan::tools
