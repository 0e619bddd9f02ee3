#include "verifier/ways_out.h"

#include <algorithm>
#include <set>

#include "verifier/allowed.h"

namespace casplan::verifier {
namespace {

Safety safety_of(const std::optional<PathFault>& fault) {
  if (!fault) return Safety::safe;
  return is_undecided(fault->judgement) ? Safety::cannot_tell : Safety::unsafe;
}

/// Who is back in service, and who cannot come back as well, because of a path.
struct Returns {
  std::vector<ServerId> back;  ///< ascending
  std::vector<ServerId> staying_out;
  std::optional<PathFault> forbidden_by;  ///< of the first that stays out
};

std::optional<PathFault> fault_when_returned(const StopPoint& point, ServerId server,
                                             const std::vector<bool>& is_back) {
  const Standing& standing = point.standing;
  for (const std::size_t place : standing.paths_at(server)) {
    const ProxyPath& path = standing.path(place);
    const ServerId other = path.front == server ? path.target : path.front;
    if (!standing.server(other).is_in_service() && !is_back[other.value]) continue;
    if (standing.would_be_worse(place)) return standing.fault(place);
    if (!point.partial) continue;
    const auto relying = point.partial->relying_paths.find(place);
    if (relying != point.partial->relying_paths.end()) return relying->second;
  }
  return std::nullopt;
}

/// Returns the servers that are out one after the other, each that may come back; one that is half done last.
Returns judge_returns(const StopPoint& point) {
  std::vector<ServerId> order = point.standing.out_of_service();
  std::stable_partition(order.begin(), order.end(), [&](ServerId server) { return server != point.half_done; });
  Returns returns;
  std::vector<bool> is_back(point.installed.size());
  for (const ServerId server : order) {
    auto fault = fault_when_returned(point, server, is_back);
    if (!fault) {
      is_back[server.value] = true;
      returns.back.push_back(server);
      continue;
    }
    returns.staying_out.push_back(server);
    if (!returns.forbidden_by) returns.forbidden_by = std::move(fault);
  }
  std::sort(returns.back.begin(), returns.back.end());
  return returns;
}

bool is_rollup(const std::optional<Installed>& installed) {
  return installed && installed->build->is_rollup();
}

/// The server without the rollup that was installed last. Its own folder comes back with the build; the others stay as
/// they are now.
ServerVariants without_rollup(const ServerVariants& server, const Installed& installed, RollupRemoval removal,
                              std::size_t readings) {
  return server.changed(readings, [&](ServerState& state, std::size_t) {
    if (removal == RollupRemoval::folder_goes) state.present.erase(installed.build->owa_version);
    state.build = installed.build_before;
    state.owa_version = installed.owa_version_before;
    if (state.owa_version) state.present.insert(*state.owa_version);
    state.loaded = state.present;
  });
}

/// What would be wrong if the servers' rollups were removed and everything that is out returned.
class Rollback {
 public:
  Rollback(const StopPoint& point, const std::vector<ServerId>& servers) : point_(point), servers_(servers) {
    const auto& out = point.standing.out_of_service();
    back_.insert(out.begin(), out.end());
    back_.insert(servers.begin(), servers.end());
  }

  [[nodiscard]] std::optional<PathFault> fault() const {
    for (const RollupRemoval removal : point_.removals) {
      if (auto fault = fault_under(removal)) return fault;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<PathFault> fault_under(RollupRemoval removal) const {
    const Standing& standing = point_.standing;
    std::map<ServerId, ServerVariants> rolled_back;
    for (const ServerId server : servers_) {
      rolled_back.emplace(server, without_rollup(standing.server(server), *at(point_.installed, server), removal,
                                                 standing.outlook().readings().size()));
    }
    const auto after = [&](ServerId server) -> const ServerVariants& {
      const auto place = rolled_back.find(server);
      return place != rolled_back.end() ? place->second : standing.server(server);
    };
    for (const ServerId server : back_) {
      for (const std::size_t place : standing.paths_at(server)) {
        const ProxyPath& path = standing.path(place);
        if (!is_back(path.front) || !is_back(path.target)) continue;
        auto fault = standing.outlook().fault(place, after(path.front), after(path.target));
        if (!fault) continue;
        fault->readings.rollup_removal = removal;
        return fault;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_back(ServerId server) const {
    return point_.standing.server(server).is_in_service() || back_.contains(server);
  }

  const StopPoint& point_;
  const std::vector<ServerId>& servers_;
  std::set<ServerId> back_;
};

class Search {
 public:
  Search(const StopPoint& point, Safety safety) : point_(point), safety_(safety) {}

  std::vector<WayOut> run() {
    if (point_.time == StopTime::in_the_middle) add({WayOutKind::repeat_step, Safety::safe, {point_.server}});
    if (point_.time == StopTime::at_the_end && !point_.is_end_of_plan) add({WayOutKind::go_on, Safety::safe});
    if (point_.partial) add_removal_of_folder(*point_.partial);
    const Returns returns = judge_returns(point_);
    add_returns(returns);
    if (!returns.staying_out.empty()) {
      add_way_back(returns);
    } else if (is_rollup(point_.installed_now)) {
      const std::vector<ServerId> servers{point_.server};
      const auto fault = Rollback(point_, servers).fault();
      add({WayOutKind::remove_rollups, safety_of(fault), servers, fault});
    }
    return std::move(ways_);
  }

 private:
  void add(WayOut way) { ways_.push_back(std::move(way)); }

  void add_removal_of_folder(const PartialFolder& partial) {
    const Standing& standing = point_.standing;
    std::optional<PathFault> found;
    for (const std::size_t place : standing.paths_at(partial.server)) {
      const ProxyPath& path = standing.path(place);
      if (!standing.server(path.front).is_in_service() || !standing.server(path.target).is_in_service()) continue;
      const bool is_its_front = path.front == partial.server;
      found = standing.outlook().fault(place, is_its_front ? partial.without : standing.server(path.front),
                                       is_its_front ? standing.server(path.target) : partial.without);
      if (found) break;
    }
    add({WayOutKind::remove_partial_folder, safety_of(found), {partial.server}, found});
  }

  void add_returns(const Returns& returns) {
    if (!returns.back.empty()) {
      add({WayOutKind::return_servers, Safety::safe, returns.back});
    }
    if (returns.staying_out.empty()) return;
    add({WayOutKind::return_servers, safety_of(returns.forbidden_by), returns.staying_out, returns.forbidden_by});
  }

  /// Where some cannot come back as they are: without the rollups that the plan has brought them, or not at all.
  void add_way_back(const Returns& returns) {
    std::vector<ServerId> with_rollup;
    bool has_service_pack = false;
    for (const ServerId server : point_.standing.out_of_service()) {
      const auto& installed = at(point_.installed, server);
      if (is_rollup(installed)) with_rollup.push_back(server);
      has_service_pack = has_service_pack || (installed && !is_rollup(installed));
    }
    has_service_pack = has_service_pack || comes_from_service_pack(returns.forbidden_by->path);
    Obstacle obstacle = has_service_pack ? Obstacle::service_pack : Obstacle::none;
    if (with_rollup.size() > most_rollbacks) {
      obstacle = Obstacle::not_judged;
    } else if (!with_rollup.empty()) {
      if (!Rollback(point_, with_rollup).fault()) {
        add({WayOutKind::remove_rollups, Safety::safe, with_rollup});
        return;
      }
      if (!has_service_pack) obstacle = Obstacle::still_failing;
    }
    if (safety_ == Safety::safe) return;
    add({WayOutKind::stay_out, Safety::unsafe, returns.staying_out, returns.forbidden_by, obstacle});
  }

  [[nodiscard]] bool comes_from_service_pack(const ProxyPath& path) const {
    const auto& front = at(point_.installed, path.front);
    const auto& target = at(point_.installed, path.target);
    return (front && !is_rollup(front)) || (target && !is_rollup(target));
  }

  const StopPoint& point_;
  Safety safety_;
  std::vector<WayOut> ways_;
};

}  // namespace

std::vector<WayOut> ways_out(const StopPoint& point, Safety safety) {
  return Search(point, safety).run();
}

}  // namespace casplan::verifier
