#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "verifier/verdict.h"

/// The last gate before a runbook: laws that are tried at random on one organisation and one plan, with a second
/// implementation of the rules (`property_tests/oracles/`). It shares nothing with the simulator, the planner and the
/// verifier, so a fault in what these have in common is seen here.
namespace casplan::gate {

struct GateOptions {
  std::size_t cases = 100;      ///< of each law; 1 to `most_cases`
  std::uint64_t seed = 947168;  ///< to `greatest_seed`; the same seed tries the same cases
};

inline constexpr std::size_t most_cases = 100'000;
/// Seeds are written into documents, where numbers have a sign.
inline constexpr std::uint64_t greatest_seed = 0x7FFF'FFFF'FFFF'FFFF;

/// Tries three laws. In each, nobody may meet Event 46 who does not meet it before the first step: a path that fails
/// then may go on failing until the plan mends it, and never again (as in `verifier::verify`).
///
/// - In orders that the arrows permit. No step may be refused, and at the end nobody meets Event 46, except, with the
///   goal `heal_by_copy`, on paths that no copy mends.
/// - When one step fails. What comes after it never begins; the rest goes on.
/// - When one fact is wrong that the organisation's document states, or the catalogue infers. Those who carry the plan
///   out make the runbook's checks, and go no further where one fails.
///
/// A law of which nothing can be tried (no step can fail, no fact can be wrong) has passed with 0 cases. Of a large
/// organisation each case follows some servers, drawn anew; of all others nothing is said in that case.
///
/// Asks for arrows without circles.
[[nodiscard]] std::vector<verifier::PropertyResult> check_properties(const Organisation& organisation, const Plan& plan,
                                                                     const FixedReadings& fixed,
                                                                     const GateOptions& options);

}  // namespace casplan::gate
