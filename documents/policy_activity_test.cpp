#include <gtest/gtest.h>

#include "documents/documents_fixture.h"
#include "documents/policy_document.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Minutes hour{60};

Result<Policy> read(const std::string& activity) {
  return read_policy(
      R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" }, "activity": )" + activity + " }",
      organisation());
}

Diagnostics faults_in(const std::string& activity) {
  return faults_of(read(activity));
}

constexpr const char* everything = R"({ "hours": [ { "from": "08:00", "to": "18:30", "percent": 90 },
    { "from": "22:00", "to": "02:00", "percent": 0 } ], "otherwise": 10, "utc_offset": "+01:00",
    "utc_offsets": { "branch1": "-05:30" } })";

TEST(ActivityOfAPolicy, HasHoursAndClocks) {
  const auto policy = read(everything);
  ASSERT_TRUE(policy.has_value());
  const Activity expected{{{8 * hour, 18 * hour + Minutes(30), 90}, {22 * hour, 2 * hour, 0}},
                          10,
                          hour,
                          {{SiteId{1}, -5 * hour - Minutes(30)}}};
  EXPECT_EQ(policy->activity, expected);
}

TEST(ActivityOfAPolicy, RoundTripsExactly) {
  const auto policy = read(everything);
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(read_policy(write_policy(*policy, organisation()), organisation()), policy);
}

TEST(ActivityOfAPolicy, IsTheDefaultInWhatItLeavesOut) {
  const auto policy = read(R"({ "utc_offset": "+02:00" })");
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->activity.hours, Activity{}.hours);
  EXPECT_EQ(policy->activity.utc_offset, 2 * hour);
}

TEST(ActivityOfAPolicy, IsWrittenOnlyWhereItIsNotTheDefaultSoThatOlderPlansFitTheirPolicies) {
  const auto policy = read("{}");
  ASSERT_TRUE(policy.has_value());
  EXPECT_THAT(write_policy(*policy, organisation()), Not(HasSubstr("activity")));
}

TEST(ActivityOfAPolicy, HasNoHoursThatOverlap) {
  EXPECT_THAT(faults_in(R"({ "hours": [ { "from": "08:00", "to": "18:00", "percent": 90 },
                                        { "from": "x", "to": "18:00", "percent": 90 },
                                        { "from": "17:59", "to": "07:00", "percent": 5 } ] })"),
              ElementsAre(FaultAt("/activity/hours/1/from", "\"x\"", "a time of the day"),
                          FaultAt("/activity/hours/2", "\"17:59\" to \"07:00\", which overlaps \"08:00\" to \"18:00\"",
                                  "do not overlap")));
}

TEST(ActivityOfAPolicy, HasPercentsFrom0To100) {
  EXPECT_THAT(faults_in(R"({ "hours": [ { "from": "08:00", "to": "18:00", "percent": 101 } ], "otherwise": -1 })"),
              ElementsAre(FaultAt("/activity/hours/0/percent", "101", "0 to 100"),
                          FaultAt("/activity/otherwise", "-1", "0 to 100")));
}

TEST(ActivityOfAPolicy, HasHoursOfSomeLength) {
  EXPECT_THAT(faults_in(R"({ "hours": [ { "from": "08:00", "to": "08:00", "percent": 1 } ] })"),
              ElementsAre(FaultAt("/activity/hours/0", "to the same time", "some length")));
}

TEST(ActivityOfAPolicy, NamesSitesOfTheOrganisationOnce) {
  EXPECT_THAT(faults_in(R"({ "utc_offsets": { "Brnch1": "+01:00", "HQ": "+25:00", "Branch1": "+01:00",
                                              "BRANCH1": "+02:00" } })"),
              ElementsAre(FaultNear("/activity/utc_offsets/Brnch1", "\"Brnch1\"", "Branch1"),
                          FaultAt("/activity/utc_offsets/HQ", "+25:00", "a distance from UTC"),
                          FaultAt("/activity/utc_offsets/BRANCH1", "once more")));
}

TEST(ActivityOfAPolicy, CanHaveAPartOfTheDayForEachMinute) {
  std::string hours;
  for (int i = 0; i < 1441; ++i) hours += R"({ "from": "08:00", "to": "08:01", "percent": 1 },)";
  hours.pop_back();
  EXPECT_THAT(faults_in("{ \"hours\": [" + hours + "] }"),
              ElementsAre(FaultAt("/activity/hours", "1441 parts of a day", "at most 1440")));
}

}  // namespace
}  // namespace casplan::documents
