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
using ::testing::EndsWith;
using ::testing::HasSubstr;

class KeepPlan : public modelled::DocumentsTest {
 protected:
  std::string announced = path("announced.json");
  Finished planned = casplan({"plan", working, "--policy", to_sp2, "-o", announced});

  /// Asks for the rest of what was announced, for this organisation.
  [[nodiscard]] Finished rest(const std::string& organisation, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"plan", organisation, "--policy", to_sp2, "--keep", announced});
    return casplan(more);
  }

  /// The organisation with BRCAS1 out of service.
  [[nodiscard]] std::string with_brcas1_out() const {
    json document = json::parse(modelled::organisation);
    document["servers"][1]["in_service"] = false;
    return file("now.json", document.dump());
  }
};

TEST_F(KeepPlan, SaysThatAllStaysAsAnnouncedWhereNothingIsDone) {
  const Finished run = rest(working);
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, EndsWith("\nOf the steps that were announced:\n  as announced: 1, 2, 3 and 4\n"));
}

TEST_F(KeepPlan, ReturnsWhatThePlanTookOutAndCountsThatAsDone) {
  const std::string now = with_brcas1_out();
  const Finished run = rest(now);
  EXPECT_EQ(run.code, ExitCode::done) << run.error;
  EXPECT_THAT(run.out, EndsWith("\nOf the steps that were announced:\n  done: 1\n  as announced: 2, 3 and 4\n"));
  const json plan = json::parse(rest(now, {"--json"}).out);
  EXPECT_THAT(plan["steps"],
              Contains(AllOf(::testing::ResultOf([](const json& step) { return step["kind"]; }, "return"),
                             ::testing::ResultOf([](const json& step) { return step["server"]; }, "BRCAS1"))));
}

TEST_F(KeepPlan, RefusesAFileInWhichNoPlanWasFound) {
  const std::string none = file("none.json", R"({ "format": "casplan/plan/1", "steps": [],
      "outcome": { "status": "infeasible", "objective": {}, "bound": {}, "because": ["It cannot be."] } })");
  const Finished run = casplan({"plan", working, "--policy", to_sp2, "--keep", none});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("/outcome/status"));
}

}  // namespace
}  // namespace casplan::tools
