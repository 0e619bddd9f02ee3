#include "planner/improve.h"

#include <algorithm>
#include <set>

#include "planner/bounds.h"
#include "planner/step_graph.h"
#include "simulator/trace.h"

namespace casplan::planner {
namespace {

/// Placing so many units takes about a second.
constexpr std::size_t most_placed_units = 60'000;
constexpr std::size_t most_attempts = 2'000;
/// So does looking at so many paths.
constexpr std::size_t most_measured_paths = 100'000;
/// Moments at which a plan may begin are taken from so many spans of each calendar, and so many of each span.
constexpr std::size_t tried_spans = 8;
constexpr int tried_moments = 12;

/// Minutes after the latest end, then the measures of the policy's objective.
using Worth = std::vector<std::int64_t>;

class Improver {
 public:
  Improver(const PlacementFacts& facts, const Draft& draft, std::vector<Unit> units, std::size_t paths,
           const Effort& effort)
      : facts_(facts),
        draft_(draft),
        effort_(effort),
        wanted_(simulator::wanted_builds(facts.organisation, facts.policy)),
        left_(std::min({most_attempts, most_placed_units / (units.size() + 1), most_measured_paths / (paths + 1)})),
        begin_(facts.policy.start),
        best_{std::move(units), {}} {
    for (const DraftStep& step : draft.steps) plan_.steps.push_back({{}, step.step, {}, {}, std::nullopt});
  }

  PlacedUnits run() {
    best_.placement = place(facts_, draft_, best_.units, begin_);
    if (best_.placement.obstacle || left_ < fewest_worth_it) return std::move(best_);
    worth_ = worth_of(best_.placement);
    choose_beginning();
    find_followers();
    while (may_go_on() && change_order()) {
    }
    return std::move(best_);
  }

 private:
  static constexpr std::size_t fewest_worth_it = 4;

  [[nodiscard]] bool may_go_on() const { return left_ > 0 && !(effort_.is_out_of_time && effort_.is_out_of_time()); }

  [[nodiscard]] Worth worth_of(const Placement& placement) {
    Worth worth;
    Moment end = facts_.policy.start;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      plan_.steps[i].schedule = placement.schedules[i];
      end = std::max(end, placement.schedules[i].end);
    }
    const auto& latest = facts_.policy.latest_end;
    worth.push_back(latest && *latest < end ? (end - *latest).count() : 0);
    const auto totals =
        simulator::measure(facts_.organisation, in_draft_order(), first_of(facts_.policy.readings), wanted_);
    const auto cost = cost_of(totals.value_or(Measures{}), facts_.policy);
    worth.insert(worth.end(), cost.begin(), cost.end());
    return worth;
  }

  /// Steps without length are carried out in the plan's order where they start together: that of the units.
  [[nodiscard]] Plan in_draft_order() const {
    Plan ordered;
    for (const Unit& unit : tried_ != nullptr ? *tried_ : best_.units) {
      for (const auto& stage : unit.stages) {
        for (const StepIndex step : stage) ordered.steps.push_back(at(plan_.steps, step));
      }
    }
    return ordered;
  }

  /// Keeps a better placement.
  bool attempt(const std::vector<Unit>& units, Moment begin) {
    --left_;
    Placement placement = place(facts_, draft_, units, begin);
    if (placement.obstacle) return false;
    tried_ = &units;
    Worth worth = worth_of(placement);
    tried_ = nullptr;
    if (worth >= worth_) return false;
    worth_ = std::move(worth);
    best_.placement = std::move(placement);
    return true;
  }

  /// Moments of the first spans in which some server may be worked on.
  [[nodiscard]] std::set<Moment> beginnings() const {
    std::set<const Calendar*> calendars;
    for (const DraftStep& step : draft_.steps) calendars.insert(&facts_.calendars.of(step.step.server));
    std::set<Moment> moments;
    for (const Calendar* calendar : calendars) {
      for (const auto& [start, end] : calendar->first_spans(facts_.policy.start, tried_spans)) {
        if (moments.size() > left_) break;
        for (int i = 0; i < tried_moments; ++i) moments.insert(start + (end - start) * i / tried_moments);
        if (end > facts_.policy.start + a_week) break;
      }
    }
    return moments;
  }

  void choose_beginning() {
    for (const Moment begin : beginnings()) {
      if (!may_go_on()) return;
      if (attempt(best_.units, begin)) begin_ = begin;
    }
  }

  void find_followers() {
    std::vector<std::size_t> unit_of(draft_.steps.size());
    followers_.assign(best_.units.size(), {});
    for (std::size_t i = 0; i < best_.units.size(); ++i) {
      number_.push_back(i);
      for (const auto& stage : best_.units[i].stages) {
        for (const StepIndex step : stage) unit_of[step.value] = i;
      }
    }
    for (std::size_t i = 0; i < draft_.steps.size(); ++i) {
      for (const DraftArrow& arrow : draft_.steps[i].after) followers_[unit_of[arrow.step.value]].insert(unit_of[i]);
    }
  }

  /// Whether the unit at `from` may come after all those up to `to`.
  [[nodiscard]] bool may_wait(std::size_t from, std::size_t to) const {
    for (std::size_t i = from + 1; i <= to; ++i) {
      if (followers_[number_[from]].contains(number_[i])) return false;
    }
    return true;
  }

  /// One round: each unit waits for the next one, or for some more. Says whether that made anything better.
  bool change_order() {
    bool is_better = false;
    for (const std::size_t distance : {1U, 2U, 4U}) {
      for (std::size_t i = 0; i + distance < best_.units.size() && may_go_on(); ++i) {
        if (!may_wait(i, i + distance)) continue;
        std::vector<Unit> units = best_.units;
        const auto first = units.begin() + static_cast<std::ptrdiff_t>(i);
        std::rotate(first, first + 1, first + static_cast<std::ptrdiff_t>(distance) + 1);
        if (!attempt(units, begin_)) continue;
        best_.units = std::move(units);
        const auto number = number_.begin() + static_cast<std::ptrdiff_t>(i);
        std::rotate(number, number + 1, number + static_cast<std::ptrdiff_t>(distance) + 1);
        is_better = true;
      }
    }
    return is_better;
  }

  const PlacementFacts& facts_;
  const Draft& draft_;
  const Effort& effort_;
  simulator::WantedBuilds wanted_;
  std::size_t left_;  // attempts
  Moment begin_;
  PlacedUnits best_;
  Worth worth_;
  Plan plan_;  // the draft's steps
  const std::vector<Unit>* tried_ = nullptr;
  std::vector<std::size_t> number_;               // of the units at first, in the order of now
  std::vector<std::set<std::size_t>> followers_;  // by number
};

}  // namespace

PlacedUnits best_placement(const PlacementFacts& facts, const Draft& draft, std::vector<Unit> units, std::size_t paths,
                           const Effort& effort) {
  return Improver(facts, draft, std::move(units), paths, effort).run();
}

}  // namespace casplan::planner
