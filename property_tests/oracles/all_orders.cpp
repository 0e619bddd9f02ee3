#include "property_tests/oracles/all_orders.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "property_tests/oracles/naive_state.h"

namespace casplan::oracle {
namespace {

enum class Progress {
  waiting,
  running,
  ended,
  failed,         ///< before it did anything, or in the middle
  waiting_again,  ///< done once, and to be done once more
  running_again,
};

/// Of the users on a path, as far as it counts here.
enum class Fate { event46, idle, other };

/// All that tells one state of an execution from another.
struct Situation {
  std::vector<Progress> steps;
  std::vector<std::size_t> servers;  ///< the number of each server's condition
  std::vector<bool> excused;         ///< by path: has failed since the start
  bool has_failure = false;          ///< a step has failed, or is done twice

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

enum class Go { on, stop };

/// Visits every state of every execution once, breadth first.
class Exploration {
 public:
  /// A situation and how it was first reached.
  struct Reached {
    const Situation* situation;
    std::size_t from;
    std::optional<OrdersEvent> by;
  };
  /// Sees what is wrong in a situation. A step is refused there, or has a path fail there.
  using OnFault = std::function<Go(const OrdersFault&, const Reached&)>;

  Exploration(const Organisation& organisation, const Plan& plan, const Readings& readings, OnFault on_fault)
      : organisation_(organisation), plan_(plan), readings_(readings), on_fault_(std::move(on_fault)) {
    const auto all = pairs(organisation);
    paths_.assign(all.begin(), all.end());
  }

  void let_steps_fail(Failures failures) { failures_ = failures; }
  /// Only these steps may end, in this order.
  void let_end_only(const std::vector<std::size_t>& ends) { ends_ = ends; }

  /// Visits at most about `most` situations; whether there are no more.
  bool run(std::size_t most) {
    reach_start();
    for (std::size_t i = 0; i < reached_.size() && !is_stopped_; ++i) {
      go_on_from(i);
      if (reached_.size() > most) return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t states() const { return reached_.size(); }

  [[nodiscard]] std::vector<OrdersEvent> way_to(const Reached& reached) const {
    std::vector<OrdersEvent> way;
    for (const Reached* at = &reached; at->by; at = &reached_[at->from]) way.push_back(*at->by);
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  void reach_start() {
    Situation start;
    start.steps.assign(plan_.steps.size(), Progress::waiting);
    for (const NaiveServer& server : found(organisation_)) start.servers.push_back(conditions_.number_of(server));
    for (const Fate fate : fates_in(start)) start.excused.push_back(fate == Fate::event46);
    reached_.push_back({&*known_.insert(start).first, 0, std::nullopt});
    judge(0);
  }

  void go_on_from(std::size_t place) {
    const Situation& situation = *reached_[place].situation;
    const NaiveState state = state_of(situation);
    const bool may_fail = failures_ == Failures::one && !situation.has_failure;
    for (std::size_t step = 0; step < plan_.steps.size() && !is_stopped_; ++step) {
      if (may_begin(situation, step)) begin(place, state, step);
      if (may_begin(situation, step) && may_fail) fail(place, step);
      if (may_begin_again(situation, step)) begin_again(place, state, step);
      if (is_running(situation, step) && may_end(situation, step)) end(place, step, Progress::ended);
      if (situation.steps[step] == Progress::running && may_fail) {
        end(place, step, Progress::waiting_again);
        break_off(place, step);
      }
    }
  }

  [[nodiscard]] static bool is_running(const Situation& situation, std::size_t step) {
    return situation.steps[step] == Progress::running || situation.steps[step] == Progress::running_again;
  }

  [[nodiscard]] bool is_busy(const Situation& situation, ServerId server) const {
    for (std::size_t step = 0; step < plan_.steps.size(); ++step) {
      if (plan_.steps[step].step.server == server && is_running(situation, step)) return true;
    }
    return false;
  }

  [[nodiscard]] bool may_begin(const Situation& situation, std::size_t step) const {
    if (situation.steps[step] != Progress::waiting || is_busy(situation, plan_.steps[step].step.server)) return false;
    const auto& arrows = plan_.steps[step].after;
    return std::all_of(arrows.begin(), arrows.end(),
                       [&](const Arrow& arrow) { return situation.steps[arrow.step.value] == Progress::ended; });
  }

  [[nodiscard]] bool may_begin_again(const Situation& situation, std::size_t step) const {
    return situation.steps[step] == Progress::waiting_again && !is_busy(situation, plan_.steps[step].step.server);
  }

  [[nodiscard]] bool may_end(const Situation& situation, std::size_t step) const {
    if (!ends_) return true;
    const std::size_t count = count_ended(situation);
    return count < ends_->size() && (*ends_)[count] == step;
  }

  [[nodiscard]] static std::size_t count_ended(const Situation& situation) {
    return static_cast<std::size_t>(std::count(situation.steps.begin(), situation.steps.end(), Progress::ended));
  }

  void begin(std::size_t place, const NaiveState& state, std::size_t step) {
    if (can_begin(state, plan_.steps[step].step)) {
      Situation next = *reached_[place].situation;
      next.steps[step] = Progress::running;
      reach(std::move(next), place, {OrdersEvent::Kind::begin, step});
    } else if (!reached_[place].situation->has_failure) {
      report({OrdersViolation::step_refused, std::nullopt, step}, place);
    }
  }

  void fail(std::size_t place, std::size_t step) {
    Situation next = *reached_[place].situation;
    next.steps[step] = Progress::failed;
    next.has_failure = true;
    reach(std::move(next), place, {OrdersEvent::Kind::fail, step});
  }

  /// A server that is out already needs no drain, and one that is in service no return; a build that it has already
  /// stays as it is.
  void begin_again(std::size_t place, const NaiveState& state, std::size_t step) {
    const Step& beginning = plan_.steps[step].step;
    if (beginning.kind == StepKind::ensure_folder && !can_begin(state, beginning)) return;
    Situation next = *reached_[place].situation;
    next.steps[step] = Progress::running_again;
    reach(std::move(next), place, {OrdersEvent::Kind::begin, step});
  }

  void end(std::size_t place, std::size_t step, Progress progress) {
    Situation next = *reached_[place].situation;
    change_server(next, step, [&](NaiveState& state) { end_step(state, plan_.steps[step].step, readings_); });
    next.steps[step] = progress;
    next.has_failure = next.has_failure || progress != Progress::ended;
    reach(std::move(next), place, {OrdersEvent::Kind::end, step});
  }

  void break_off(std::size_t place, std::size_t step) {
    const Step& breaking = plan_.steps[step].step;
    if (breaking.kind != StepKind::upgrade && breaking.kind != StepKind::ensure_folder) return;
    Situation next = *reached_[place].situation;
    change_server(next, step, [&](NaiveState& state) {
      if (breaking.kind == StepKind::upgrade) state[breaking.server.value].in_service = false;
      if (breaking.kind == StepKind::ensure_folder) end_step(state, breaking, readings_);
    });
    next.steps[step] = Progress::failed;
    next.has_failure = true;
    reach(std::move(next), place, {OrdersEvent::Kind::break_off, step});
  }

  void change_server(Situation& situation, std::size_t step, const std::function<void(NaiveState&)>& change) {
    const std::size_t server = plan_.steps[step].step.server.value;
    NaiveState state(situation.servers.size());
    state[server] = conditions_[situation.servers[server]];
    change(state);
    situation.servers[server] = conditions_.number_of(state[server]);
  }

  void reach(Situation next, std::size_t from, OrdersEvent by) {
    if (is_stopped_) return;
    const auto& fates = fates_in(next);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (fates[i] == Fate::other) next.excused[i] = false;
    }
    const auto [situation, is_new] = known_.insert(std::move(next));
    if (!is_new) return;
    reached_.push_back({&*situation, from, by});
    judge(reached_.size() - 1);
  }

  void judge(std::size_t place) {
    const Situation& situation = *reached_[place].situation;
    const bool is_the_end = count_ended(situation) == plan_.steps.size() && !situation.has_failure;
    const auto& fates = fates_in(situation);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (fates[i] != Fate::event46) continue;
      if (!situation.excused[i]) {
        report({OrdersViolation::event46_on_the_way, paths_[i], std::nullopt}, place);
      } else if (is_the_end && !is_beyond_copying(paths_[i], state_of(situation))) {
        report({OrdersViolation::event46_at_the_end, paths_[i], std::nullopt}, place);
      }
    }
  }

  void report(const OrdersFault& fault, std::size_t place) {
    if (!is_stopped_ && (!ends_ || count_ended(*reached_[place].situation) == ends_->size()))
      is_stopped_ = on_fault_(fault, reached_[place]) == Go::stop;
  }

  /// Asked of a path that has failed all the time.
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
      if (is_upgrade && is_running(situation, step)) servers.insert(plan_.steps[step].step.server.value);
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

  const Organisation& organisation_;
  const Plan& plan_;
  const Readings& readings_;
  OnFault on_fault_;
  Failures failures_ = Failures::none;
  std::optional<std::vector<std::size_t>> ends_;
  std::vector<Pair> paths_;
  Conditions conditions_;
  std::map<std::pair<std::vector<std::size_t>, std::set<std::size_t>>, std::vector<Fate>> fates_;
  std::set<Situation> known_;
  std::vector<Reached> reached_;
  bool is_stopped_ = false;
};

std::size_t count_ended(const std::vector<OrdersEvent>& events) {
  return static_cast<std::size_t>(std::count_if(
      events.begin(), events.end(), [](const OrdersEvent& event) { return event.kind == OrdersEvent::Kind::end; }));
}

}  // namespace

OrdersVerdict judge_all_orders(const Organisation& organisation, const Plan& plan, const Readings& readings,
                               const OrdersSearch& search) {
  OrdersVerdict verdict;
  verdict.readings = readings;
  std::optional<Exploration> exploration;
  exploration.emplace(organisation, plan, readings, [&](const OrdersFault& fault, const Exploration::Reached& reached) {
    verdict.safety = OrdersSafety::unsafe;
    verdict.kind = fault.kind;
    verdict.path = fault.path;
    verdict.step = fault.step;
    verdict.sequence = exploration->way_to(reached);
    return Go::stop;
  });
  exploration->let_steps_fail(search.failures);
  const bool is_all = exploration->run(search.most_states);
  if (!is_all && verdict.safety == OrdersSafety::safe) verdict.safety = OrdersSafety::too_many_states;
  verdict.states = exploration->states();
  return verdict;
}

std::optional<std::size_t> fewest_ended(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                        const OrdersFault& fault) {
  std::optional<std::size_t> fewest;
  std::optional<Exploration> exploration;
  exploration.emplace(organisation, plan, readings, [&](const OrdersFault& met, const Exploration::Reached& reached) {
    if (met != fault) return Go::on;
    const std::size_t ended = count_ended(exploration->way_to(reached));
    fewest = std::min(fewest.value_or(ended), ended);
    return Go::on;
  });
  exploration->run(OrdersSearch{}.most_states);
  return fewest;
}

std::set<OrdersFault> faults_after(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                   const std::vector<std::size_t>& ends) {
  std::set<OrdersFault> faults;
  Exploration exploration(organisation, plan, readings, [&](const OrdersFault& met, const Exploration::Reached&) {
    faults.insert(met);
    return Go::on;
  });
  exploration.let_end_only(ends);
  exploration.run(OrdersSearch{}.most_states);
  return faults;
}

}  // namespace casplan::oracle
