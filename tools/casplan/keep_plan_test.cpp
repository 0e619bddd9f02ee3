#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/program_fixture.h"

/// `plan --keep`: the rest of a plan that was announced.
namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class KeepPlan : public modelled::ProgramTest {
 protected:
  std::string organisation = file("org.json", modelled::organisation);
  std::string policy = file("policy.json", modelled::policy);
  std::string announced = file("announced.json", "");
  Finished planned = casplan({"plan", organisation, "--policy", policy, "-o", announced});

  /// The organisation with something else said of its second server.
  [[nodiscard]] std::string now(const std::string& key, const json& value) const {
    json document = json::parse(modelled::organisation);
    document["servers"][1][key] = value;
    return file("now.json", document.dump());
  }
};

TEST_F(KeepPlan, SaysThatAllStaysAsAnnouncedWhereNothingIsDone) {
  const Finished run = casplan({"plan", organisation, "--policy", policy, "--keep", announced});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("Of the steps that were announced:\n  as announced: "));
}

TEST_F(KeepPlan, ReturnsWhatThePlanTookOutAndCountsThatAsDone) {
  const Finished run = casplan({"plan", now("in_service", false), "--policy", policy, "--keep", announced, "--json"});
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  const json plan = json::parse(run.out);
  EXPECT_THAT(plan["steps"],
              Contains(AllOf(::testing::ResultOf([](const json& step) { return step["kind"]; }, "return"),
                             ::testing::ResultOf([](const json& step) { return step["server"]; }, "BRCAS1"))));
}

TEST_F(KeepPlan, RefusesAFileInWhichNoPlanWasFound) {
  const std::string none = file("none.json", R"({ "format": "casplan/plan/1", "steps": [],
      "outcome": { "status": "infeasible", "objective": {}, "bound": {}, "because": ["It cannot be."] } })");
  const Finished run = casplan({"plan", organisation, "--policy", policy, "--keep", none});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("/outcome/status"));
}

}  // namespace
}  // namespace casplan::tools
