#include "planner/folder_sources.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace casplan::planner {
namespace {

/// So many are named for a copy, the best ones: if none of them can be reached, others cannot either.
constexpr std::size_t most_sources = 1'000;

}  // namespace

FolderSources::FolderSources(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                             const PhaseTable& phases)
    : organisation_(organisation), phases_(phases), distances_(organisation), is_target_(organisation.servers.size()) {
  for (const ProxyPath& path : paths) is_target_[path.target.value] = true;
}

std::int64_t FolderSources::distance(ServerId from, ServerId to) {
  return distances_.between(from, to).value_or(std::numeric_limits<std::int64_t>::max());
}

bool FolderSources::is_keeper(ServerId server, const OwaVersion& folder) const {
  const auto kept = keepers_.find(folder);
  return kept != keepers_.end() && kept->second == server;
}

bool FolderSources::stays_at(ServerId source, const OwaVersion& folder) const {
  return is_keeper(source, folder) || !phases_.changes(source) || phases_.surely_holds(source, Phase::after, folder);
}

const FolderSources::Holders& FolderSources::holders_of(const OwaVersion& folder) {
  const auto [place, is_new] = holders_.try_emplace(folder);
  if (!is_new) return place->second;
  for (const ServerId id : client_access_servers(organisation_)) {
    if (!phases_.surely_holds(id, Phase::before, folder)) continue;
    const bool is_lasting = !phases_.changes(id) || phases_.surely_holds(id, Phase::after, folder);
    (is_lasting ? place->second.lasting : place->second.others).push_back(id);
  }
  return place->second;
}

/// All of them change.
std::optional<ServerId> FolderSources::best_of_the_others(const FolderOn& key, const ServerSet& targets) {
  const auto& [front, folder] = key;
  using Rank = std::tuple<bool, std::int64_t>;
  constexpr Rank best_rank{false, 0};
  std::optional<ServerId> best;
  Rank least;
  for (const ServerId id : holders_of(folder).others) {
    if (id == front) continue;
    const Rank rank{!targets.contains(id), distance(front, id)};
    if (best && rank >= least) continue;
    best = id;
    least = rank;
    if (rank == best_rank) break;
  }
  return best;
}

bool FolderSources::has_holder(const FolderOn& key) {
  const auto& [front, folder] = key;
  if (has_keeper(folder) && !is_keeper(front, folder)) return true;
  const Holders& all = holders_of(folder);
  const auto is_other = [&, self = front](ServerId id) { return id != self; };
  return std::any_of(all.lasting.begin(), all.lasting.end(), is_other) ||
         std::any_of(all.others.begin(), all.others.end(), is_other);
}

std::vector<ServerId> FolderSources::holders(const FolderOn& key, const ServerSet& targets) {
  const auto& [front, folder] = key;
  if (has_keeper(folder) && !is_keeper(front, folder)) return {keepers_.at(folder)};
  std::vector<std::tuple<bool, std::int64_t, bool, bool, std::int64_t, ServerId>> ranked;
  const auto rank = [&](ServerId id, bool is_lasting) {
    const std::int64_t costs = distance(key.first, id);
    ranked.emplace_back(!is_lasting, is_lasting ? costs : 0, phases_.changes(id), !targets.contains(id), costs, id);
  };
  const Holders& all = holders_of(folder);
  for (const ServerId id : all.lasting) {
    if (id != front) rank(id, true);
  }
  if (ranked.empty()) {
    const auto best = best_of_the_others(key, targets);
    return best ? std::vector{*best} : std::vector<ServerId>{};
  }
  const bool others_count = ranked.size() < most_sources;
  for (const ServerId id : all.others) {
    if (others_count && id != front) rank(id, false);
  }
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), most_sources));
  std::partial_sort(ranked.begin(), end, ranked.end());
  ranked.erase(end, ranked.end());
  std::vector<ServerId> sorted;
  for (const auto& entry : ranked) sorted.push_back(std::get<ServerId>(entry));
  return sorted;
}

bool FolderSources::misleads_fronts_of(ServerId server, const OwaVersion& folder) const {
  return is_target_[server.value] && phases_.would_count_as_highest(server, folder);
}

std::optional<ServerId> FolderSources::best_keeper(const FolderOn& key) {
  const auto& [front, folder] = key;
  std::optional<ServerId> best;
  const auto rank = [&](ServerId id) { return std::tuple(phases_.changes(id), distance(key.first, id), id); };
  for (const ServerId id : client_access_servers(organisation_)) {
    const bool keeps = !phases_.changes(id) || phases_.survives_change(id, folder);
    const bool serves = at(organisation_.servers, id).was_found_in_service();
    if (id == front || !keeps || !serves || misleads_fronts_of(id, folder)) continue;
    if (!best || rank(id) < rank(*best)) best = id;
  }
  return best;
}

}  // namespace casplan::planner
