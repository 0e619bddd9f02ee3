#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/program_fixture.h"

/// `whatif` as users type it.
namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WhatIf : public modelled::DocumentsTest {
 protected:
  [[nodiscard]] Finished asked(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"whatif", working, "--policy", to_sp2};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return casplan(arguments);
  }
};

/// `2009-10-03T22:00:00Z drain HQCAS1`
std::vector<std::string> timetable(const json& plan) {
  std::vector<std::string> steps;
  for (const json& step : plan["steps"]) {
    steps.push_back(step["start"].get<std::string>() + " " + step["kind"].get<std::string>() + " " +
                    step["server"].get<std::string>());
  }
  return steps;
}

TEST_F(WhatIf, ShowsBothAnswersBesideThePlanBefore) {
  const Finished run = asked({"--change", "users Branch1 +100%"});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("What if\n  users Branch1 +100%\n"), HasSubstr("1. same plan"),
                             HasSubstr("2. best plan then"), HasSubstr("unavailable_user_minutes"),
                             HasSubstr("Sites whose users have it otherwise")));
}

TEST_F(WhatIf, SaysThatNothingIsOtherWhereNothingIs) {
  const Finished run = asked({"--change", "copies 9"});
  EXPECT_THAT(run.out, HasSubstr("No path, site or step is other than before."));
  EXPECT_THAT(run.out, Not(HasSubstr("that change")));
}

TEST_F(WhatIf, SaysWhyAWishIsImpossibleAndWhatWouldAllowIt) {
  const Finished run = asked({"--change", "freeze HQCAS1"});
  EXPECT_EQ(run.code, ExitCode::infeasible);
  EXPECT_THAT(run.out, AllOf(HasSubstr("1. If the same plan is carried on with: UNSAFE"),
                             HasSubstr("2. The best plan then: IMPOSSIBLE"),
                             HasSubstr("What would allow it, any one of"), HasSubstr("Unfreeze HQCAS1")));
}

TEST_F(WhatIf, FindsThatAnUnfrozenServerAllowsAPlan) {
  const std::string frozen = file(
      "frozen.json", modelled::replaced(modelled::policy, "{ \"format\"", "{ \"frozen\": [\"HQCAS1\"], \"format\""));
  const Finished run = casplan({"whatif", working, "--policy", frozen, "--change", "unfreeze HQCAS1"});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("Before there is no plan:"));
  EXPECT_EQ(casplan({"whatif", working, "--policy", frozen, "--change", "crews 2"}).code, ExitCode::infeasible);
}

TEST_F(WhatIf, ASequenceByHandIsCarriedOnWithWithoutAPolicy) {
  const Finished run = casplan({"whatif", working, safe, "--change", "swap 3 4"});
  EXPECT_EQ(run.code, ExitCode::event46) << "the folder is not loaded when the front returns";
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("1. If the same plan is carried on with: UNSAFE"), Not(HasSubstr("2. The best plan"))));
}

TEST_F(WhatIf, AFailedStepIsAnsweredWithTheStateAndTheRest) {
  const json planned = json::parse(casplan({"plan", working, "--policy", to_sp2, "--json"}).out);
  std::string upgrade;
  for (const json& step : planned["steps"]) {
    if (step["kind"] == "upgrade" && step["server"] == "HQCAS1") upgrade = step["id"];
  }
  const Finished run = asked({"--change", "fail " + upgrade});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("has failed, and nothing more is done"), HasSubstr("Repeat step " + upgrade),
                             HasSubstr("2. The best plan for the rest of the work: safe")));
}

TEST_F(WhatIf, NamesEveryFaultAndWritesNothing) {
  const auto before = entries();
  const Finished run = asked({"--change", "freeze HQCAS9", "--change", "crews none", "-o", path("new.json")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.error, AllOf(HasSubstr("change 1 (\"freeze HQCAS9\"): found \"HQCAS9\", which is no server"),
                               HasSubstr("Did you mean \"HQCAS1\"?"), HasSubstr("change 2 (\"crews none\")")));
  EXPECT_EQ(entries(), before);
}

TEST_F(WhatIf, NamesContradictionsAndWritesNothing) {
  const auto before = entries();
  const Finished run = asked({"--change", "freeze BRCAS1", "--change", "unfreeze BRCAS1", "-o", path("new.json")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error,
              HasSubstr("change 2 (\"unfreeze BRCAS1\"): found a change that settles whether BRCAS1 is frozen"));
  EXPECT_EQ(entries(), before);
}

TEST_F(WhatIf, ThatIsNoQuestionIsWrongUsage) {
  EXPECT_EQ(asked({}).code, ExitCode::wrong_usage);
  EXPECT_EQ(asked({"--sweep", "servers"}).code, ExitCode::wrong_usage);
  EXPECT_EQ(asked({"--sweep", "freeze", "--change", "crews 2"}).code, ExitCode::wrong_usage);
  EXPECT_EQ(casplan({"whatif", working, "--change", "crews 2"}).code, ExitCode::wrong_usage);
  EXPECT_EQ(casplan({"whatif", working, "--sweep", "freeze"}).code, ExitCode::wrong_usage);
}

TEST_F(WhatIf, WritesTheNewPlanWithWhatItIsForSoThatItIsVerified) {
  const std::string plan = path("new.json");
  const std::string changed = path("changed.json");
  const std::string wish = path("wish.json");
  const Finished run = asked({"--change", "freeze BRCAS1", "--change", "users Branch1 10", "-o", plan,
                              "--organisation-out", changed, "--policy-out", wish});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  const Finished verified = casplan({"verify", changed, plan, "--policy", wish});
  EXPECT_EQ(verified.code, ExitCode::done) << verified.error << verified.out;
}

TEST_F(WhatIf, WritesTheRestOfTheWorkSoThatItIsVerifiedFromWhereItStopped) {
  const std::string rest = path("rest.json");
  const std::string now = path("now.json");
  const std::string wish = path("wish.json");
  const Finished run = asked({"--change", "fail 2", "-o", rest, "--organisation-out", now, "--policy-out", wish});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  const Finished verified = casplan({"verify", now, rest, "--policy", wish});
  EXPECT_EQ(verified.code, ExitCode::done) << verified.error << verified.out;
}

TEST_F(WhatIf, WritesThePolicyOfTheRestSoThatItIsPlannedAgainFromWhereItStopped) {
  const json planned = json::parse(casplan({"plan", working, "--policy", to_sp2, "--json"}).out);
  std::string upgrade;
  for (const json& step : planned["steps"]) {
    if (step["kind"] == "upgrade" && step["server"] == "HQCAS1") upgrade = step["id"];
  }
  const std::string now = path("now.json");
  const std::string wish = path("wish.json");
  const Finished run =
      asked({"--change", "fail " + upgrade, "--json", "--organisation-out", now, "--policy-out", wish});
  const json again = json::parse(casplan({"plan", now, "--policy", wish, "--json"}).out);
  const json rest = json::parse(run.out)["best_plan"]["plan"];
  EXPECT_EQ(timetable(again).front(), timetable(rest).front());
  EXPECT_EQ(timetable(again).back(), timetable(rest).back());
  EXPECT_THAT(timetable(again), Contains(HasSubstr("return HQCAS1"))) << "though it was found out of service";
}

TEST_F(WhatIf, AFailedStepOfAPlanThatIsNotProvedSafeIsNoSuccessWithoutAPolicy) {
  const Finished unknown = casplan({"whatif", unlisted, file("unknown.txt", "recycle BRCAS1"), "--change", "fail 1"});
  EXPECT_EQ(unknown.code, ExitCode::cannot_tell) << unknown.out;
  EXPECT_THAT(unknown.out, HasSubstr("Whether the plan itself is safe cannot be told"));
  const Finished wrong = casplan({"whatif", working, unsafe, "--change", "fail 1"});
  EXPECT_EQ(wrong.code, ExitCode::event46) << wrong.out;
  EXPECT_THAT(wrong.out, HasSubstr("The plan itself is not safe"));
}

TEST_F(WhatIf, AFailedCopyLeavesAPartOfTheFolderWhichTheRestPresumesRemoved) {
  const Finished run = casplan({"whatif", working, safe, "--policy", to_sp2, "--change", "fail 3"});
  EXPECT_THAT(run.out, HasSubstr("presumes that the part of folder 8.0.685.24 that is left on HQCAS1 is removed"));
}

TEST_F(WhatIf, WritesAMovedPlanForThePolicyThatItWasAskedWith) {
  const std::string moved = path("moved.json");
  const Finished run = asked({"--change", "move 2 after 3", "-o", moved});
  const Finished verified = casplan({"verify", working, moved, "--policy", to_sp2});
  EXPECT_EQ(verified.code, run.code) << verified.error;
}

TEST_F(WhatIf, AsJsonHasBothAnswersWithTheirDifferences) {
  const Finished run = asked({"--change", "crews 2", "--json"});
  const json answer = json::parse(run.out);
  EXPECT_THAT(answer["changes"], ElementsAre("crews 2"));
  EXPECT_EQ(answer["before"]["ending"], "optimal");
  EXPECT_EQ(answer["same_plan"]["difference"]["measures"]["copies"], 0);
  EXPECT_THAT(answer["same_plan"]["difference"]["steps"], IsEmpty());
  EXPECT_TRUE(answer["best_plan"]["plan"]["steps"].is_array());
  EXPECT_TRUE(answer["stopped"].is_null());
}

TEST_F(WhatIf, ASweepRanksEverySingleChange) {
  const Finished run = asked({"--sweep", "freeze"});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  EXPECT_THAT(run.out, AllOf(HasSubstr("2 single changes of the kind freeze, the best first:"),
                             HasSubstr("freeze BRCAS1"), HasSubstr("IMPOSSIBLE")));
  EXPECT_LT(run.out.find("freeze BRCAS1"), run.out.find("freeze HQCAS1"));
  const json rows = json::parse(asked({"--sweep", "freeze", "--json"}).out)["rows"];
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["change"], "freeze BRCAS1");
  EXPECT_EQ(rows[1]["best_plan"], "infeasible");
}

TEST_F(WhatIf, ASweepOfFailuresSaysWhatEachStepIs) {
  const Finished run = asked({"--sweep", "fail"});
  EXPECT_THAT(run.out, AllOf(HasSubstr("stop there"), HasSubstr("some worse"), HasSubstr("fail 2"),
                             HasSubstr("Upgrade HQCAS1 to 8.2.176.2")));
}

TEST_F(WhatIf, ASweepOfNothingSaysSo) {
  EXPECT_THAT(asked({"--sweep", "unfreeze"}).out, HasSubstr("There is nothing of this kind to change."));
}

}  // namespace
}  // namespace casplan::tools
