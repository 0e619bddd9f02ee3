#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whatif/answer.h"

/// Every single change of a kind, tried and ranked.
namespace casplan::whatif {

enum class SweepKind {
  freeze,        ///< each server that is to be upgraded
  unfreeze,      ///< each server that is frozen
  copies,        ///< fewer copies than the plan has, and any number
  crews,         ///< one to ten crews
  redirect,      ///< each target with an ExternalURL
  fail,          ///< each step of the plan
  remove_front,  ///< each front of each entry point
  window,        ///< each window open for one or two hours longer
  users,         ///< each site with a fifth more users, where that is one at least
  folder,        ///< each folder that is listed, missing
  reading,       ///< each value of each reading that is not settled so
};

inline constexpr std::array<SweepKind, 11> all_sweep_kinds{
    SweepKind::freeze,   SweepKind::unfreeze, SweepKind::copies,       SweepKind::crews,
    SweepKind::redirect, SweepKind::fail,     SweepKind::remove_front, SweepKind::window,
    SweepKind::users,    SweepKind::folder,   SweepKind::reading};

/// `remove-front`
[[nodiscard]] std::string_view to_string(SweepKind kind);

/// How a question ends, the best first.
enum class Ending {
  optimal,        ///< a safe plan, proved best
  safe,           ///< a safe plan
  breaks_policy,  ///< a safe plan, but it goes against the policy
  cannot_tell,    ///< a plan of which it cannot be told whether it is safe, or none because facts are missing
  unsafe,         ///< a plan that is not safe, or cannot be carried out
  not_found,      ///< no plan was found
  infeasible,     ///< proved that there is none
  no_change,      ///< the change does not fit
};

[[nodiscard]] Ending ending_of(const Planned& planned);
[[nodiscard]] Ending ending_of(const JudgedPlan& judged);
[[nodiscard]] std::string_view to_string(Ending ending);

/// What one change comes to: the same as its answer by itself, in short.
struct SweepRow {
  Change change;
  /// Of the same plan, carried on with. Where a step fails: safe, if nobody has it worse while the work stops there.
  std::optional<Ending> same_plan{};
  Ending best_plan = Ending::no_change;
  Measures measures{};                 ///< of the best plan
  std::vector<std::string> because{};  ///< why there is none

  friend bool operator==(const SweepRow&, const SweepRow&) = default;
};

/// The changes of a kind that make sense for a situation with a policy, in the order of its servers, sites or steps.
[[nodiscard]] std::vector<Change> changes_of(SweepKind kind, const Situation& situation);

/// The answer to one change, in short. `before` is the plan before it; null where there was none.
[[nodiscard]] SweepRow try_change(const Situation& situation, const Plan* before, const Change& change,
                                  const Means& means);

/// Told how many changes of how many have been tried, by one thread at a time.
using SweepProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Tries every change of a kind, on as many threads as there are; the rows do not depend on their number. The best
/// comes first: by how it ends, though whether it is proved counts last; then by the policy's objective. A contract:
/// the situation has a policy.
[[nodiscard]] std::vector<SweepRow> sweep(SweepKind kind, const Situation& situation, const Plan* before,
                                          const Means& means, const SweepProgress& progress = {});

}  // namespace casplan::whatif
