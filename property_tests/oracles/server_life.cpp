#include "property_tests/oracles/server_life.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "model/catalogue.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::oracle {
namespace {

using Versions = std::set<OwaVersion>;

/// A server of which more can be made is not for a search through everything.
constexpr std::size_t most_states = 2000;

/// The builds that a server has to go through, the last the one that is wanted; empty where that cannot be.
std::optional<std::vector<BuildVersion>> hops_of(const Organisation& organisation, const Policy& policy,
                                                 ServerId server) {
  std::vector<BuildVersion> hops;
  const auto today = at(organisation.servers, server).build;
  const auto wanted = wanted_build(organisation, policy, server);
  if (!wanted || wanted == today) return hops;
  const Build* goal = find_build(*wanted);
  const Build* base = base_of(wanted->level());
  if (goal == nullptr || base == nullptr || wanted->level() < today->level()) return std::nullopt;
  if (today->level() != wanted->level()) hops.push_back(base->version);
  if (hops.empty() || goal->is_rollup()) hops.push_back(*wanted);
  return hops;
}

/// What all servers have to do with each other when it is asked what can be done with one.
struct Relations {
  const Organisation& organisation;
  const Policy& policy;
  std::vector<std::vector<BuildVersion>> hops;
  std::vector<Versions> wanted_folders;  ///< that a target may ask of each server, if it is a front

  [[nodiscard]] Versions versions_run_by(std::size_t server) const {
    Versions all;
    if (const auto today = found(organisation)[server].version) all.insert(*today);
    for (const BuildVersion& hop : hops[server]) all.insert(find_build(hop)->owa_version);
    return all;
  }

  /// What a front may be asked for by a target. One that is not newer needs no folder, or fails with any, unless an
  /// older one may work too: where that is left open, a path that fails today may go on failing if it does not.
  [[nodiscard]] Versions asked_of(std::size_t front, std::size_t target) const {
    const OwaVersion newest = *versions_run_by(front).rbegin();
    Versions asked;
    for (const OwaVersion& version : versions_run_by(target)) {
      if (policy.readings.older_front != OlderFront::fails || version < newest) asked.insert(version);
    }
    if (asked.empty() || policy.readings.folder_match == FolderMatch::running) return asked;
    const Versions highest = versions_highest_at(target);
    asked.insert(highest.begin(), highest.end());
    return asked;
  }

  /// The folders that may be the highest of a server: before its upgrades nothing goes, and after them there is its
  /// own.
  [[nodiscard]] Versions versions_highest_at(std::size_t server) const {
    const Versions held = found(organisation)[server].present.sure;
    Versions possible = versions_run_by(server);
    possible.insert(held.begin(), held.end());
    possible.insert(wanted_folders[server].begin(), wanted_folders[server].end());
    OwaVersion least = held.empty() ? *versions_run_by(server).begin() : *held.rbegin();
    for (const BuildVersion& hop : hops[server]) least = std::min(least, find_build(hop)->owa_version);
    possible.erase(possible.begin(), possible.lower_bound(least));
    return possible;
  }

  /// One round; false where nothing was learnt.
  [[nodiscard]] bool learn_more() {
    bool learnt = false;
    for (const auto& [front, target] : pairs(organisation)) {
      const Versions asked = asked_of(front, target);
      const std::size_t before = wanted_folders[front].size();
      wanted_folders[front].insert(asked.begin(), asked.end());
      learnt = learnt || wanted_folders[front].size() > before;
    }
    return learnt;
  }
};

bool is_front_here(const Organisation& organisation, ServerId server) {
  return std::any_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& entry) {
    return std::find(entry.fronts.begin(), entry.fronts.end(), server) != entry.fronts.end();
  });
}

/// Whether another CAS of the site, or another front of an entry point, was found in service, or is to be.
bool others_carry_the_load(const Organisation& organisation, const Policy& policy, ServerId server) {
  const Server& own = at(organisation.servers, server);
  const auto serves = [&](ServerId id) {
    return at(organisation.servers, id).in_service != false || policy.to_return.contains(id);
  };
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const Server& other = organisation.servers[i];
    if (&other != &own && other.is_cas() && serves(id_at<ServerId>(i)) && other.site == own.site) return true;
  }
  for (const EntryPoint& entry : organisation.entry_points) {
    if (std::find(entry.fronts.begin(), entry.fronts.end(), server) == entry.fronts.end()) continue;
    for (const ServerId front : entry.fronts) {
      if (front != server && serves(front)) return true;
    }
  }
  return false;
}

/// Finds all states of one server.
class Life {
 public:
  Life(const Relations& relations, ServerId server, DrainFirst drain_first)
      : relations_(relations), server_(server), readings_(readings_of_folders(relations.policy.readings)) {
    const auto& organisation = relations.organisation;
    is_front_ = is_front_here(organisation, server);
    must_drain_ = drain_first == DrainFirst::where_others_carry_the_load &&
                  others_carry_the_load(organisation, relations.policy, server);
    LifeState first;
    first.under.assign(readings_.size(), found(organisation)[server.value]);
    if (relations.policy.to_return.contains(server)) first.duty = Duty::awaited;
    life_.hops = hops().size();
    (void)number_of(std::move(first));
  }

  [[nodiscard]] ServerLife all() && {
    for (std::size_t next = 0; next < life_.states.size(); ++next) {
      life_.is_too_long = life_.states.size() > most_states;
      if (life_.is_too_long) break;
      const LifeState state = life_.states[next];
      std::vector<Work> works = works_in(state);
      for (Work& work : works) work.leads_to = number_of(after(state, work.step));
      life_.states[next].works = std::move(works);
    }
    return std::move(life_);
  }

 private:
  using Key = std::tuple<Duty, std::size_t, std::vector<std::array<Versions, 3>>>;

  [[nodiscard]] const std::vector<BuildVersion>& hops() const { return relations_.hops[server_.value]; }

  std::size_t number_of(LifeState state) {
    Key key{state.duty, state.hops_done, {}};
    for (const NaiveServer& server : state.under) {
      std::get<2>(key).push_back({server.present.sure, server.loaded.sure, server.copied_by_hand.sure});
    }
    const auto [place, is_new] = numbers_.emplace(std::move(key), life_.states.size());
    const bool is_out = state.duty == Duty::drained || state.duty == Duty::awaited;
    state.may_be_last = state.hops_done == hops().size() && !is_out;
    if (is_new) life_.states.push_back(std::move(state));
    return place->second;
  }

  [[nodiscard]] LifeState after(const LifeState& state, const Step& step) const {
    LifeState next;
    next.under = state.under;
    next.duty = state.duty;
    next.hops_done = state.hops_done;
    for (std::size_t i = 0; i < readings_.size(); ++i) end_step(next.under[i], step, readings_[i]);
    if (step.kind == StepKind::drain) next.duty = Duty::drained;
    if (step.kind == StepKind::return_to_service) {
      next.duty = state.duty == Duty::awaited ? Duty::as_found : Duty::returned;
    }
    if (step.kind == StepKind::upgrade) ++next.hops_done;
    return next;
  }

  [[nodiscard]] std::vector<Work> works_in(const LifeState& state) const {
    std::vector<Work> works;
    const auto add = [&](StepKind kind, std::optional<BuildVersion> build, std::optional<OwaVersion> folder) {
      const Step step{kind, server_, build, folder, {}};
      const bool can = std::all_of(state.under.begin(), state.under.end(),
                                   [&](const NaiveServer& server) { return can_begin(server, step); });
      const auto minutes = duration_of(step, state.under.front().build, relations_.policy.durations);
      if (can) works.push_back({step, static_cast<int>(minutes.count()), 0});
    };
    if (state.duty == Duty::as_found) add(StepKind::drain, std::nullopt, std::nullopt);
    const bool has_all_hops = state.hops_done == hops().size();
    if (!has_all_hops && (!must_drain_ || !state.is_in_service()))
      add(StepKind::upgrade, hops()[state.hops_done], std::nullopt);
    const bool may_return = state.duty == Duty::awaited || (has_all_hops && state.duty == Duty::drained);
    if (may_return) add(StepKind::return_to_service, std::nullopt, std::nullopt);
    if (!is_front_) return works;
    const auto lacks = [&](const OwaVersion& folder) {
      return std::any_of(state.under.begin(), state.under.end(),
                         [&](const NaiveServer& server) { return !server.present.sure.contains(folder); });
    };
    for (const OwaVersion& folder : relations_.wanted_folders[server_.value]) {
      if (relations_.policy.copies != 0 && lacks(folder)) add(StepKind::ensure_folder, std::nullopt, folder);
    }
    if (std::any_of(state.under.begin(), state.under.end(),
                    [](const NaiveServer& server) { return server.loaded.sure != server.present.sure; }))
      add(StepKind::recycle, std::nullopt, std::nullopt);
    return works;
  }

  const Relations& relations_;
  ServerId server_;
  std::vector<Readings> readings_;
  bool is_front_ = false;
  bool must_drain_ = false;
  ServerLife life_;
  std::map<Key, std::size_t> numbers_;
};

/// A server without users is no part of the plan.
ServerLife life_without_work(const Organisation& organisation, const Policy& policy, ServerId server) {
  LifeState only;
  only.under.assign(readings_of_folders(policy.readings).size(), found(organisation)[server.value]);
  only.may_be_last = true;
  return {{only}, 0, false};
}

}  // namespace

int ServerLife::most_minutes() const {
  std::vector<std::optional<int>> known(states.size());
  const std::function<int(std::size_t)> most_from = [&](std::size_t state) {
    if (known[state]) return *known[state];
    int most = 0;
    for (const Work& work : states[state].works) most = std::max(most, work.minutes + most_from(work.leads_to));
    known[state] = most;
    return most;
  };
  return most_from(0);
}

std::vector<Readings> readings_of_folders(const FixedReadings& fixed) {
  std::vector<Readings> all;
  for (const Readings& readings : combinations(fixed)) {
    const bool is_known = std::any_of(all.begin(), all.end(), [&](const Readings& other) {
      return other.service_pack_removes == readings.service_pack_removes &&
             other.rollup_keeps == readings.rollup_keeps && other.rollup_removal == readings.rollup_removal;
    });
    if (!is_known) all.push_back(readings);
  }
  return all;
}

std::optional<std::vector<ServerLife>> lives_of(const Organisation& organisation, const Policy& policy,
                                                DrainFirst drain_first) {
  const std::size_t servers = organisation.servers.size();
  Relations relations{organisation, policy, {}, std::vector<Versions>(servers)};
  for (std::size_t i = 0; i < servers; ++i) {
    auto hops = hops_of(organisation, policy, id_at<ServerId>(i));
    if (!hops) return std::nullopt;
    relations.hops.push_back(std::move(*hops));
  }
  while (relations.learn_more()) {
  }
  std::vector<ServerLife> lives;
  for (std::size_t i = 0; i < servers; ++i) {
    const auto server = id_at<ServerId>(i);
    lives.push_back(organisation.servers[i].is_cas() ? Life(relations, server, drain_first).all()
                                                     : life_without_work(organisation, policy, server));
  }
  return lives;
}

}  // namespace casplan::oracle
