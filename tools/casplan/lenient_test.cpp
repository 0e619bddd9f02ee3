#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using nlohmann::json;
using ::testing::HasSubstr;

class Lenient : public modelled::ProgramTest {
 protected:
  std::string organisation = file("org.json", modelled::organisation);
  /// The branch's server is upgraded before the front copies the folder from it.
  std::string late_copy = file("late.json", R"({ "format": "casplan/plan/1", "steps": [
    { "kind": "upgrade", "server": "BRCAS1", "build": "8.2.176.2" },
    { "kind": "drain", "server": "HQCAS1" },
    { "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2" },
    { "kind": "ensure_folder", "server": "HQCAS1", "folder": "8.0.685.24" },
    { "kind": "return", "server": "HQCAS1" } ] })");
  std::string twice = file("twice.json", R"({ "format": "casplan/plan/1", "steps": [
    { "kind": "drain", "server": "BRCAS1" },
    { "kind": "drain", "server": "BRCAS1" },
    { "kind": "return", "server": "BRCAS1" } ] })");
};

TEST_F(Lenient, IsWhatARefusalPointsTo) {
  const Finished strict = casplan({"simulate", organisation, late_copy});
  EXPECT_EQ(strict.code, ExitCode::bad_input);
  EXPECT_THAT(strict.error, HasSubstr("The server then: 8.2.176.2, out of service, folder 8.2.176.2."));
  EXPECT_THAT(strict.error, HasSubstr("With --lenient such a step is recorded as failed"));
}

TEST_F(Lenient, ShowsTheStepThatFailedWhyAndWhatTheServerWasThen) {
  const Finished run = casplan({"simulate", organisation, twice, "--lenient"});
  EXPECT_EQ(run.code, ExitCode::done) << "no Event 46 is predicted";
  EXPECT_THAT(run.out,
              ::testing::ContainsRegex("2 +5 +Take BRCAS1 out of service +BRCAS1 is out of service already, so "
                                       "it cannot be drained. +8.0.685.25, out of service, folder 8.0.685.24"));
  EXPECT_THAT(run.error, HasSubstr("1 step failed"));
}

TEST_F(Lenient, ExitsByWhatIsPredictedWithoutTheStep) {
  EXPECT_EQ(casplan({"simulate", organisation, late_copy, "--lenient"}).code, ExitCode::event46)
      << "the branch is ahead of the front";
}

TEST_F(Lenient, SaysTheSameAsJson) {
  const Finished run = casplan({"--json", "simulate", organisation, twice, "--lenient"});
  const json refused = json::parse(run.out)["refused_steps"];
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0]["step"], "2");
  EXPECT_EQ(refused[0]["reason"], "already_drained");
  EXPECT_EQ(refused[0]["minute"], 5);
  EXPECT_EQ(refused[0]["server"], json::parse(R"({ "name": "BRCAS1", "build": "8.0.685.25", "owa_version": "8.0.685.24",
      "in_service": false, "folders": ["8.0.685.24"], "loaded_folders": ["8.0.685.24"] })"));
}

TEST_F(Lenient, RecordsUpgradesOfFrozenServers) {
  const std::string frozen =
      file("frozen.json", replaced(modelled::policy, "\"target\"", "\"frozen\": [\"HQCAS1\"], \"target\""));
  const std::string safe = file("safe.json", modelled::safe_sequence);
  const Finished strict = casplan({"simulate", organisation, safe, "--policy", frozen});
  EXPECT_EQ(strict.code, ExitCode::bad_input);
  EXPECT_THAT(strict.error, HasSubstr("HQCAS1 is frozen by the policy, so its build stays 8.0.685.25."));
  const Finished run = casplan({"simulate", organisation, safe, "--policy", frozen, "--lenient"});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 is frozen by the policy"));
}

}  // namespace
}  // namespace casplan::tools
