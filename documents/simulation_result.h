#pragma once

#include <string>
#include <vector>

#include "documents/json_writer.h"
#include "model/organisation.h"
#include "model/plan.h"
#include "simulator/event46_records.h"
#include "simulator/site_status.h"
#include "simulator/trace.h"

namespace casplan::documents {

/// What `simulate --json` prints (contract), written while the plan is played: every state of the plan, the totals, and
/// beside what the contract asks for
///   - for each state `fronts`: those in service on which users arrive. One in a user's site serves the user directly;
///     the others proxy to any of the site's `targets`;
///   - for each site its `condition`, the exact `share` of the site's users who meet it, the `events` of those who meet
///     a failing proxy, and its `targets`: its CAS in service;
///   - `logged_on`: the user-minutes of users who would have been logged on;
///   - `event46_records`: the predicted ones, and how many were left off.
/// Refers to the organisation and the plan.
class SimulationResult {
 public:
  SimulationResult(const Organisation& organisation, const Plan& plan);

  void add(const simulator::PassingState& state, const std::vector<ServerId>& fronts,
           const std::vector<simulator::SiteStatus>& statuses);

  /// The document. Nothing may be added after it.
  [[nodiscard]] std::string take(const simulator::Totals& totals, const simulator::Event46Records& records);

 private:
  const Organisation& organisation_;
  const Plan& plan_;
  JsonWriter out_;
};

}  // namespace casplan::documents
