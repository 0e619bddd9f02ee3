#include "property_tests/oracles/minute_facts.h"

#include <algorithm>
#include <numeric>

#include "model/contracts.h"

namespace casplan::oracle {
namespace {

std::int64_t multiple_of_all_up_to(std::size_t most) {
  std::int64_t all = 1;
  for (std::size_t i = 2; i <= most; ++i) all = std::lcm(all, static_cast<std::int64_t>(i));
  return all;
}

/// Users are split among fronts, and each part among targets.
std::int64_t parts_of_a_user(const Organisation& organisation) {
  std::size_t most_fronts = 1;
  for (const EntryPoint& entry : organisation.entry_points) most_fronts = std::max(most_fronts, entry.fronts.size());
  const std::size_t most_targets = std::max<std::size_t>(1, organisation.servers.size());
  return 100 * multiple_of_all_up_to(most_fronts) * multiple_of_all_up_to(most_targets);
}

}  // namespace

MinuteCosts::MinuteCosts(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives)
    : organisation_(organisation), policy_(policy), lives_(lives), parts_(parts_of_a_user(organisation)) {
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    wanted_.push_back(wanted_build(organisation, policy, id_at<ServerId>(i)));
  }
}

WholeCost MinuteCosts::whole(const std::array<Amount, measure_count>& values) const {
  WholeCost cost{};
  for (std::size_t i = 0; i < policy_.objective.size() && i < cost.size(); ++i) {
    const Amount scaled = values[static_cast<std::size_t>(policy_.objective[i])] * parts_;
    expects(scaled.denominator() == 1, "the parts of a user make every share whole");
    cost[i] = scaled.numerator();
  }
  return cost;
}

const WholeCost& MinuteCosts::of(const std::vector<Standing>& standings) {
  std::string key;
  for (const Standing& standing : standings) {
    key.push_back(static_cast<char>(standing.state & 255U));
    key.push_back(static_cast<char>(standing.state >> 8U));
    key.push_back(standing.is_out ? '-' : '+');
  }
  const auto place = known_.find(key);
  if (place != known_.end()) return place->second;
  NaiveState state;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    state.push_back(lives_[i].states[standings[i].state].under.front());
    if (standings[i].is_out) state.back().in_service = false;
  }
  std::array<Amount, measure_count> values{};
  for (const SiteUsers& site : count_users(organisation_, state, first_of(policy_.readings), wanted_).sites) {
    values[static_cast<std::size_t>(Measure::event46_user_minutes)] += site.event46;
    values[static_cast<std::size_t>(Measure::unavailable_user_minutes)] += site.unavailable;
    values[static_cast<std::size_t>(Measure::feature_lag_user_minutes)] += site.lagging;
  }
  values[static_cast<std::size_t>(Measure::makespan_minutes)] = 1;
  return known_.emplace(std::move(key), whole(values)).first->second;
}

WholeCost MinuteCosts::of_copies(int copies) const {
  std::array<Amount, measure_count> values{};
  values[static_cast<std::size_t>(Measure::copies)] = copies;
  return whole(values);
}

std::vector<Amount> MinuteCosts::exactly(const WholeCost& cost) const {
  std::vector<Amount> exact;
  for (std::size_t i = 0; i < policy_.objective.size(); ++i) exact.emplace_back(cost[i], parts_);
  return exact;
}

PathFailures::PathFailures(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives)
    : lives_(lives), readings_(combinations(policy.readings)) {
  const auto by_folders = readings_of_folders(policy.readings);
  for (const Readings& readings : readings_) {
    const auto place = std::find_if(by_folders.begin(), by_folders.end(), [&](const Readings& other) {
      return other.service_pack_removes == readings.service_pack_removes &&
             other.rollup_keeps == readings.rollup_keeps && other.rollup_removal == readings.rollup_removal;
    });
    folders_of_.push_back(static_cast<std::size_t>(place - by_folders.begin()));
  }
  for (const Pair& pair : pairs(organisation)) {
    if (!versions_decide(organisation.servers[pair.first], organisation.servers[pair.second])) continue;
    paths_.push_back({pair, 0});
    known_.emplace_back(lives[pair.first].states.size() * lives[pair.second].states.size());
    const bool is_taken = lives[pair.first].states[0].is_in_service() && lives[pair.second].states[0].is_in_service();
    if (is_taken) paths_.back().failed_at_start = of(paths_.size() - 1, 0, 0);
  }
}

ReadingSet PathFailures::all_readings() const {
  return readings_.size() == 64 ? ~ReadingSet{0} : (ReadingSet{1} << readings_.size()) - 1;
}

ReadingSet PathFailures::of(std::size_t path, std::size_t front, std::size_t target) {
  const auto& fronts = lives_[paths_[path].ends.first].states;
  const auto& targets = lives_[paths_[path].ends.second].states;
  auto& known = known_[path][front * targets.size() + target];
  if (known) return *known;
  known = 0;
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    const Answer answer =
        answer_by_versions(fronts[front].under[folders_of_[i]], targets[target].under[folders_of_[i]], readings_[i]);
    if (answer.event == 46) *known |= ReadingSet{1} << i;
  }
  return *known;
}

std::vector<int> least_in_service(const Organisation& organisation, const Policy& policy) {
  std::vector<int> least;
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto today = std::count_if(organisation.servers.begin(), organisation.servers.end(), [&](const Server& cas) {
      return cas.is_cas() && cas.in_service != false && cas.site == id_at<SiteId>(i);
    });
    least.push_back(std::min(policy.min_in_service.at(id_at<SiteId>(i)), static_cast<int>(today)));
  }
  return least;
}

}  // namespace casplan::oracle
