#include "property_tests/oracles/all_orders.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "property_tests/oracles/naive_state.h"

namespace casplan::oracle {
namespace {

enum class Progress { waiting, running, ended };

/// Of the users on a path, as far as it counts here.
enum class Fate { event46, idle, other };

/// All that tells one state of an execution from another.
struct Situation {
  std::vector<Progress> steps;
  std::vector<std::size_t> servers;  ///< the number of each server's condition
  std::vector<bool> excused;         ///< by path: has failed since the start

  friend auto operator<=>(const Situation&, const Situation&) = default;
};

/// The conditions that servers have been in, numbered, so that situations are small and quickly compared.
class Conditions {
 public:
  std::size_t number_of(const NaiveServer& server) {
    const auto [place, is_new] = numbers_.try_emplace(all_of(server), servers_.size());
    if (is_new) servers_.push_back(server);
    return place->second;
  }
  [[nodiscard]] const NaiveServer& operator[](std::size_t number) const { return servers_[number]; }

 private:
  using Versions = std::set<OwaVersion>;
  using All =
      std::tuple<bool, std::optional<BuildVersion>, std::optional<OwaVersion>, Versions, Versions, Versions, bool>;

  static All all_of(const NaiveServer& server) {
    return {server.is_cas,       server.build,       server.version,
            server.present.sure, server.loaded.sure, server.copied_by_hand.sure,
            server.in_service};
  }

  std::vector<NaiveServer> servers_;
  std::map<All, std::size_t> numbers_;
};

class Exploration {
 public:
  Exploration(const Organisation& organisation, const Plan& plan, const Readings& readings)
      : organisation_(organisation), plan_(plan), readings_(readings) {
    const auto all = pairs(organisation);
    paths_.assign(all.begin(), all.end());
    verdict_.readings = readings;
  }

  OrdersVerdict run(std::size_t limit) {
    reach_start();
    for (std::size_t i = 0; i < reached_.size() && verdict_.safety == OrdersSafety::safe; ++i) {
      go_on_from(i);
      if (reached_.size() > limit && verdict_.safety == OrdersSafety::safe)
        verdict_.safety = OrdersSafety::too_many_states;
    }
    verdict_.states = reached_.size();
    return std::move(verdict_);
  }

 private:
  /// A situation and how it was first reached.
  struct Reached {
    const Situation* situation;
    std::size_t from;
    std::optional<OrdersEvent> by;
  };

  void reach_start() {
    Situation start;
    start.steps.assign(plan_.steps.size(), Progress::waiting);
    for (const NaiveServer& server : found(organisation_)) start.servers.push_back(conditions_.number_of(server));
    for (const Fate fate : fates_in(start)) start.excused.push_back(fate == Fate::event46);
    reached_.push_back({&*known_.insert(start).first, 0, std::nullopt});
  }

  void go_on_from(std::size_t place) {
    const Situation& situation = *reached_[place].situation;
    const NaiveState state = state_of(situation);
    for (std::size_t step = 0; step < plan_.steps.size(); ++step) {
      if (verdict_.safety != OrdersSafety::safe) return;
      if (may_begin(situation, step)) begin(place, state, step);
      if (situation.steps[step] == Progress::running) end(place, state, step);
    }
    if (std::all_of(situation.steps.begin(), situation.steps.end(), [](Progress p) { return p == Progress::ended; }))
      judge_the_end(place, state);
  }

  [[nodiscard]] bool may_begin(const Situation& situation, std::size_t step) const {
    if (situation.steps[step] != Progress::waiting) return false;
    for (std::size_t other = 0; other < plan_.steps.size(); ++other) {
      const bool same_server = plan_.steps[other].step.server == plan_.steps[step].step.server;
      if (same_server && situation.steps[other] == Progress::running) return false;
    }
    const auto& arrows = plan_.steps[step].after;
    return std::all_of(arrows.begin(), arrows.end(),
                       [&](const Arrow& arrow) { return situation.steps[arrow.step.value] == Progress::ended; });
  }

  void begin(std::size_t place, const NaiveState& state, std::size_t step) {
    if (!can_begin(state, plan_.steps[step].step)) {
      go_wrong(place, OrdersViolation::step_refused);
      verdict_.step = step;
      return;
    }
    Situation next = *reached_[place].situation;
    next.steps[step] = Progress::running;
    reach(std::move(next), place, {OrdersEvent::Kind::begin, step});
  }

  void end(std::size_t place, NaiveState state, std::size_t step) {
    const Step& ending = plan_.steps[step].step;
    Situation next = *reached_[place].situation;
    const std::size_t server = ending.server.value;
    state[server] = conditions_[next.servers[server]];
    end_step(state, ending, readings_);
    next.steps[step] = Progress::ended;
    next.servers[server] = conditions_.number_of(state[server]);
    reach(std::move(next), place, {OrdersEvent::Kind::end, step});
  }

  void reach(Situation next, std::size_t from, OrdersEvent by) {
    std::optional<Pair> failing;
    const auto& fates = fates_in(next);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (fates[i] == Fate::event46 && !next.excused[i]) failing = paths_[i];
      if (fates[i] == Fate::other) next.excused[i] = false;
    }
    const auto [situation, is_new] = known_.insert(std::move(next));
    if (!is_new) return;
    reached_.push_back({&*situation, from, by});
    if (!failing) return;
    go_wrong(reached_.size() - 1, OrdersViolation::event46_on_the_way);
    verdict_.path = failing;
  }

  void judge_the_end(std::size_t place, const NaiveState& state) {
    const auto& fates = fates_in(*reached_[place].situation);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (fates[i] != Fate::event46 || is_beyond_copying(paths_[i], state)) continue;
      go_wrong(place, OrdersViolation::event46_at_the_end);
      verdict_.path = paths_[i];
      return;
    }
  }

  /// A path that fails at the end has failed all the time, or it would have been found on the way.
  [[nodiscard]] bool is_beyond_copying(const Pair& path, const NaiveState& state) const {
    if (plan_.goal != Goal::heal_by_copy) return false;
    const NaiveServer& target = state[path.second];
    if (*state[path.first].version < *target.version) return true;
    const bool highest_counts = readings_.folder_match == FolderMatch::highest && !target.present.sure.empty();
    const OwaVersion folder = highest_counts ? *target.present.sure.rbegin() : *target.version;
    return std::none_of(state.begin(), state.end(),
                        [&](const NaiveServer& server) { return server.present.sure.contains(folder); });
  }

  /// The servers as users meet them: one that is being upgraded is out of service.
  [[nodiscard]] NaiveState state_of(const Situation& situation) const {
    NaiveState state;
    for (const std::size_t number : situation.servers) state.push_back(conditions_[number]);
    for (const std::size_t server : upgrading_in(situation)) state[server].in_service = false;
    return state;
  }

  [[nodiscard]] std::set<std::size_t> upgrading_in(const Situation& situation) const {
    std::set<std::size_t> servers;
    for (std::size_t step = 0; step < plan_.steps.size(); ++step) {
      const bool is_upgrade = plan_.steps[step].step.kind == StepKind::upgrade;
      if (is_upgrade && situation.steps[step] == Progress::running) servers.insert(plan_.steps[step].step.server.value);
    }
    return servers;
  }

  /// What becomes of each path; asked once for servers in the same condition.
  const std::vector<Fate>& fates_in(const Situation& situation) {
    const auto [place, is_new] = fates_.try_emplace({situation.servers, upgrading_in(situation)});
    if (is_new) {
      const NaiveState state = state_of(situation);
      for (const Pair& path : paths_) place->second.push_back(fate_of(path, state));
    }
    return place->second;
  }

  [[nodiscard]] Fate fate_of(const Pair& path, const NaiveState& state) const {
    const std::string verdict = answer(organisation_, state, path, readings_).verdict;
    if (verdict == "event46") return Fate::event46;
    return verdict == "idle" ? Fate::idle : Fate::other;
  }

  void go_wrong(std::size_t place, OrdersViolation kind) {
    verdict_.safety = OrdersSafety::unsafe;
    verdict_.kind = kind;
    for (; reached_[place].by; place = reached_[place].from) verdict_.sequence.push_back(*reached_[place].by);
    std::reverse(verdict_.sequence.begin(), verdict_.sequence.end());
  }

  const Organisation& organisation_;
  const Plan& plan_;
  const Readings& readings_;
  std::vector<Pair> paths_;
  Conditions conditions_;
  std::map<std::pair<std::vector<std::size_t>, std::set<std::size_t>>, std::vector<Fate>> fates_;
  std::set<Situation> known_;
  std::vector<Reached> reached_;
  OrdersVerdict verdict_;
};

}  // namespace

OrdersVerdict judge_all_orders(const Organisation& organisation, const Plan& plan, const Readings& readings,
                               std::size_t limit) {
  return Exploration(organisation, plan, readings).run(limit);
}

}  // namespace casplan::oracle
