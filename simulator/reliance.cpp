#include "simulator/reliance.h"

#include <algorithm>

#include "model/catalogue.h"
#include "model/rules.h"

namespace casplan::simulator {
namespace {

std::optional<OwaVersion> version_after(const Step& step) {
  const Build* build = step.build ? find_build(*step.build) : nullptr;
  return build == nullptr ? std::nullopt : std::optional(build->owa_version);
}

std::set<OwaVersion> listed_folders(const Server& server) {
  std::set<OwaVersion> listed;
  for (const ResourceFolder& folder : server.folders.value_or(FolderList{})) listed.insert(folder.version);
  return listed;
}

}  // namespace

Reliances::Reliances(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths)
    : organisation_(organisation),
      plan_(plan),
      paths_at_(organisation.servers.size()),
      steps_at_(organisation.servers.size()) {
  for (const ProxyPath& path : paths) {
    at(paths_at_, path.front).push_back(path);
    at(paths_at_, path.target).push_back(path);
  }
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    at(steps_at_, plan.steps[i].step.server).push_back(id_at<StepIndex>(i));
  }
}

std::vector<Reliance> Reliances::of(StepIndex index) const {
  const Step& step = at(plan_.steps, index).step;
  if (step.kind == StepKind::drain || step.kind == StepKind::recycle) return {};
  std::set<Reliance> found;
  for (const ProxyPath& path : at(paths_at_, step.server)) {
    if (judge_routing(at(organisation_.servers, path.front), at(organisation_.servers, path.target))) continue;
    add_front(step, path, found);
    add_target(path, found);
  }
  return {found.begin(), found.end()};
}

Reliances::Versions Reliances::may_run(ServerId server) const {
  Versions versions;
  if (const auto today = running_owa_version(at(organisation_.servers, server))) versions.insert(*today);
  for (const StepIndex step : at(steps_at_, server)) {
    if (const auto version = version_after(at(plan_.steps, step).step)) versions.insert(*version);
  }
  return versions;
}

Reliances::Versions Reliances::may_hold_above(ServerId server, const OwaVersion& version) const {
  Versions folders = listed_folders(at(organisation_.servers, server));
  for (const StepIndex step : at(steps_at_, server)) {
    const auto& folder = at(plan_.steps, step).step.folder;
    if (folder) folders.insert(*folder);
  }
  folders.erase(folders.begin(), folders.upper_bound(version));
  return folders;
}

/// The folders that the target may ask for from the step's end on, and not before.
Reliances::Versions Reliances::asked_by_target(const Step& step, const ProxyPath& path) const {
  const auto today = running_owa_version(at(organisation_.servers, path.target));
  const bool is_of_target = step.server == path.target;
  if (step.kind == StepKind::upgrade && is_of_target) {
    const auto version = version_after(step);
    if (!version) return {};
    Versions asked = may_hold_above(path.target, *version);
    asked.insert(*version);
    return asked;
  }
  Versions asked = today ? may_hold_above(path.target, *today) : Versions{};
  if (step.kind == StepKind::return_to_service) asked.merge(may_run(path.target));
  if (step.kind != StepKind::ensure_folder) return asked;
  return is_of_target && asked.contains(*step.folder) ? Versions{*step.folder} : Versions{};
}

void Reliances::add_front(const Step& step, const ProxyPath& path, std::set<Reliance>& found) const {
  const Server& front = at(organisation_.servers, path.front);
  const auto own = running_owa_version(front);
  const Versions listed = listed_folders(front);
  const Versions versions = may_run(path.front);
  for (const OwaVersion& folder : asked_by_target(step, path)) {
    const bool may_be_newer_or_older = versions.size() > versions.count(folder);
    if (folder != own && listed.contains(folder) && may_be_newer_or_older)
      found.insert({path.front, folder, Reliance::Need::loaded});
  }
}

void Reliances::add_target(const ProxyPath& path, std::set<Reliance>& found) const {
  const auto own = running_owa_version(at(organisation_.servers, path.target));
  if (!own) return;
  const OwaVersion lowest = *may_run(path.target).begin();  // below today's where rollups are removed
  const Versions listed = listed_folders(at(organisation_.servers, path.target));
  for (const OwaVersion& folder : listed) {
    if (folder > lowest || !listed.contains(*own)) found.insert({path.target, folder, Reliance::Need::present});
  }
}

}  // namespace casplan::simulator
