#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/casplan/files.h"
#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AgainstThePolicy : public modelled::ProgramTest {
 protected:
  std::string organisation = file("org.json", modelled::organisation);
  std::string front_alone = file("plan.json", modelled::safe_sequence);
  std::string frozen_front =
      file("policy.json", replaced(modelled::policy, "\"target\"", R"("frozen": ["HQCAS1"], "target")"));
};

TEST_F(AgainstThePolicy, VerifySaysWhatASafePlanDoes) {
  const Finished run = casplan({"verify", organisation, front_alone, "--policy", frozen_front});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("SAFE"), HasSubstr("Against the policy: Step 2 upgrades HQCAS1, which is frozen."),
                    HasSubstr("Against the policy: BRCAS1 has build 8.0.685.25 in the end")));
}

TEST_F(AgainstThePolicy, NothingIsSaidWithoutAPolicy) {
  EXPECT_THAT(casplan({"verify", organisation, front_alone}).out, Not(HasSubstr("Against the policy")));
}

TEST_F(AgainstThePolicy, NothingIsSaidOfAPlanThatWasMadeForIt) {
  const std::string policy = file("sp2.json", modelled::policy);
  ASSERT_EQ(casplan({"plan", organisation, "--policy", policy, "-o", path("made.json")}).code, ExitCode::done);
  EXPECT_THAT(casplan({"verify", organisation, path("made.json"), "--policy", policy}).out,
              Not(HasSubstr("Against the policy")));
}

TEST_F(AgainstThePolicy, VerifySaysTheSameAsJson) {
  using nlohmann::json;
  const json named =
      json::parse(casplan({"verify", organisation, front_alone, "--policy", frozen_front, "--json"}).out);
  EXPECT_EQ(named["against_policy"][0], "Against the policy: Step 2 upgrades HQCAS1, which is frozen.");
  EXPECT_FALSE(json::parse(casplan({"verify", organisation, front_alone, "--json"}).out).contains("against_policy"));
}

TEST_F(AgainstThePolicy, AnEmptyPlanIsNamedWhereSomethingIsToBeDone) {
  const std::string nothing = file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })");
  EXPECT_THAT(casplan({"verify", organisation, nothing, "--policy", frozen_front}).out,
              HasSubstr("Against the policy: BRCAS1 has build 8.0.685.25 in the end"));
}

TEST_F(AgainstThePolicy, TheTimesOfASequenceThatHasNoneAreNotJudged) {
  const std::string windows = file(
      "windows.json",
      replaced(modelled::policy, "\"target\"",
               R"("windows": [ { "sites": ["HQ"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 600 } } ],
                  "target")"));
  const Finished run = casplan({"verify", organisation, front_alone, "--policy", windows});
  EXPECT_THAT(run.out, Not(HasSubstr("outside its windows")));
  EXPECT_THAT(run.out, HasSubstr("The steps have no times of their own, so nothing is said of the policy's windows"));
}

TEST_F(AgainstThePolicy, TheRunbookIsWrittenWithAWarning) {
  const Finished run = casplan({"runbook", organisation, front_alone, "--policy", frozen_front, "-o", path("runbook")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.error, HasSubstr("Against the policy: Step 2 upgrades HQCAS1, which is frozen."));
  EXPECT_THAT(read_file(path("runbook") + "/runbook.md").value_or(""),
              HasSubstr("- Against the policy: Step 2 upgrades HQCAS1, which is frozen."))
      << "who carries it out reads the page alone";
}

}  // namespace
}  // namespace casplan::tools
