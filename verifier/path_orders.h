#pragma once

#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "verifier/exploration.h"

namespace casplan::verifier {

/// Readings under which servers change alike. They differ only in how a path is judged.
using SameChanges = std::vector<Readings>;

/// The open combinations of readings, each that makes a difference to the plan once, those that agree with the KB
/// first.
[[nodiscard]] std::vector<SameChanges> by_changes(const FixedReadings& fixed, const Plan& plan, const State& found);

/// Whether some step may remove rollups: it brings a server to an earlier build of a level than that which the server
/// runs today, or which another step brings.
[[nodiscard]] bool may_remove_rollups(const Plan& plan, const State& found);

/// What all orders of the steps at the two ends of a path come to.
struct PathFinding {
  bool is_exhaustive = true;
  bool is_safe = true;
  bool fails_today = false;            ///< under the readings that agree with the KB
  std::optional<Judgement> undecided;  ///< why it cannot be told, where it cannot
};

/// Event 46 on a path, in some order.
struct PathViolation {
  Readings readings;
  Exploration::Fault met;
  bool is_at_the_end;  ///< the path fails today, all the way, and still when every step has ended
};

/// Judges a path in every order of an excerpt whose servers are its front and its target. What a path may do is what
/// `verify` says.
class PathOrders {
 public:
  /// Follows no more than so many situations of a path under the same readings.
  PathOrders(const Organisation& organisation, const Plan& plan, const State& found, const FixedReadings& fixed,
             std::size_t most_situations);

  /// The folders of which it matters to this target's paths whether the front has them.
  [[nodiscard]] std::set<OwaVersion> needed_folders(ServerId target, const std::vector<StepIndex>& its_steps) const;

  /// Whether a step of the front, or of the target, can change what becomes of the path.
  [[nodiscard]] bool front_step_matters(StepIndex step, const std::set<OwaVersion>& needed) const;
  [[nodiscard]] bool target_step_matters(StepIndex step, const std::set<OwaVersion>& needed) const;

  [[nodiscard]] PathFinding judge(const ProxyPath& path, const Excerpt& excerpt) const;

  /// Every situation in which the path does what it must not do, under every open reading.
  [[nodiscard]] std::vector<PathViolation> faults(const ProxyPath& path, const Excerpt& excerpt) const;

 private:
  class Visit;

  [[nodiscard]] bool is_decided_by_routing(const ProxyPath& path) const;

  const Plan& plan_;
  const State& found_;
  std::vector<SameChanges> groups_;
  bool highest_folder_counts_;
  std::size_t most_situations_;
  std::vector<RoutingFacts> routing_;  // by server
};

}  // namespace casplan::verifier
