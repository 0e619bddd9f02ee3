#include "property_tests/gate/followed.h"

#include <algorithm>
#include <set>

#include "model/dice.h"

namespace casplan::gate {

std::vector<Place> possible_sources(const Subject& subject, const Step& ensure) {
  const auto found = subject.holders_ever.find(*ensure.folder);
  if (found == subject.holders_ever.end()) return {};
  const auto& holders = found->second;
  std::set<Place> sources;
  for (const ServerId source : ensure.sources) {
    if (std::binary_search(holders.begin(), holders.end(), source.value)) sources.insert(source.value);
  }
  for (std::size_t i = 0; ensure.sources.empty() && i < holders.size() && i < Followed::most_sources + 2; ++i) {
    sources.insert(holders[i]);
  }
  sources.erase(ensure.server.value);
  return {sources.begin(), sources.end()};
}

Followed::Followed(const Subject& subject, const Case& drawn) {
  if (subject.cas.size() <= most_watched) {
    watch_all(subject);
  } else {
    watch_some(subject, drawn);
  }
  watch_paths(subject);
  follow_sources(subject);
}

void Followed::watch_all(const Subject& subject) {
  servers = subject.cas;
  for (Place server = 0; server < subject.steps_of.size(); ++server) {
    if (!subject.steps_of[server].empty()) watch(server);
  }
}

void Followed::watch_some(const Subject& subject, const Case& drawn) {
  Dice dice(~drawn.seed);
  watch(drawn.focus);
  for (std::size_t tries = 0; tries < most_fronts && !subject.fronts.empty(); ++tries) {
    watch(subject.fronts[dice.below(subject.fronts.size())]);
  }
  while (servers.size() < most_watched) watch(subject.cas[dice.below(subject.cas.size())]);
}

void Followed::watch(Place server) {
  if (std::find(servers.begin(), servers.end(), server) == servers.end()) servers.push_back(server);
}

void Followed::watch_paths(const Subject& subject) {
  const auto& facts = subject.organisation.servers;
  for (const Place front : servers) {
    if (!subject.is_front[front]) continue;
    for (const Place target : servers) {
      if (!oracle::is_pair(subject.organisation, {front, target})) continue;
      if (!oracle::versions_decide(facts[front], facts[target])) continue;
      paths_at[front].push_back(paths.size());
      paths_at[target].push_back(paths.size());
      paths.emplace_back(front, target);
    }
  }
}

void Followed::follow_sources(const Subject& subject) {
  const std::size_t watched = servers.size();
  for (std::size_t i = 0; i < watched; ++i) {
    for (const Place step : subject.steps_of[servers[i]]) {
      if (!subject.step(step).folder) continue;
      auto sources = possible_sources(subject, subject.step(step));
      if (sources.size() > most_sources) sources.resize(most_sources);
      for (const Place source : sources) watch(source);
    }
  }
}

}  // namespace casplan::gate
