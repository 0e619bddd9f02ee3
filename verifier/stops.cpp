#include "verifier/stops.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "simulator/transition.h"
#include "verifier/allowed.h"
#include "verifier/path_orders.h"
#include "verifier/standing.h"
#include "verifier/ways_out.h"

namespace casplan::verifier {
namespace {

/// Which reading of a rollup's removal is taken makes no difference where no step removes one.
std::vector<Readings> readings_on_the_way(FixedReadings fixed, const Plan& plan, const State& found) {
  if (!may_remove_rollups(plan, found)) {
    fixed.rollup_removal = fixed.rollup_removal.value_or(RollupRemoval::folder_stays);
  }
  return combinations(fixed);
}

std::vector<RollupRemoval> open_removals(const FixedReadings& fixed) {
  if (fixed.rollup_removal) return {*fixed.rollup_removal};
  return {RollupRemoval::folder_stays, RollupRemoval::folder_goes};
}

const Schedule& schedule_of(const Plan& plan, StepIndex step) {
  const auto& schedule = at(plan.steps, step).schedule;
  expects(schedule.has_value(), "a plan whose stops are judged is scheduled");
  return *schedule;
}

/// The steps by their end; of the same end, a step that takes no time begins after the others have ended.
std::vector<StepIndex> in_order_of_ends(const Plan& plan) {
  const auto key = [&](StepIndex step) {
    const Schedule& schedule = schedule_of(plan, step);
    return std::pair(schedule.end, schedule.start == schedule.end);
  };
  std::vector<StepIndex> steps = in_order_of_arrows(plan);
  std::stable_sort(steps.begin(), steps.end(), [&](StepIndex a, StepIndex b) { return key(a) < key(b); });
  return steps;
}

class Walk {
 public:
  Walk(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed)
      : plan_(plan),
        paths_(proxy_paths(organisation)),
        removals_(open_removals(fixed)),
        standing_(organisation, paths_, readings_on_the_way(fixed, plan, initial_state(organisation))),
        installed_(organisation.servers.size()),
        order_(order_of_schedule(plan)),
        places_(plan.steps.size()),
        records_(plan.steps.size()) {
    for (std::size_t i = 0; i < order_.size(); ++i) at(places_, order_[i]) = i;
  }

  std::vector<Stop> run() {
    for (const StepIndex step : in_order_of_ends(plan_)) {
      const std::size_t begun = begun_by_the_end(plan_, order_, at(places_, step));
      while (done_ < begun) carry_out(order_[done_++]);
      judge_stops_at(step);
    }
    return in_order_of_schedule();
  }

 private:
  struct Record {
    std::optional<ServerVariants> before;       // the server, while it is needed
    std::optional<Installed> installed_before;  // on the server
    std::vector<Stop> stops;
  };

  /// Nothing where rollups are removed: no removal brings back the build from before.
  [[nodiscard]] static std::optional<Installed> installed_by(const Step& step, const ServerState& before) {
    if (before.build && removes_rollups(*before.build, *step.build)) return std::nullopt;
    return Installed{find_build(*step.build), before.build, before.owa_version};
  }

  [[nodiscard]] const Step& step_at(StepIndex index) const { return at(plan_.steps, index).step; }

  void carry_out(StepIndex index) {
    Record& record = at(records_, index);
    const Step& step = step_at(index);
    const auto& readings = standing_.outlook().readings();
    const ServerVariants before = standing_.server(step.server);
    expects(!simulator::refuse(before.under(0), step), "a step of a safe plan can be carried out");
    record.installed_before = at(installed_, step.server);
    if (step.build) at(installed_, step.server) = installed_by(step, before.under(0));
    standing_.set(step.server, before.changed(readings.size(), [&](ServerState& state, std::size_t reading) {
      simulator::begin(state, step);
      simulator::finish(state, step, readings[reading]);
    }));
    record.before = before;
  }

  void judge_stops_at(StepIndex index) {
    const Step& step = step_at(index);
    Record& record = at(records_, index);
    const ServerVariants after = standing_.server(step.server);
    const std::optional<Installed> installed = at(installed_, step.server);
    const std::optional<Installed> installed_now = step.build ? installed : std::nullopt;

    at(installed_, step.server) = record.installed_before;
    standing_.set(step.server, in_the_middle(step, *record.before, after));
    record.stops.push_back(
        judge_stop(index, point(step, StopTime::in_the_middle, std::nullopt, partial(step, record))));

    at(installed_, step.server) = installed;
    standing_.set(step.server, after);
    record.stops.push_back(judge_stop(index, point(step, StopTime::at_the_end, installed_now, std::nullopt)));
    record.before.reset();
  }

  [[nodiscard]] StopPoint point(const Step& step, StopTime time, const std::optional<Installed>& installed_now,
                                std::optional<PartialFolder> partial) const {
    const bool is_end = time == StopTime::at_the_end && done_ == plan_.steps.size();
    const bool is_half_done =
        time == StopTime::in_the_middle && (step.kind == StepKind::upgrade || step.kind == StepKind::ensure_folder);
    return {standing_,
            installed_,
            removals_,
            step.server,
            is_half_done ? std::optional(step.server) : std::nullopt,
            time,
            installed_now,
            std::move(partial),
            is_end};
  }

  /// The server of a step that failed.
  [[nodiscard]] ServerVariants in_the_middle(const Step& step, const ServerVariants& before,
                                             const ServerVariants& after) const {
    if (step.kind == StepKind::ensure_folder) return after;  // a part of the folder counts as the folder
    if (step.kind != StepKind::upgrade) return before;
    return before.changed(standing_.outlook().readings().size(),
                          [](ServerState& state, std::size_t) { state.service = Service::drained; });
  }

  [[nodiscard]] bool may_have_copied(const Step& step, const ServerVariants& before) const {
    for (std::size_t reading = 0; reading < standing_.outlook().readings().size(); ++reading) {
      if (before.under(reading).present.has(*step.folder) != Knowledge::yes) return true;
    }
    return false;
  }

  /// What a failed ensure_folder leaves; nothing where the folder was there already, because then nothing is copied.
  [[nodiscard]] std::optional<PartialFolder> partial(const Step& step, const Record& record) const {
    if (step.kind != StepKind::ensure_folder || !may_have_copied(step, *record.before)) return std::nullopt;
    PartialFolder found{step.server, *step.folder, *record.before, {}};
    std::map<std::uint32_t, std::optional<PathFault>> known;  // by the target's kind
    for (const std::size_t place : standing_.paths_at(step.server)) {
      const ProxyPath& path = standing_.path(place);
      if (path.front != step.server || !standing_.outlook().is_proxied(place)) continue;
      const auto [fault, is_new] = known.try_emplace(standing_.kind(path.target));
      if (is_new) {
        fault->second = standing_.outlook().relies_on(place, *step.folder, standing_.server(path.front),
                                                      standing_.server(path.target));
      }
      if (!fault->second) continue;
      fault->second->path = path;
      found.relying_paths.emplace(place, *fault->second);
    }
    return found;
  }

  [[nodiscard]] bool is_taken(const ProxyPath& path) const {
    return standing_.server(path.front).is_in_service() && standing_.server(path.target).is_in_service();
  }

  [[nodiscard]] Stop judge_stop(StepIndex index, const StopPoint& point) const {
    Stop stop{index, point.time, {}, Safety::safe, {}, {}, {}, {}, {}, {}};
    const auto begin = order_.begin();
    stop.also_ended.assign(begin + static_cast<std::ptrdiff_t>(at(places_, index)) + 1,
                           begin + static_cast<std::ptrdiff_t>(done_));
    stop.out_of_service = standing_.out_of_service();
    stop.sites_without_service = standing_.service().sites_without_service();
    stop.entry_points_without_service = standing_.service().entry_points_without_service();
    for (const std::size_t place : standing_.worse_paths()) stop.faults.push_back(*standing_.fault(place));
    if (point.partial) {
      for (const auto& [place, fault] : point.partial->relying_paths) {
        if (is_taken(fault.path)) stop.partial_folder_paths.push_back(fault.path);
      }
    }
    stop.safety = safety_of(stop);
    stop.ways_out = ways_out(point, stop.safety);
    return stop;
  }

  [[nodiscard]] static Safety safety_of(const Stop& stop) {
    const bool is_worse = !stop.sites_without_service.empty() || !stop.entry_points_without_service.empty() ||
                          !stop.partial_folder_paths.empty() ||
                          std::any_of(stop.faults.begin(), stop.faults.end(),
                                      [](const PathFault& fault) { return !is_undecided(fault.judgement); });
    if (is_worse) return Safety::unsafe;
    return stop.faults.empty() ? Safety::safe : Safety::cannot_tell;
  }

  std::vector<Stop> in_order_of_schedule() {
    std::vector<Stop> stops;
    stops.reserve(2 * order_.size());
    for (const StepIndex step : order_) {
      std::move(at(records_, step).stops.begin(), at(records_, step).stops.end(), std::back_inserter(stops));
    }
    return stops;
  }

  const Plan& plan_;
  std::vector<ProxyPath> paths_;
  std::vector<RollupRemoval> removals_;
  Standing standing_;
  std::vector<std::optional<Installed>> installed_;  // by server: the last upgrade
  std::vector<StepIndex> order_;                     // of the schedule
  std::vector<std::size_t> places_;                  // in it, by step
  std::vector<Record> records_;                      // by step
  std::size_t done_ = 0;                             // that many of the order have ended
};

}  // namespace

std::vector<Stop> judge_stops(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed) {
  return Walk(organisation, plan, fixed).run();
}

}  // namespace casplan::verifier
