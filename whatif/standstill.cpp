#include "whatif/standstill.h"

#include <algorithm>
#include <set>
#include <utility>

#include "simulator/transition.h"
#include "whatif/reorder.h"

namespace casplan::whatif {
namespace {

std::vector<StepIndex> ended_steps(const Plan& plan, StepIndex failed) {
  std::vector<StepIndex> order = order_of_schedule(plan);
  const auto place = std::find(order.begin(), order.end(), failed);
  order.resize(begun_by_the_end(plan, order, static_cast<std::size_t>(place - order.begin())));
  std::erase(order, failed);
  return order;
}

std::optional<FolderList> listed(const FolderSet& folders) {
  if (!folders.is_listed()) return std::nullopt;
  FolderList list;
  for (const OwaVersion& version : folders.known()) list.push_back({to_string(version), version});
  return list;
}

/// What an administrator would find.
Organisation found(Organisation organisation, const State& state, const std::set<ServerId>& worked_on) {
  for (const ServerId id : worked_on) {
    Server& server = at(organisation.servers, id);
    const ServerState& now = at(state.servers, id);
    server.build = now.build;
    server.owa_version = now.owa_version;
    server.folders = listed(now.present);
    server.loaded_folders = listed(now.loaded);
    server.hand_copied_folders = listed(now.hand_copied);
    server.in_service = now.is_in_service();
  }
  return organisation;
}

/// An upgrade that fails has taken its server out of service when it began.
void take_out(Plan& so_far, const PlannedStep& failed) {
  const Step drain{StepKind::drain, failed.step.server, std::nullopt, std::nullopt, {}};
  const Moment begin = failed.schedule->start;
  so_far.steps.push_back({failed.id + " (failed)", drain, "the upgrade failed", {}, Schedule{begin, begin}});
}

}  // namespace

tl::expected<Standstill, simulator::RefusedStep> stand_still(const Organisation& organisation, const Plan& plan,
                                                             StepIndex failed, const Readings& readings) {
  Standstill still{organisation, initial_state(organisation), {}, ended_steps(plan, failed), {}};
  const PlannedStep& failure = at(plan.steps, failed);
  const Moment start = simulator::start_of(plan);
  still.since = failure.schedule->end;
  std::set<StepIndex> others;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) others.insert(id_at<StepIndex>(i));
  std::set<ServerId> worked_on{failure.step.server};
  for (const StepIndex index : still.ended) {
    const PlannedStep& step = at(plan.steps, index);
    auto after = simulator::apply(still.state, step.step, readings);
    if (!after) {
      return tl::unexpected(simulator::RefusedStep{index, after.error(), step.schedule->start - start,
                                                   at(still.state.servers, step.step.server)});
    }
    still.state = std::move(*after);
    still.since = std::max(still.since, step.schedule->end);
    worked_on.insert(step.step.server);
    others.erase(index);
  }
  still.so_far = without(plan, others);
  ServerState& server = at(still.state.servers, failure.step.server);
  if (failure.step.kind == StepKind::upgrade && server.is_in_service()) {
    server.service = Service::drained;
    take_out(still.so_far, failure);
  }
  still.organisation = found(organisation, still.state, worked_on);
  return still;
}

}  // namespace casplan::whatif
