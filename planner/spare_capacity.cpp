#include "planner/spare_capacity.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "model/time_text.h"

namespace casplan::planner {
namespace {

constexpr Minutes working_day{8 * 60};

/// By time: how many more fronts serve from then on.
std::map<Moment, int> changes_of(const Plan& plan, const std::set<ServerId>& fronts) {
  std::map<Moment, int> changes;
  std::map<ServerId, bool> serves;
  for (const StepIndex index : order_of_schedule(plan)) {
    const auto& [id, step, why, after, schedule] = at(plan.steps, index);
    if (!fronts.contains(step.server)) continue;
    bool& is_up = serves.try_emplace(step.server, true).first->second;
    if (step.kind == StepKind::drain) {
      --changes[schedule->end];
      is_up = false;
    } else if (step.kind == StepKind::return_to_service) {
      ++changes[schedule->end];
      is_up = true;
    } else if (step.kind == StepKind::upgrade && is_up) {
      --changes[schedule->start];
      ++changes[schedule->end];
    }
  }
  return changes;
}

struct Thin {
  int least = 0;  ///< fronts in service
  Minutes length{0};
};

/// The longest time on end in which fewer than half serve.
Thin longest(const std::map<Moment, int>& changes, int all) {
  Thin worst;
  Thin now;
  int up = all;
  Moment last{};
  for (const auto& [time, change] : changes) {
    if (2 * up < all) {
      now.length += time - last;
      now.least = std::min(now.least, up);
    } else {
      now = {all, Minutes(0)};
    }
    if (now.length > worst.length) worst = now;
    up += change;
    last = time;
  }
  return worst;
}

}  // namespace

std::vector<std::string> thin_entry_points(const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> sentences;
  for (const EntryPoint& entry : organisation.entry_points) {
    std::set<ServerId> fronts(entry.fronts.begin(), entry.fronts.end());
    std::erase_if(fronts, [&](ServerId id) { return !at(organisation.servers, id).was_found_in_service(); });
    const auto all = static_cast<int>(fronts.size());
    const Thin thin = longest(changes_of(plan, fronts), all);
    if (thin.length <= working_day) continue;
    sentences.push_back("For " + length_text(thin.length) + " on end, fewer than half of the " + std::to_string(all) +
                        " fronts of " + entry.name + " are in service, at one time only " + std::to_string(thin.least) +
                        ". No measure counts how much these have to carry. To keep more of them in service, set "
                        "min_in_service for their site.");
  }
  return sentences;
}

void remark_on_capacity(const Organisation& organisation, Plan& plan) {
  std::vector<std::string> sentences = thin_entry_points(organisation, plan);
  auto& because = plan.outcome->because;
  std::move(sentences.begin(), sentences.end(), std::back_inserter(because));
}

}  // namespace casplan::planner
