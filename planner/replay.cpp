#include "planner/replay.h"

#include <algorithm>
#include <optional>

#include "model/contracts.h"

namespace casplan::planner {
namespace {

class Replay {
 public:
  Replay(Problem& problem, std::vector<TimedStep>& steps) : problem_(problem), steps_(steps) {
    for (const Worked& worked : problem.worked) {
      expects(worked.members.size() == 1, "the servers of a replay are apart");
      servers_.push_back({worked.before, worked.was_in_service, 0, {}});
    }
  }

  bool run() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      end_until(steps_[i].schedule.start);
      if (!begin(i)) return false;
    }
    end_until(Moment::max());
    return is_at_goal();
  }

 private:
  struct Standing {
    VariantId variant;
    bool serves;
    std::size_t hops_done;
    std::optional<std::size_t> running;  ///< a place among the steps
  };

  void end_until(Moment now);
  bool begin(std::size_t place);
  [[nodiscard]] bool fits(const TimedStep& timed, std::size_t worked) const;
  [[nodiscard]] bool may_upgrade(const Step& step, std::size_t worked) const;
  bool choose_source(Step& step, std::size_t worked);
  [[nodiscard]] bool takes_a_folder_away(const Step& upgrade, std::size_t worked);
  [[nodiscard]] bool surely_holds(std::size_t worked, const OwaVersion& folder);
  [[nodiscard]] bool keeps_company(std::size_t leaving) const;
  [[nodiscard]] bool is_at_goal() const;

  Problem& problem_;
  std::vector<TimedStep>& steps_;
  std::vector<Standing> servers_;  // by worked server
  int copies_ = 0;
};

void Replay::end_until(Moment now) {
  for (Standing& server : servers_) {
    if (!server.running || steps_[*server.running].schedule.end > now) continue;
    const Step& step = steps_[*server.running].step;
    if (!moves_users(step.kind)) server.variant = problem_.variants.after(server.variant, step);
    if (step.kind == StepKind::upgrade) ++server.hops_done;
    if (step.kind == StepKind::return_to_service) server.serves = true;
    server.running.reset();
  }
}

bool Replay::begin(std::size_t place) {
  TimedStep& timed = steps_[place];
  const auto worked = problem_.worked_with(timed.step.server);
  if (!worked || !fits(timed, *worked)) return false;
  Standing& server = servers_[*worked];
  switch (timed.step.kind) {
    case StepKind::drain:
      if (!server.serves || !keeps_company(*worked)) return false;
      server.serves = false;
      break;
    case StepKind::return_to_service:
      if (server.serves) return false;
      break;
    case StepKind::upgrade:
      if (!may_upgrade(timed.step, *worked) || (server.serves && !keeps_company(*worked))) return false;
      if (takes_a_folder_away(timed.step, *worked)) return false;
      break;
    case StepKind::ensure_folder:
      if (!choose_source(timed.step, *worked)) return false;
      break;
    case StepKind::recycle: break;
  }
  server.running = place;
  return true;
}

/// Whether the step has a crew and its time, and its server has nothing else to do.
bool Replay::fits(const TimedStep& timed, std::size_t worked) const {
  const Policy& policy = problem_.policy;
  const auto& [start, end] = timed.schedule;
  const Standing& server = servers_[worked];
  const auto& build = problem_.variants.state(server.variant, 0).build;
  if (server.running || end - start != duration_of(timed.step, build, policy.durations)) return false;
  if (start < policy.start || (policy.latest_end && end > *policy.latest_end)) return false;
  if (!policy.windows.empty() && !problem_.calendars.of(timed.step.server).is_open(start, end)) return false;
  if (!needs_crew(timed.step.kind)) return true;
  const auto busy = std::count_if(servers_.begin(), servers_.end(), [&](const Standing& other) {
    return other.running && needs_crew(steps_[*other.running].step.kind);
  });
  return busy < policy.crews;
}

bool Replay::may_upgrade(const Step& step, std::size_t worked) const {
  const Worked& server = problem_.worked[worked];
  const std::size_t hop = servers_[worked].hops_done;
  if (hop >= server.hops.size() || step.build != server.hops[hop]) return false;
  if (servers_[worked].serves && server.must_be_drained) return false;
  return std::all_of(server.upgraded_before.begin(), server.upgraded_before.end(), [&](std::size_t before) {
    return servers_[before].hops_done == problem_.worked[before].hops.size();
  });
}

/// Whether a copy that is under way may find its folder gone, were its source upgraded sooner than it begins.
bool Replay::takes_a_folder_away(const Step& upgrade, std::size_t worked) {
  const VariantId then = problem_.variants.after(servers_[worked].variant, upgrade);
  return std::any_of(servers_.begin(), servers_.end(), [&](const Standing& other) {
    if (!other.running) return false;
    const Step& copy = steps_[*other.running].step;
    return copy.kind == StepKind::ensure_folder && !copy.sources.empty() && copy.sources.front() == upgrade.server &&
           !problem_.variants.surely_holds(then, *copy.folder);
  });
}

bool Replay::surely_holds(std::size_t worked, const OwaVersion& folder) {
  const Standing& server = servers_[worked];
  if (!problem_.variants.surely_holds(server.variant, folder)) return false;
  if (!server.running || steps_[*server.running].step.kind != StepKind::upgrade) return true;
  const Step& running = steps_[*server.running].step;
  return problem_.variants.surely_holds(problem_.variants.after(server.variant, running), folder);
}

/// The copy's own source where it holds the folder, otherwise another one.
bool Replay::choose_source(Step& step, std::size_t worked) {
  if (problem_.policy.copies && ++copies_ > *problem_.policy.copies) return false;
  const auto holds = [&](ServerId source) {
    const auto place = problem_.worked_with(source);
    if (place == worked) return false;
    return place ? surely_holds(*place, *step.folder)
                 : problem_.variants.surely_holds(problem_.meetings.found(source), *step.folder);
  };
  std::erase_if(step.sources, [&](ServerId source) { return !holds(source); });
  if (!step.sources.empty()) return true;
  if (const auto standing = problem_.standing_source(*step.folder)) step.sources = {*standing};
  for (std::size_t i = 0; i < servers_.size() && step.sources.empty(); ++i) {
    const ServerId server = problem_.worked[i].members.front();
    if (holds(server)) step.sources = {server};
  }
  return !step.sources.empty();
}

/// Whether enough CAS of its site serve while this one does not.
bool Replay::keeps_company(std::size_t leaving) const {
  const Worked& server = problem_.worked[leaving];
  const auto stay = std::count_if(server.company.begin(), server.company.end(), [&](std::size_t other) {
    const Standing& standing = servers_[other];
    const bool upgrades = standing.running && steps_[*standing.running].step.kind == StepKind::upgrade;
    return other != leaving && standing.serves && !upgrades;
  });
  return static_cast<std::size_t>(stay) + server.standing_company >= server.least_company;
}

bool Replay::is_at_goal() const {
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    const Worked& worked = problem_.worked[i];
    if (servers_[i].hops_done < worked.hops.size() || servers_[i].serves != worked.ends_in_service) return false;
  }
  return true;
}

}  // namespace

bool can_be_carried_out(Problem& problem, std::vector<TimedStep>& steps) {
  return Replay(problem, steps).run();
}

}  // namespace casplan::planner
