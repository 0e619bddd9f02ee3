#include "property_tests/oracles/best_plan.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>

#include "model/contracts.h"
#include "property_tests/oracles/minute_facts.h"
#include "property_tests/oracles/work_times.h"

namespace casplan::oracle {
namespace {

/// A server at the beginning of a minute: in one state of its life, and perhaps in the middle of a step.
struct Doing {
  std::uint16_t state = 0;
  std::uint16_t work = 0;  ///< 0: none; else one more than its place among the works of the state
  std::uint16_t left = 0;  ///< minutes
};

/// By which of the ways in which two steps may have ended a path has worked before: the front's step not yet or
/// already, the target's not yet or already.
using WorkedBefore = std::array<ReadingSet, 4>;

/// All that decides about the rest of a plan.
struct Minute {
  std::vector<Doing> servers;
  int time = 0;
  int copies = 0;  ///< that were begun; counted only where they are limited
  bool has_begun = false;
  std::vector<WorkedBefore> worked;  ///< of the paths that fail at the start

  [[nodiscard]] std::string key() const;
};

void put(std::string& text, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>((number >> (8U * static_cast<unsigned>(i))) & 255U));
}

std::string Minute::key() const {
  std::string text;
  for (const Doing& doing : servers) {
    put(text, doing.state, 2);
    put(text, doing.work, 1);
    put(text, doing.left, 1);
  }
  put(text, static_cast<std::uint64_t>(time), 3);
  put(text, static_cast<std::uint64_t>(copies), 1);
  put(text, has_begun ? 1 : 0, 1);
  for (const WorkedBefore& path : worked) {
    for (const ReadingSet set : path) put(text, set, 8);
  }
  return text;
}

/// The states that a server may be in during a minute, as far as its users can tell: the one before its step and the
/// one after it, because a step that overlaps with another may end before or after that one.
struct Options {
  std::array<std::size_t, 2> states{};
  std::size_t count = 1;
};

/// A minute that may come next, and what it costs to get there.
struct Next {
  Minute minute;
  WholeCost cost{};
};

WholeCost sum(const WholeCost& a, const WholeCost& b) {
  WholeCost all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = a[i] + b[i];
  return all;
}

/// What may happen in a minute.
class Moves {
 public:
  Moves(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives)
      : organisation_(organisation),
        policy_(policy),
        lives_(lives),
        times_(organisation, policy, lives),
        costs_(organisation, policy, lives),
        failures_(organisation, policy, lives),
        least_(least_in_service(organisation, policy)) {
    for (const ServerLife& life : lives) expects(life.states.size() < 65536, "a life has few states");
  }

  [[nodiscard]] const WorkTimes& times() const { return times_; }
  [[nodiscard]] const MinuteCosts& costs() const { return costs_; }

  [[nodiscard]] Minute beginning(int time) const {
    Minute minute;
    minute.servers.resize(lives_.size());
    minute.time = time;
    if (policy_.event46 == Event46::minimise) return minute;
    for (const VersionPath& path : failures_.paths()) {
      if (path.failed_at_start != 0) minute.worked.emplace_back();
    }
    return minute;
  }

  /// Whether work may end here.
  [[nodiscard]] bool is_goal(const Minute& minute) {
    for (std::size_t i = 0; i < minute.servers.size(); ++i) {
      if (minute.servers[i].work != 0 || !lives_[i].states[minute.servers[i].state].may_be_last) return false;
    }
    for (std::size_t path = 0; path < failures_.paths().size(); ++path) {
      const auto& [front, target] = failures_.paths()[path].ends;
      const std::size_t at_front = minute.servers[front].state;
      const std::size_t at_target = minute.servers[target].state;
      const bool is_taken =
          lives_[front].states[at_front].is_in_service() && lives_[target].states[at_target].is_in_service();
      if (is_taken && failures_.of(path, at_front, at_target) != 0) return false;
    }
    return true;
  }

  /// Every way to live through the minute.
  [[nodiscard]] std::vector<Next> from(const Minute& minute) {
    std::vector<Next> all;
    const int rest = times_.rest(minute.time);
    const bool is_idle =
        std::all_of(minute.servers.begin(), minute.servers.end(), [](const Doing& doing) { return doing.work == 0; });
    if (rest > 0) {
      if (is_idle && minute.has_begun) live_through(minute, 0, rest, all);
      return all;
    }
    begin_steps(minute, 0, crews_at_work(minute), 0, all);
    return all;
  }

 private:
  [[nodiscard]] const Work& work_of(std::size_t server, const Doing& doing) const {
    return lives_[server].states[doing.state].works[doing.work - 1U];
  }

  [[nodiscard]] int crews_at_work(const Minute& minute) const {
    int crews = 0;
    for (std::size_t i = 0; i < minute.servers.size(); ++i) {
      if (minute.servers[i].work != 0 && work_of(i, minute.servers[i]).needs_crew()) ++crews;
    }
    return crews;
  }

  /// Decides for one server after the other whether a step begins.
  void begin_steps(const Minute& minute, std::size_t server, int crews, int new_copies, std::vector<Next>& all) {
    if (server == minute.servers.size()) {
      if (minute.has_begun) live_through(minute, new_copies, 1, all);
      return;
    }
    begin_steps(minute, server + 1, crews, new_copies, all);
    if (minute.servers[server].work != 0) return;
    const auto& works = lives_[server].states[minute.servers[server].state].works;
    for (std::size_t i = 0; i < works.size(); ++i) {
      const bool copies = works[i].step.kind == StepKind::ensure_folder;
      if (works[i].needs_crew() && crews == policy_.crews) continue;
      if (copies && policy_.copies && minute.copies == *policy_.copies) continue;
      if (!times_.allows(server, minute.time, works[i].minutes) || !may_come_now(minute, works[i].step)) continue;
      Minute next = minute;
      next.has_begun = true;
      next.servers[server].work = static_cast<std::uint16_t>(i + 1);
      next.servers[server].left = static_cast<std::uint16_t>(works[i].minutes);
      if (copies && policy_.copies) ++next.copies;
      begin_steps(next, server + 1, crews + (works[i].needs_crew() ? 1 : 0), new_copies + (copies ? 1 : 0), all);
    }
  }

  /// The last upgrade of one server before the first of another.
  [[nodiscard]] bool may_come_now(const Minute& minute, const Step& step) const {
    if (step.kind != StepKind::upgrade) return true;
    return std::all_of(policy_.before.begin(), policy_.before.end(), [&](const auto& pair) {
      const ServerLife& first = lives_[pair.first.value];
      return pair.second != step.server || first.states[minute.servers[pair.first.value].state].hops_done == first.hops;
    });
  }

  void live_through(const Minute& minute, int new_copies, int minutes, std::vector<Next>& all) {
    const auto time = times_.after(minute.time, minutes);
    if (!time || !copies_find_their_folders(minute) || !enough_are_in_service(minute)) return;
    Next next{minute, costs_.of_copies(new_copies)};
    if (policy_.event46 == Event46::never && !paths_are_fine(next.minute)) return;
    const WholeCost& each = costs_.of(standings(minute));
    for (int i = 0; i < minutes; ++i) next.cost = sum(next.cost, each);
    next.minute.time = *time;
    pass(next.minute);
    all.push_back(std::move(next));
  }

  /// A minute has gone by.
  void pass(Minute& minute) const {
    std::vector<bool> has_ended(minute.servers.size());
    for (std::size_t i = 0; i < minute.servers.size(); ++i) {
      Doing& doing = minute.servers[i];
      if (doing.work == 0 || --doing.left > 0) continue;
      doing = {static_cast<std::uint16_t>(work_of(i, doing).leads_to), 0, 0};
      has_ended[i] = true;
    }
    std::size_t place = 0;
    for (const VersionPath& path : failures_.paths()) {
      if (path.failed_at_start == 0 || minute.worked.empty()) continue;
      WorkedBefore& worked = minute.worked[place++];
      if (has_ended[path.ends.first]) worked = {worked[2], worked[3], 0, 0};
      if (has_ended[path.ends.second]) worked = {worked[1], 0, worked[3], 0};
    }
  }

  [[nodiscard]] Options options(const Minute& minute, std::size_t server) const {
    const Doing& doing = minute.servers[server];
    if (doing.work == 0) return {{doing.state, doing.state}, 1};
    return {{doing.state, work_of(server, doing).leads_to}, 2};
  }

  [[nodiscard]] std::vector<Standing> standings(const Minute& minute) const {
    std::vector<Standing> all;
    for (std::size_t i = 0; i < minute.servers.size(); ++i) {
      const Doing& doing = minute.servers[i];
      all.push_back({doing.state, doing.work != 0 && work_of(i, doing).step.kind == StepKind::upgrade});
    }
    return all;
  }

  /// Who is on the way out, or on the way back, may be out.
  [[nodiscard]] bool enough_are_in_service(const Minute& minute) const {
    std::vector<int> left = least_;
    const auto all = standings(minute);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Server& server = organisation_.servers[i];
      const auto [states, count] = options(minute, i);
      const bool serves = std::all_of(states.begin(), states.begin() + count,
                                      [&](std::size_t state) { return lives_[i].states[state].is_in_service(); });
      if (server.is_cas() && serves && !all[i].is_out) --left[server.site->value];
    }
    return std::all_of(left.begin(), left.end(), [](int missing) { return missing <= 0; });
  }

  /// While a copy is made, or may still wait for its begin, somebody holds the folder, however the others' steps end.
  [[nodiscard]] bool copies_find_their_folders(const Minute& minute) const {
    for (std::size_t i = 0; i < minute.servers.size(); ++i) {
      if (minute.servers[i].work == 0) continue;
      const Step& step = work_of(i, minute.servers[i]).step;
      if (step.kind == StepKind::ensure_folder && !is_held(minute, i, *step.folder)) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_held(const Minute& minute, std::size_t copier, const OwaVersion& folder) const {
    const std::size_t variants = lives_[copier].states.front().under.size();
    for (std::size_t variant = 0; variant < variants; ++variant) {
      bool found = false;
      for (std::size_t i = 0; i < minute.servers.size() && !found; ++i) {
        const Options may_be = options(minute, i);
        const auto holds = [&](std::size_t option) {
          return lives_[i].states[may_be.states[option]].under[variant].present.sure.contains(folder);
        };
        found = holds(0) && (i == copier || may_be.count == 1 || holds(1));
      }
      if (!found) return false;
    }
    return true;
  }

  [[nodiscard]] bool paths_are_fine(Minute& minute) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < failures_.paths().size(); ++i) {
      WorkedBefore* worked = failures_.paths()[i].failed_at_start != 0 ? &minute.worked[place++] : nullptr;
      if (!path_is_fine(minute, i, worked)) return false;
    }
    return true;
  }

  [[nodiscard]] bool path_is_fine(const Minute& minute, std::size_t path, WorkedBefore* worked) {
    const auto& [front, target] = failures_.paths()[path].ends;
    const Options fronts = options(minute, front);
    const Options targets = options(minute, target);
    for (std::size_t f = 0; f < fronts.count; ++f) {
      for (std::size_t t = 0; t < targets.count; ++t) {
        ReadingSet before = 0;
        if (worked != nullptr) {
          before = (*worked)[f * 2 + t];
          if (f == 1) before |= (*worked)[t];
          if (t == 1) before |= (*worked)[f * 2];
          (*worked)[f * 2 + t] = before;
        }
        const bool is_taken = lives_[front].states[fronts.states[f]].is_in_service() &&
                              lives_[target].states[targets.states[t]].is_in_service();
        if (!is_taken) continue;
        const ReadingSet fails = failures_.of(path, fronts.states[f], targets.states[t]);
        const ReadingSet may_fail = failures_.paths()[path].failed_at_start & ~before;
        if ((fails & ~may_fail) != 0) return false;
        if (worked != nullptr) (*worked)[f * 2 + t] |= failures_.paths()[path].failed_at_start & ~fails;
      }
    }
    return true;
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const std::vector<ServerLife>& lives_;
  WorkTimes times_;
  MinuteCosts costs_;
  PathFailures failures_;
  std::vector<int> least_;
};

/// Dijkstra's search.
class Search {
 public:
  Search(Moves& moves, std::size_t most_states) : moves_(moves), most_states_(most_states) {}

  /// The place of the last minute of a best plan; empty where there is none, or where it was given up.
  [[nodiscard]] std::optional<std::size_t> run() {
    for (const int time : moves_.times().beginnings()) reach({moves_.beginning(time), {}}, no_place);
    while (!queue_.empty()) {
      const auto [cost, place] = queue_.top();
      queue_.pop();
      if (labels_[place].is_settled) continue;
      labels_[place].is_settled = true;
      const Minute minute = labels_[place].minute;
      if (moves_.is_goal(minute)) return place;
      for (Next& next : moves_.from(minute)) {
        next.cost = sum(next.cost, cost);
        reach(std::move(next), place);
      }
      if (is_given_up()) return std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_given_up() const { return labels_.size() > most_states_; }
  [[nodiscard]] const WholeCost& cost(std::size_t place) const { return labels_[place].cost; }

  /// The minutes of the plan that ends at a place.
  [[nodiscard]] std::vector<Minute> way_to(std::size_t place) const {
    std::vector<Minute> way;
    for (; place != no_place; place = labels_[place].from) way.push_back(labels_[place].minute);
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  static constexpr std::size_t no_place = static_cast<std::size_t>(-1);

  struct Label {
    Minute minute;
    WholeCost cost;
    std::size_t from;
    bool is_settled = false;
  };
  using Entry = std::pair<WholeCost, std::size_t>;

  void reach(Next next, std::size_t from) {
    const auto [place, is_new] = places_.emplace(next.minute.key(), labels_.size());
    if (is_new) {
      labels_.push_back({std::move(next.minute), next.cost, from});
    } else if (Label& label = labels_[place->second]; next.cost < label.cost) {
      label.cost = next.cost;
      label.from = from;
    } else {
      return;
    }
    queue_.emplace(next.cost, place->second);
  }

  Moves& moves_;
  std::size_t most_states_;
  std::deque<Label> labels_;
  std::unordered_map<std::string, std::size_t> places_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

/// The plan whose minutes these are.
class Writer {
 public:
  Writer(const Policy& policy, const std::vector<ServerLife>& lives, const WorkTimes& times)
      : policy_(policy), lives_(lives), times_(times) {}

  [[nodiscard]] Plan plan_of(const std::vector<Minute>& way) const {
    Plan plan;
    Moment now = policy_.start + Minutes(way.front().time);
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      for (std::size_t server = 0; server < lives_.size(); ++server) {
        if (const Work* work = begun(way[i].servers[server], way[i + 1].servers[server], lives_[server]))
          add(plan, *work, now);
      }
      now += Minutes(std::max(1, times_.rest(way[i].time)));
    }
    return plan;
  }

 private:
  /// What a server has begun between the beginning of a minute and that of the next.
  static const Work* begun(const Doing& before, const Doing& after, const ServerLife& life) {
    const auto& works = life.states[before.state].works;
    if (before.work != 0) return nullptr;
    if (after.work != 0) return &works[after.work - 1U];
    const auto place =
        std::find_if(works.begin(), works.end(), [&](const Work& work) { return work.leads_to == after.state; });
    return before.state == after.state ? nullptr : &*place;
  }

  static void add(Plan& plan, const Work& work, Moment now) {
    PlannedStep step{"s" + std::to_string(plan.steps.size() + 1), work.step, "", {}, std::nullopt};
    step.schedule = Schedule{now, now + Minutes(work.minutes)};
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      if (plan.steps[i].schedule->end <= now) step.after.push_back({id_at<StepIndex>(i), "it has ended by then"});
    }
    plan.steps.push_back(std::move(step));
  }

  const Policy& policy_;
  const std::vector<ServerLife>& lives_;
  const WorkTimes& times_;
};

}  // namespace

Best best_plan(const Organisation& organisation, const Policy& policy, const BestPlanSearch& search) {
  expects(policy.goal == Goal::upgrade && policy.roles == UpgradedRoles::client_access,
          "the best plan is searched for upgrades of CAS");
  const auto lives = lives_of(organisation, policy, search.drain_first);
  if (!lives) return NoPlan{};
  if (std::any_of(lives->begin(), lives->end(), [](const ServerLife& life) { return life.is_too_long; }))
    return TooLarge{};
  Moves moves(organisation, policy, *lives);
  Search dijkstra(moves, search.most_states);
  const auto end = dijkstra.run();
  if (!end && dijkstra.is_given_up()) return TooLarge{};
  if (!end) return NoPlan{};
  return BestPlan{moves.costs().exactly(dijkstra.cost(*end)),
                  Writer(policy, *lives, moves.times()).plan_of(dijkstra.way_to(*end))};
}

std::optional<Cost> cost_of(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  Wanted wanted;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    wanted.push_back(wanted_build(organisation, policy, id_at<ServerId>(i)));
  }
  const auto totals = live_exactly_through(organisation, plan, first_of(policy.readings), wanted);
  if (!totals) return std::nullopt;
  const std::array<Amount, measure_count> values{totals->event46, totals->unavailable, totals->copies, totals->lagging,
                                                 totals->makespan};
  Cost cost;
  for (const Measure measure : policy.objective) cost.push_back(values[static_cast<std::size_t>(measure)]);
  return cost;
}

}  // namespace casplan::oracle
