#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostics.h"
#include "model/measures.h"
#include "model/plan.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/step.h"
#include "verifier/verdict.h"

/// A scenario: an organisation with a story and what the program must say about it. It is a folder with
/// `organisation.json`, perhaps `policy.json` and `plan.json` (a hand-written sequence), and `scenario.json`, which is
/// read here. Servers and sites are names, so that the expectations can be read without the organisation.
namespace casplan::documents {

enum class ScenarioEvidence {
  documented,  ///< a Microsoft document tells this case
  derived,     ///< it follows from the rules
  modelled,    ///< an invented organisation of realistic size; its figures are reckoned by hand
};

/// A number of users as the results print it, in thousandths; empty: not known.
struct ExpectedUsers {
  std::optional<std::int64_t> thousandths;

  friend bool operator==(const ExpectedUsers&, const ExpectedUsers&) = default;
};

struct ExpectedPath {
  std::string front;
  std::string target;
  Verdict verdict = Verdict::works;
  std::optional<int> event;
  std::optional<std::string> rule;
  std::optional<std::string> message;
  std::optional<ExpectedUsers> users;  ///< empty: not asked for, as with all that follows
};

struct ExpectedSite {
  std::string site;
  std::optional<ExpectedUsers> served_users;
  std::optional<ExpectedUsers> broken_users;
  std::optional<ExpectedUsers> unavailable_users;
  std::optional<ExpectedUsers> undecided_users;
  std::optional<std::string> level;  ///< whose features the users see who are served
};

struct CheckExpectation {
  int exit = 0;
  std::optional<std::map<Verdict, std::int64_t>> verdicts;  ///< of how many paths; a verdict that is not named: none
  std::vector<ExpectedPath> paths;
  std::vector<ExpectedSite> sites;
};

/// Values of the measures that are asked for; an empty value: not known.
using ExpectedMeasures = std::map<Measure, std::optional<std::int64_t>>;

/// A step of the plan that is expected: `build` is there for an upgrade, `folder` for an ensure_folder.
struct ExpectedStep {
  StepKind kind = StepKind::recycle;
  std::string server;
  std::optional<BuildVersion> build;
  std::optional<OwaVersion> folder;
};

struct VerifyExpectation {
  int exit = 0;
  std::optional<verifier::Safety> verdict;
};

struct PlanExpectation {
  int exit = 0;
  std::optional<PlanStatus> status;
  std::optional<std::vector<ExpectedStep>> steps;  ///< all steps, in the order of their starts
  ExpectedMeasures objective;
  ExpectedMeasures bound;
  std::vector<std::string> because;         ///< each is contained in one of the outcome's sentences
  std::optional<VerifyExpectation> verify;  ///< of the plan that is written, also where there is a sequence by hand
};

struct ExpectedBrokenPath {
  std::string front;
  std::string target;
  int event = 0;
};

struct ExpectedState {
  std::optional<std::string> after;  ///< the id of the step that ended last; empty before the first end
  Minutes start{};                   ///< from the plan's start, like `end`
  Minutes end{};
  std::vector<ExpectedBrokenPath> broken;
};

/// What users have at a minute of the plan: the state of the event that comes last up to then.
struct ExpectedMoment {
  Minutes minute{};  ///< from the plan's start
  std::optional<std::vector<ExpectedBrokenPath>> broken;
  std::vector<ExpectedSite> sites;
};

struct SimulateExpectation {
  int exit = 0;
  std::optional<bool> ends_without_event46;
  std::optional<std::vector<ExpectedState>> states;  ///< all of them
  std::vector<ExpectedMoment> moments;
  ExpectedMeasures totals;
};

struct Scenario {
  std::string name;
  ScenarioEvidence evidence = ScenarioEvidence::derived;
  std::string source;  ///< `Microsoft KB 947168`
  std::string story;
  std::vector<std::string> reckoning;  ///< how the expected figures come about; never empty where it is modelled
  FixedReadings readings;
  std::optional<CheckExpectation> check;
  std::optional<PlanExpectation> plan;
  std::optional<VerifyExpectation> verify;
  std::optional<SimulateExpectation> simulate;
};

/// Reads `scenario.json`, `casplan/scenario/1`. All faults are reported at once. At least one expectation is there.
[[nodiscard]] Result<Scenario> read_scenario(std::string_view text);

}  // namespace casplan::documents
