#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// What was found in all orders that the arrows permit.
struct OrdersFinding {
  bool is_exhaustive = true;  ///< false: some path has too many orders; then nothing is proved of all
  std::size_t failures = 0;   ///< single failures that were judged
  std::optional<Counterexample> counterexample;
  std::vector<Undecided> undecided;        ///< by path
  std::vector<ProxyPath> failing_today{};  ///< before any step, under the readings that agree with the KB
};

/// Judges every order that the plan's arrows permit, with steps on different servers overlapping in any way, path by
/// path: a path depends on its two ends alone, and a copy on its server and its sources (rules, section 7.8). Times do
/// not count. What a path may do is what `verify` says.
///
/// The time is in proportion to the paths, and to arrows times fronts (one bit for each step of a front), because
/// paths whose ends are alike, in facts, steps and arrows between them, are judged once. It works on all processors;
/// what is found does not depend on how many there are.
[[nodiscard]] OrdersFinding judge_all_orders(const Organisation& organisation, const Plan& plan,
                                             const std::vector<ProxyPath>& paths, const FixedReadings& fixed);

}  // namespace casplan::verifier
