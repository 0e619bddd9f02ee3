#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/plan.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "simulator/transition.h"
#include "verifier/safety.h"
#include "verifier/stop.h"

/// Is it safe: an independent judgement of a plan, as data. Shares nothing with the planner.
namespace casplan::verifier {

/// Which orders of the plan's steps a verdict covers.
enum class Orders {
  schedule,  ///< the one that the plan's schedule prescribes
  all,       ///< every order that the plan's arrows permit
};

enum class ViolationKind {
  event46_on_the_way,  ///< a path that worked, or was idle, fails with Event 46
  event46_at_the_end,  ///< a path fails with Event 46 when the plan has ended
  step_refused,        ///< a step cannot be carried out when its time comes
  order_violated,      ///< the schedule starts a step before one that it must come after has ended
  steps_overlap,       ///< two steps of one server at the same time
};

/// An order between two steps that the plan does not ask for: `after` would have to wait for `before`.
struct MissingArrow {
  StepIndex before;
  StepIndex after;

  friend bool operator==(const MissingArrow&, const MissingArrow&) = default;
};

/// How a plan goes wrong.
struct Counterexample {
  ViolationKind kind;
  /// The steps that have ended by then, in the order of their ends: no fewer lead to it. At the end, all of them.
  std::vector<StepIndex> order;
  Readings readings;
  std::optional<ProxyPath> path;        ///< of an Event 46
  std::optional<Judgement> judgement;   ///< of that path
  std::string event;                    ///< Event 46's sentence; empty for the other kinds
  std::optional<StepIndex> step;        ///< that is refused, comes too early, or overlaps
  std::optional<StepIndex> other_step;  ///< that it should have come after, or that it overlaps
  std::optional<simulator::Refusal> refusal;
  std::optional<ServerState> server;  ///< of a refused step, at that time
  /// The arrow that would prevent it; empty where no single one does.
  std::optional<MissingArrow> missing_arrow;
};

/// What random cases of one property came to, on this organisation and plan.
struct PropertyResult {
  std::string name;  ///< the law, in words
  std::size_t cases = 0;
  std::uint64_t seed = 0;
  bool passed = false;
  std::vector<std::string> counterexample;  ///< sentences; empty where it passed
};

/// A path that fails with Event 46 today, before any step, and when it is mended.
struct BrokenToday {
  ProxyPath path;
  std::optional<StepIndex> mended_by;  ///< the step after which it no longer fails; empty: not by this plan
};

/// A path of which it cannot be told whether the plan makes it meet Event 46, and by which rule.
struct Undecided {
  ProxyPath path;
  Judgement judgement;
};

struct Report {
  Safety safety = Safety::cannot_tell;
  Orders orders = Orders::schedule;
  std::size_t readings = 0;  ///< combinations under which the plan was judged
  std::size_t failures = 0;  ///< single failures that were judged
  std::optional<Counterexample> counterexample;
  std::vector<BrokenToday> broken_today;  ///< under the readings that agree with the KB
  std::vector<Undecided> undecided;
  std::vector<ServerId> left_out_of_service;  ///< at the end, of those that were in service when found
  std::vector<Stop> stops;                 ///< empty where they were not judged
  std::vector<PropertyResult> properties;  ///< empty where none was asked for
};

}  // namespace casplan::verifier
