#include "verifier/standing.h"

#include <algorithm>

namespace casplan::verifier {

Standing::Standing(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                   std::vector<Readings> readings)
    : paths_(paths),
      outlook_(organisation, paths, std::move(readings)),
      service_(organisation, outlook_.found()),
      paths_at_(organisation.servers.size()),
      worse_(paths.size()) {
  servers_.reserve(organisation.servers.size());
  for (const ServerState& server : outlook_.found().servers) {
    servers_.emplace_back(server);
    found_kinds_.push_back(numbers_.of(servers_.back()));
  }
  kinds_ = found_kinds_;
  for (std::size_t place = 0; place < paths.size(); ++place) {
    const ProxyPath& path = paths[place];
    at(paths_at_, path.front).push_back(place);
    at(paths_at_, path.target).push_back(place);
    worse_[place] = judge_path(place);
  }
}

/// There are many paths, and few kinds of servers.
Worse Standing::judge_path(std::size_t place) {
  const ProxyPath& path = paths_[place];
  const auto judge = [&] { return outlook_.worse(place, server(path.front), server(path.target)); };
  if (!outlook_.is_proxied(place)) return judge();
  const auto& found = outlook_.found().servers;
  const Alike alike{at(found_kinds_, path.front), at(found_kinds_, path.target), kind(path.front), kind(path.target),
                    !at(found, path.front).is_in_service() || !at(found, path.target).is_in_service()};
  const auto known = judged_.find(alike);
  return known != judged_.end() ? known->second : judged_.emplace(alike, judge()).first->second;
}

std::optional<PathFault> Standing::fault(std::size_t place) const {
  return outlook_.fault(place, server(paths_[place].front), server(paths_[place].target));
}

void Standing::set_service(ServerId id, const ServerVariants& next) {
  if (server(id).is_in_service() == next.is_in_service()) return;
  if (next.is_in_service()) {
    service_.comes_back(id);
    std::erase(out_of_service_, id);
    return;
  }
  service_.goes_out(id);
  if (!at(outlook_.found().servers, id).is_in_service()) return;
  out_of_service_.insert(std::lower_bound(out_of_service_.begin(), out_of_service_.end(), id), id);
}

void Standing::set(ServerId id, ServerVariants next) {
  const bool is_alike = server(id).is_alike(next);
  if (is_alike && server(id).is_in_service() == next.is_in_service()) return;
  set_service(id, next);
  at(kinds_, id) = numbers_.of(next);
  at(servers_, id) = std::move(next);
  for (const std::size_t place : paths_at(id)) {
    const ServerVariants& front = server(paths_[place].front);
    const ServerVariants& target = server(paths_[place].target);
    if (!is_alike) worse_[place] = judge_path(place);
    if (worse_[place].is_any() && front.is_in_service() && target.is_in_service()) {
      worse_paths_.insert(place);
    } else {
      worse_paths_.erase(place);
    }
  }
}

}  // namespace casplan::verifier
