#include "runbook/course.h"

#include <algorithm>

#include "model/contracts.h"
#include "model/rules.h"
#include "model/topology.h"
#include "runbook/escape.h"
#include "verifier/stops.h"

namespace casplan::runbook {
namespace {

std::vector<std::vector<std::size_t>> by_end(const std::vector<ProxyPath>& paths, std::size_t servers) {
  std::vector<std::vector<std::size_t>> paths_of(servers);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    at(paths_of, paths[i].front).push_back(i);
    at(paths_of, paths[i].target).push_back(i);
  }
  return paths_of;
}

/// The server's service as it was before an upgrade began.
Service before_upgrade(Service service) {
  if (service == Service::upgrading) return Service::in_service;
  return service == Service::upgrading_drained ? Service::drained : service;
}

}  // namespace

Course::Course(const RunbookInput& input)
    : input_(input),
      order_(order_of_schedule(input.plan)),
      numbers_(input.plan.steps.size()),
      builds_before_(builds_before(input.plan, input.organisation)),
      paths_(proxy_paths(input.organisation)),
      paths_of_(by_end(paths_, input.organisation.servers.size())),
      reliances_(input.organisation, input.plan, paths_) {
  expects(!input.trace.states.empty(), "a trace has a state");
  start_ = simulator::start_of(input.plan);
  for (std::size_t i = 0; i < order_.size(); ++i) at(numbers_, order_[i]) = i + 1;
  today_.state = initial_state(input.organisation);
  today_.assessment = simulator::assess(input.organisation, paths_, today_.state, input.readings);
}

bool Course::is_removal(StepIndex step) const {
  const auto& build = at(plan().steps, step).step.build;
  return build && build_before(step) && removes_rollups(*build_before(step), *build);
}

Minutes Course::start(StepIndex step) const {
  return at(plan().steps, step).schedule->start - start_;
}

Minutes Course::end(StepIndex step) const {
  return at(plan().steps, step).schedule->end - start_;
}

const verifier::Stop* Course::stop(StepIndex step, verifier::StopTime time) const {
  if (report().stops.empty()) return nullptr;
  // They come in the order of the steps here, two for each.
  const std::size_t place = 2 * (number(step) - 1) + (time == verifier::StopTime::at_the_end ? 1 : 0);
  expects(report().stops.size() == 2 * order_.size() && report().stops[place].step == step &&
              report().stops[place].time == time,
          "the stops are those of this plan");
  return &report().stops[place];
}

const simulator::TraceState& Course::recorded_at(Minutes minute) const {
  const auto& states = trace().states;
  const auto after = std::upper_bound(states.begin(), states.end(), minute,
                                      [](Minutes wanted, const auto& state) { return wanted < state.start; });
  return after != states.begin() ? *std::prev(after) : states.front();
}

std::optional<Standstill> Course::standstill_after(StepIndex step) const {
  const simulator::TraceState& recorded = recorded_at(end(step));
  std::optional<Standstill> standstill;
  for (const StepIndex other : order_) {
    if (other == step || start(other) != end(step) || end(other) == start(other)) continue;
    const PlannedStep& begun = at(plan().steps, other);
    if (begun.step.kind != StepKind::upgrade) continue;
    if (!standstill) standstill = Standstill{recorded.state, {}};
    Service& service = at(standstill->state.servers, begun.step.server).service;
    service = before_upgrade(service);
  }
  if (standstill) {
    standstill->assessment = simulator::assess(organisation(), paths_, standstill->state, input_.readings);
  }
  return standstill;
}

std::string step_label(const Course& course, StepIndex step) {
  const std::string number = std::to_string(course.number(step));
  const std::string& id = at(course.plan().steps, step).id;
  return "step " + number + (id == number ? "" : " (" + markdown_text(id) + ")");
}

std::string server_text(const Course& course, ServerId server) {
  return markdown_text(at(course.organisation().servers, server).name);
}

std::string site_text(const Course& course, std::optional<SiteId> site) {
  return site ? markdown_text(at(course.organisation().sites, *site).name) : "not known";
}

std::string event46_text(const Course& course, const ProxyPath& path, const State& state) {
  return event46_sentence({at(course.organisation().servers, path.front), at(state.servers, path.front)},
                          {at(course.organisation().servers, path.target), at(state.servers, path.target)});
}

}  // namespace casplan::runbook
