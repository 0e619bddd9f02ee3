#include "planner/waits.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "model/calendar.h"
#include "model/contracts.h"
#include "model/time_text.h"

namespace casplan::planner {
namespace {

constexpr Minutes one{1};

bool opens_at(const WeeklyTime& weekly, Moment moment) {
  const Moment a_sunday{3 * a_day};  // 1970-01-04
  const Minutes since = (moment + weekly.utc_offset - a_sunday) % a_week;
  return since == (weekly.day * a_day + weekly.start) % a_week;
}

bool opens_at(const Window& window, Moment moment) {
  const auto* weekly = std::get_if<WeeklyTime>(&window.time);
  return weekly != nullptr ? opens_at(*weekly, moment) : std::get<DatedTime>(window.time).start == moment;
}

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool concerns(const Window& window, const Organisation& organisation, ServerId id) {
  const auto& site = at(organisation.servers, id).site;
  return contains(window.servers, id) || (site && contains(window.sites, *site));
}

/// Finds the waits from the last step to the first, because a step may wait for those that follow it.
class Finder {
 public:
  Finder(const Organisation& organisation, const Policy& policy, const Plan& plan)
      : organisation_(organisation),
        policy_(policy),
        plan_(plan),
        calendars_(organisation, policy),
        waits_(plan.steps.size()),
        followers_(plan.steps.size()) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) enter(id_at<StepIndex>(i));
    std::sort(crew_starts_.begin(), crew_starts_.end());
    std::sort(crew_ends_.begin(), crew_ends_.end());
    for (std::size_t i = 0; i < plan.steps.size(); ++i) find_followers(id_at<StepIndex>(i));
  }

  std::vector<Wait> run() {
    const auto order = order_of_schedule(plan_);
    for (auto step = order.rbegin(); step != order.rend(); ++step) at(waits_, *step) = wait_of(*step);
    return std::move(waits_);
  }

 private:
  [[nodiscard]] const PlannedStep& planned(StepIndex step) const { return at(plan_.steps, step); }
  [[nodiscard]] ServerId server(StepIndex step) const { return planned(step).step.server; }
  [[nodiscard]] Moment start(StepIndex step) const { return planned(step).schedule->start; }
  [[nodiscard]] Moment end(StepIndex step) const { return planned(step).schedule->end; }

  void enter(StepIndex step) {
    ending_[end(step)].push_back(step);
    if (!needs_crew(planned(step).step.kind)) return;
    crew_starts_.push_back(start(step));
    crew_ends_.push_back(end(step));
  }

  /// Those that start when the step ends: on its server, or with an arrow from it.
  void find_followers(StepIndex step) {
    for (const StepIndex before : ending_at(start(step))) {
      if (before != step && is_followed(before, step)) at(followers_, before).push_back(step);
    }
  }
  [[nodiscard]] bool is_followed(StepIndex before, StepIndex step) const {
    return server(before) == server(step) || has_arrow(before, step);
  }
  [[nodiscard]] bool has_arrow(StepIndex before, StepIndex step) const {
    const auto& after = planned(step).after;
    return std::any_of(after.begin(), after.end(), [&](const Arrow& arrow) { return arrow.step == before; });
  }

  [[nodiscard]] std::vector<StepIndex> ending_at(Moment moment) const {
    const auto place = ending_.find(moment);
    return place != ending_.end() ? place->second : std::vector<StepIndex>();
  }

  /// The first step that ends when this one starts and for which `is_reason` holds.
  template <class IsReason>
  [[nodiscard]] std::optional<StepIndex> ending_with(StepIndex step, IsReason is_reason) const {
    for (const StepIndex other : ending_at(start(step))) {
      if (other != step && is_reason(other)) return other;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Wait> wait_for_crew(StepIndex step) const {
    if (!needs_crew(planned(step).step.kind)) return std::nullopt;
    const Moment moment = start(step);
    const auto begun = std::lower_bound(crew_starts_.begin(), crew_starts_.end(), moment) - crew_starts_.begin();
    const auto ended = std::lower_bound(crew_ends_.begin(), crew_ends_.end(), moment) - crew_ends_.begin();
    if (begun - ended < policy_.crews) return std::nullopt;
    const auto busy = ending_with(step, [&](StepIndex other) { return needs_crew(planned(other).step.kind); });
    return busy ? std::optional(Wait{Wait::For::crew, *busy}) : std::nullopt;
  }

  [[nodiscard]] std::optional<Wait> wait_for_window(StepIndex step) const {
    const Calendar& calendar = calendars_.of(server(step));
    const Moment moment = start(step);
    if (calendar.is_always_open() || calendar.is_open(moment - one, moment)) return std::nullopt;
    return Wait{Wait::For::window, step};
  }

  [[nodiscard]] bool share_users(ServerId a, ServerId b) const {
    const auto& site = at(organisation_.servers, a).site;
    if (site && site == at(organisation_.servers, b).site) return true;
    return std::any_of(organisation_.entry_points.begin(), organisation_.entry_points.end(),
                       [&](const EntryPoint& entry) { return contains(entry.fronts, a) && contains(entry.fronts, b); });
  }

  [[nodiscard]] std::optional<Wait> wait_for_service(StepIndex step) const {
    const StepKind kind = planned(step).step.kind;
    if (kind != StepKind::drain && kind != StepKind::upgrade) return std::nullopt;
    const auto back = ending_with(step, [&](StepIndex other) {
      const StepKind its = planned(other).step.kind;
      const bool serves = its == StepKind::return_to_service || its == StepKind::upgrade;
      return serves && server(other) != server(step) && share_users(server(other), server(step));
    });
    return back ? std::optional(Wait{Wait::For::service, *back}) : std::nullopt;
  }

  /// What keeps the step from starting earlier besides those that it follows and that follow it, even if `but` were
  /// done earlier.
  [[nodiscard]] std::optional<Wait> outer_wait(StepIndex step, std::optional<StepIndex> but) const {
    if (const auto crew = wait_for_crew(step); crew && crew->step != but) return crew;
    if (const auto window = wait_for_window(step)) return window;
    if (const auto service = wait_for_service(step); service && service->step != but) return service;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Wait> wait_for_follower(StepIndex step) const {
    for (const StepIndex follower : at(followers_, step)) {
      if (is_held_back(follower, step)) return Wait{Wait::For::follower, follower};
    }
    return std::nullopt;
  }

  /// Whether a step could not start earlier, even if `but` were done earlier.
  [[nodiscard]] bool is_held_back(StepIndex step, StepIndex but) const {
    if (at(waits_for_follower_, step) || outer_wait(step, but)) return true;
    return ending_with(step, [&](StepIndex other) { return other != but && is_followed(other, step); }).has_value();
  }

  [[nodiscard]] Wait wait_of(StepIndex step) {
    const auto by_follower = wait_for_follower(step);
    at(waits_for_follower_, step) = by_follower.has_value();
    if (start(step) <= policy_.start) return {Wait::For::nothing, step};
    if (const auto before = ending_with(step, [&](StepIndex other) { return has_arrow(other, step); })) {
      return {Wait::For::arrow, *before};
    }
    if (const auto busy = ending_with(step, [&](StepIndex other) { return server(other) == server(step); })) {
      return {Wait::For::server, *busy};
    }
    if (const auto outer = outer_wait(step, std::nullopt)) return *outer;
    return by_follower.value_or(Wait{Wait::For::choice, step});
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Plan& plan_;
  Calendars calendars_;
  std::vector<Wait> waits_;
  std::vector<std::vector<StepIndex>> followers_;
  std::map<Moment, std::vector<StepIndex>> ending_;
  std::vector<Moment> crew_starts_;  // ascending
  std::vector<Moment> crew_ends_;    // ascending
  std::vector<char> waits_for_follower_ = std::vector<char>(plan_.steps.size());
};

std::string window_in_words(StepIndex step, const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const PlannedStep& planned = at(plan.steps, step);
  const Server& server = at(organisation.servers, planned.step.server);
  for (const Window& window : policy.windows) {
    if (!concerns(window, organisation, planned.step.server) || !opens_at(window, planned.schedule->start)) continue;
    const bool own = contains(window.servers, planned.step.server);
    const std::string& whose = own ? server.name : at(organisation.sites, *server.site).name;
    return "the window of " + whose + ", " + opening_text(window);
  }
  return "the next window of " + server.name;
}

}  // namespace

std::vector<Wait> waits_of(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  return Finder(organisation, policy, plan).run();
}

bool is_hidden(const Wait& wait) {
  return wait.reason != Wait::For::nothing && wait.reason != Wait::For::arrow;
}

std::string in_words(const std::vector<Wait>& waits, StepIndex step, const Organisation& organisation,
                     const Policy& policy, const Plan& plan) {
  const Wait& wait = at(waits, step);
  const std::string other = "step " + at(plan.steps, wait.step).id;
  const auto name = [&](StepIndex of) { return at(organisation.servers, at(plan.steps, of).step.server).name; };
  switch (wait.reason) {
    case Wait::For::nothing: return "starts when the work begins";
    case Wait::For::arrow: return "waits for " + other;
    case Wait::For::server: return "waits for " + other + ", until which " + name(step) + " is busy";
    case Wait::For::crew:
      return policy.crews == 1 ? "waits for the crew, which is busy with " + other
                               : "waits for a crew: all are busy, one of them with " + other;
    case Wait::For::window: return "waits for " + window_in_words(step, organisation, policy, plan);
    case Wait::For::service:
      return "waits for " + other + ", which brings " + name(wait.step) + " back to the users that both serve";
    case Wait::For::follower: return "is put off so that " + other + " can follow at once, which cannot start earlier";
    case Wait::For::choice: break;
  }
  return "could start earlier as far as this plan's steps go; the schedule was chosen for its measures";
}

}  // namespace casplan::planner
