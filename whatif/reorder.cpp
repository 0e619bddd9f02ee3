#include "whatif/reorder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "model/contracts.h"
#include "planner/windows.h"

namespace casplan::whatif {
namespace {

using Order = std::vector<StepIndex>;
using Before = std::vector<bool>;  // by step: whether it comes before

void join(Before& all, const Before& more) {
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = all[i] || more[i];
}

/// By step: all that it comes after, however indirectly.
std::vector<Before> all_before(const Plan& plan) {
  std::vector<Before> before(plan.steps.size(), Before(plan.steps.size()));
  for (const StepIndex step : in_order_of_arrows(plan)) {
    for (const Arrow& arrow : at(plan.steps, step).after) {
      at(before, step)[arrow.step.value] = true;
      join(at(before, step), at(before, arrow.step));
    }
  }
  return before;
}

std::string reason_of(const Plan& plan, StepIndex first, StepIndex second) {
  for (const Arrow& arrow : at(plan.steps, second).after) {
    if (arrow.step == first) return arrow.reason;
  }
  return "the plan has them in this order";
}

/// Draws the arrows of steps in an order, none that follows from others.
class Arrows {
 public:
  Arrows(const Plan& plan, const Order& order, const std::vector<AskedOrder>& asked)
      : plan_(plan), old_(all_before(plan)), new_(plan.steps.size(), Before(plan.steps.size())), asked_(asked) {
    for (std::size_t place = 0; place < order.size(); ++place) draw(order, place);
  }

  [[nodiscard]] std::vector<Arrow> of(StepIndex step) const {
    const auto place = arrows_.find(step);
    return place != arrows_.end() ? place->second : std::vector<Arrow>{};
  }

 private:
  void draw(const Order& order, std::size_t place) {
    const StepIndex step = order[place];
    Before& before = at(new_, step);
    std::vector<Arrow> arrows;
    for (std::size_t i = place; i-- > 0;) {
      const StepIndex earlier = order[i];
      const bool is_asked = std::any_of(asked_.begin(), asked_.end(), [&](const AskedOrder& asked) {
        return asked.first == earlier && asked.second == step;
      });
      if (before[earlier.value] || !(is_asked || at(old_, step)[earlier.value])) continue;
      before[earlier.value] = true;
      join(before, at(new_, earlier));
      arrows.push_back({earlier, is_asked ? "you ask for this order" : reason_of(plan_, earlier, step)});
    }
    std::reverse(arrows.begin(), arrows.end());
    arrows_.emplace(step, std::move(arrows));
  }

  const Plan& plan_;
  std::vector<Before> old_;
  std::vector<Before> new_;
  const std::vector<AskedOrder>& asked_;
  std::map<StepIndex, std::vector<Arrow>> arrows_;
};

/// Gives the steps of a plan the times that their places in the order had.
class Timetable {
 public:
  Timetable(const Plan& plan, const Order& order, const Calendars* calendars)
      : plan_(plan), order_(order), calendars_(calendars) {
    for (const StepIndex step : order_of_schedule(plan)) places_.push_back(*at(plan.steps, step).schedule);
  }

  std::vector<Schedule> run(const Plan& drawn) {
    std::vector<Schedule> times(plan_.steps.size());
    std::map<ServerId, Moment> free;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      const PlannedStep& step = at(drawn.steps, order_[place]);
      Moment start = earliest(place, times);
      for (const Arrow& arrow : step.after) start = std::max(start, at(times, arrow.step).end);
      const auto busy = free.find(step.step.server);
      if (busy != free.end()) start = std::max(start, busy->second);
      const Minutes length = step.schedule->end - step.schedule->start;
      if (calendars_ != nullptr) start = calendars_->of(step.step.server).earliest(start, length).value_or(start);
      at(times, order_[place]) = {start, start + length};
      free[step.step.server] = start + length;
    }
    return times;
  }

 private:
  /// When this place in the order had its time, and all have ended that had ended before.
  [[nodiscard]] Moment earliest(std::size_t place, const std::vector<Schedule>& times) const {
    Moment start = places_[place].start;
    for (std::size_t i = 0; i < place; ++i) {
      if (places_[i].end <= places_[place].start) start = std::max(start, at(times, order_[i]).end);
    }
    return start;
  }

  const Plan& plan_;
  const Order& order_;
  const Calendars* calendars_;
  std::vector<Schedule> places_;  // in the order of the schedule
};

}  // namespace

Plan in_order(const Organisation& organisation, const Policy* policy, const Plan& plan, const Order& order,
              const std::vector<AskedOrder>& asked) {
  expects(order.size() == plan.steps.size(), "an order holds every step once");
  std::optional<Calendars> calendars;
  if (policy != nullptr) calendars.emplace(organisation, *policy);
  Plan changed = plan;
  const Arrows arrows(plan, order, asked);
  for (const StepIndex step : order) at(changed.steps, step).after = arrows.of(step);
  const auto times = Timetable(plan, order, calendars ? &*calendars : nullptr).run(changed);
  for (const StepIndex step : order) at(changed.steps, step).schedule = at(times, step);
  return changed;
}

Plan without(const Plan& plan, const std::set<StepIndex>& gone) {
  Order order = in_order_of_arrows(plan);
  std::erase_if(order, [&](StepIndex step) { return gone.contains(step); });
  const Arrows arrows(plan, order, {});
  Plan rest = plan;
  rest.steps.clear();
  std::map<StepIndex, StepIndex> places;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const auto step = id_at<StepIndex>(i);
    if (gone.contains(step)) continue;
    places.emplace(step, id_at<StepIndex>(rest.steps.size()));
    rest.steps.push_back(plan.steps[i]);
    rest.steps.back().after = arrows.of(step);
  }
  for (PlannedStep& step : rest.steps) {
    for (Arrow& arrow : step.after) arrow.step = places.at(arrow.step);
  }
  return rest;
}

}  // namespace casplan::whatif
