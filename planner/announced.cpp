#include "planner/announced.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "model/calendar.h"

namespace casplan::planner {
namespace {

class Rest {
 public:
  Rest(const Organisation& now, const Policy& policy, const Changes& changes)
      : now_(now), policy_(policy), changes_(changes) {}

  std::vector<TimedStep> of(const Plan& announced, const Underway& underway) {
    std::map<ServerId, std::vector<TimedStep>> chains;
    for (const StepIndex index : order_of_schedule(announced)) {
      const PlannedStep& step = at(announced.steps, index);
      if (!underway.is_done[index.value]) chains[step.step.server].push_back({step.step, *step.schedule});
    }
    for (const ServerId server : underway.to_return) chains[server];
    std::vector<TimedStep> rest;
    for (auto& [server, chain] : chains) {
      drop_needless(server, chain);
      mend_service(server, chain, underway.to_return.contains(server));
      rest.insert(rest.end(), chain.begin(), chain.end());
    }
    sort(rest);
    put_off(rest);
    return rest;
  }

 private:
  [[nodiscard]] static bool is_service(const TimedStep& timed) { return moves_users(timed.step.kind); }

  /// Upgrades that are not wanted any more, and outages that were for them alone.
  void drop_needless(ServerId server, std::vector<TimedStep>& chain) const {
    if (changes_.contains(server)) return;
    const auto dropped =
        std::erase_if(chain, [](const TimedStep& timed) { return timed.step.kind == StepKind::upgrade; });
    if (dropped > 0 && std::all_of(chain.begin(), chain.end(), is_service)) chain.clear();
  }

  void mend_service(ServerId server, std::vector<TimedStep>& chain, bool is_to_return) const {
    const bool is_in_service = at(now_.servers, server).was_found_in_service();
    const auto first = std::find_if(chain.begin(), chain.end(), is_service);
    if (is_in_service && first != chain.end() && first->step.kind == StepKind::return_to_service) {
      const Moment start = chain.front().schedule.start;
      chain.insert(chain.begin(), {{StepKind::drain, server, std::nullopt, std::nullopt, {}},
                                   {start - policy_.durations.drain, start}});
    }
    if (!is_in_service && first != chain.end() && first->step.kind == StepKind::drain) chain.erase(first);
    const auto last = std::find_if(chain.rbegin(), chain.rend(), is_service);
    const bool stays_out = last == chain.rend() || last->step.kind == StepKind::drain;
    if (!is_to_return || !stays_out) return;
    const Moment end = chain.empty() ? policy_.start : chain.back().schedule.end;
    chain.push_back({{StepKind::return_to_service, server, std::nullopt, std::nullopt, {}},
                     {end, end + policy_.durations.return_to_service}});
  }

  /// Steps that were announced one after the other still are, so that no more of them overlap than did.
  void put_off(std::vector<TimedStep>& rest) const {
    const Calendars calendars(now_, policy_);
    std::vector<std::size_t> by_end(rest.size());
    std::iota(by_end.begin(), by_end.end(), std::size_t{0});
    std::stable_sort(by_end.begin(), by_end.end(),
                     [&](std::size_t a, std::size_t b) { return rest[a].schedule.end < rest[b].schedule.end; });
    std::vector<Schedule> moved;
    std::map<ServerId, std::optional<BuildVersion>> builds;
    Moment earliest = policy_.start;
    for (std::size_t i = 0, ended = 0; i < rest.size(); ++i) {
      const auto& [step, announced] = rest[i];
      const Moment start = announced.start;
      for (; ended < by_end.size() && by_end[ended] < i && rest[by_end[ended]].schedule.end <= start; ++ended) {
        earliest = std::max(earliest, moved[by_end[ended]].end);
      }
      const Moment from = std::max(start, earliest);
      auto& build = builds.try_emplace(step.server, at(now_.servers, step.server).build).first->second;
      const Minutes length = duration_of(step, build, policy_.durations);
      if (step.kind == StepKind::upgrade) build = step.build;
      const Moment begin = calendars.of(step.server).earliest(from, length).value_or(from);
      moved.push_back({begin, begin + length});
    }
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i].schedule = moved[i];
    sort(rest);
  }

  static void sort(std::vector<TimedStep>& steps) {
    std::stable_sort(steps.begin(), steps.end(), [](const TimedStep& a, const TimedStep& b) {
      return std::pair(a.schedule.start, a.schedule.end) < std::pair(b.schedule.start, b.schedule.end);
    });
  }

  const Organisation& now_;
  const Policy& policy_;
  const Changes& changes_;
};

}  // namespace

std::vector<TimedStep> rest_of(const Plan& announced, const Underway& underway, const Organisation& now,
                               const Policy& policy, const Changes& changes) {
  return Rest(now, policy, changes).of(announced, underway);
}

}  // namespace casplan::planner
