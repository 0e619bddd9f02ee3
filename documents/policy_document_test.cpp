#include "documents/policy_document.h"

#include <gtest/gtest.h>

#include "documents/documents_fixture.h"
#include "documents/moment_text.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr ServerId hqcas1{0};
constexpr ServerId brcas1{1};
constexpr ServerId zhex1{3};

/// A policy document with these members after its format.
Result<Policy> read(const std::string& members) {
  return read_policy(R"({ "format": "casplan/policy/1", )" + members + " }", organisation());
}

Moment moment(std::string_view text) {
  return parse_moment(text).value();
}

/// The same with a target.
Result<Policy> read_upgrade(const std::string& members) {
  return read(R"("target": { "build": "8.2.176.2" }, )" + members);
}

std::string full_policy() {
  return R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" },
    "targets": { "brcas1": { "build": "8.1.240.6" } }, "frozen": ["ZHEX1"], "event46": "minimise", "copies": 3,
    "crews": 2,
    "durations": { "rollup": 31, "service_pack": 91, "ensure_folder": 11, "recycle": 3, "drain": 6, "return": 2 },
    "min_in_service": { "default": 0, "sites": { "HQ": 1 } },
    "windows": [ { "sites": ["Branch1"], "servers": ["HQCAS1"],
                   "weekly": { "day": "saturday", "start": "22:00", "minutes": 480 }, "utc_offset": "-05:30" },
                 { "sites": ["HQ"], "dated": { "start": "2009-11-02T00:00:00+02:00", "end": "2009-11-02T02:00:00Z" } } ],
    "before": [ ["HQCAS1", "BRCAS1"] ], "start": "2009-11-01T20:30:00Z", "latest_end": "2009-12-01T00:00:00+01:00",
    "roles": "all", "objective": ["copies", "makespan_minutes"],
    "goal": "upgrade", "readings": { "rollup_keeps": "keeps", "older_front": "needs_folder" } })";
}

TEST(PolicyDocument, HasTheContractsDefaults) {
  const auto policy = read(R"("target": { "build": "8.2.176.2" })");
  ASSERT_TRUE(policy.has_value());
  Policy expected;
  expected.target = parse_build("8.2.176.2");
  expected.start = default_start();
  EXPECT_EQ(*policy, expected);
}

TEST(PolicyDocument, ReadsEveryKey) {
  const auto policy = read_policy(full_policy(), organisation());
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->targets.at(brcas1), parse_build("8.1.240.6"));
  EXPECT_THAT(policy->frozen, ElementsAre(zhex1));
  EXPECT_EQ(policy->event46, Event46::minimise);
  EXPECT_EQ(policy->copies, 3);
  EXPECT_EQ(policy->crews, 2);
  EXPECT_EQ(policy->durations, (Durations{Minutes(31), Minutes(91), Minutes(11), Minutes(3), Minutes(6), Minutes(2)}));
  EXPECT_EQ(policy->min_in_service.at(SiteId{0}), 1);
  EXPECT_EQ(policy->min_in_service.at(SiteId{1}), 0);
  const WeeklyTime weekly{6, Minutes(22 * 60), Minutes(480), Minutes(-330)};
  const DatedTime dated{moment("2009-11-01T22:00:00Z"), moment("2009-11-02T02:00:00Z")};
  EXPECT_THAT(policy->windows, ElementsAre(Window{{hqcas1}, {SiteId{1}}, weekly}, Window{{}, {SiteId{0}}, dated}));
  EXPECT_EQ(policy->latest_end, moment("2009-11-30T23:00:00Z"));
  EXPECT_EQ(policy->roles, UpgradedRoles::all);
  EXPECT_THAT(policy->before, ElementsAre(std::pair(hqcas1, brcas1)));
  EXPECT_THAT(policy->objective, ElementsAre(Measure::copies, Measure::makespan_minutes));
  EXPECT_EQ(policy->readings.rollup_keeps, RollupKeeps::keeps);
  EXPECT_EQ(policy->readings.older_front, OlderFront::needs_folder);
  EXPECT_EQ(policy->readings.folder_match, std::nullopt);
}

TEST(PolicyDocument, ANumberForEverySiteMayBeAboveThatOfItsServers) {
  EXPECT_TRUE(read_upgrade(R"("min_in_service": { "default": 3 })"));
}

TEST(PolicyDocument, ANumberForOneSiteAboveThatOfItsClientAccessServersIsAFault) {
  EXPECT_THAT(faults_of(read_upgrade(R"("min_in_service": { "sites": { "HQ": 2, "Branch1": 1 } })")),
              ElementsAre(FaultAt("/min_in_service/sites/HQ",
                                  "2, more than the Client Access servers of the site \"HQ\" (1)", "from 0 to 1")));
}

TEST(PolicyDocument, AServerWhoseSiteIsNotKnownMayBeOneOfASitesServers) {
  Organisation unknown = organisation();
  unknown.servers[brcas1.value].site.reset();
  EXPECT_TRUE(read_policy(R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" },
                               "min_in_service": { "sites": { "HQ": 2, "Branch1": 1 } } })",
                          unknown));
}

TEST(PolicyDocument, RoundTrips) {
  for (const std::string& text :
       {full_policy(), std::string(R"({"format": "casplan/policy/1", "goal": "heal_by_copy", "copies": "forbidden"})"),
        std::string(R"({"format": "casplan/policy/1", "target": {"build": "8.3.83.6"}})")}) {
    const auto policy = read_policy(text, organisation());
    ASSERT_TRUE(policy.has_value());
    const auto again = read_policy(write_policy(*policy, organisation()), organisation());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, *policy);
  }
}

TEST(PolicyDocument, IsWrittenWithItsDefaultsInTheOrderOfTheContract) {
  const auto policy = read(R"("target": { "build": "8.2.176.2" })");
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(write_policy(*policy, organisation()), R"({
  "format": "casplan/policy/1",
  "target": {
    "build": "8.2.176.2"
  },
  "targets": {},
  "frozen": [],
  "roles": "client_access",
  "event46": "never",
  "copies": "allowed",
  "crews": 1,
  "durations": {
    "rollup": 30,
    "service_pack": 90,
    "ensure_folder": 10,
    "recycle": 2,
    "drain": 5,
    "return": 1
  },
  "min_in_service": {
    "default": 0,
    "sites": {}
  },
  "windows": [],
  "before": [],
  "start": "2009-10-03T22:00:00Z",
  "objective": ["event46_user_minutes", "unavailable_user_minutes", "copies", "feature_lag_user_minutes", "makespan_minutes"],
  "goal": "upgrade",
  "readings": "all"
}
)");
}

TEST(PolicyDocument, AnUpgradeNeedsATargetAndHealingDoesNot) {
  EXPECT_THAT(faults_of(read(R"("crews": 1)")), ElementsAre(FaultAt("", "no key \"target\"")));
  EXPECT_TRUE(read(R"("goal": "heal_by_copy")").has_value());
  EXPECT_TRUE(read(R"("goal": "heal_by_patch")").has_value());
}

TEST(PolicyDocument, AnUnknownGoalIsOneFaultWithTheNearestGoal) {
  EXPECT_THAT(faults_of(read(R"("goal": "heal_by_coppy")")),
              ElementsAre(FaultNear("/goal", "\"heal_by_coppy\"", "heal_by_copy")));
}

TEST(PolicyDocument, AWithdrawnTargetIsAFault) {
  EXPECT_THAT(faults_of(read(R"("target": { "build": "8.3.159.0" })")),
              ElementsAre(FaultAt("/target/build", "\"8.3.159.0\", which Microsoft withdrew")));
}

TEST(PolicyDocument, ATargetOutsideTheCatalogueIsAFault) {
  EXPECT_THAT(faults_of(read(R"("target": { "build": "8.2.176.3" })")),
              ElementsAre(FaultNear("/target/build", "no build of the catalogue", "8.2.176.2")));
}

TEST(PolicyDocument, ATargetBelowTodaysBuildIsAFaultThatNamesTheServer) {
  EXPECT_THAT(faults_of(read(R"("target": { "build": "8.0.708.3" })")),
              ElementsAre(FaultAt("/target", "below today's build of \"HQCAS1\" (8.1.240.6)", "frozen")));
  EXPECT_TRUE(read(R"("target": { "build": "8.0.708.3" }, "frozen": ["HQCAS1"])").has_value());
  EXPECT_TRUE(read(R"("target": { "build": "8.0.708.3" }, "targets": { "HQCAS1": { "build": "8.2.176.2" } })"));
}

/// Rollups can be removed.
TEST(PolicyDocument, ATargetBelowTodaysBuildIsWelcomeWhereItIsOfTheSameLevel) {
  Organisation contoso = organisation();
  at(contoso.servers, hqcas1).build = parse_build("8.1.393.1");
  for (const char* members :
       {R"("target": { "build": "8.1.240.6" })",
        R"("target": { "build": "8.2.176.2" }, "targets": { "HQCAS1": { "build": "8.1.336.1" } })"}) {
    const auto policy = read_policy(R"({ "format": "casplan/policy/1", )" + std::string(members) + " }", contoso);
    EXPECT_TRUE(policy.has_value()) << members;
  }
}

TEST(PolicyDocument, AServersOwnTargetBelowItsLevelIsAFault) {
  EXPECT_THAT(
      faults_of(read_upgrade(R"("targets": { "HQCAS1": { "build": "8.0.708.3" } })")),
      ElementsAre(FaultAt("/targets/HQCAS1", "below the build of \"HQCAS1\" today (8.1.240.6) by a service pack")));
}

TEST(PolicyDocument, ATargetOfTheOtherProductIsAFaultForANamedServerOnly) {
  EXPECT_THAT(faults_of(read_upgrade(R"("targets": { "HQCAS1": { "build": "14.2.247.5" } })")),
              ElementsAre(FaultAt("/targets/HQCAS1", "another product", "the same product")));
  EXPECT_TRUE(read(R"("target": { "build": "14.2.247.5" })").has_value());
}

TEST(PolicyDocument, ARollupForAnotherLevelIsNoFaultBecauseTheServicePackComesFirst) {
  EXPECT_TRUE(read_upgrade(R"("targets": { "BRCAS1": { "build": "8.1.263.1" } })").has_value());
}

TEST(PolicyDocument, TargetsAndFrozenNameKnownClientAccessServers) {
  EXPECT_THAT(
      faults_of(read_upgrade(R"("targets": { "BRCAS2": { "build": "8.2.176.2" }, "BRMBX1": { "build": "8.2.176.2" } },
                                "frozen": ["brmbx1", "ZHEX2", 7])")),
      ElementsAre(FaultNear("/targets/BRCAS2", "no server of this organisation", "BRCAS1"),
                  FaultAt("/targets/BRMBX1", "does not have the role ClientAccess"),
                  FaultAt("/frozen/0", "\"BRMBX1\", which does not have the role ClientAccess"),
                  FaultNear("/frozen/1", "\"ZHEX2\"", "ZHEX1"), FaultAt("/frozen/2", "7", "the name of a server")));
}

TEST(PolicyDocument, OnlyAServerThatIsOutOfServiceIsToReturn) {
  Organisation underway = organisation();
  at(underway.servers, brcas1).in_service = false;
  const auto read_return = [&](const std::string& names) {
    return read_policy(
        R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" }, "return": [)" + names + "] }", underway);
  };
  const auto policy = read_return("\"BRCAS1\"");
  ASSERT_TRUE(policy.has_value());
  EXPECT_THAT(policy->to_return, ElementsAre(brcas1));
  EXPECT_EQ(read_policy(write_policy(*policy, underway), underway), *policy);
  EXPECT_THAT(faults_of(read_return("\"HQCAS1\", \"BRMBX1\"")),
              ElementsAre(FaultAt("/return/0", "\"HQCAS1\", which is in service"),
                          FaultAt("/return/1", "\"BRMBX1\", which does not have the role ClientAccess")));
}

TEST(PolicyDocument, AServerThatIsNamedTwiceInTargetsIsAFault) {
  EXPECT_THAT(
      faults_of(read_upgrade(R"("targets": { "HQCAS1": {"build": "8.2.176.2"}, "hqcas1": {"build": "8.2.176.2"} })")),
      ElementsAre(FaultAt("/targets/hqcas1", "once more", "each server once")));
}

TEST(PolicyDocument, WordsHaveTheirNearest) {
  EXPECT_THAT(
      faults_of(read_upgrade(R"("event46": "minimize", "copies": "forbiden",
                                        "objective": ["copy", "makespan_minute"], "readings": "al")")),
      ElementsAre(FaultNear("/event46", "\"minimize\"", "minimise"), FaultNear("/copies", "\"forbiden\"", "forbidden"),
                  FaultAt("/objective/0", "\"copy\"", "\"makespan_minutes\""),
                  FaultNear("/objective/1", "\"makespan_minute\"", "makespan_minutes"),
                  FaultNear("/readings", "\"al\"", "all")));
}

TEST(PolicyDocument, ReadingsAreKnownByNameAndValue) {
  EXPECT_THAT(faults_of(read_upgrade(R"("readings": { "folder_mach": "running", "rollup_keeps": "keep" })")),
              ElementsAre(FaultNear("/readings/folder_mach", "the unknown key", "folder_match"),
                          FaultNear("/readings/rollup_keeps", "\"keep\"", "keeps")));
}

TEST(PolicyDocument, TheObjectiveIsANonEmptyListOfDifferentMeasures) {
  EXPECT_THAT(faults_of(read_upgrade(R"("objective": [])")), ElementsAre(FaultAt("/objective", "an empty list")));
  EXPECT_THAT(faults_of(read_upgrade(R"("objective": ["copies", "copies"])")),
              ElementsAre(FaultAt("/objective/1", "\"copies\" once more")));
}

TEST(PolicyDocument, NumbersOutOfRangeAreFaults) {
  EXPECT_THAT(faults_of(read_upgrade(R"("crews": 0, "copies": -1, "durations": { "rollup": 0, "drain": 10081 },
                                        "min_in_service": { "default": -1, "sites": { "HQ": "two" } })")),
              ElementsAre(FaultAt("/crews", "0", "from 1 to 1000"), FaultAt("/copies", "-1", "from 0"),
                          FaultAt("/durations/rollup", "0", "from 1 to 10080 (minutes)"),
                          FaultAt("/durations/drain", "10081", "from 0 to 10080"),
                          FaultAt("/min_in_service/default", "-1"), FaultAt("/min_in_service/sites/HQ", "\"two\"")));
}

TEST(PolicyDocument, AWindowIsForSomebodyAtATimeOfTheWeek) {
  EXPECT_THAT(faults_of(read_upgrade(R"("windows": [ { "weekly": { "day": "sunday", "start": "22:00", "minutes": 1 } },
        { "sites": ["Branch2"], "weekly": { "day": "Saturday", "start": "25:00", "minutes": 0 } },
        { "servers": ["HQCAS1"] } ])")),
              ElementsAre(FaultAt("/windows/0", "a window for nobody", "at least one server or site"),
                          FaultNear("/windows/1/sites/0", "\"Branch2\"", "Branch1"),
                          FaultNear("/windows/1/weekly/day", "\"Saturday\"", "saturday"),
                          FaultAt("/windows/1/weekly/start", "\"25:00\"", "a time of the day"),
                          FaultAt("/windows/1/weekly/minutes", "0", "from 1 to 10080"),
                          FaultAt("/windows/2", "no key \"weekly\" or \"dated\"")));
}

TEST(PolicyDocument, AWindowIsWeeklyOrDated) {
  EXPECT_THAT(faults_of(read_upgrade(R"("windows": [ { "servers": ["HQCAS1"],
        "weekly": { "day": "sunday", "start": "22:00", "minutes": 1 },
        "dated": { "start": "2009-10-04T00:00:00Z", "end": "2009-10-04T01:00:00Z" } } ])")),
              ElementsAre(FaultAt("/windows/0", R"(the keys "weekly" and "dated")", "one of the two")));
}

TEST(PolicyDocument, ADatedWindowEndsAfterItStarts) {
  EXPECT_THAT(
      faults_of(read_upgrade(R"("windows": [
        { "servers": ["HQCAS1"], "dated": { "start": "2009-10-04T01:00:00Z", "end": "2009-10-04T03:00:00+02:00" } },
        { "servers": ["HQCAS1"], "dated": { "start": "2009-10-04", "ends": "2009-10-04T01:00:00Z" } } ])")),
      ElementsAre(FaultAt("/windows/0/dated/end",
                          R"("2009-10-04T01:00:00Z", which is not after the window's "start" (2009-10-04T01:00:00Z))"),
                  FaultAt("/windows/1/dated", "no key \"end\""), FaultAt("/windows/1/dated/start", "\"2009-10-04\""),
                  FaultNear("/windows/1/dated/ends", "the unknown key \"ends\"", "end")));
}

TEST(PolicyDocument, AWeeklyWindowMayHaveAnOffsetOfAtMostFourteenHours) {
  EXPECT_THAT(faults_of(read_upgrade(R"("windows": [
        { "servers": ["HQCAS1"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 1 }, "utc_offset": "+14:01" },
        { "servers": ["HQCAS1"], "weekly": { "day": "sunday", "start": "22:00", "minutes": 1 }, "utc_offset": 2 },
        { "servers": ["HQCAS1"], "utc_offset": "+02:00",
          "dated": { "start": "2009-10-04T00:00:00Z", "end": "2009-10-04T01:00:00Z" } } ])")),
              ElementsAre(FaultAt("/windows/0/utc_offset", "\"+14:01\"", "\"+14:00\""),
                          FaultAt("/windows/1/utc_offset", "2", "such as \"+02:00\""),
                          FaultAt("/windows/2/utc_offset", "an offset for a window that is \"dated\"")));
}

TEST(PolicyDocument, ADatedWindowBeforeTheStartIsNoFault) {
  EXPECT_TRUE(read_upgrade(R"("windows": [ { "servers": ["HQCAS1"],
      "dated": { "start": "2008-10-04T00:00:00Z", "end": "2008-10-04T01:00:00Z" } } ])"));
}

TEST(PolicyDocument, TheLatestEndIsAfterTheStart) {
  EXPECT_THAT(faults_of(read_upgrade(R"("start": "2009-10-05T00:00:00Z", "latest_end": "2009-10-05T02:00:00+02:00")")),
              ElementsAre(FaultAt("/latest_end",
                                  R"("2009-10-05T00:00:00Z", which is not after the "start" (2009-10-05T00:00:00Z))")));
  EXPECT_THAT(faults_of(read_upgrade(R"("latest_end": "2009-10-03T21:59:00Z")")),
              ElementsAre(FaultAt("/latest_end", R"(not after the "start" (2009-10-03T22:00:00Z, the default))")));
  EXPECT_TRUE(read_upgrade(R"("latest_end": "2009-10-03T22:01:00Z")"));
}

TEST(PolicyDocument, WhoseWorkStartsWhereItsPlanCouldNotBeWrittenDownIsAFault) {
  EXPECT_TRUE(read_upgrade(R"("start": "9899-12-31T23:59:00Z")"));
  EXPECT_THAT(faults_of(read_upgrade(R"("start": "9900-01-01T00:00:00Z")")),
              ElementsAre(FaultAt("/start", "\"9900-01-01T00:00:00Z\"", "a time before 9900-01-01T00:00:00Z")));
}

TEST(PolicyDocument, ALatestEndBesideAStartThatIsNoTimeIsNoSecondFault) {
  EXPECT_THAT(faults_of(read_upgrade(R"("start": "now", "latest_end": "2009-10-03T21:59:00Z")")),
              ElementsAre(FaultAt("/start", "\"now\"")));
}

TEST(PolicyDocument, WithAllRolesServersOfOtherRolesMayBeFrozenOrHaveTargets) {
  const std::string members = R"("targets": { "BRMBX1": { "build": "8.1.240.6" } }, "frozen": ["BRMBX1"])";
  EXPECT_TRUE(read_upgrade(members + R"(, "roles": "all")"));
  EXPECT_THAT(faults_of(read_upgrade(members + R"(, "roles": "every")")),
              ElementsAre(FaultAt("/roles", "\"every\"", "\"client_access\"")))
      << "what follows from the word is no fault of its own";
}

TEST(PolicyDocument, WithAllRolesAnEdgeTransportServerIsStillNotUpgraded) {
  Organisation edge = organisation();
  edge.servers[2].roles = {Role::edge_transport};
  EXPECT_THAT(faults_of(read_policy(R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" },
                                         "roles": "all", "frozen": ["BRMBX1"] })",
                                    edge)),
              ElementsAre(FaultAt("/frozen/0", "none of the roles that are upgraded", "Mailbox")));
}

TEST(PolicyDocument, WithAllRolesATargetBelowTheBuildOfAServerOfAnyRoleIsAFault) {
  Organisation contoso = organisation();
  contoso.servers[2].build = parse_build("8.3.83.6");
  const std::string policy = R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" })";
  EXPECT_TRUE(read_policy(policy + "}", contoso));
  EXPECT_THAT(faults_of(read_policy(policy + R"(, "roles": "all" })", contoso)),
              ElementsAre(FaultAt("/target", "below today's build of \"BRMBX1\" (8.3.83.6)")));
}

TEST(PolicyDocument, ACyclicBeforeIsAFaultThatNamesTheWholeCycle) {
  EXPECT_THAT(faults_of(read_upgrade(R"("before": [["HQCAS1", "BRCAS1"], ["BRCAS1", "ZHEX1"], ["ZHEX1", "hqcas1"]])")),
              ElementsAre(FaultAt("/before", R"(the cycle "HQCAS1" before "BRCAS1" before "ZHEX1" before "HQCAS1")")));
  EXPECT_THAT(faults_of(read_upgrade(R"("before": [["HQCAS1", "HQCAS1"]])")),
              ElementsAre(FaultAt("/before", R"(the cycle "HQCAS1" before "HQCAS1")")));
}

TEST(PolicyDocument, BeforeIsAListOfPairs) {
  EXPECT_THAT(faults_of(read_upgrade(R"("before": [["HQCAS1"], "HQCAS1", ["HQCAS1", "HQCAS9"]])")),
              ElementsAre(FaultAt("/before/0", "a list of 1", "a pair of servers"),
                          FaultAt("/before/1", "\"HQCAS1\"", "a pair of servers"),
                          FaultNear("/before/2/1", "\"HQCAS9\"", "HQCAS1")));
}

TEST(PolicyDocument, TheStartIsATimeToTheMinute) {
  EXPECT_THAT(faults_of(read_upgrade(R"("start": "tonight")")),
              ElementsAre(FaultAt("/start", "\"tonight\"", "RFC 3339")));
}

}  // namespace
}  // namespace casplan::documents
