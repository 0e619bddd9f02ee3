#include "planner/placement.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/time_text.h"
#include "planner/crew_times.h"
#include "planner/pools.h"

namespace casplan::planner {
namespace {

/// Searching further ahead than this is given up: no policy's windows and crews ask for it.
constexpr int most_attempts = 1'000'000;
/// Windows come again every week, or on the policy's dates: those that do not fit together for so often never will.
constexpr int most_moves = 100'000;

bool overlap(const Span& a, const Span& b) {
  return a.start < b.end && b.start < a.end;
}

class Placer {
 public:
  Placer(const PlacementFacts& facts, const Draft& draft, Moment begin)
      : organisation_(facts.organisation),
        policy_(facts.policy),
        calendars_(facts.calendars),
        draft_(draft),
        begin_(begin),
        pools_(facts.pools),
        pools_with_(organisation_.servers.size()),
        placed_(draft.steps.size()),
        crew_times_(policy_.crews) {
    for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
      for (const ServerId server : pools_[pool].servers) at(pools_with_, server).push_back(pool);
    }
  }

  Placement run(const std::vector<Unit>& units) {
    for (const Unit& unit : units) {
      if (auto obstacle = place_unit(unit)) return {{}, std::move(obstacle)};
    }
    Placement placement;
    for (const auto& schedule : placed_) placement.schedules.push_back(*schedule);
    return placement;
  }

 private:
  struct Offset {
    StepIndex step;
    Minutes start;
    Minutes end;
  };
  using Layout = std::vector<Offset>;

  [[nodiscard]] Layout layout_of(const Unit& unit) const;
  [[nodiscard]] std::optional<Obstacle> place_unit(const Unit& unit);
  [[nodiscard]] Moment after_arrows(const Layout& layout) const;
  [[nodiscard]] std::optional<Moment> in_windows(const Layout& layout, Moment start) const;
  [[nodiscard]] Moment with_crews(const Layout& layout, Moment start);
  [[nodiscard]] Moment with_free_servers(const Layout& layout, Moment start) const;
  [[nodiscard]] std::map<ServerId, std::pair<Minutes, Minutes>> hulls(const Layout& layout) const;
  [[nodiscard]] OutTimes out_times(const Layout& layout, Moment start) const;
  [[nodiscard]] std::vector<Pool> pools_of_unit(const Unit& unit) const;
  [[nodiscard]] bool needs_crew(StepIndex step) const { return casplan::needs_crew(at(draft_.steps, step).step.kind); }
  [[nodiscard]] Obstacle no_window(const Layout& layout) const;
  [[nodiscard]] Obstacle windows_are_over(ServerId server) const;
  [[nodiscard]] bool fits_some_window(ServerId server, Minutes length) const {
    return calendars_.of(server).earliest(policy_.start, length).has_value();
  }
  void keep(const Layout& layout, Moment start);

  const Organisation& organisation_;
  const Policy& policy_;
  const Calendars& calendars_;
  const Draft& draft_;
  Moment begin_;
  const std::vector<Pool>& pools_;
  std::vector<std::vector<std::size_t>> pools_with_;  // by server: places in pools_
  std::vector<std::optional<Schedule>> placed_;
  CrewTimes crew_times_;  // of placed upgrades and ensures
  std::map<ServerId, std::vector<Span>> server_spans_;
  OutTimes out_;
};

Placer::Layout Placer::layout_of(const Unit& unit) const {
  Layout layout;
  Minutes clock{0};
  for (const auto& stage : unit.stages) {
    Minutes longest{0};
    for (const StepIndex step : stage) {
      const DraftStep& its = at(draft_.steps, step);
      const Minutes duration = duration_of(its.step, its.from, policy_.durations);
      layout.push_back({step, clock, clock + duration});
      longest = std::max(longest, duration);
    }
    clock += longest;
  }
  return layout;
}

Moment Placer::after_arrows(const Layout& layout) const {
  Moment start = begin_;
  for (const Offset& offset : layout) {
    for (const DraftArrow& arrow : at(draft_.steps, offset.step).after) {
      const auto& before = placed_[arrow.step.value];
      if (before) start = std::max(start, before->end - offset.start);
    }
  }
  return start;
}

std::map<ServerId, std::pair<Minutes, Minutes>> Placer::hulls(const Layout& layout) const {
  std::map<ServerId, std::pair<Minutes, Minutes>> hulls;
  for (const Offset& offset : layout) {
    const auto [place, added] = hulls.try_emplace(at(draft_.steps, offset.step).step.server, offset.start, offset.end);
    if (added) continue;
    place->second.first = std::min(place->second.first, offset.start);
    place->second.second = std::max(place->second.second, offset.end);
  }
  return hulls;
}

/// Moves the start until every server's work lies in one of its windows; empty when that never happens.
std::optional<Moment> Placer::in_windows(const Layout& layout, Moment start) const {
  if (policy_.windows.empty()) return start;
  const auto work = hulls(layout);
  for (int attempt = 0; attempt < most_moves; ++attempt) {
    Moment moved = start;
    for (const auto& [server, hull] : work) {
      const auto fits = calendars_.of(server).earliest(moved + hull.first, hull.second - hull.first);
      if (!fits) return std::nullopt;
      moved = *fits - hull.first;
    }
    if (moved == start) return start;
    start = moved;
  }
  return std::nullopt;
}

Moment Placer::with_crews(const Layout& layout, Moment start) {
  for (const Offset& offset : layout) {
    if (!needs_crew(offset.step)) continue;
    const Moment free = crew_times_.earliest(start + offset.start, offset.end - offset.start);
    if (free > start + offset.start) return free - offset.start;
  }
  return start;
}

/// One thing at a time is done to each server, also where another unit's folders concern it.
Moment Placer::with_free_servers(const Layout& layout, Moment start) const {
  for (const Offset& offset : layout) {
    const auto spans = server_spans_.find(at(draft_.steps, offset.step).step.server);
    if (spans == server_spans_.end()) continue;
    for (const Span& span : spans->second) {
      if (overlap(span, {start + offset.start, start + offset.end})) return span.end - offset.start;
    }
  }
  return start;
}

OutTimes Placer::out_times(const Layout& layout, Moment start) const {
  OutTimes out;
  for (const Offset& offset : layout) {
    const Step& step = at(draft_.steps, offset.step).step;
    if (step.kind == StepKind::drain) out.leave(step.server, start + offset.start);
    if (step.kind == StepKind::upgrade) out.upgrade(step.server, start + offset.start, start + offset.end);
    if (step.kind == StepKind::return_to_service) out.come_back(step.server, start + offset.end);
  }
  return out;
}

Obstacle Placer::windows_are_over(ServerId server) const {
  return {"Every window of " + at(organisation_.servers, server).name + " is over before the work starts, at " +
              utc_text(policy_.start) + ". Give it a later window, or start earlier.",
          Obstacle::Proof::proved};
}

Obstacle Placer::no_window(const Layout& layout) const {
  for (const Offset& offset : layout) {
    const Step& step = at(draft_.steps, offset.step).step;
    // Drains and copies are this planner's choice; the upgrade is not.
    if (step.kind != StepKind::upgrade || fits_some_window(step.server, offset.end - offset.start)) continue;
    if (!fits_some_window(step.server, Minutes(1))) return windows_are_over(step.server);
    return {"No window of " + at(organisation_.servers, step.server).name + " is long enough for its upgrade, of " +
                std::to_string((offset.end - offset.start).count()) + " minutes. Lengthen a window.",
            Obstacle::Proof::proved};
  }
  for (const auto& [server, hull] : hulls(layout)) {
    const Minutes length = hull.second - hull.first;
    if (fits_some_window(server, length)) continue;
    return {"No window of " + at(organisation_.servers, server).name + " is long enough: the work on it takes " +
            std::to_string(length.count()) + " minutes without a break. Lengthen a window."};
  }
  return {"Servers that change together have no window at the same time. Give them one window."};
}

/// The others do not change with this unit.
std::vector<Pool> Placer::pools_of_unit(const Unit& unit) const {
  std::set<std::size_t> places;
  for (const ServerId server : unit.servers) {
    places.insert(at(pools_with_, server).begin(), at(pools_with_, server).end());
  }
  std::vector<Pool> pools;
  for (const std::size_t place : places) pools.push_back(pools_[place]);
  return pools;
}

std::optional<Obstacle> Placer::place_unit(const Unit& unit) {
  const Layout layout = layout_of(unit);
  const std::vector<Pool> pools = pools_of_unit(unit);
  if (auto sentence = violated_by_itself(organisation_, pools, out_times(layout, policy_.start))) {
    // One server's change always takes it out; several together might be taken out in another order.
    const bool single = unit.servers.size() == 1;
    return Obstacle{std::move(*sentence), single ? Obstacle::Proof::proved : Obstacle::Proof::not_proved};
  }
  Moment start = after_arrows(layout);
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const auto in_window = in_windows(layout, start);
    if (!in_window) return no_window(layout);
    Moment moved = with_crews(layout, *in_window);
    moved = std::max(moved, with_free_servers(layout, *in_window));
    moved = std::max(moved, earliest_with_service(pools, out_, out_times(layout, *in_window), *in_window));
    if (moved == *in_window) {
      keep(layout, moved);
      return std::nullopt;
    }
    start = moved;
  }
  return Obstacle{"No time was found for the change of " + at(organisation_.servers, unit.servers.front()).name + "."};
}

void Placer::keep(const Layout& layout, Moment start) {
  for (const Offset& offset : layout) {
    const Span span{start + offset.start, start + offset.end};
    placed_[offset.step.value] = Schedule{span.start, span.end};
    server_spans_[at(draft_.steps, offset.step).step.server].push_back(span);
    if (needs_crew(offset.step)) crew_times_.add(span);
  }
  out_.add(out_times(layout, start));
}

}  // namespace

PlacementFacts::PlacementFacts(const Organisation& of, const Policy& under)
    : organisation(of), policy(under), calendars(of, under), pools(pools_of(of, under)) {}

Placement place(const PlacementFacts& facts, const Draft& draft, const std::vector<Unit>& units, Moment begin) {
  return Placer(facts, draft, begin).run(units);
}

}  // namespace casplan::planner
