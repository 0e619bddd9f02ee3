#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/program_fixture.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using nlohmann::json;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

/// A policy in which nothing goes wrong but what the text says.
std::string policy_with(const std::string& faults) {
  const std::string never = R"({ "probability": 0 })";
  std::string text = R"("faults": { "steps": { )";
  for (const char* kind : {"rollup", "service_pack", "ensure_folder", "recycle", "drain", "return"}) {
    text += std::string(kind == std::string("rollup") ? "" : ", ") + "\"" + kind + "\": " + never;
  }
  text += R"( }, "partial_copy": { "probability": 0 }, "forgotten_recycle": { "probability": 0 },
    "server_down": { "probability_per_day": 0 }, "front_out_of_rotation": { "probability_per_day": 0 }, )" +
          faults + " }, ";
  return replaced(modelled::policy, "\"target\"", text + "\"target\"");
}

class SimulateRuns : public modelled::ProgramTest {
 protected:
  std::string organisation = file("org.json", modelled::organisation);
  std::string safe = file("safe.json", modelled::safe_sequence);
  std::string calm = file("calm.json", policy_with(R"("late_crew": { "probability": 0 })"));
  std::string late = file("late.json", policy_with(R"("late_crew": { "probability": 1, "minutes": 30 })"));
  std::string stuck = file("stuck.json", replaced(policy_with(R"("late_crew": { "probability": 0 }, "tries": 2)"),
                                                  R"("service_pack": { "probability": 0 })",
                                                  R"("service_pack": { "probability": 1, "repair": 60 })"));

  [[nodiscard]] Finished run(const std::string& policy, std::vector<std::string> more) const {
    std::vector<std::string> arguments{"simulate", organisation, safe, "--policy", policy};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return casplan(arguments);
  }
};

TEST_F(SimulateRuns, ShowHowTheFiguresSpread) {
  const Finished finished = run(late, {"--runs", "100", "--seed", "7"});
  EXPECT_EQ(finished.code, ExitCode::done);
  EXPECT_EQ(finished.error, "");
  EXPECT_THAT(finished.out, HasSubstr("100 runs with the faults of the policy, seed 7."));
  EXPECT_THAT(finished.out, ContainsRegex("makespan_minutes +108 +138 +138 +138 +138 +7\n"))
      << "30 minutes late once: the copy is not due before the upgrade has ended";
  EXPECT_THAT(finished.out, ContainsRegex("as planned +2009-10-03 23:48"));
  EXPECT_THAT(finished.out, ContainsRegex("in the worst run at +2009-10-04 00:18"));
  EXPECT_THAT(finished.out, ContainsRegex("100 +100.00 % +They end after the planned end"));
  EXPECT_THAT(finished.out, ContainsRegex("0 +0.00 % +Somebody meets Event 46."));
}

TEST_F(SimulateRuns, SayWhatNeverEnds) {
  const Finished finished = run(stuck, {"--runs", "10"});
  EXPECT_THAT(finished.out, ContainsRegex("makespan_minutes +108 +does not finish"));
  EXPECT_THAT(finished.out, ContainsRegex("in the worst run at +never"));
  EXPECT_THAT(finished.out, ContainsRegex("10 +100.00 % +They do not finish"));
}

TEST_F(SimulateRuns, OfOneTellItsStory) {
  const Finished finished = run(stuck, {"--runs", "1", "--seed", "3"});
  EXPECT_THAT(finished.out, HasSubstr("One run with the faults of the policy, seed 3, final draw "));
  EXPECT_THAT(finished.out, ContainsRegex("95-155 +Try 1 of step 2 [^\n]* fails; it is repaired"));
  EXPECT_THAT(finished.out, ContainsRegex("245-245 +Try 2 of step 2 [^\n]* fails +"));
  EXPECT_THAT(finished.out, ContainsRegex("2 +5-95 +5-95 failed, 155-245 failed, given up: every try failed"));
  EXPECT_THAT(finished.out, ContainsRegex("5 +107-108 +never: it waits for a step that is given up"));
  EXPECT_THAT(finished.out, HasSubstr("The work does not finish."));
}

TEST_F(SimulateRuns, SayWhatEachFaultCost) {
  const std::string forgetful =
      file("forgetful.json",
           replaced(policy_with(R"("late_crew": { "probability": 0 })"), R"("forgotten_recycle": { "probability": 0 })",
                    R"("forgotten_recycle": { "probability": 1, "minutes": 30 })"));
  EXPECT_THAT(run(forgetful, {"--runs", "1"}).out,
              ContainsRegex("107-137 +The restart of step 4 [^\n]* is forgotten +\\+8700 event46_user_minutes"))
      << "300 users from the return at 108";
  EXPECT_THAT(run(calm, {"--runs", "1"}).out, HasSubstr("Nothing goes wrong in this run."));
}

TEST_F(SimulateRuns, SayTheSameAsJson) {
  const Finished many = run(late, {"--runs", "100", "--seed", "7", "--json"});
  const json result = json::parse(many.out);
  EXPECT_EQ(result["runs"], 100);
  EXPECT_EQ(result["seed"], 7);
  EXPECT_EQ(result["figures"]["makespan_minutes"],
            json::parse(R"({ "without_faults": 108, "p5": 138, "p50": 138, "p95": 138, "worst": 138,
                             "seed_of_worst": 7 })"));
  EXPECT_EQ(result["end"]["planned"], "2009-10-03T23:48:00Z");
  EXPECT_EQ(result["end"]["worst"], "2009-10-04T00:18:00Z");
  EXPECT_EQ(result["runs_that"], json::parse(R"({ "do_not_finish": 0, "end_after_the_plan": 100, "miss_a_window": 0,
                                                  "meet_event46": 0 })"));
  const json story = json::parse(run(stuck, {"--runs", "1", "--json"}).out);
  EXPECT_EQ(story["finished"], false);
  EXPECT_EQ(story["faults"][0]["fault"], "step_fails");
  EXPECT_EQ(story["faults"][0]["step"], "2");
  EXPECT_EQ(story["given_up"][0]["why"], "tried_too_often");
  EXPECT_EQ(story["tries"].size(), 3U);
}

TEST_F(SimulateRuns, DependOnTheSeedAndNotOnTheThreads) {
  const std::string any = file("any.json", modelled::policy);
  const Finished alone = run(any, {"--runs", "500", "--seed", "7", "--threads", "1"});
  EXPECT_EQ(run(any, {"--runs", "500", "--seed", "7", "--threads", "3"}), alone);
  EXPECT_NE(run(any, {"--runs", "500", "--seed", "8"}).out, alone.out);
}

TEST_F(SimulateRuns, WarnWhereTheScheduleDoesNotKeepToThePolicy) {
  const std::string windows = file(
      "windows.json",
      replaced(policy_with(R"("late_crew": { "probability": 0 })"), "\"target\"",
               R"("windows": [ { "sites": ["HQ"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 600 } } ],
                  "target")"));
  EXPECT_THAT(run(windows, {"--runs", "10"}).error, HasSubstr("The plan's times do not keep to"));
}

TEST_F(SimulateRuns, NameAStepThatIsRefusedAndWhatThenNeverHappens) {
  const std::string frozen = file("frozen.json", replaced(policy_with(R"("late_crew": { "probability": 0 })"),
                                                          "\"target\"", R"("frozen": ["HQCAS1"], "target")"));
  const Finished finished = run(frozen, {"--lenient", "--runs", "10"});
  EXPECT_THAT(
      finished.error,
      HasSubstr("The plan is not finished even where nothing goes wrong. Not done: step 2 (given up: it does not "
                "fit the state), step 3 (never: it waits for a step that is given up)"));
  EXPECT_THAT(finished.out, HasSubstr("HQCAS1 is frozen"));
  EXPECT_THAT(finished.error, ::testing::Not(HasSubstr("do not keep to")));
}

TEST_F(SimulateRuns, AskForAPolicyAndForNumbersInRange) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--runs", "0"},
                                                {"--runs", "1000001"},
                                                {"--runs", "1.5"},
                                                {"--runs", "10", "--threads", "0"},
                                                {"--seed", "7"},
                                                {"--runs", "10", "--seed", "-1"}}) {
    EXPECT_EQ(run(calm, wrong).code, ExitCode::wrong_usage) << wrong.back();
  }
  EXPECT_EQ(casplan({"simulate", organisation, safe, "--runs", "10"}).code, ExitCode::wrong_usage);
}

TEST(AShare, IsCutAfterTwoDecimalsAndNeverHidesARun) {
  EXPECT_EQ(share_words(0, 7), "0.00 %");
  EXPECT_EQ(share_words(1, 1'000'000), "0.01 %");
  EXPECT_EQ(share_words(1, 3), "33.33 %");
  EXPECT_EQ(share_words(999'999, 1'000'000), "99.99 %");
  EXPECT_EQ(share_words(7, 7), "100.00 %");
}

}  // namespace
}  // namespace casplan::tools
