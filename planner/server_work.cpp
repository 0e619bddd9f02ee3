#include "planner/server_work.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace casplan::planner {
namespace {

/// What its paths ask of a changed front: those to targets that have changed, or will never, and to
/// those that it meets unchanged.
std::vector<OwaVersion> folders_of(Problem& problem, const Worked& worked, const MeetsUnchanged& meets_unchanged) {
  std::set<OwaVersion> folders;
  for (const Encounter& encounter : worked.encounters) {
    if (encounter.end != Encounter::End::front) continue;
    std::set<VariantId> met{encounter.fixed};
    if (encounter.other) {
      const Worked& target = problem.worked[*encounter.other];
      met = {target.after};
      if (target.hops.empty() || meets_unchanged(*encounter.other)) met.insert(target.before);
    }
    for (const VariantId target : met) {
      const auto& wanting = problem.meetings.wanting(worked.after, target);
      folders.insert(wanting.begin(), wanting.end());
    }
  }
  return {folders.begin(), folders.end()};
}

/// Each copy is taken from a holder that is not upgraded, or is the last one, so that it holds the folder whatever
/// comes first.
class Sources {
 public:
  Sources(Problem& problem, const std::vector<TimedStep>& steps)
      : problem_(problem), upgraded_(problem.organisation.servers.size()) {
    for (const TimedStep& step : steps) {
      if (step.step.kind == StepKind::upgrade) at(upgraded_, step.step.server) = step.schedule.start;
    }
  }

  /// Empty where each holder may have been upgraded by then.
  [[nodiscard]] std::optional<ServerId> of(const OwaVersion& folder, Moment copied) {
    const auto [known, is_new] = last_.try_emplace(folder);
    if (is_new) known->second = last_holder(folder);
    const auto& source = known->second;
    return source && at(upgraded_, *source).value_or(Moment::max()) >= copied ? source : std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<ServerId> last_holder(const OwaVersion& folder) const {
    std::optional<ServerId> last;
    for (const ServerId server : client_access_servers(problem_.organisation)) {
      if (!problem_.variants.surely_holds(problem_.meetings.found(server), folder)) continue;
      const auto goes = [&](ServerId id) { return at(upgraded_, id).value_or(Moment::max()); };
      if (!last || goes(*last) < goes(server)) last = server;
    }
    return last;
  }

  Problem& problem_;
  std::vector<std::optional<Moment>> upgraded_;  // by server: when its upgrade begins
  std::map<OwaVersion, std::optional<ServerId>> last_;
};

}  // namespace

WorkLengths work_lengths(const Policy& policy, const ServerWork& work) {
  WorkLengths lengths;
  const Durations& durations = policy.durations;
  lengths.crewed = work.upgrade_length + durations.ensure_folder * static_cast<int>(work.folders.size());
  if (work.loads_folders) lengths.loading = durations.recycle;
  if (!work.is_drained) return lengths;
  lengths.drain = durations.drain;
  lengths.coming_back = durations.return_to_service;
  return lengths;
}

void add_step(std::vector<TimedStep>& steps, StepKind kind, const ServerWork& work, const Schedule& schedule) {
  Step step{kind, work.server, std::nullopt, std::nullopt, {}};
  if (kind == StepKind::upgrade) step = work.upgrade;
  steps.push_back({std::move(step), schedule});
}

Moment add_work(std::vector<TimedStep>& steps, const Policy& policy, const ServerWork& work, Moment start) {
  const Durations& durations = policy.durations;
  Moment now = start + work.upgrade_length;
  add_step(steps, StepKind::upgrade, work, {start, now});
  for (const OwaVersion& folder : work.folders) {
    add_step(steps, StepKind::ensure_folder, work, {now, now + durations.ensure_folder});
    steps.back().step.folder = folder;
    now += durations.ensure_folder;
  }
  const Minutes loading = work_lengths(policy, work).loading;
  if (loading > Minutes(0)) add_step(steps, StepKind::recycle, work, {now, now + loading});
  return now + loading;
}

bool are_single_upgrades(const Problem& problem) {
  const Policy& policy = problem.policy;
  const auto& durations = policy.durations;
  const bool takes_time =
      std::min({durations.drain, durations.return_to_service, durations.ensure_folder, durations.recycle}) > Minutes(0);
  if (policy.goal != Goal::upgrade || policy.event46 != Event46::never || !takes_time) return false;
  return std::all_of(problem.worked.begin(), problem.worked.end(), [&](const Worked& worked) {
    const bool has_site = at(problem.organisation.servers, worked.members.front()).site.has_value();
    return worked.members.size() == 1 && worked.hops.size() <= 1 && worked.was_in_service && has_site &&
           worked.upgraded_before.empty() && (worked.hops.empty() || worked.minutes.front() > 0);
  });
}

ServerWork work_of(const Problem& problem, std::size_t place) {
  const Worked& worked = problem.worked[place];
  const ServerId server = worked.members.front();
  return {server,
          &problem.calendars.of(server),
          {StepKind::upgrade, server, worked.hops.front(), std::nullopt, {}},
          Minutes(worked.minutes.front()),
          {},
          false,
          worked.must_be_drained,
          0};
}

void give_folders(Problem& problem, ServerWork& work, const MeetsUnchanged& meets_unchanged) {
  const Worked& worked = problem.worked[*problem.worked_with(work.server)];
  work.folders = folders_of(problem, worked, meets_unchanged);
  VariantId variant = worked.after;
  for (const OwaVersion& folder : work.folders) {
    variant = problem.variants.after(variant, {StepKind::ensure_folder, work.server, std::nullopt, folder, {}});
  }
  work.loads_folders = problem.variants.has_to_load(variant);
  work.is_drained = work.is_drained || !work.folders.empty();
}

bool name_sources(Problem& problem, std::vector<TimedStep>& steps) {
  Sources sources(problem, steps);
  for (TimedStep& step : steps) {
    if (step.step.kind != StepKind::ensure_folder) continue;
    const auto source = sources.of(*step.step.folder, step.schedule.end);
    if (!source) return false;
    step.step.sources = {*source};
  }
  return true;
}

}  // namespace casplan::planner
