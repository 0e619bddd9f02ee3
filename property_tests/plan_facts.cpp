#include "property_tests/plan_facts.h"

#include <algorithm>
#include <variant>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "model/topology.h"
#include "planner/make_plan.h"
#include "simulator/trace.h"
#include "simulator/transition.h"

namespace casplan {
namespace {

bool is_open_in(const WeeklyTime& weekly, Moment minute) {
  using namespace std::chrono;
  const Moment on_the_clock = minute + weekly.utc_offset;
  const auto day = floor<days>(on_the_clock);
  for (int back = 0; back <= 7; ++back) {
    const sys_days candidate = day - days(back);
    if (weekday(candidate).c_encoding() != weekly.day) continue;
    const Moment opens = Moment(candidate) + weekly.start;
    if (opens <= on_the_clock && on_the_clock < opens + weekly.length) return true;
  }
  return false;
}

bool is_open_in(const DatedTime& dated, Moment minute) {
  return dated.start <= minute && minute < dated.end;
}

bool is_for(const Window& window, const Organisation& organisation, ServerId server) {
  const auto& site = at(organisation.servers, server).site;
  return std::find(window.servers.begin(), window.servers.end(), server) != window.servers.end() ||
         (site && std::find(window.sites.begin(), window.sites.end(), *site) != window.sites.end());
}

int cas_in_service(const Organisation& organisation, const State& state, SiteId site) {
  int count = 0;
  for (const ServerId id : client_access_servers(organisation, site)) {
    if (at(state.servers, id).is_in_service()) ++count;
  }
  return count;
}

/// The front alone at the build that the policy wants, by way of the service pack where it needs one.
ServerState upgraded(const Organisation& organisation, const BuildVersion& wanted, ServerId front,
                     const Readings& readings) {
  State state = initial_state(organisation);
  const auto install = [&](const BuildVersion& build) {
    if (*at(state.servers, front).build >= build) return;
    state = simulator::apply(state, {StepKind::upgrade, front, build, std::nullopt, {}}, readings).value();
  };
  if (at(state.servers, front).build->level() != wanted.level()) install(base_of(wanted.level())->version);
  install(wanted);
  return at(state.servers, front);
}

}  // namespace

std::optional<Plan> plan_for(const Organisation& organisation, const Policy& policy) {
  const auto planning = planner::make_plan(organisation, policy, planner::little_effort());
  const auto* plan = std::get_if<Plan>(&planning);
  return plan != nullptr ? std::optional(*plan) : std::nullopt;
}

State end_of(const Organisation& organisation, const Plan& plan, const Readings& readings) {
  const auto trace = simulator::play(organisation, plan, readings);
  expects(trace.has_value(), "no step of a plan that is found is refused");
  return trace->states.back().state;
}

int copies_of(const Plan& plan) {
  return static_cast<int>(std::count_if(plan.steps.begin(), plan.steps.end(), [](const PlannedStep& step) {
    return step.step.kind == StepKind::ensure_folder;
  }));
}

bool keeps_a_crew_busy(const Step& step) {
  return step.kind == StepKind::upgrade || step.kind == StepKind::ensure_folder;
}

int most_crews_at_work(const Plan& plan) {
  int most = 0;
  for (const PlannedStep& step : plan.steps) {
    const auto works_then = [&](const PlannedStep& other) {
      return keeps_a_crew_busy(other.step) && other.schedule->start <= step.schedule->start &&
             step.schedule->start < other.schedule->end;
    };
    most = std::max(most, static_cast<int>(std::count_if(plan.steps.begin(), plan.steps.end(), works_then)));
  }
  return most;
}

std::vector<PlannedStep> upgrades_of(const Plan& plan, ServerId server) {
  std::vector<PlannedStep> upgrades;
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind == StepKind::upgrade && step.step.server == server) upgrades.push_back(step);
  }
  std::sort(upgrades.begin(), upgrades.end(),
            [](const PlannedStep& a, const PlannedStep& b) { return a.schedule->start < b.schedule->start; });
  return upgrades;
}

bool keeps_to_windows(const Organisation& organisation, const Policy& policy, const PlannedStep& step) {
  std::vector<Window> windows;
  for (const Window& window : policy.windows) {
    if (is_for(window, organisation, step.step.server)) windows.push_back(window);
  }
  if (windows.empty()) return true;
  for (Moment minute = step.schedule->start; minute < step.schedule->end; minute += Minutes(1)) {
    const bool is_open = std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
      return std::visit([&](const auto& time) { return is_open_in(time, minute); }, window.time);
    });
    if (!is_open) return false;
  }
  return true;
}

bool keeps_servers_in_service(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto trace = simulator::play(organisation, plan, first_of(policy.readings));
  const State today = initial_state(organisation);
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const int least = std::min(policy.min_in_service.at(site), cas_in_service(organisation, today, site));
    for (const auto& state : trace->states) {
      if (cas_in_service(organisation, state.state, site) < least) return false;
    }
  }
  return true;
}

std::set<OwaVersion> versions_lacking_after_upgrade(const Organisation& organisation, const Policy& policy,
                                                    ServerId front) {
  std::set<OwaVersion> lacking;
  const auto wanted = *wanted_build(organisation, policy, front);
  for (const Readings& readings : combinations(policy.readings)) {
    const ServerState after = upgraded(organisation, wanted, front, readings);
    for (const ProxyPath& path : proxy_paths(organisation)) {
      if (path.front != front) continue;
      const auto version = *running_owa_version(at(organisation.servers, path.target));
      if (version != after.owa_version && after.present.has(version) != Knowledge::yes) lacking.insert(version);
    }
  }
  return lacking;
}

}  // namespace casplan
