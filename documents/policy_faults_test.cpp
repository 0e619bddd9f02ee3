#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/documents_fixture.h"
#include "documents/policy_document.h"

namespace casplan::documents {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Result<Policy> read(const std::string& faults) {
  return read_policy(R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" }, "faults": )" + faults + " }",
                     organisation());
}

const std::string every_key = R"({
    "steps": { "rollup": { "probability": 0.01, "repair": 1 }, "service_pack": { "probability": 0.02, "repair": 2 },
               "ensure_folder": { "probability": 0.03, "repair": 3 }, "recycle": { "probability": 0.04, "repair": 4 },
               "drain": { "probability": 0.05, "repair": 5 }, "return": { "probability": 0.06, "repair": 6 } },
    "tries": 7, "partial_copy": { "probability": 0.08, "minutes": 8 },
    "forgotten_recycle": { "probability": 0.09, "minutes": 9 }, "late_crew": { "probability": 0.1, "minutes": 10 },
    "server_down": { "probability_per_day": 0.000011, "minutes": 11 },
    "front_out_of_rotation": { "probability_per_day": 1, "minutes": 12 } })";

TEST(FaultsOfAPolicy, AreReadKeyByKey) {
  const auto policy = read(every_key);
  ASSERT_TRUE(policy.has_value());
  const FaultModel& faults = policy->faults;
  EXPECT_EQ(faults.rollup, (StepFault{Probability(10'000), Minutes(1)}));
  EXPECT_EQ(faults.service_pack, (StepFault{Probability(20'000), Minutes(2)}));
  EXPECT_EQ(faults.ensure_folder, (StepFault{Probability(30'000), Minutes(3)}));
  EXPECT_EQ(faults.recycle, (StepFault{Probability(40'000), Minutes(4)}));
  EXPECT_EQ(faults.drain, (StepFault{Probability(50'000), Minutes(5)}));
  EXPECT_EQ(faults.return_to_service, (StepFault{Probability(60'000), Minutes(6)}));
  EXPECT_EQ(faults.tries, 7);
  EXPECT_EQ(faults.partial_copy, (PassingFault{Probability(80'000), Minutes(8)}));
  EXPECT_EQ(faults.forgotten_recycle, (PassingFault{Probability(90'000), Minutes(9)}));
  EXPECT_EQ(faults.late_crew, (PassingFault{Probability(100'000), Minutes(10)}));
  EXPECT_EQ(faults.server_down, (PassingFault{Probability(11), Minutes(11)}));
  EXPECT_EQ(faults.front_out_of_rotation, (PassingFault{Probability(1'000'000), Minutes(12)}));
}

TEST(FaultsOfAPolicy, ThatAreLeftOutHaveTheirDefaults) {
  const auto policy = read(R"({ "steps": { "recycle": { "repair": 4 } }, "tries": 1 })");
  ASSERT_TRUE(policy.has_value());
  FaultModel expected;
  expected.recycle.repair = Minutes(4);
  expected.tries = 1;
  EXPECT_EQ(policy->faults, expected);
}

TEST(FaultsOfAPolicy, AreWrittenAsTheyWereRead) {
  const auto policy = read(every_key);
  ASSERT_TRUE(policy.has_value());
  const auto again = read_policy(write_policy(*policy, organisation()), organisation());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->faults, policy->faults);
}

TEST(FaultsOfAPolicy, AreNotWrittenWhereAllAreDefaults) {
  const auto policy = read("{}");
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->faults, FaultModel());
  EXPECT_THAT(write_policy(*policy, organisation()), Not(HasSubstr("faults")));
}

TEST(FaultsOfAPolicy, ThatAreOutOfRangeAreNamedWithTheirPlaces) {
  EXPECT_THAT(
      faults_of(read(R"({ "steps": { "rollup": { "probability": 1.5, "repair": -1 }, "return": { "repair": 10081 } },
                          "tries": 0, "late_crew": { "probability": -0.1 }, "partial_copy": { "probability": 0.0000001 },
                          "server_down": { "probability_per_day": "often", "minutes": -5 } })")),
      ElementsAre(FaultAt("/faults/steps/rollup/probability", "1.5", "a number from 0 to 1"),
                  FaultAt("/faults/steps/rollup/repair", "-1", "from 0 to 10080 (minutes)"),
                  FaultAt("/faults/steps/return/repair", "10081"), FaultAt("/faults/tries", "0", "from 1 to 100"),
                  FaultAt("/faults/late_crew/probability", "-0.1"),
                  FaultAt("/faults/partial_copy/probability", "0.0000001", "at most six decimals"),
                  FaultAt("/faults/server_down/probability_per_day", "\"often\""),
                  FaultAt("/faults/server_down/minutes", "-5")));
}

TEST(FaultsOfAPolicy, ThatNobodyKnowsAreFaults) {
  EXPECT_THAT(faults_of(read(R"({ "server_down": { "probability": 0.1 }, "steps": { "upgrade": {} } })")),
              ElementsAre(FaultAt("/faults/server_down/probability", "unknown key"),
                          FaultAt("/faults/steps/upgrade", "unknown key")));
}

}  // namespace
}  // namespace casplan::documents
