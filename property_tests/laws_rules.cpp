#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "model/catalogue.h"
#include "model/rules.h"
#include "model/state.h"
#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/versions.h"
#include "property_tests/judgements.h"
#include "simulator/assessment.h"
#include "simulator/transition.h"

/// What follows from the rules (rules.md, section 7), consequences 1 to 4.
namespace casplan {
namespace {

Judgement judge_path(const Organisation& organisation, const State& state, const ProxyPath& path,
                     const Readings& readings) {
  return judge({at(organisation.servers, path.front), at(state.servers, path.front)},
               {at(organisation.servers, path.target), at(state.servers, path.target)}, readings);
}

/// The targets to which this front's paths fail with Event 46.
std::set<ServerId> targets_that_fail(const Organisation& organisation, const State& state, ServerId front,
                                     const Readings& readings) {
  std::set<ServerId> failing;
  for (const ProxyPath& path : proxy_paths(organisation)) {
    const bool fails = judge_path(organisation, state, path, readings).verdict == Verdict::event46;
    if (path.front == front && fails) failing.insert(path.target);
  }
  return failing;
}

bool has_event46(const Organisation& organisation, const Readings& readings) {
  const auto judgements = judgements_in(organisation, initial_state(organisation), readings);
  return std::any_of(judgements.begin(), judgements.end(),
                     [](const Judgement& judgement) { return judgement.verdict == Verdict::event46; });
}

State after(const State& state, const Step& step, const Readings& readings) {
  auto next = simulator::apply(state, step, readings);
  RC_ASSERT(next.has_value());
  return *std::move(next);
}

Step upgrade_of(ServerId server, const BuildVersion& build) {
  return {StepKind::upgrade, server, build, std::nullopt, {}};
}

Step ensure_on(ServerId server, const OwaVersion& folder) {
  return {StepKind::ensure_folder, server, std::nullopt, folder, {}};
}

Step recycle_of(ServerId server) {
  return {StepKind::recycle, server, std::nullopt, std::nullopt, {}};
}

OwaVersion version_of(const State& state, ServerId server) {
  return at(state.servers, server).owa_version.value();
}

RC_GTEST_PROP(Consequence1, EqualVersionsEverywhereMeanNoEvent46, ()) {
  auto organisation = *any_organisation();
  const Build build = *any_catalogue_build(Product::exchange2007);
  RC_CLASSIFY(has_event46(organisation, {}), "Event 46 before the versions were made equal");
  for (Server& server : organisation.servers) {
    server.build = build.version;
    server.owa_version.reset();
  }
  RC_ASSERT(!has_event46(organisation, *any_readings()));
}

FolderList all_folders(const Organisation& organisation) {
  std::set<OwaVersion> versions;
  for (const Server& server : organisation.servers) {
    if (const auto running = running_owa_version(server)) versions.insert(*running);
    for (const ResourceFolder& folder : server.folders.value_or(FolderList{})) versions.insert(folder.version);
  }
  FolderList folders;
  for (const OwaVersion& version : versions) folders.push_back({to_string(version), version});
  return folders;
}

/// The fronts are all in one site, and newer than every other server, which Exchange 2010 makes certain.
void make_fronts_newest(Organisation& organisation, const Build& newest) {
  for (const ServerId id : fronts(organisation)) {
    Server& front = at(organisation.servers, id);
    front.site = SiteId{0};
    front.build = newest.version;
    front.owa_version.reset();
  }
}

void give_folders_to_fronts(Organisation& organisation, const FolderList& folders) {
  for (const ServerId id : fronts(organisation)) {
    Server& front = at(organisation.servers, id);
    front.folders = folders;
    front.loaded_folders.reset();
  }
}

RC_GTEST_PROP(Consequence2, FrontsNewerThanTheirTargetsWithAllTheirFoldersMeetNoEvent46, ()) {
  auto organisation = *any_organisation();
  make_fronts_newest(organisation, *any_catalogue_build(Product::exchange2010));
  RC_CLASSIFY(has_event46(organisation, {}), "Event 46 before the fronts had the folders");
  give_folders_to_fronts(organisation, all_folders(organisation));
  RC_ASSERT(!has_event46(organisation, *any_readings()));
}

/// The builds that a server can be brought to in one step, and that lie above another build.
std::vector<BuildVersion> steps_above(const BuildVersion& own, const BuildVersion& other) {
  std::vector<BuildVersion> builds;
  for (const Build& build : installable_builds(Product::exchange2007)) {
    const bool fits = !build.is_rollup() || build.version.level() == own.level();
    if (fits && build.version > own && build.version > other) builds.push_back(build.version);
  }
  return builds;
}

RC_GTEST_PROP(Consequence3, ATargetThatGoesAheadOfItsFrontBreaksThePathWhateverFoldersTheFrontHas, ()) {
  const auto organisation = *any_plain_organisation();
  auto readings = *any_readings();
  readings.older_front = OlderFront::fails;
  const ProxyPath path = draw::one_of(proxy_paths(organisation));
  auto state = initial_state(organisation);
  RC_ASSERT(judge_path(organisation, state, path, readings).verdict == Verdict::works);

  const auto builds = steps_above(*at(state.servers, path.target).build, *at(state.servers, path.front).build);
  RC_PRE(!builds.empty());
  state = after(state, upgrade_of(path.target, draw::one_of(builds)), readings);
  state = after(state, ensure_on(path.front, version_of(state, path.target)), readings);
  state = after(state, recycle_of(path.front), readings);
  RC_ASSERT(judge_path(organisation, state, path, readings).verdict == Verdict::event46);

  readings.older_front = OlderFront::needs_folder;
  readings.folder_match = FolderMatch::running;
  RC_ASSERT(judge_path(organisation, state, path, readings).verdict == Verdict::works);
}

/// The targets of a front whose folder is none of these.
std::set<ServerId> targets_without(const Organisation& organisation, const State& state, ServerId front,
                                   const std::vector<OwaVersion>& folders) {
  std::set<ServerId> targets;
  for (const ProxyPath& path : proxy_paths(organisation)) {
    const auto version = version_of(state, path.target);
    const bool ensured = std::find(folders.begin(), folders.end(), version) != folders.end();
    if (path.front == front && !ensured) targets.insert(path.target);
  }
  return targets;
}

std::vector<OwaVersion> versions_of_targets(const Organisation& organisation, const State& state, ServerId front) {
  std::set<OwaVersion> versions;
  for (const ServerId target : targets_without(organisation, state, front, {})) {
    versions.insert(version_of(state, target));
  }
  return {versions.begin(), versions.end()};
}

std::optional<BuildVersion> next_service_pack(const BuildVersion& build) {
  const Build* next = base_of({build.parts[0], static_cast<std::uint16_t>(build.parts[1] + 1)});
  return next != nullptr ? std::optional(next->version) : std::nullopt;
}

RC_GTEST_PROP(Consequence4, AServicePackOnTheFrontBreaksExactlyThePathsWhoseFolderIsNotEnsured, ()) {
  const auto organisation = *any_plain_organisation();
  const Readings readings;
  const ServerId front = draw::one_of(fronts(organisation));
  const auto service_pack = next_service_pack(*at(organisation.servers, front).build);
  RC_PRE(service_pack.has_value());
  auto state = initial_state(organisation);
  RC_ASSERT(targets_that_fail(organisation, state, front, readings).empty());

  state = after(state, upgrade_of(front, *service_pack), readings);
  const auto all = targets_without(organisation, state, front, {});
  RC_ASSERT(targets_that_fail(organisation, state, front, readings) == all);

  const auto ensured = draw::some_of(versions_of_targets(organisation, state, front));
  RC_CLASSIFY(!ensured.empty(), "some folders ensured");
  for (const OwaVersion& folder : ensured) state = after(state, ensure_on(front, folder), readings);
  RC_ASSERT(targets_that_fail(organisation, state, front, readings) == all);

  state = after(state, recycle_of(front), readings);
  RC_ASSERT(targets_that_fail(organisation, state, front, readings) ==
            targets_without(organisation, state, front, ensured));
}

RC_GTEST_PROP(Consequence4, ATargetThatFollowsMendsItsPath, ()) {
  const auto organisation = *any_plain_organisation_with_one_front();
  const Readings readings;
  const ServerId front = fronts(organisation).front();
  const auto service_pack = next_service_pack(*at(organisation.servers, front).build);
  RC_PRE(service_pack.has_value());
  auto state = after(initial_state(organisation), upgrade_of(front, *service_pack), readings);
  auto failing = targets_without(organisation, state, front, {});
  for (const ServerId target : targets_without(organisation, state, front, {})) {
    RC_ASSERT(targets_that_fail(organisation, state, front, readings) == failing);
    state = after(state, upgrade_of(target, *service_pack), readings);
    failing.erase(target);
  }
  RC_ASSERT(targets_that_fail(organisation, state, front, readings).empty());
}

}  // namespace
}  // namespace casplan
