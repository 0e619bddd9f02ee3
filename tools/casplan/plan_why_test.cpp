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
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PlanWhy : public modelled::ProgramTest {
 protected:
  std::string organisation = file("org.json", modelled::organisation);
  std::string to_sp2 = file("policy.json", modelled::policy);
  std::string heal_by_copy = file("heal.json", R"({ "format": "casplan/policy/1", "goal": "heal_by_copy" })");
  std::string frozen_front = policy_with(R"("frozen": ["HQCAS1"])");
  /// The folder is put on the front, which may not wait until the branch is out too.
  std::string with_copy = policy_with(R"("frozen": ["BRCAS1"])");

  [[nodiscard]] std::string policy_with(const std::string& members) const {
    return file("policy-" + std::to_string(entries().size()) + ".json",
                replaced(modelled::policy, "\"target\"", members + ", \"target\""));
  }

  /// The id of the plan's step of this kind.
  [[nodiscard]] std::string step_of_kind(const std::string& policy, const std::string& kind) const {
    const auto plan = json::parse(casplan({"plan", organisation, "--policy", policy, "--json"}).out);
    for (const auto& step : plan["steps"]) {
      if (step["kind"] == kind) return step["id"];
    }
    ADD_FAILURE() << "no step of the kind " << kind;
    return "";
  }
};

class ExplainedStep : public PlanWhy {};

TEST_F(PlanWhy, SaysTheMomentAtWhichEachStepStarts) {
  const Finished run = casplan(
      {"plan", organisation, "--policy", policy_with(R"("start": "2010-07-04T23:50:00Z", "frozen": ["BRCAS1"])")});
  EXPECT_THAT(run.out, AllOf(HasSubstr("2010-07-04 23:50  0-5 "), HasSubstr("2010-07-04 23:55  5-95 ")));
}

TEST_F(PlanWhy, SaysThatATargetOfAnotherProductReachesNoServer) {
  const std::string to_2010 = file("to-2010.json", replaced(modelled::policy, "8.2.176.2", "14.2.247.5"));
  const Finished run = casplan({"plan", organisation, "--policy", to_2010});
  EXPECT_THAT(run.out, AllOf(HasSubstr("Nothing has to be done."),
                             HasSubstr("No server is brought to the target, 14.2.247.5 (Exchange Server 2010 SP2)")));
}

TEST_F(PlanWhy, SaysWhichPathsNoFolderMendsBesideThoseThatItMends) {
  const std::string two_targets =
      file("two-targets.json",
           replaced(modelled::broken_organisation(), "\"integrated_auth\": true } ],", R"("integrated_auth": true },
    { "name": "BRCAS2", "site": "Branch1", "roles": ["ClientAccess"], "build": "8.3.83.6", "folders": ["8.3.83.4"],
      "internal_url": "https://brcas2.contoso.com/owa", "integrated_auth": true } ],)"));
  const Finished run = casplan({"plan", two_targets, "--policy", heal_by_copy, "--json"});
  const auto plan = json::parse(run.out);
  EXPECT_EQ(plan["steps"].size(), 2U);
  EXPECT_THAT(plan["outcome"]["because"].dump(), HasSubstr("No folder mends the path from HQCAS1 to BRCAS2"));
}

TEST_F(PlanWhy, SaysThatThereIsNothingToMend) {
  const Finished run = casplan({"plan", organisation, "--policy", heal_by_copy});
  EXPECT_THAT(run.out, HasSubstr("No path fails today, so there is nothing to mend."));
}

TEST_F(PlanWhy, SaysAReasonOfSeveralStepsOnce) {
  const std::string two_targets =
      file("two-targets.json",
           replaced(modelled::organisation, "\"integrated_auth\": true } ],", R"("integrated_auth": true },
    { "name": "BRCAS2", "site": "Branch1", "roles": ["ClientAccess"], "build": "8.0.711.2", "folders": ["8.0.709.0"],
      "internal_url": "https://brcas2.contoso.com/owa", "integrated_auth": true } ],)"));
  const std::string both_stay =
      policy_with(R"("frozen": ["BRCAS1", "BRCAS2"], "min_in_service": { "sites": { "Branch1": 2 } })");
  const Finished run = casplan({"plan", two_targets, "--policy", both_stay});
  EXPECT_THAT(run.out, HasSubstr("after 3 and 4: the folder is in place\n"));
}

TEST_F(PlanWhy, NamesTheFactsThatForbidItAndWhatWouldAllowIt) {
  const Finished run = casplan({"plan", organisation, "--policy", frozen_front});
  EXPECT_EQ(run.code, ExitCode::infeasible);
  EXPECT_THAT(run.out, HasSubstr("These facts together forbid it:\n  HQCAS1 is frozen at 8.0.685.25.\n"));
  EXPECT_THAT(run.out, HasSubstr("Any one of these changes would allow it, the best first:\n  Unfreeze HQCAS1"));
}

TEST_F(PlanWhy, OneFactAloneIsCalledThat) {
  const Finished run =
      casplan({"plan", organisation, "--policy", policy_with(R"("min_in_service": { "sites": { "HQ": 1 } })")});
  EXPECT_THAT(run.out, HasSubstr("This fact alone forbids it:\n  At least 1 of the Client Access servers of HQ"));
  EXPECT_THAT(run.out, HasSubstr("This change would allow it:\n  Lower min_in_service of HQ from 1 to 0.\n"));
}

TEST_F(PlanWhy, ThePlanDocumentHasTheSameSentences) {
  const Finished run = casplan({"plan", organisation, "--policy", frozen_front, "--json", "-o", path("plan.json")});
  const auto outcome = json::parse(run.out)["outcome"];
  EXPECT_EQ(outcome["core"].size(), 3U);
  EXPECT_EQ(outcome["core"][0], "HQCAS1 is frozen at 8.0.685.25.");
  EXPECT_EQ(outcome["remedies"].size(), 4U);
  EXPECT_THAT(outcome["because"][0].get<std::string>(), HasSubstr("An older front fails with Event 46"));
  EXPECT_EQ(run.out, text_of("plan.json"));
}

TEST_F(PlanWhy, AnyRemedyThatIsFollowedGivesAPlan) {
  const std::string redirected = file(
      "redirected.json", replaced(modelled::organisation, R"("internal_url": "https://brcas1)",
                                  R"("external_url": "https://br.contoso.com/owa", "internal_url": "https://brcas1)"));
  const std::string settled = policy_with(R"("frozen": ["HQCAS1"], "readings": { "older_front": "needs_folder" })");
  EXPECT_EQ(casplan({"plan", organisation, "--policy", to_sp2}).code, ExitCode::done);
  EXPECT_EQ(casplan({"plan", redirected, "--policy", frozen_front}).code, ExitCode::done);
  EXPECT_EQ(casplan({"plan", organisation, "--policy", settled}).code, ExitCode::done);
}

TEST_F(PlanWhy, APlanThatExistsHasNeitherFactsNorRemedies) {
  const auto outcome = json::parse(casplan({"plan", organisation, "--policy", to_sp2, "--json"}).out)["outcome"];
  EXPECT_FALSE(outcome.contains("core"));
  EXPECT_FALSE(outcome.contains("remedies"));
}

TEST_F(PlanWhy, AWaitForAWindowIsSaidWithTheWindow) {
  const std::string windows = policy_with(
      R"("windows": [ { "servers": ["BRCAS1", "HQCAS1"], "weekly": { "day": "sunday", "start": "20:00", "minutes": 480 } } ])");
  const Finished run = casplan({"plan", organisation, "--policy", windows});
  EXPECT_THAT(run.out, HasSubstr("waits for the window of "));
  EXPECT_THAT(run.out, HasSubstr(", Sunday 20:00\n"));
}

TEST_F(ExplainedStep, SaysWhatItDoesWhyAndWhatWouldFailWithoutIt) {
  const std::string step = step_of_kind(with_copy, "ensure_folder");
  const Finished run = casplan({"plan", organisation, "--policy", with_copy, "--explain", step});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("Step " + step + ": Put folder 8.0.685.24 on HQCAS1"), HasSubstr("It comes after"),
                    HasSubstr("It comes before"), HasSubstr("If it were left out\n")));
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 -> BRCAS1 would fail with Event 46 for want of folder 8.0.685.24."));
}

TEST_F(ExplainedStep, SaysWhatWouldFailInTheOtherOrder) {
  const std::string step = step_of_kind(with_copy, "ensure_folder");
  const Finished run = casplan({"plan", organisation, "--policy", with_copy, "--explain", step, "--json"});
  const auto result = json::parse(run.out);
  EXPECT_EQ(result["id"], step);
  EXPECT_EQ(result["kind"], "ensure_folder");
  ASSERT_FALSE(result["before"].empty());
  EXPECT_THAT(result["before"][0]["in_the_other_order"].dump(), HasSubstr("would fail with Event 46"));
  EXPECT_THAT(result["if_left_out"].dump(), HasSubstr("would fail with Event 46"));
  EXPECT_THAT(result["starts_then_because"].get<std::string>(), HasSubstr("It waits for step "));
}

TEST_F(ExplainedStep, ThatThePlanDoesNotHaveIsWrongUsageWithThoseThatItHas) {
  const Finished run = casplan({"plan", organisation, "--policy", to_sp2, "--explain", "copy"});
  EXPECT_EQ(run.code, ExitCode::wrong_usage);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.error, HasSubstr("The plan has no step \"copy\". Its steps are 1, 2"));
}

TEST_F(ExplainedStep, OfAPlanThatDoesNotExistIsTheReasonWhy) {
  const Finished run = casplan({"plan", organisation, "--policy", frozen_front, "--explain", "1"});
  EXPECT_EQ(run.code, ExitCode::infeasible);
  EXPECT_THAT(run.out, HasSubstr("HQCAS1 is frozen"));
}

}  // namespace
}  // namespace casplan::tools
