#include "planner/relay.h"

#include <algorithm>
#include <map>
#include <set>

#include "planner/relay_schedule.h"
#include "planner/server_work.h"

namespace casplan::planner {
namespace {

/// Beyond, looking at all who could be next takes too long.
constexpr std::size_t most_worked = 200;
/// Orders of the fronts, in each of which others go first, that are tried.
constexpr std::size_t most_turns = 6;

class Chooser {
 public:
  explicit Chooser(Problem& problem) : problem_(problem) {}

  /// Finds who is a front and who a target; false where that is not simple.
  bool sort_out();

  /// The fronts of each site in the order that has the number `turn`.
  [[nodiscard]] std::optional<Relay> relay(std::size_t turn);

  /// How many orders there are.
  [[nodiscard]] std::size_t turns() const;

 private:
  struct Team {
    std::vector<std::size_t> fronts;  // by their place in `worked`
    std::vector<std::size_t> targets;
    std::size_t standing = 0;  // CAS in service that do not change
    bool waits = false;
  };

  [[nodiscard]] bool changes(std::size_t worked) const { return !problem_.worked[worked].hops.empty(); }
  [[nodiscard]] SiteId site_of(std::size_t worked) const {
    return *at(problem_.organisation.servers, problem_.worked[worked].members.front()).site;
  }
  [[nodiscard]] bool is_front(std::size_t worked) const;
  [[nodiscard]] bool waits_for_others(std::size_t worked);
  [[nodiscard]] std::optional<RelaySite> begun(SiteId site, const Team& team, std::size_t changing) const;
  [[nodiscard]] bool are_alike(const Team& team) const;
  bool add_fronts(Relay& relay, SiteId id, const Team& team, std::size_t turn);
  bool add_targets(Relay& relay, SiteId id, const Team& team);

  Problem& problem_;
  std::map<SiteId, Team> teams_;
};

/// Whether users come by it, or it proxies for them.
bool Chooser::is_front(std::size_t worked) const {
  const Worked& server = problem_.worked[worked];
  const auto& entries = problem_.organisation.entry_points;
  const bool is_entered = std::any_of(entries.begin(), entries.end(), [&](const EntryPoint& entry) {
    return std::find(entry.fronts.begin(), entry.fronts.end(), server.members.front()) != entry.fronts.end();
  });
  return is_entered || std::any_of(server.encounters.begin(), server.encounters.end(), [&](const Encounter& met) {
           return met.end == Encounter::End::front && met.other && changes(*met.other);
         });
}

/// Whether a front that has not changed must not proxy to it once it has.
bool Chooser::waits_for_others(std::size_t worked) {
  const Worked& target = problem_.worked[worked];
  return std::any_of(target.encounters.begin(), target.encounters.end(), [&](const Encounter& met) {
    return met.end == Encounter::End::target && met.other && changes(*met.other) &&
           problem_.meetings.faults(problem_.worked[*met.other].before, target.after) != 0;
  });
}

bool Chooser::sort_out() {
  if (!are_single_upgrades(problem_) || !problem_.policy.windows.empty()) return false;
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) {
    if (!changes(i)) continue;
    if (!at(problem_.organisation.servers, problem_.worked[i].members.front()).is_cas()) return false;
    Team& team = teams_[site_of(i)];
    (is_front(i) ? team.fronts : team.targets).push_back(i);
    team.waits = team.waits || (is_front(i) && waits_for_others(i));
  }
  for (auto& [site, team] : teams_) {
    if (!team.fronts.empty() && !team.targets.empty()) return false;
    for (const ServerId server : client_access_servers(problem_.organisation, site)) {
      const auto place = problem_.worked_with(server);
      const bool serves = at(problem_.organisation.servers, server).was_found_in_service();
      if (serves && (!place || !changes(*place))) ++team.standing;
    }
  }
  return std::any_of(teams_.begin(), teams_.end(), [](const auto& team) { return !team.second.fronts.empty(); });
}

bool Chooser::are_alike(const Team& team) const {
  return std::all_of(team.fronts.begin(), team.fronts.end(), [&](std::size_t front) {
    return problem_.worked[front].before == problem_.worked[team.fronts.front()].before;
  });
}

std::size_t Chooser::turns() const {
  std::size_t turns = 1;
  for (const auto& [site, team] : teams_) {
    if (!are_alike(team)) turns = std::max(turns, std::min(most_turns, 2 * team.fronts.size()));
  }
  return turns;
}

/// Empty where the policy asks for more in service than any change leaves.
std::optional<RelaySite> Chooser::begun(SiteId id, const Team& team, std::size_t changing) const {
  RelaySite site;
  const auto least = static_cast<std::size_t>(std::max(0, problem_.policy.min_in_service.at(id)));
  const std::size_t all = changing + team.standing;
  if (all <= least) return std::nullopt;
  site.users = at(problem_.organisation.sites, id).mailboxes.value_or(1);
  site.keeps_service = least > 0;
  site.most_out = std::min(changing, all - std::max<std::size_t>(1, least));
  return site;
}

bool Chooser::add_fronts(Relay& relay, SiteId id, const Team& team, std::size_t turn) {
  auto site = begun(id, team, team.fronts.size());
  if (!site || (team.waits && site->keeps_service)) return false;
  std::vector<std::size_t> fronts = team.fronts;
  const std::size_t count = fronts.size();
  if (turn % 2 == 1) std::reverse(fronts.begin(), fronts.end());
  std::rotate(fronts.begin(), fronts.begin() + static_cast<std::ptrdiff_t>(turn / 2 % count), fronts.end());
  const std::size_t serving = count + team.standing - site->most_out;
  const std::size_t first = std::clamp<std::size_t>(serving, 1, count);
  for (std::size_t i = 0; i < count; ++i) {
    ServerWork work = work_of(problem_, fronts[i]);
    if (i < first) {
      const auto meets_unchanged = [&](std::size_t target) {
        const auto other = teams_.find(site_of(target));
        return !team.waits || other == teams_.end() || !other->second.waits;
      };
      give_folders(problem_, work, meets_unchanged);
      work.is_drained = work.is_drained || team.waits;
      site->first.push_back(std::move(work));
    } else {
      give_folders(problem_, work, no_target);
      work.is_drained = true;
      site->rear.push_back(std::move(work));
    }
  }
  site->waits_for_rears = team.waits;
  relay.fronts.push_back(std::move(*site));
  return true;
}

bool Chooser::add_targets(Relay& relay, SiteId id, const Team& team) {
  auto site = begun(id, team, team.targets.size());
  if (!site) return false;
  for (const std::size_t target : team.targets) site->first.push_back(work_of(problem_, target));
  relay.targets.push_back(std::move(*site));
  return true;
}

std::optional<Relay> Chooser::relay(std::size_t turn) {
  Relay relay;
  for (const auto& [site, team] : teams_) {
    if (!(team.fronts.empty() ? add_targets(relay, site, team) : add_fronts(relay, site, team, turn))) {
      return std::nullopt;
    }
  }
  return relay;
}

std::vector<RelayOrder> orders(const Relay& relay) {
  const auto waiting = std::count_if(relay.fronts.begin(), relay.fronts.end(),
                                     [](const RelaySite& site) { return site.waits_for_rears; });
  std::vector<RelayOrder> all;
  for (const bool one_site_leads : {true, false}) {
    if (!one_site_leads && waiting < 2) continue;
    for (const bool long_chains_first : {false, true}) {
      for (const bool rears_last : {true, false}) all.push_back({one_site_leads, long_chains_first, rears_last});
    }
  }
  return all;
}

/// Whether every path works in the end, also those that fail today.
bool ends_well(Problem& problem, const std::vector<TimedStep>& steps) {
  std::vector<VariantId> variants;
  for (const Worked& worked : problem.worked) variants.push_back(worked.before);
  for (const TimedStep& step : steps) {
    if (moves_users(step.step.kind)) continue;
    VariantId& variant = variants[*problem.worked_with(step.step.server)];
    variant = problem.variants.after(variant, step.step);
  }
  for (std::size_t i = 0; i < variants.size(); ++i) {
    for (const Encounter& met : problem.worked[i].encounters) {
      const VariantId other = met.other ? variants[*met.other] : met.fixed;
      const bool is_front = met.end == Encounter::End::front;
      if (!problem.meetings.works(is_front ? variants[i] : other, is_front ? other : variants[i])) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::vector<TimedStep>> relays(Problem& problem) {
  Chooser chooser(problem);
  if (problem.worked.size() > most_worked || !chooser.sort_out()) return {};
  std::vector<std::vector<TimedStep>> all;
  for (std::size_t turn = 0; turn < chooser.turns(); ++turn) {
    const auto relay = chooser.relay(turn);
    if (!relay) return {};
    for (const RelayOrder& order : orders(*relay)) {
      auto steps = scheduled(problem.policy, *relay, order);
      if (!steps || !keeps_limits(problem.policy, *steps) || !ends_well(problem, *steps)) continue;
      if (name_sources(problem, *steps)) all.push_back(std::move(*steps));
    }
  }
  return all;
}

}  // namespace casplan::planner
