#include "planner/out_before_in.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "model/rules.h"

namespace casplan::planner {
namespace {

using Cause = OutBeforeIn::Cause;

/// Up to here each server that waits has an arrow from each front.
constexpr std::size_t most_arrows = 100'000;

std::string version_of(const OutBeforeIn& order) {
  return order.version ? to_string(*order.version) : "an OWA version that is not known";
}

/// Servers that wait for the same fronts, by the number of that set of fronts. The sets grow front by front.
class Waiting {
 public:
  explicit Waiting(std::size_t servers) : set_of_(servers) { sets_.push_back({}); }

  void add(const OutBeforeIn& order) {
    std::uint32_t& set = set_of_[order.in.value];
    const auto [place, is_new] =
        grown_.try_emplace(std::uint64_t{set} << 32U | order.out.value, static_cast<std::uint32_t>(sets_.size()));
    if (is_new) {
      sets_.push_back({set, order.out, sets_[set].size + 1, 0});
    }
    --sets_[set].waiting;
    set = place->second;
    ++sets_[set].waiting;
  }
  [[nodiscard]] bool is_too_much(ServerId in) const {
    const Set& set = sets_[set_of_[in.value]];
    return set.size > 2 && set.size * static_cast<std::size_t>(set.waiting) > most_arrows;
  }
  [[nodiscard]] std::uint32_t set_of(ServerId in) const { return set_of_[in.value]; }
  [[nodiscard]] std::vector<ServerId> fronts(std::uint32_t set) const {
    std::vector<ServerId> fronts;
    for (; set != 0; set = sets_[set].without_last) fronts.push_back(sets_[set].last);
    std::sort(fronts.begin(), fronts.end());
    fronts.erase(std::unique(fronts.begin(), fronts.end()), fronts.end());
    return fronts;
  }

 private:
  struct Set {
    std::uint32_t without_last = 0;
    ServerId last;
    std::size_t size = 0;
    std::int64_t waiting = 0;  // servers
  };
  std::vector<Set> sets_;                                   // the first is empty
  std::unordered_map<std::uint64_t, std::uint32_t> grown_;  // by set and the front that is added
  std::vector<std::uint32_t> set_of_;                       // by server
};

}  // namespace

std::string reason_of(const Organisation& organisation, const OutBeforeIn& order) {
  const auto name = [&](ServerId id) -> const std::string& { return at(organisation.servers, id).name; };
  const std::string out = ": " + name(order.out) + " must be out of service before";
  switch (order.cause) {
    case Cause::front_is_older:
    case Cause::front_lacks_folder: {
      const bool lacks = order.cause == Cause::front_lacks_folder;
      return name(order.out) + " proxies to " + name(order.in) +
             (lacks ? " and may lack the folder that it would need" : " and would be the older one") +
             ": it must be out of service, for its own change, before " + name(order.in) + " serves with OWA version " +
             version_of(order);
    }
    case Cause::target_is_newer:
      return name(order.out) + " still runs OWA version " + version_of(order) + ", newer than what " + name(order.in) +
             " comes back with: it must be out of service before";
    case Cause::front_refuses:
      return std::string(rule(RuleId::front_cannot_proxy_to_2007).text) + " So " + name(order.out) +
             " is out of service before";
    case Cause::folder_held_by_nobody:
      return "no server that was listed holds folder " + version_of(order) + ", which " + name(order.front) +
             " would need" + out;
    case Cause::copy_not_allowed:
      return "the policy does not allow to copy folder " + version_of(order) + " to " + name(order.front) + out;
  }
  return {};
}

std::vector<Gate> put_up_gates(std::vector<OutBeforeIn>& orders, const std::vector<bool>& is_bound) {
  if (orders.size() <= most_arrows) return {};
  Waiting waiting(is_bound.size());
  std::vector<bool> cannot = is_bound;
  for (const OutBeforeIn& order : orders) {
    if (order.front == order.out) waiting.add(order);
    cannot[order.in.value] = true;
  }
  std::vector<Gate> gates;
  std::map<std::uint32_t, std::optional<ServerId>> last_of;  // by set of fronts; empty: no gate
  const auto gate_of = [&](ServerId in) -> std::optional<ServerId> {
    if (!waiting.is_too_much(in)) return std::nullopt;
    const auto [place, is_new] = last_of.try_emplace(waiting.set_of(in));
    if (!is_new) return place->second;
    std::vector<ServerId> fronts = waiting.fronts(place->first);
    if (std::any_of(fronts.begin(), fronts.end(), [&](ServerId front) { return cannot[front.value]; })) return {};
    place->second = fronts.back();
    fronts.pop_back();
    gates.push_back({*place->second, std::move(fronts)});
    return place->second;
  };
  for (OutBeforeIn& order : orders) {
    // What the last front is waited for may be safety for any of the others.
    if (order.front == order.out && gate_of(order.in) == order.out) order.purpose = Purpose::safety;
  }
  std::erase_if(orders, [&](const OutBeforeIn& order) {
    const auto last = order.front == order.out ? gate_of(order.in) : std::nullopt;
    return last && last != order.out;
  });
  orders.shrink_to_fit();
  return gates;
}

}  // namespace casplan::planner
