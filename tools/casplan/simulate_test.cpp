#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using modelled::casplan;
using modelled::Finished;
using modelled::replaced;
using ::testing::HasSubstr;

using Simulate = modelled::DocumentsTest;

TEST_F(Simulate, OfASafeSequenceIsDoneAndGivesTheTotals) {
  const Finished run = casplan({"simulate", working, safe});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.out, HasSubstr("No state that lasts has Event 46."));
  EXPECT_THAT(run.out, ::testing::ContainsRegex("unavailable_user_minutes +154500 +7725\n"))
      << "1500 users from 5 to 108, of whom 5 percent are logged on at night";
  EXPECT_THAT(run.out, ::testing::ContainsRegex("feature_lag_user_minutes +[a-z ]+\n"))
      << "without a policy it is unknown";
}

TEST_F(Simulate, OfASequenceIsTheSameTypedInAFileAndInADocument) {
  const std::string typed =
      "drain HQCAS1; upgrade HQCAS1 8.2.176.2; ensure HQCAS1 8.0.685.24; recycle HQCAS1; return HQCAS1";
  const std::string steps = file("night.txt", "# tonight\n" + typed + "\n");
  const Finished from_document = casplan({"simulate", working, safe});
  EXPECT_EQ(casplan({"simulate", working, "--sequence", typed}), from_document);
  EXPECT_EQ(casplan({"simulate", working, "--sequence", "@" + steps}), from_document);
  EXPECT_EQ(casplan({"simulate", working, steps}), from_document);
  EXPECT_EQ(casplan({"verify", working, "--sequence", typed}), casplan({"verify", working, safe}));
}

TEST_F(Simulate, OfAnUnsafeSequencePredictsEvent46OnTheWay) {
  const Finished run = casplan({"simulate", working, unsafe});
  EXPECT_EQ(run.code, ExitCode::event46);
  EXPECT_THAT(run.out, ::testing::ContainsRegex("event46_user_minutes +600 +30\n")) << "300 users for two minutes";
  EXPECT_THAT(run.out, HasSubstr("Event 46 is predicted on the way. At the end there is none."));
}

TEST_F(Simulate, WithoutListedFoldersCannotTell) {
  const std::string nothing = file("nothing.json", R"({ "format": "casplan/plan/1", "steps": [] })");
  EXPECT_EQ(casplan({"simulate", unlisted, nothing}).code, ExitCode::cannot_tell);
}

TEST_F(Simulate, HeedsTheDurationsOfThePolicy) {
  const std::string slow = policy_with(R"("durations": { "service_pack": 200 })");
  EXPECT_THAT(casplan({"simulate", working, safe, "--policy", slow}).out,
              ::testing::ContainsRegex("makespan_minutes +218\n"));
}

TEST_F(Simulate, WarnsOfAPlanThatWasMadeForAnotherOrganisationAndPlaysIt) {
  ASSERT_EQ(casplan({"plan", working, "--policy", to_sp2, "-o", path("plan.json")}).code, ExitCode::done);
  const std::string grown = file("grown.json", replaced(modelled::organisation, "300", "301"));
  const Finished run = casplan({"simulate", grown, path("plan.json")});
  EXPECT_EQ(run.code, ExitCode::done);
  EXPECT_THAT(run.error, HasSubstr("plan.json: /digest/organisation: this is the digest of another organisation."));
}

TEST_F(Simulate, WritesTheTableTheChartAndTheRecords) {
  ASSERT_EQ(casplan({"simulate", working, unsafe, "--csv", path("sites.csv"), "--svg", path("night.svg"), "--events",
                     path("events.csv")})
                .code,
            ExitCode::event46);
  EXPECT_THAT(text_of("sites.csv"), HasSubstr("\r\nBranch1,2009-10-03T23:36:00Z,2009-10-03T23:38:00Z,96,98,3,broken"));
  EXPECT_THAT(text_of("night.svg"), ::testing::EndsWith("</svg>\n"));
  EXPECT_THAT(text_of("events.csv"), HasSubstr("\r\n46,hqcas1.contoso.com,Proxy,Error,"));
}

TEST_F(Simulate, ThatIsRefusedWritesNothing) {
  const auto before = entries();
  EXPECT_EQ(casplan({"simulate", working, "--sequence", "return HQCAS1", "--csv", path("sites.csv")}).code,
            ExitCode::bad_input);
  EXPECT_EQ(entries(), before);
}

TEST_F(Simulate, NamesAFileThatCannotBeWritten) {
  const Finished run = casplan({"simulate", working, safe, "--svg", path("safe.json/night.svg")});
  EXPECT_EQ(run.code, ExitCode::bad_input);
  EXPECT_THAT(run.error, HasSubstr("safe.json/night.svg: "));
}

TEST_F(Simulate, CountsUsersByTheClocksOfTheirSites) {
  const std::string office =
      policy_with(R"("activity": { "hours": [ { "from": "08:00", "to": "18:00", "percent": 100 } ],
                                             "otherwise": 0, "utc_offset": "-12:00" })");
  EXPECT_THAT(casplan({"simulate", working, unsafe, "--policy", office}).out,
              ::testing::ContainsRegex("event46_user_minutes +600 +600\n"));
}

}  // namespace
}  // namespace casplan::tools
