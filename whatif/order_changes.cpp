#include <algorithm>
#include <set>

#include "whatif/make_change.h"
#include "whatif/reorder.h"

namespace casplan::whatif {
namespace {

using Order = std::vector<StepIndex>;
using ServerPair = std::pair<ServerId, ServerId>;

const PlannedStep& step_at(const Situation& now, StepIndex step) {
  return at(now.plan->steps, step);
}

/// Whether one server must come before another, by any number of pairs.
bool is_before(const std::vector<ServerPair>& pairs, ServerId first, ServerId second) {
  std::set<ServerId> reached{first};
  std::vector<ServerId> open{first};
  while (!open.empty()) {
    const ServerId server = open.back();
    open.pop_back();
    for (const auto& [earlier, later] : pairs) {
      if (earlier == server && reached.insert(later).second) open.push_back(later);
    }
  }
  return reached.contains(second);
}

/// The policy asks for this order of two upgrades, and no longer for the other one.
Making ask_policy(Situation& now, const AskedOrder& asked) {
  const Step& first = step_at(now, asked.first).step;
  const Step& second = step_at(now, asked.second).step;
  const bool are_upgrades = first.kind == StepKind::upgrade && second.kind == StepKind::upgrade;
  if (!now.policy || !are_upgrades || first.server == second.server) return std::nullopt;
  auto before = now.policy->before;
  std::erase(before, ServerPair(second.server, first.server));
  if (is_before(before, second.server, first.server)) {
    return Misfit{"an order against the policy's `before`, by which " +
                      at(now.organisation.servers, second.server).name + " comes before " +
                      at(now.organisation.servers, first.server).name,
                  "an order that it allows, or a policy without these pairs"};
  }
  const ServerPair pair(first.server, second.server);
  if (std::find(before.begin(), before.end(), pair) == before.end()) before.push_back(pair);
  now.policy->before = std::move(before);
  return std::nullopt;
}

Making reorder(Situation& now, const Order& order, const AskedOrder& asked) {
  if (auto misfit = ask_policy(now, asked)) return misfit;
  now.plan = in_order(now.organisation, now.policy ? &*now.policy : nullptr, *now.plan, order, {asked});
  return std::nullopt;
}

}  // namespace

Making make(const MoveStep& change, Situation& now) {
  if (change.step == change.other) {
    return Misfit{"step " + step_at(now, change.step).id + " twice", "two different steps"};
  }
  Order order = order_of_schedule(*now.plan);
  std::erase(order, change.step);
  auto place = std::find(order.begin(), order.end(), change.other);
  if (change.side == Side::after) ++place;
  order.insert(place, change.step);
  return change.side == Side::before ? reorder(now, order, {change.step, change.other})
                                     : reorder(now, order, {change.other, change.step});
}

Making make(const SwapSteps& change, Situation& now) {
  if (change.first == change.second) {
    return Misfit{"step " + step_at(now, change.first).id + " twice", "two different steps"};
  }
  Order order = order_of_schedule(*now.plan);
  const auto first = std::find(order.begin(), order.end(), change.first);
  const auto second = std::find(order.begin(), order.end(), change.second);
  std::iter_swap(first, second);
  return first < second ? reorder(now, order, {change.second, change.first})
                        : reorder(now, order, {change.first, change.second});
}

}  // namespace casplan::whatif
