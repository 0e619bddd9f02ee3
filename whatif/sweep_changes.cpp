#include <algorithm>
#include <set>

#include "model/contracts.h"
#include "model/topology.h"
#include "whatif/sweep.h"

namespace casplan::whatif {
namespace {

using Changes = std::vector<Change>;

constexpr int most_copies_tried = 20;
constexpr int most_crews_tried = 10;
constexpr int more_users = 20;  // percent
constexpr int one_half = 50;    // percent of a user, which count as one
constexpr Minutes an_hour{60};

Changes freezes(const Situation& situation) {
  Changes changes;
  for (const ServerId server : client_access_servers(situation.organisation)) {
    const auto& build = at(situation.organisation.servers, server).build;
    const auto wanted = wanted_build(situation.organisation, *situation.policy, server);
    if (build && wanted && *wanted != *build) changes.emplace_back(Freeze{server});
  }
  return changes;
}

Changes unfreezes(const Situation& situation) {
  Changes changes;
  for (const ServerId server : situation.policy->frozen) changes.emplace_back(Unfreeze{server});
  return changes;
}

/// As many copies as the plan has, and more, make no difference.
Changes copy_limits(const Situation& situation) {
  const auto& limit = situation.policy->copies;
  int copies = limit.value_or(0);
  if (situation.plan) {
    const auto& steps = situation.plan->steps;
    copies = static_cast<int>(std::count_if(
        steps.begin(), steps.end(), [](const PlannedStep& step) { return step.step.kind == StepKind::ensure_folder; }));
  }
  Changes changes;
  for (int most = 0; most < std::min(copies, most_copies_tried); ++most) {
    if (limit != most) changes.emplace_back(LimitCopies{most});
  }
  if (limit) changes.emplace_back(LimitCopies{std::nullopt});
  return changes;
}

Changes crews(const Situation& situation) {
  Changes changes;
  for (int number = 1; number <= most_crews_tried; ++number) {
    if (number != situation.policy->crews) changes.emplace_back(SetCrews{number});
  }
  return changes;
}

Changes redirects(const Situation& situation) {
  std::set<ServerId> targets;
  for (const ProxyPath& path : proxy_paths(situation.organisation)) targets.insert(path.target);
  Changes changes;
  for (const ServerId id : targets) {
    const Server& target = at(situation.organisation.servers, id);
    if (target.external_url) continue;
    changes.emplace_back(SetExternalUrl{id, "https://" + target.fqdn.value_or(target.name) + "/owa"});
  }
  return changes;
}

Changes failures(const Situation& situation) {
  Changes changes;
  if (!situation.plan) return changes;
  for (const StepIndex step : order_of_schedule(*situation.plan)) changes.emplace_back(FailStep{step});
  return changes;
}

Changes removed_fronts(const Situation& situation) {
  Changes changes;
  const auto& entry_points = situation.organisation.entry_points;
  for (std::size_t i = 0; i < entry_points.size(); ++i) {
    for (const ServerId front : entry_points[i].fronts) changes.emplace_back(RemoveFront{front, i});
  }
  return changes;
}

Changes longer_windows(const Situation& situation) {
  Changes changes;
  for (std::size_t i = 0; i < situation.policy->windows.size(); ++i) {
    for (const Minutes by : {an_hour, 2 * an_hour}) changes.emplace_back(LengthenWindow{i, by});
  }
  return changes;
}

Changes grown_sites(const Situation& situation) {
  Changes changes;
  for (std::size_t i = 0; i < situation.organisation.sites.size(); ++i) {
    const auto& users = situation.organisation.sites[i].mailboxes;
    const bool is_one_more = users && *users * more_users >= one_half;
    if (is_one_more) changes.emplace_back(ScaleUsers{id_at<SiteId>(i), more_users});
  }
  return changes;
}

Changes missing_folders(const Situation& situation) {
  Changes changes;
  for (const ServerId server : client_access_servers(situation.organisation)) {
    const auto& folders = at(situation.organisation.servers, server).folders;
    std::set<OwaVersion> versions;
    for (const ResourceFolder& folder : folders.value_or(FolderList{})) versions.insert(folder.version);
    for (const OwaVersion& version : versions) changes.emplace_back(SetFolder{server, version, Presence::missing});
  }
  return changes;
}

Changes settled_readings(const Situation& situation) {
  const auto fixed = values_of(situation.policy->readings);
  Changes changes;
  for (std::size_t reading = 0; reading < fixed.size(); ++reading) {
    for (std::size_t value = 0; value < 2; ++value) {
      if (fixed.at(reading) != value) changes.emplace_back(SettleReading{reading, value});
    }
  }
  return changes;
}

}  // namespace

std::vector<Change> changes_of(SweepKind kind, const Situation& situation) {
  expects(situation.policy.has_value(), "a sweep needs a policy");
  switch (kind) {
    case SweepKind::freeze: return freezes(situation);
    case SweepKind::unfreeze: return unfreezes(situation);
    case SweepKind::copies: return copy_limits(situation);
    case SweepKind::crews: return crews(situation);
    case SweepKind::redirect: return redirects(situation);
    case SweepKind::fail: return failures(situation);
    case SweepKind::remove_front: return removed_fronts(situation);
    case SweepKind::window: return longer_windows(situation);
    case SweepKind::users: return grown_sites(situation);
    case SweepKind::folder: return missing_folders(situation);
    case SweepKind::reading: break;
  }
  return settled_readings(situation);
}

}  // namespace casplan::whatif
