#include "planner/search/explorer.h"

#include <algorithm>
#include <queue>
#include <string>
#include <unordered_map>

#include "planner/search/crew_remaining.h"
#include "planner/search/moves.h"
#include "planner/search/rates.h"
#include "planner/search/remaining.h"

namespace casplan::planner {
namespace {

struct Node {
  Situation situation;
  Cost cost{};
  const Cost* best = nullptr;  ///< that is known of a way to this situation
  std::size_t from = 0;
  Move move;
};

struct Open {
  Cost at_least;
  Cost cost;
  std::size_t node;

  /// The standard library's queue gives the greatest first: of those that promise the same, that for which most is
  /// paid.
  friend bool operator<(const Open& a, const Open& b) {
    if (a.at_least != b.at_least) return a.at_least > b.at_least;
    if (a.cost != b.cost) return a.cost < b.cost;
    return a.node > b.node;
  }
};

bool something_ends(const Situation& before, const Situation& after) {
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    if (before.slots[i].doing != after.slots[i].doing) return true;
  }
  return false;
}

/// Whether what is left to pay may be told as where several crews work, though there is one, which may work at any
/// time.
bool tells_of_crews(const Problem& problem) {
  return !has_crews_or_windows(problem.policy) && problem.policy.event46 == Event46::never &&
         problem.policy.to_return.empty() && !has_herds(problem);
}

class Explorer {
 public:
  Explorer(Problem& problem, const Effort& effort, const Exploring& how)
      : problem_(problem),
        effort_(effort),
        how_(how),
        order_(problem.policy),
        moves_(problem, how.waits),
        rates_(problem),
        remaining_(problem, rates_),
        tries_all_waits_(how.waits == Waits::every_minute || !has_crews_or_windows(problem.policy)) {
    if (how.waits == Waits::every_minute || tells_of_crews(problem)) crew_remaining_.emplace(problem, rates_);
  }

  Exploration run() {
    Exploration result = search();
    const auto apart = remaining_.with_herds_apart();
    result.may_gain_with_herds_apart = apart && *apart < result.cost;
    if (apart) result.at_least = std::min(result.at_least, *apart);
    return result;
  }

 private:
  Exploration search() {
    Exploration result;
    result.parts_of_a_user = rates_.parts_of_a_user();
    result.at_least = remaining_.at_least(problem_.start());
    reach(problem_.start(), Cost{}, 0, {});
    while (!open_.empty()) {
      const Open best = open_.top();
      open_.pop();
      if (best.cost != *nodes_[best.node].best) continue;
      if (tries_all_waits_) result.at_least = best.at_least;
      if (moves_.is_goal(nodes_[best.node].situation)) return with_steps(std::move(result), best.node);
      if (is_known(best.at_least)) {
        result.end = Exploration::End::known_is_best;
        return result;
      }
      if (is_halved(best)) continue;
      if (is_spent(result.at_least)) return result;
      expand(best.node);
    }
    result.end = Exploration::End::none;
    return result;
  }

  /// Whether a known plan costs no more, as its measures are told.
  [[nodiscard]] bool is_known(const Cost& at_least) const {
    if (how_.waits != Waits::every_minute) return false;
    const Measures least = in_users(at_least, problem_.policy, rates_.parts_of_a_user());
    for (const Measure measure : problem_.policy.objective) {
      const auto known = value(how_.known, measure);
      if (!known) return false;
      const std::int64_t own = value(least, measure).value_or(0);
      if (own != *known) return own > *known;
    }
    return true;
  }

  bool is_spent(const Cost& at_least) {
    constexpr std::size_t now_and_then = 1024;
    constexpr std::size_t most_slots = 50'000'000;  // about four gigabytes
    constexpr std::size_t most_ways_on = 5;         // on average, in each situation
    ++looked_at_;
    if (looked_at_ > effort_.most_situations || nodes_.size() * problem_.worked.size() > most_slots) return true;
    if (nodes_.size() / most_ways_on > effort_.most_situations) return true;
    if (looked_at_ % now_and_then != 0) return false;
    if (effort_.report && how_.aim == Aim::best) {
      effort_.report({looked_at_, in_users(at_least, problem_.policy, rates_.parts_of_a_user()), {}});
    }
    return effort_.is_out_of_time && effort_.is_out_of_time();
  }

  /// The halves of the times at which a situation may lie are looked at apart where neither is as good as both together
  /// are held to be, or where one is not, and that may tell it from a known plan.
  bool is_halved(const Open& both) {
    const Node& node = nodes_[both.node];
    const std::int32_t slack = node.situation.slack;
    if (slack == 0) return false;
    const std::int32_t later = slack / 2;
    std::array<Situation, 2> halves{node.situation, node.situation};
    halves[0].minute -= later + 1;
    halves[0].slack = slack - later - 1;
    halves[1].slack = later;
    int worse = 0;
    bool tells = false;
    for (const Situation& half : halves) {
      const auto least = at_least(node.cost, half);
      if (!least || *least > both.at_least) ++worse;
      tells = tells || !least || tells_from_known(both.at_least, *least);
    }
    if (worse < 2 && !tells) return false;
    const Cost cost = node.cost;
    for (Situation& half : halves) {
      Move narrowing = narrowing_to({half.minute, half.slack});
      reach(std::move(half), cost, both.node, std::move(narrowing));
    }
    return true;
  }

  /// Whether `more` is more than `least` in some measure, and a known plan is not more in any before it. (Fewer copies
  /// than those of the plan are often held to be enough where the times are many.)
  [[nodiscard]] bool tells_from_known(const Cost& least, const Cost& more) const {
    const Measures in_whole = in_users(least, problem_.policy, rates_.parts_of_a_user());
    for (const Measure measure : problem_.policy.objective) {
      if (order_.of(more, measure) > order_.of(least, measure)) return true;
      if (measure != Measure::copies && value(in_whole, measure) != value(how_.known, measure)) return false;
    }
    return false;
  }

  void expand(std::size_t node) {
    std::bitset<64> late = nodes_[node].situation.late;
    for (Move& move : moves_.of(nodes_[node].situation)) {
      const Situation& now = nodes_[node].situation;
      const bool may_be_late = moves_.may_be_late(now, move);
      const bool is_late = may_be_late && now.late[move.worked];
      if (is_late || (move.is_tried && !may_be_late)) continue;
      Situation next = moves_.make(now, move);
      const bool only_drains = move.kind == Move::Kind::start && !move.step;
      if (only_drains && !is_worth_it(now, next, move)) continue;
      if (may_be_late && !move.times && !costs_more(now, next)) late.set(move.worked);
      if (move.is_tried) continue;
      const bool goes_on = move.kind == Move::Kind::wait && !something_ends(now, next);
      next.late = goes_on ? late : std::bitset<64>();
      const Cost cost = sum(nodes_[node].cost, cost_of(now, next, move));
      reach(std::move(next), cost, node, std::move(move));
    }
  }

  bool costs_more(const Situation& before, const Situation& after) {
    const Rate old = rates_.at_situation(before);
    const Rate& now = rates_.at_situation(after);
    return now.event46 > old.event46 || now.unavailable > old.unavailable || now.lagging > old.lagging;
  }

  /// Whether users have something of a drain at once, or may have together with other drains, or a path is not seen to
  /// work; any other one ends just when it is needed.
  bool is_worth_it(const Situation& before, const Situation& after, const Move& drain) {
    if (drain.hides_a_path || !moves_.harms_nobody(before, drain.worked)) return true;
    if (moves_.closes_now(before, drain.worked)) return true;
    const Rate& old = rates_.at_situation(before);
    const Rate& now = rates_.at_situation(after);
    return now.event46 < old.event46 || now.lagging < old.lagging;
  }

  Cost cost_of(const Situation& before, const Situation& after, const Move& move) {
    Cost cost{};
    order_.of(cost, Measure::copies) = after.copies - before.copies;
    if (!before.is_begun || move.minutes == 0) return cost;
    const Rate& rate = rates_.at_situation(before);
    order_.of(cost, Measure::event46_user_minutes) = rate.event46 * move.minutes;
    order_.of(cost, Measure::unavailable_user_minutes) = rate.unavailable * move.minutes;
    order_.of(cost, Measure::feature_lag_user_minutes) = rate.lagging * move.minutes;
    order_.of(cost, Measure::makespan_minutes) = move.minutes;
    return cost;
  }

  /// Empty where no way leads to the end.
  [[nodiscard]] std::optional<Cost> at_least(const Cost& paid, const Situation& situation) {
    if (!crew_remaining_) return urgency(paid, remaining_.at_least(situation));
    auto remaining = crew_remaining_->at_least(situation);
    if (!remaining) return std::nullopt;
    if (how_.waits == Waits::for_events) {
      const Cost other = remaining_.at_least(situation);
      for (std::size_t i = 0; i < other.size(); ++i) (*remaining)[i] = std::max((*remaining)[i], other[i]);
    }
    Cost all = urgency(paid, *remaining);
    if (how_.aim == Aim::best && how_.waits == Waits::every_minute) raise(all);
    return all;
  }

  /// To what no plan is below: that holds for each measure as long as those before it are not above theirs.
  void raise(Cost& cost) const {
    for (const Measure measure : problem_.policy.objective) {
      const auto least = value(how_.floor, measure);
      if (!least) return;
      const bool counts_users = measure != Measure::copies && measure != Measure::makespan_minutes;
      const Parts unit = counts_users ? rates_.parts_of_a_user() : 1;
      std::int64_t& own = order_.of(cost, measure);
      const std::int64_t rounded = (own * 2 + unit) / (2 * unit);
      if (rounded > *least) return;
      own = std::max(own, (*least * 2 * unit - unit + 1) / 2);
    }
  }

  void reach(Situation situation, const Cost& cost, std::size_t from, Move move) {
    const auto [place, added] = best_.try_emplace(key_of(situation), cost);
    if (!added && place->second <= cost) return;
    place->second = cost;
    const auto least = at_least(cost, situation);
    if (!least) return;
    open_.push({*least, cost, nodes_.size()});
    nodes_.push_back({std::move(situation), cost, &place->second, from, std::move(move)});
  }

  /// The least is looked at first. What is paid counts less where a plan is wanted soon.
  [[nodiscard]] Cost urgency(Cost paid, const Cost& remaining) const {
    constexpr std::int64_t much_less = 4;
    if (how_.aim == Aim::soon) {
      for (std::int64_t& measure : paid) measure /= much_less;
    }
    return sum(paid, remaining);
  }

  /// Who does a step: a herd returns together, everything else is done to one server.
  [[nodiscard]] std::vector<ServerId> members(std::size_t worked, StepKind kind, ServerId server) const {
    if (kind != StepKind::return_to_service) return {server};
    return problem_.worked[worked].members;
  }
  void sort_twins(std::string& slots) const;
  [[nodiscard]] std::string key_of(const Situation& situation) const;
  [[nodiscard]] Exploration with_steps(Exploration result, std::size_t node);

  Problem& problem_;
  const Effort& effort_;
  const Exploring& how_;
  CostOrder order_;
  Moves moves_;
  Rates rates_;
  Remaining remaining_;
  std::optional<CrewRemaining> crew_remaining_;
  bool tries_all_waits_;
  std::size_t looked_at_ = 0;
  std::vector<Node> nodes_;
  std::priority_queue<Open> open_;
  std::unordered_map<std::string, Cost> best_;
};

constexpr std::size_t bytes_of_a_slot = 20;

void add(std::string& key, std::int64_t number) {
  key.append(reinterpret_cast<const char*>(&number), 4);
}

void add_slot(std::string& key, const Slot& slot, const Worked& worked) {
  const bool may_be_drained = !slot.is_out && !slot.was_drained;
  add(key, static_cast<std::int64_t>(slot.variant.value) << 16U | slot.next.value);
  add(key, static_cast<std::int64_t>(slot.members_done) << 16U | slot.source);
  add(key, static_cast<std::int64_t>(slot.hops_done) << 8U | static_cast<std::int64_t>(slot.doing) << 2U |
               (slot.is_out ? 2 : 0) | (slot.was_drained ? 1 : 0));
  add(key, slot.left);
  add(key, static_cast<std::int64_t>(may_be_drained ? slot.free_for : 0) << 16U |
               (worked.least_company > 0 ? slot.serving_for : 0));
}

void add_path(std::string& key, const WorkedBefore& path) {
  for (const std::uint64_t readings : path) {
    add(key, static_cast<std::int64_t>(readings));
    add(key, static_cast<std::int64_t>(readings >> 32U));
  }
}

/// Twins may have changed places, so those in the same situations stand in the same order.
void Explorer::sort_twins(std::string& slots) const {
  for (const auto& twins : problem_.twins) {
    std::vector<std::string> sorted;
    for (const std::size_t twin : twins) sorted.push_back(slots.substr(twin * bytes_of_a_slot, bytes_of_a_slot));
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 0; k < twins.size(); ++k) {
      slots.replace(twins[k] * bytes_of_a_slot, bytes_of_a_slot, sorted[k]);
    }
  }
}

/// Everything on which what may follow depends. Twins are not sorted where some of them had their turn at this minute
/// and others not.
std::string Explorer::key_of(const Situation& situation) const {
  std::string key;
  key.reserve((situation.slots.size() + 2) * bytes_of_a_slot);
  for (std::size_t i = 0; i < situation.slots.size(); ++i) add_slot(key, situation.slots[i], problem_.worked[i]);
  const bool is_a_source =
      std::any_of(situation.slots.begin(), situation.slots.end(), [](const Slot& slot) { return slot.source != 0; });
  if (situation.last_start == 0 && !is_a_source) sort_twins(key);
  for (const WorkedBefore& path : situation.worked_before) add_path(key, path);
  add(key, situation.last_start);
  add(key, situation.is_begun ? 1 : 0);
  if (problem_.policy.copies) add(key, situation.copies);
  add(key, moves_.time_of_calendars(situation));
  add(key, situation.slack);
  return key;
}

Exploration Explorer::with_steps(Exploration result, std::size_t node) {
  result.end = Exploration::End::best_found;
  result.cost = nodes_[node].cost;
  const Situation& last = nodes_[node].situation;
  Moment now = problem_.policy.start + Minutes(last.minute - last.slack);
  for (; node != 0; node = nodes_[node].from) {
    const Move& move = nodes_[node].move;
    if (move.kind == Move::Kind::wait) now -= Minutes(move.minutes);
    if (move.kind != Move::Kind::start) continue;
    if (move.step) {
      const Situation& before = nodes_[nodes_[node].from].situation;
      const Minutes length(moves_.length(before, move.worked, *move.step));
      for (const ServerId member : members(move.worked, move.step->kind, move.step->server)) {
        Step step = *move.step;
        step.server = member;
        result.steps.push_back({std::move(step), {now, now + length}});
      }
    }
    for (const std::size_t drained : move.drained) {
      for (const ServerId member : problem_.worked[drained].members) {
        const Step step{StepKind::drain, member, std::nullopt, std::nullopt, {}};
        result.steps.push_back({step, {now - problem_.policy.durations.drain, now}});
      }
    }
  }
  std::reverse(result.steps.begin(), result.steps.end());
  std::stable_sort(result.steps.begin(), result.steps.end(),
                   [](const TimedStep& a, const TimedStep& b) { return a.schedule.start < b.schedule.start; });
  return result;
}

}  // namespace

Exploration explore(Problem& problem, const Effort& effort, const Exploring& how) {
  return Explorer(problem, effort, how).run();
}

}  // namespace casplan::planner
