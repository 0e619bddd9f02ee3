#include "whatif/sweep.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>


namespace casplan::whatif {
namespace {

constexpr std::array<std::string_view, 11> kind_names{"freeze",       "unfreeze", "copies", "crews",  "redirect", "fail",
                                                      "remove-front", "window",   "users",  "folder", "reading"};

constexpr std::array<std::string_view, 7> ending_names{"optimal",   "safe",       "cannot_tell", "unsafe",
                                                       "not_found", "infeasible", "no_change"};

Ending ending_of(const NoPlan& none) {
  switch (none.reason) {
    case NoPlan::Reason::infeasible: return Ending::infeasible;
    case NoPlan::Reason::not_found: return Ending::not_found;
    case NoPlan::Reason::facts_missing: break;
  }
  return Ending::cannot_tell;
}

Ending ending_of(const Stopped& stopped) {
  if (!stopped.stop) return Ending::cannot_tell;
  switch (stopped.stop->safety) {
    case verifier::Safety::safe: return Ending::safe;
    case verifier::Safety::unsafe: return Ending::unsafe;
    case verifier::Safety::cannot_tell: break;
  }
  return Ending::cannot_tell;
}

/// Less is better.
std::vector<std::int64_t> rank_of(const SweepRow& row, const Policy& policy) {
  std::vector<std::int64_t> rank{static_cast<std::int64_t>(std::max(row.best_plan, Ending::safe))};
  for (const Measure measure : policy.objective) {
    rank.push_back(value(row.measures, measure).value_or(std::numeric_limits<std::int64_t>::max()));
  }
  rank.push_back(static_cast<std::int64_t>(row.same_plan.value_or(Ending::no_change)));
  rank.push_back(static_cast<std::int64_t>(row.best_plan));
  return rank;
}

}  // namespace

std::string_view to_string(SweepKind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(Ending ending) {
  return ending_names.at(static_cast<std::size_t>(ending));
}

Ending ending_of(const JudgedPlan& judged) {
  if (judged.refused || judged.report.safety == verifier::Safety::unsafe) return Ending::unsafe;
  if (judged.report.safety == verifier::Safety::cannot_tell) return Ending::cannot_tell;
  const bool is_proved = judged.plan.outcome && judged.plan.outcome->status == PlanStatus::optimal;
  return is_proved ? Ending::optimal : Ending::safe;
}

Ending ending_of(const Planned& planned) {
  return std::visit([](const auto& either) { return ending_of(either); }, planned);
}

SweepRow try_change(const Situation& situation, const Plan* before, const Change& change, const Means& means) {
  SweepRow row{change};
  const auto changed = apply(situation, {{"", change}});
  if (!changed) {
    for (const Fault& fault : changed.error()) row.because.push_back("The change does not fit: " + fault.found + ".");
    return row;
  }
  const Answer full = answer(*changed, before, means);
  // What the same plan was proved to be, it was under other circumstances.
  if (full.same_plan) row.same_plan = std::max(ending_of(*full.same_plan), Ending::safe);
  if (full.stopped) row.same_plan = ending_of(*full.stopped);
  row.best_plan = full.best_plan ? ending_of(*full.best_plan) : Ending::unsafe;
  if (!full.best_plan) return row;
  if (const auto* judged = std::get_if<JudgedPlan>(&*full.best_plan)) row.measures = judged->measures;
  if (const auto* none = std::get_if<NoPlan>(&*full.best_plan)) row.because = none->because;
  return row;
}

std::vector<SweepRow> sweep(SweepKind kind, const Situation& situation, const Plan* before, const Means& means,
                            const SweepProgress& progress) {
  const auto changes = changes_of(kind, situation);
  std::vector<std::optional<SweepRow>> tried(changes.size());
  std::size_t done = 0;
  std::mutex telling;
  tbb::parallel_for(std::size_t{0}, changes.size(), [&](std::size_t i) {
    tried[i] = try_change(situation, before, changes[i], means);
    if (!progress) return;
    const std::lock_guard lock(telling);
    progress(++done, changes.size());
  });
  std::vector<SweepRow> rows;
  for (auto& row : tried) rows.push_back(std::move(*row));
  std::stable_sort(rows.begin(), rows.end(), [&](const SweepRow& a, const SweepRow& b) {
    return rank_of(a, *situation.policy) < rank_of(b, *situation.policy);
  });
  return rows;
}

}  // namespace casplan::whatif
