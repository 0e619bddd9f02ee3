#include "verifier/outlook.h"

#include <bit>

#include "model/contracts.h"
#include "model/rules.h"
#include "verifier/allowed.h"

namespace casplan::verifier {

Outlook::Outlook(const Organisation& organisation, const std::vector<ProxyPath>& paths, std::vector<Readings> readings)
    : organisation_(organisation),
      paths_(paths),
      readings_(std::move(readings)),
      found_(initial_state(organisation)),
      today_(paths.size()) {
  expects(readings_.size() <= 64, "each reading has a bit");
  std::vector<RoutingFacts> facts;
  for (const Server& server : organisation.servers) facts.push_back(routing_facts(server));
  routing_.reserve(paths.size());
  for (const ProxyPath& path : paths) routing_.push_back(routing_of(at(facts, path.front), at(facts, path.target)));
  for (std::size_t path = 0; path < paths.size(); ++path) {
    const ServerState& front = at(found_.servers, paths[path].front);
    const ServerState& target = at(found_.servers, paths[path].target);
    if (!front.is_in_service() || !target.is_in_service()) continue;
    today_[path] = worse(path, ServerVariants(front), ServerVariants(target));
  }
}

Outlook::Routing Outlook::routing_of(const RoutingFacts& front, const RoutingFacts& target) {
  if (!front.site || !target.site) return Routing::not_known;
  return front.site == target.site || judge_routing(front, target) ? Routing::never_proxied : Routing::proxied;
}

Judgement Outlook::judge_path(std::size_t path, const ServerState& front, const ServerState& target,
                              const Readings& readings) const {
  if (routing_[path] == Routing::proxied) return judge_versions(front, target, readings);
  const ProxyPath& pair = paths_[path];
  ServerState front_in_service = front;
  ServerState target_in_service = target;
  front_in_service.service = target_in_service.service = Service::in_service;
  return judge({at(organisation_.servers, pair.front), front_in_service},
               {at(organisation_.servers, pair.target), target_in_service}, readings);
}

/// Whether no upgrade and no folder of the target has touched the path, so that what cannot be told is as it was.
bool Outlook::is_as_found(const ProxyPath& path, const ServerState& front, const ServerState& target) const {
  const ServerState& front_then = at(found_.servers, path.front);
  const ServerState& target_then = at(found_.servers, path.target);
  return front.build == front_then.build && target.build == target_then.build && target.present == target_then.present;
}

Worse Outlook::worse(std::size_t path, const ServerVariants& front, const ServerVariants& target) const {
  Worse now;
  if (routing_[path] == Routing::never_proxied) return now;
  for (std::size_t reading = 0; reading < readings_.size(); ++reading) {
    const ServerState& at_front = front.under(reading);
    const ServerState& at_target = target.under(reading);
    const Judgement judgement = judge_path(path, at_front, at_target, readings_[reading]);
    const std::uint64_t bit = std::uint64_t{1} << reading;
    if (judgement.verdict == Verdict::event46) now.event46 |= bit & ~today_[path].event46;
    if (!is_undecided(judgement)) continue;
    const bool as_today = (today_[path].undecided & bit) != 0 && is_as_found(paths_[path], at_front, at_target);
    if (!as_today) now.undecided |= bit;
  }
  return now;
}

std::optional<PathFault> Outlook::fault(std::size_t path, const ServerVariants& front,
                                        const ServerVariants& target) const {
  const Worse now = worse(path, front, target);
  if (!now.is_any()) return std::nullopt;
  const auto reading = static_cast<std::size_t>(std::countr_zero(now.event46 != 0 ? now.event46 : now.undecided));
  return PathFault{paths_[path], judge_path(path, front.under(reading), target.under(reading), readings_[reading]),
                   readings_[reading]};
}

std::optional<PathFault> Outlook::relies_on(std::size_t path, const OwaVersion& folder, const ServerVariants& front,
                                            const ServerVariants& target) const {
  if (routing_[path] != Routing::proxied) return std::nullopt;
  for (std::size_t reading = 0; reading < readings_.size(); ++reading) {
    ServerState restarted = front.under(reading);
    restarted.loaded = restarted.present;
    const Judgement judgement = judge_versions(restarted, target.under(reading), readings_[reading]);
    if (judgement.verdict == Verdict::works && judgement.folder == folder) {
      return PathFault{paths_[path], judgement, readings_[reading]};
    }
  }
  return std::nullopt;
}

}  // namespace casplan::verifier
