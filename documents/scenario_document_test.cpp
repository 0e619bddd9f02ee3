#include "documents/scenario_document.h"

#include <gtest/gtest.h>

#include "documents/documents_fixture.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string scenario_text() {
  return R"({
    "format": "casplan/scenario/1", "name": "Front to SP1", "evidence": "documented", "source": "Microsoft KB 947168",
    "story": "The front was upgraded, the branches were not.", "readings": { "folder_load": "at_start" },
    "expect": {
      "check": { "exit": 12, "verdicts": { "works": 3, "event46": 1 },
        "paths": [ { "front": "HQCAS1", "target": "BRCAS1", "verdict": "event46", "event": 46,
                     "rule": "newer_front_without_folder", "message": "Client Access server", "users": 12.5 } ],
        "sites": [ { "site": "HQ", "served_users": 1200, "broken_users": null, "undecided_users": 0.5,
                     "level": "SP1" } ] },
      "plan": { "exit": 0, "status": "optimal",
        "steps": [ ["upgrade", "HQCAS1", "8.2.176.2"], ["ensure_folder", "HQCAS1", "8.0.685.24"],
                   ["recycle", "HQCAS1"] ],
        "copies": 1, "event46_user_minutes": 0, "unavailable_user_minutes": null, "bound": { "copies": 1 },
        "because": ["frozen"], "verify": { "exit": 0, "verdict": "safe" } },
      "verify": { "exit": 0, "verdict": "safe" },
      "simulate": { "exit": 0, "ends_without_event46": true,
        "states": [ { "after": null, "start": 0, "end": 90, "broken": [ ["HQCAS1", "BRCAS1", 46] ] },
                    { "after": "1", "start": 90, "end": 90, "broken": [] } ],
        "moments": [ { "minute": 5, "broken": [ ["HQCAS1", "DPCAS1", 46] ],
                       "sites": [ { "site": "HQ", "served_users": 0.25 } ] } ],
        "totals": { "copies": 1, "feature_lag_user_minutes": null } } } })";
}

Diagnostics faults_with(std::string_view from, std::string_view to) {
  return faults_of(read_scenario(replaced(scenario_text(), from, to)));
}

TEST(ScenarioDocument, ReadsWhatCheckMustSay) {
  const auto scenario = read_scenario(scenario_text());
  ASSERT_TRUE(scenario.has_value());
  EXPECT_EQ(scenario->evidence, ScenarioEvidence::documented);
  EXPECT_EQ(scenario->readings.folder_load, FolderLoad::at_start);
  ASSERT_TRUE(scenario->check);
  EXPECT_EQ(scenario->check->exit, 12);
  ASSERT_TRUE(scenario->check->verdicts);
  EXPECT_EQ(scenario->check->verdicts->at(Verdict::works), 3);
  EXPECT_EQ(scenario->check->verdicts->at(Verdict::fault), 0);
  const ExpectedPath& path = scenario->check->paths.at(0);
  EXPECT_EQ(path.verdict, Verdict::event46);
  EXPECT_EQ(path.event, 46);
  EXPECT_EQ(path.users, ExpectedUsers{12'500});
  const ExpectedSite& site = scenario->check->sites.at(0);
  EXPECT_EQ(site.served_users, ExpectedUsers{1'200'000});
  EXPECT_EQ(site.broken_users, ExpectedUsers{});
  EXPECT_EQ(site.unavailable_users, std::nullopt);
  EXPECT_EQ(site.undecided_users, ExpectedUsers{500});
}

TEST(ScenarioDocument, ReadsWhatTheOtherCommandsMustSay) {
  const auto scenario = read_scenario(scenario_text());
  ASSERT_TRUE(scenario.has_value());
  const auto& steps = scenario->plan->steps;
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->at(0).build, parse_build("8.2.176.2"));
  EXPECT_EQ(steps->at(1).folder, parse_folder_name("8.0.685.24"));
  EXPECT_EQ(steps->at(2).kind, StepKind::recycle);
  EXPECT_EQ(scenario->plan->status, PlanStatus::optimal);
  EXPECT_THAT(scenario->plan->objective,
              ElementsAre(Pair(Measure::event46_user_minutes, 0), Pair(Measure::unavailable_user_minutes, std::nullopt),
                          Pair(Measure::copies, 1)));
  EXPECT_THAT(scenario->plan->bound, ElementsAre(Pair(Measure::copies, 1)));
  EXPECT_EQ(scenario->plan->verify->verdict, verifier::Safety::safe);
  EXPECT_EQ(scenario->verify->verdict, verifier::Safety::safe);
  const auto& simulate = scenario->simulate;
  EXPECT_EQ(simulate->states->at(0).broken.at(0).event, 46);
  EXPECT_EQ(simulate->states->at(0).after, std::nullopt);
  EXPECT_EQ(simulate->states->at(1).after, "1");
  const ExpectedMoment& moment = simulate->moments.at(0);
  EXPECT_EQ(moment.minute, Minutes(5));
  EXPECT_EQ(moment.broken->at(0).target, "DPCAS1");
  EXPECT_EQ(moment.sites.at(0).served_users, ExpectedUsers{250});
  EXPECT_THAT(simulate->totals,
              ElementsAre(Pair(Measure::copies, 1), Pair(Measure::feature_lag_user_minutes, std::nullopt)));
}

TEST(ScenarioDocument, HasAtLeastOneExpectation) {
  EXPECT_THAT(faults_of(read_scenario(R"({ "format": "casplan/scenario/1", "name": "n", "evidence": "derived",
                                           "source": "s", "story": "s", "expect": {} })")),
              ElementsAre(FaultAt("/expect", "an empty object", "\"check\"")));
}

TEST(ScenarioDocument, SaysHowItsFiguresComeAboutWhereItIsModelled) {
  EXPECT_THAT(faults_with("\"documented\"", "\"modelled\""),
              ElementsAre(FaultAt("", "without reckoning", "how the expected figures come about")));
  const auto scenario =
      read_scenario(replaced(scenario_text(), "\"documented\"", R"("modelled", "reckoning": ["Half of 25."])"));
  ASSERT_TRUE(scenario.has_value());
  EXPECT_EQ(scenario->evidence, ScenarioEvidence::modelled);
  EXPECT_THAT(scenario->reckoning, ElementsAre("Half of 25."));
}

TEST(ScenarioDocument, FaultsHaveTheirPlaceAndNearestName) {
  EXPECT_THAT(faults_with("\"documented\"", "\"documentd\""),
              ElementsAre(FaultNear("/evidence", "\"documentd\"", "documented")));
  EXPECT_THAT(faults_with("\"event46\", \"event\"", "\"event47\", \"event\""),
              ElementsAre(FaultNear("/expect/check/paths/0/verdict", "\"event47\"", "event46")));
  EXPECT_THAT(faults_with("\"exit\": 12", "\"exit\": 256"), ElementsAre(FaultAt("/expect/check/exit", "256")));
  EXPECT_THAT(faults_with("12.5", "12.5001"),
              ElementsAre(FaultAt("/expect/check/paths/0/users", "12.5001", "at most three decimals")));
  EXPECT_THAT(faults_with("[\"recycle\", \"HQCAS1\"]", "[\"recycle\", \"HQCAS1\", \"8.2.176.2\"]"),
              ElementsAre(FaultAt("/expect/plan/steps/2", "a list of 3")));
  EXPECT_THAT(faults_with("[\"HQCAS1\", \"BRCAS1\", 46]", "[\"HQCAS1\", 46]"),
              ElementsAre(FaultAt("/expect/simulate/states/0/broken/0", "a list of 2")));
  EXPECT_THAT(faults_with("\"works\": 3", "\"work\": 3"),
              ElementsAre(FaultAt("/expect/check/verdicts/work", "the unknown key")));
  EXPECT_THAT(faults_with("\"minute\": 5", "\"minute\": -5"),
              ElementsAre(FaultAt("/expect/simulate/moments/0/minute", "-5")));
  EXPECT_THAT(faults_with("\"copies\": 1, \"feature", "\"copy\": 1, \"feature"),
              ElementsAre(FaultAt("/expect/simulate/totals/copy", "the unknown key")));
}

}  // namespace
}  // namespace casplan::documents
