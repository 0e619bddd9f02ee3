#include "planner/draft_sources.h"

#include <algorithm>

#include "planner/search/nearest_sources.h"
#include "planner/step_reasons.h"

namespace casplan::planner {
namespace {

bool is_copy(const Step& step) {
  return step.kind == StepKind::ensure_folder && !step.sources.empty();
}

/// Gives copies of a draft other sources.
class Mover {
 public:
  Mover(const Organisation& organisation, Draft& draft, const std::vector<StepIndex>& order)
      : organisation_(organisation), draft_(draft), order_(order), upgrades_(organisation.servers.size()) {
    for (const StepIndex step : order) {
      const Step& its = at(draft.steps, step).step;
      if (its.kind == StepKind::upgrade) at(upgrades_, its.server).push_back(step);
    }
  }

  [[nodiscard]] bool waits_for_its_source(StepIndex copy) const {
    const DraftStep& its = at(draft_.steps, copy);
    return std::any_of(its.after.begin(), its.after.end(), [&](const DraftArrow& arrow) {
      return at(draft_.steps, arrow.step).step.server == its.step.sources.front();
    });
  }

  void take_from(ServerId source, const Holding& holding, StepIndex copy) {
    Step& step = at(draft_.steps, copy).step;
    if (no_longer_waits(step.sources.front(), copy)) step.sources.erase(step.sources.begin());
    std::erase(step.sources, source);
    step.sources.insert(step.sources.begin(), source);
    const Server& holder = at(organisation_.servers, source);
    if (holding.gained_by) {
      arrow(order_[*holding.gained_by], copy, reason_source_gets_folder(holder, *step.folder));
    }
    if (holding.lost_by) arrow(copy, order_[*holding.lost_by], reason_source_loses_folder(holder, *step.folder));
  }

 private:
  /// Lets the upgrades of a server go before the copy; false where they did not wait for it. An upgrade waits for the
  /// copy of another server only to be its source.
  bool no_longer_waits(ServerId source, StepIndex copy) {
    std::size_t taken = 0;
    for (const StepIndex upgrade : at(upgrades_, source)) {
      taken +=
          std::erase_if(at(draft_.steps, upgrade).after, [&](const DraftArrow& arrow) { return arrow.step == copy; });
    }
    return taken > 0;
  }

  void arrow(StepIndex first, StepIndex second, std::string reason) {
    auto& after = at(draft_.steps, second).after;
    const bool is_known =
        std::any_of(after.begin(), after.end(), [&](const DraftArrow& known) { return known.step == first; });
    if (!is_known) after.push_back({first, std::move(reason)});
  }

  const Organisation& organisation_;
  Draft& draft_;
  const std::vector<StepIndex>& order_;
  std::vector<std::vector<StepIndex>> upgrades_;  // by server
};

}  // namespace

void use_nearest_sources(const Organisation& organisation, const Policy& policy, Draft& draft,
                         const std::vector<Schedule>& schedules, const std::vector<StepIndex>& order) {
  const bool copies =
      std::any_of(draft.steps.begin(), draft.steps.end(), [](const DraftStep& step) { return is_copy(step.step); });
  if (!copies) return;
  std::vector<TimedStep> timed;
  for (const StepIndex step : order) timed.push_back({at(draft.steps, step).step, at(schedules, step)});
  Variants variants(policy.readings);
  const Meetings meetings(variants, initial_state(organisation));
  NearestSources sources(organisation, variants, meetings, timed);
  Mover mover(organisation, draft, order);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (!is_copy(timed[i].step) || mover.waits_for_its_source(order[i])) continue;
    const ServerId nearest = sources.nearest(i);
    if (nearest != timed[i].step.sources.front()) mover.take_from(nearest, *sources.holding(nearest, i), order[i]);
  }
}

}  // namespace casplan::planner
