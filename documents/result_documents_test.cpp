#include "documents/result_documents.h"

#include <gmock/gmock.h>

#include "documents/documents_fixture.h"
#include "documents/simulation_result.h"

namespace casplan::documents {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr ServerId hqcas1{0};
constexpr ServerId brcas1{1};
constexpr ServerId zhex1{3};
constexpr ProxyPath to_branch{hqcas1, brcas1, SiteId{1}};
constexpr ProxyPath to_zurich{hqcas1, zhex1, SiteId{2}};

simulator::Users users(std::int64_t numerator, std::int64_t denominator = 1) {
  ExactSum sum;
  sum.add({numerator, denominator});
  return sum;
}

Judgement event46_judgement() {
  return {Verdict::event46, RuleId::newer_front_without_folder, event46, parse_folder_name("8.0.685.24")};
}

simulator::Assessment assessment() {
  simulator::Assessment result;
  result.paths = {{to_branch, event46_judgement(), users(200, 3)},
                  {to_zurich, {Verdict::fault, RuleId::internal_url_not_https, 42, {}}, std::nullopt}};
  simulator::SiteAssessment site;
  site.site = SiteId{1};
  site.served = users(25, 2);
  site.broken = users(200, 3);
  site.unavailable = users(0);
  site.features = {{Level{8, 0}, users(25, 2)}, {Level{14, 2}, std::nullopt}};
  site.has_no_cas = true;
  result.sites = {site};
  return result;
}

TEST(CheckResult, ShowsPathsAndSitesAsTheContractSays) {
  Organisation small = organisation();
  const std::string written = write_check_result(small, initial_state(small), assessment());
  EXPECT_THAT(written, testing::StartsWith(R"({
  "paths": [
    {
      "front": "HQCAS1",
      "target": "BRCAS1",
      "site": "Branch1",
      "users": 66.667,
      "verdict": "event46",
      "event": 46,
      "folder": "8.0.685.24",
      "message": "Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version \"8.1.240.5\", is proxying)"));
  EXPECT_THAT(written, HasSubstr(R"(      "rule": "newer_front_without_folder",
      "evidence": "KB"
    },
    {
      "front": "HQCAS1",
      "target": "ZHEX1",
      "site": "Zürich",
      "users": null,
      "verdict": "fault",
      "event": 42,
      "message": "The target's InternalURL is not https)"));
  EXPECT_THAT(written, HasSubstr(R"(      "site": "Branch1",
      "mailboxes": 300,
      "served_users": 12.5,
      "broken_users": 66.667,
      "unavailable_users": 0,
      "undecided_users": null,
      "event": 41,
      "features": [
        {
          "level": "RTM",
          "users": 12.5,
          "ids": [")"));
  EXPECT_THAT(written, HasSubstr(R"(          "level": "2010 SP2",
          "users": null,
          "ids": null)"));
}

/// Two states: in the first both paths fail, for two reasons; in the second nothing does.
std::string written_simulation() {
  const Organisation contoso = organisation();
  Plan plan;
  plan.steps = {{"first", {}, "", {}, {}}};
  const simulator::Assessment failing = assessment();
  simulator::Assessment healed = failing;
  healed.paths[0].judgement = {Verdict::works, RuleId::newer_front_with_folder, {}, {}};
  healed.paths[1].judgement = {Verdict::idle, RuleId::end_out_of_service, {}, {}};
  simulator::Totals totals;
  value(totals.all, Measure::copies) = 1;
  value(totals.logged_on, Measure::event46_user_minutes) = 7;
  SimulationResult result(contoso, plan);
  const State state;
  result.add({std::nullopt, Minutes(0), Minutes(10), state, failing}, {ServerId{0}},
             {{SiteId{0}, simulator::SiteCondition::some_fail, std::nullopt, Fraction{1, 3}, {42, 46}, {ServerId{1}}}});
  result.add({StepIndex{0}, Minutes(10), Minutes(10), state, healed}, {}, {});
  return result.take(totals, {{{Moment{}, ServerId{0}, ServerId{1}, "It fails."}}, 3});
}

TEST(SimulationResult, ShowsEachStateWithWhatFailsInIt) {
  const std::string written = written_simulation();
  EXPECT_THAT(written, testing::StartsWith(R"({
  "states": [
    {
      "after": null,
      "start": 0,
      "end": 10,
      "broken_paths": [
        {
          "front": "HQCAS1",
          "target": "BRCAS1",
          "event": 46
        },
        {
          "front": "HQCAS1",
          "target": "ZHEX1",
          "event": 42
        }
      ],
      "fronts": ["HQCAS1"],
      "sites": [)"));
  EXPECT_THAT(written, HasSubstr(R"(      "after": "first",
      "start": 10,
      "end": 10,
      "broken_paths": [],)"));
}

TEST(SimulationResult, ShowsWhatTheUsersOfASiteMeet) {
  EXPECT_THAT(written_simulation(), HasSubstr(R"(          "condition": "some_fail",
          "share": "1/3",
          "events": [42, 46],
          "targets": ["BRCAS1"]
        }
      ])"));
}

TEST(SimulationResult, EndsWithTheTotalsAndTheRecordsOfEvent46) {
  EXPECT_THAT(written_simulation(), testing::EndsWith(R"(  "totals": {
    "event46_user_minutes": null,
    "unavailable_user_minutes": null,
    "copies": 1,
    "feature_lag_user_minutes": null,
    "makespan_minutes": null
  },
  "logged_on": {
    "event46_user_minutes": 7,
    "unavailable_user_minutes": null,
    "feature_lag_user_minutes": null
  },
  "event46_records": [
    {
      "time": "1970-01-01T00:00:00Z",
      "computer": "hqcas1.contoso.com",
      "source": "MSExchange OWA",
      "category": "Proxy",
      "id": 46,
      "type": "Error",
      "message": "It fails."
    }
  ],
  "event46_records_left_off": 3
}
)"));
}

verifier::Report unsafe_report() {
  verifier::Report report;
  report.safety = verifier::Safety::unsafe;
  report.readings = 64;
  report.broken_today = {{to_branch, StepIndex{1}}, {to_zurich, std::nullopt}};
  report.undecided = {{to_zurich, {Verdict::cannot_tell, RuleId::folder_unknown, {}, {}}}};
  verifier::Counterexample example;
  example.kind = verifier::ViolationKind::event46_on_the_way;
  example.order = {StepIndex{1}, StepIndex{0}};
  example.readings.older_front = OlderFront::needs_folder;
  example.path = to_branch;
  example.judgement = event46_judgement();
  example.event = "Client Access server ...";
  example.missing_arrow = verifier::MissingArrow{StepIndex{0}, StepIndex{1}};
  report.counterexample = example;
  return report;
}

Plan two_steps() {
  Plan plan;
  plan.steps = {{"a", {}, "", {}, {}}, {"b", {}, "", {}, {}}};
  return plan;
}

TEST(VerificationResult, ShowsTheCounterexample) {
  EXPECT_EQ(write_verification_result(organisation(), two_steps(), unsafe_report()), R"({
  "verdict": "unsafe",
  "orders": "schedule",
  "readings": 64,
  "failures": 0,
  "counterexample": {
    "kind": "event46_on_the_way",
    "order": ["b", "a"],
    "reading": {
      "folder_match": "running",
      "folder_load": "at_start",
      "service_pack_removes": "all_earlier",
      "rollup_keeps": "keeps",
      "rollup_removal": "folder_stays",
      "older_front": "needs_folder"
    },
    "front": "HQCAS1",
    "target": "BRCAS1",
    "event": 46,
    "rule": "newer_front_without_folder",
    "evidence": "KB",
    "message": "Client Access server ...",
    "missing_arrow": {
      "step": "b",
      "after": "a"
    }
  },
  "broken_today": [
    {
      "front": "HQCAS1",
      "target": "BRCAS1",
      "mended_by": "b"
    },
    {
      "front": "HQCAS1",
      "target": "ZHEX1",
      "mended_by": null
    }
  ],
  "undecided": [
    {
      "front": "HQCAS1",
      "target": "ZHEX1",
      "rule": "folder_unknown",
      "evidence": "KB"
    }
  ],
  "stops": [],
  "properties": []
}
)");
}

TEST(VerificationResult, ShowsTheCaseInWhichALawIsBroken) {
  verifier::Report report;
  report.safety = verifier::Safety::unsafe;
  report.properties = {{"Nobody meets Event 46.", 3, 947168, false, {"Suppose it rains.", "Then it does not hold."}}};
  EXPECT_THAT(write_verification_result(organisation(), two_steps(), report), HasSubstr(R"(  "properties": [
    {
      "name": "Nobody meets Event 46.",
      "cases": 3,
      "seed": 947168,
      "passed": false,
      "counterexample": [
        "Suppose it rains.",
        "Then it does not hold."
      ]
    }
  ])"));
}

verifier::Stop stop_of_a_failed_front() {
  verifier::Stop stop{StepIndex{1},
                      verifier::StopTime::in_the_middle,
                      {StepIndex{0}},
                      verifier::Safety::unsafe,
                      {},
                      {},
                      {},
                      {},
                      {},
                      {}};
  stop.out_of_service = {hqcas1};
  stop.sites_without_service = {SiteId{1}};
  stop.entry_points_without_service = {verifier::EntryPointId{0}};
  stop.partial_folder_paths = {to_branch};
  const verifier::PathFault fault{to_branch, {Verdict::event46, RuleId::older_front, event46, {}}, {}};
  stop.ways_out = {{verifier::WayOutKind::repeat_step, verifier::Safety::safe, {hqcas1}},
                   {verifier::WayOutKind::return_servers, verifier::Safety::unsafe, {hqcas1}, fault}};
  return stop;
}

TEST(VerificationResult, ShowsWhetherTheWorkMayStopAndTheWaysOut) {
  verifier::Report report;
  report.safety = verifier::Safety::safe;
  report.stops = {stop_of_a_failed_front()};
  EXPECT_THAT(write_verification_result(organisation(), two_steps(), report), HasSubstr(R"(  "stops": [
    {
      "step": "b",
      "when": "in_the_middle",
      "ended_too": ["a"],
      "safe": false,
      "out_of_service": ["HQCAS1"],
      "sites_without_service": ["Branch1"],
      "entry_points_without_service": ["mail.contoso.com"],
      "partial_folder_paths": [
        {
          "front": "HQCAS1",
          "target": "BRCAS1"
        }
      ],
      "ways_out": [
        {
          "kind": "repeat_step",
          "safe": true,
          "servers": ["HQCAS1"],
          "text": "Repeat step b, and go on with the plan."
        },
        {
          "kind": "return_servers",
          "safe": false,
          "servers": ["HQCAS1"],
          "text": "Do not return HQCAS1 to service as it is: HQCAS1 would proxy to BRCAS1, which is newer."
        }
      ]
    }
  ],)"));
}

TEST(VerificationResult, SaysNullWhereItCannotTellWhetherTheWorkMayStop) {
  verifier::Report report;
  report.stops = {stop_of_a_failed_front()};
  report.stops[0].safety = verifier::Safety::cannot_tell;
  EXPECT_THAT(write_verification_result(organisation(), two_steps(), report), HasSubstr(R"("safe": null)"));
}

TEST(VerificationResult, ShowsARefusedStep) {
  verifier::Report report;
  report.safety = verifier::Safety::unsafe;
  verifier::Counterexample example;
  example.kind = verifier::ViolationKind::step_refused;
  example.step = StepIndex{1};
  example.refusal = simulator::Refusal{simulator::RefusalReason::no_source, hqcas1};
  report.counterexample = example;
  EXPECT_THAT(
      write_verification_result(organisation(), two_steps(), report),
      AllOf(HasSubstr(R"("kind": "step_refused")"), HasSubstr(R"("step": "b")"), HasSubstr(R"("reason": "no_source",
      "server": "HQCAS1")"),
            Not(HasSubstr("\"front\":"))));
}

TEST(VerificationResult, HasNoCounterexampleWhereThePlanIsSafe) {
  verifier::Report report;
  report.safety = verifier::Safety::safe;
  report.orders = verifier::Orders::all;
  EXPECT_THAT(
      write_verification_result(organisation(), two_steps(), report),
      AllOf(HasSubstr(R"("verdict": "safe")"), HasSubstr(R"("orders": "all")"), Not(HasSubstr("counterexample"))));
}

}  // namespace
}  // namespace casplan::documents
