#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::replaced;
using nlohmann::json;
using ::testing::IsSupersetOf;

/// What a command prints with `--json`, and its exit code.
struct JsonRun {
  ExitCode code;
  json document;
};

std::set<std::string> keys(const json& object) {
  std::set<std::string> found;
  for (const auto& [key, value] : object.items()) found.insert(key);
  return found;
}

class JsonOutput : public modelled::ProgramTest {
 protected:
  std::string working = file("org.json", modelled::organisation);
  std::string broken = file("broken.json", modelled::broken_organisation());
  std::string to_sp2 = file("policy.json", modelled::policy);
  std::string safe = file("safe.json", modelled::safe_sequence);
  std::string unsafe = file("unsafe.json", modelled::unsafe_sequence);

  static JsonRun run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--json");
    const auto finished = casplan(arguments);
    EXPECT_EQ(finished.error, "");
    return {finished.code, json::parse(finished.out)};
  }
};

TEST_F(JsonOutput, OfImportHasTheOrganisationItsFactsAndWhatIsMissing) {
  const auto [code, result] = run({"import", file("servers.csv", modelled::servers_csv)});
  EXPECT_EQ(code, ExitCode::done);
  EXPECT_THAT(keys(result), IsSupersetOf({"organisation", "facts", "conflicts", "missing", "notes"}));
  EXPECT_EQ(result["organisation"]["format"], "casplan/organisation/1");
  EXPECT_EQ(result["organisation"]["servers"][0]["folders"], nullptr) << "not listed stays not known";
  EXPECT_THAT(keys(result["facts"][0]), IsSupersetOf({"subject", "property", "value", "origin", "basis"}));
}

TEST_F(JsonOutput, OfCheckHasThePathsAndTheSites) {
  const auto [code, result] = run({"check", broken});
  EXPECT_EQ(code, ExitCode::event46);
  EXPECT_THAT(keys(result), IsSupersetOf({"paths", "sites"}));
  const json& path = result["paths"][0];
  EXPECT_THAT(keys(path),
              IsSupersetOf({"front", "target", "site", "users", "verdict", "event", "message", "rule", "evidence"}));
  EXPECT_EQ(path["front"], "HQCAS1");
  EXPECT_EQ(path["target"], "BRCAS1");
  EXPECT_EQ(path["users"], 300);
  EXPECT_EQ(path["verdict"], "event46");
  EXPECT_EQ(path["event"], 46);
  const json& site = result["sites"][0];
  EXPECT_THAT(keys(site),
              IsSupersetOf({"site", "mailboxes", "served_users", "broken_users", "unavailable_users", "features"}));
  EXPECT_THAT(keys(site["features"][0]), IsSupersetOf({"level", "users", "ids"}));
  EXPECT_EQ(result["sites"][1]["broken_users"], 300);
}

TEST_F(JsonOutput, OfCheckLeavesOutTheEventOfAPathThatWorks) {
  const auto [code, result] = run({"check", working});
  EXPECT_EQ(code, ExitCode::done);
  EXPECT_EQ(result["paths"][0]["verdict"], "works");
  EXPECT_FALSE(result["paths"][0].contains("event"));
}

TEST_F(JsonOutput, OfCheckRoundsUsersToThreeDecimalsAndShowsUnknownOnesAsNull) {
  const std::string third = replaced(modelled::organisation, "{ \"name\": \"BRCAS1\"", R"({ "name": "BRCAS2",
      "site": "Branch1", "roles": ["ClientAccess"], "build": "8.0.685.25", "folders": [],
      "internal_url": "https://brcas2/owa", "integrated_auth": true },
    { "name": "BRCAS3", "site": "Branch1", "roles": ["ClientAccess"], "build": "8.0.685.25", "folders": [],
      "internal_url": "https://brcas3/owa", "integrated_auth": true }, { "name": "BRCAS1")");
  const auto thirds = run({"check", file("thirds.json", replaced(third, "300", "100"))}).document;
  EXPECT_EQ(thirds["paths"][0]["users"].dump(), "33.333");
  const auto unknown = run({"check", file("unknown.json", replaced(third, "300", "null"))}).document;
  EXPECT_EQ(unknown["paths"][0]["users"], nullptr);
  EXPECT_EQ(unknown["paths"][0]["verdict"], "works") << "the paths are judged all the same";
  EXPECT_EQ(unknown["sites"][1]["mailboxes"], nullptr);
}

TEST_F(JsonOutput, OfPlanIsThePlanDocumentThatIsWritten) {
  const auto finished = casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json"), "--json"});
  EXPECT_EQ(finished.code, ExitCode::done);
  EXPECT_EQ(finished.out, text_of("plan.json"));
  const json plan = json::parse(finished.out);
  EXPECT_EQ(plan["format"], "casplan/plan/1");
  EXPECT_THAT(keys(plan), IsSupersetOf({"steps", "outcome", "digest"}));
  EXPECT_THAT(keys(plan["steps"][1]), IsSupersetOf({"id", "kind", "server", "after", "reasons", "start", "end"}));
  EXPECT_THAT(keys(plan["outcome"]), IsSupersetOf({"status", "objective", "bound", "because"}));
  EXPECT_EQ(plan["outcome"]["objective"]["event46_user_minutes"], 0);
}

TEST_F(JsonOutput, OfAnInfeasiblePolicyIsAPlanWithoutStepsAndWithReasons) {
  const std::string frozen =
      file("frozen.json", replaced(modelled::policy, "\"target\"", "\"frozen\": [\"HQCAS1\"], \"target\""));
  const auto [code, plan] = run({"plan", working, "--policy", frozen});
  EXPECT_EQ(code, ExitCode::infeasible);
  EXPECT_EQ(plan["outcome"]["status"], "infeasible");
  EXPECT_TRUE(plan["steps"].empty());
  EXPECT_FALSE(plan["outcome"]["because"].empty());
}

TEST_F(JsonOutput, OfSimulateHasStatesAndTotals) {
  const auto [code, result] = run({"simulate", working, unsafe, "--policy", to_sp2});
  EXPECT_EQ(code, ExitCode::event46);
  EXPECT_THAT(keys(result), IsSupersetOf({"states", "totals"}));
  ASSERT_EQ(result["states"].size(), 6U);
  EXPECT_THAT(keys(result["states"][0]), IsSupersetOf({"after", "start", "end", "broken_paths", "sites"}));
  EXPECT_EQ(result["states"][0]["after"], nullptr);
  EXPECT_EQ(result["states"][3]["after"], "3");
  EXPECT_EQ(result["states"][2]["broken_paths"], json::array());
  EXPECT_EQ(result["states"][5]["start"], result["states"][5]["end"]);
  const json totals{{"event46_user_minutes", 300 * 2},
                    {"unavailable_user_minutes", 1500 * 91 + 300 * 90},
                    {"copies", 0},
                    {"feature_lag_user_minutes", 1200 * 96 + 300 * 188},
                    {"makespan_minutes", 188}};
  EXPECT_EQ(result["totals"], totals);
}

TEST_F(JsonOutput, OfSimulateShowsTheFeatureLagAsNullWithoutAPolicy) {
  const auto result = run({"simulate", working, safe}).document;
  EXPECT_EQ(result["totals"]["feature_lag_user_minutes"], nullptr);
}

TEST_F(JsonOutput, OfSimulateNamesTheBrokenPathsOfAState) {
  const auto result = run({"simulate", broken, file("one.json", R"({ "format": "casplan/plan/1", "steps": [
      { "kind": "recycle", "server": "HQCAS1" } ] })")})
                          .document;
  const json expected{{{"front", "HQCAS1"}, {"target", "BRCAS1"}, {"event", 46}}};
  EXPECT_EQ(result["states"][0]["broken_paths"], json::array({expected[0]}));
}

TEST_F(JsonOutput, OfVerifyHasTheVerdictAndWhatItCovers) {
  const auto [code, result] = run({"verify", working, safe});
  EXPECT_EQ(code, ExitCode::done);
  EXPECT_THAT(keys(result), IsSupersetOf({"verdict", "orders", "readings", "failures", "properties"}));
  EXPECT_EQ(result["verdict"], "safe");
  EXPECT_EQ(result["readings"], 64);
  EXPECT_FALSE(result.contains("counterexample"));
}

TEST_F(JsonOutput, OfVerifyHasTheLawsThatWereTriedAtRandom) {
  const json laws = run({"verify", working, safe, "--cases", "7", "--seed", "5"}).document["properties"];
  ASSERT_EQ(laws.size(), 3);
  EXPECT_EQ(keys(laws[0]), (std::set<std::string>{"name", "cases", "seed", "passed"}));
  EXPECT_EQ(laws[0]["cases"], 7);
  EXPECT_EQ(laws[1]["seed"], 5);
  EXPECT_EQ(laws[2]["passed"], true);
  EXPECT_EQ(run({"verify", working, safe, "--cases", "0"}).document["properties"], json::array());
}

TEST_F(JsonOutput, OfVerifySaysOfEachStepWhetherTheWorkMayStop) {
  const json stops = run({"verify", working, safe}).document["stops"];
  ASSERT_GE(stops.size(), 2);
  EXPECT_THAT(keys(stops[0]), IsSupersetOf({"step", "when", "ended_too", "safe", "out_of_service",
                                            "sites_without_service", "partial_folder_paths", "ways_out"}));
  EXPECT_EQ(stops[0]["when"], "in_the_middle");
  EXPECT_EQ(stops[0]["safe"], true);
  EXPECT_EQ(stops[1]["when"], "at_the_end");
  EXPECT_EQ(stops[1]["safe"], false);
  EXPECT_EQ(stops[1]["out_of_service"], json::array({"HQCAS1"}));
}

TEST_F(JsonOutput, OfVerifyHasTheCounterexampleOfAnUnsafePlan) {
  const auto [code, result] = run({"verify", working, unsafe});
  EXPECT_EQ(code, ExitCode::event46);
  EXPECT_EQ(result["verdict"], "unsafe");
  const json& found = result["counterexample"];
  EXPECT_THAT(keys(found), IsSupersetOf({"order", "reading", "front", "target", "event", "message"}));
  EXPECT_EQ(found["order"], json({"1", "2", "3"}));
  EXPECT_EQ(found["front"], "HQCAS1");
  EXPECT_EQ(found["event"], 46);
  EXPECT_EQ(found["reading"]["folder_match"], "running");
}

TEST_F(JsonOutput, OfVerifyCannotTellNamesThePaths) {
  const std::string unlisted = file("unlisted.json", modelled::unlisted_organisation());
  const auto [code, result] =
      run({"verify", unlisted, file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })")});
  EXPECT_EQ(code, ExitCode::cannot_tell);
  EXPECT_EQ(result["verdict"], "cannot_tell");
  EXPECT_EQ(result["undecided"][0]["rule"], "folder_unknown");
}

TEST_F(JsonOutput, OfExplainHasTheConsiderationsOfWhichTheLastDecides) {
  const auto [code, result] = run({"explain", broken, "HQCAS1", "BRCAS1"});
  EXPECT_EQ(code, ExitCode::event46);
  EXPECT_EQ(result["verdict"], "event46");
  EXPECT_EQ(result["event"], 46);
  const json& considerations = result["considerations"];
  for (std::size_t i = 0; i < considerations.size(); ++i) {
    EXPECT_EQ(considerations[i]["decides"], i + 1 == considerations.size());
  }
  EXPECT_EQ(considerations.back()["rule"], "newer_front_without_folder");
}

TEST_F(JsonOutput, OfRunbookNamesTheVerdictAndTheFiles) {
  const auto [code, result] = run({"runbook", working, safe, "-o", path("runbook")});
  EXPECT_EQ(code, ExitCode::done);
  EXPECT_EQ(result["verdict"], "safe");
  for (const json& name : result["files"]) {
    EXPECT_TRUE(std::filesystem::exists(path("runbook/" + name.get<std::string>()))) << name;
  }
}

TEST_F(JsonOutput, OfHostileNamesIsStillOneDocument) {
  const std::string hostile = replaced(modelled::organisation, "\"Contoso\"", R"("\"$(x)`<script>';--")");
  EXPECT_EQ(run({"check", file("hostile.json", hostile)}).code, ExitCode::done);
  EXPECT_EQ(run({"plan", file("hostile.json", hostile), "--policy", to_sp2}).code, ExitCode::done);
}

}  // namespace
}  // namespace casplan::tools
