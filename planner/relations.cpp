#include "planner/relations.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "planner/folder_sources.h"
#include "planner/step_reasons.h"

namespace casplan::planner {
namespace {

using Cause = OutBeforeIn::Cause;

constexpr const char* nobody_holds_it = " No server that was listed holds that folder. Take it from a backup.";

Purpose purpose_of(const Need& need) {
  return need.fails_today_too ? Purpose::mending : Purpose::safety;
}

/// Nobody reads more sentences of one sort than this, and there may be one for each of many millions of paths.
constexpr std::size_t most_sentences = 10'000;

template <class Sentence>
void say(std::vector<std::string>& sentences, Sentence sentence) {
  if (sentences.size() < most_sentences) {
    sentences.push_back(sentence());
  } else if (sentences.size() == most_sentences) {
    sentences.push_back("There is more of this sort; only the first " + std::to_string(most_sentences) + " are said.");
  }
}

class Deriver {
 public:
  Deriver(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths,
          const PhaseTable& phases)
      : organisation_(organisation),
        policy_(policy),
        paths_(paths),
        phases_(phases),
        sources_(organisation, paths, phases),
        is_front_(organisation.servers.size()) {
    for (const ProxyPath& path : paths) is_front_[path.front.value] = true;
    find_who_comes_later();
  }

  Relations run() {
    for (const ProxyPath& path : paths_) judge_end(path);
    for (const ProxyPath& path : paths_) {
      if (phases_.changes(path.front) && phases_.changes(path.target)) judge_way(path);
    }
    drop_needs_of_targets_that_are_out();
    back_up_what_would_be_lost();
    change_together_where_nobody_holds_the_folder();
    keep_within_copy_limit();
    for (const auto& [key, targets] : before_front_) place_before_front(key, targets);
    for (const auto& [key, targets] : at_the_end_) place_final(key, targets);
    for (const auto& [key, targets] : on_the_way_) {
      if (!at_the_end_.contains(key)) place_transitional(key, targets);
    }
    put_up_gates_where_many_wait();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }
  [[nodiscard]] Phase last_phase(ServerId id) const { return phases_.changes(id) ? Phase::after : Phase::before; }
  [[nodiscard]] std::string version(ServerId id, Phase phase) const {
    const auto version = phases_.version(id, phase);
    return version ? to_string(*version) : "an OWA version that is not known";
  }

  void put_up_gates_where_many_wait();
  void judge_end(const ProxyPath& path);
  void judge_way(const ProxyPath& path);
  [[nodiscard]] bool is_refused_meanwhile(const ProxyPath& path, const Need& front_first) const;
  void spare_users_a_refusal(const ProxyPath& path);
  void put_front_first(const ProxyPath& path, const Need& target_first);
  void put_target_first(const ProxyPath& path, const Need& front_first);
  void find_who_comes_later();
  [[nodiscard]] bool comes_before(ServerId first, ServerId second) const;
  void keep(const ProxyPath& path, const Need& need);
  [[nodiscard]] std::string why_impossible(const ProxyPath& path) const;
  [[nodiscard]] std::string why_refused(const ProxyPath& path) const;
  void drop_needs_of_targets_that_are_out();
  void drop_needs(ServerId front, const ServerSet& targets_out);
  void back_up_what_would_be_lost();
  [[nodiscard]] bool can_get_before(const ProxyPath& path, const Need& target_first) const;
  void change_together_where_nobody_holds_the_folder();
  void avoid_folder(const FolderOn& key, Cause cause);
  void avoid_folder_before_front(const FolderOn& key, Cause cause);
  void keep_within_copy_limit();
  [[nodiscard]] bool is_only_had_by_copy(const FolderOn& key, const ServerSet& targets) const;
  void report_copy_limit(std::size_t limit);
  [[nodiscard]] std::size_t copies() const;
  [[nodiscard]] std::optional<FolderOn> least_used_avoidable_folder() const;
  [[nodiscard]] UserCount users_behind(const ServerSet& targets) const;
  void place_before_front(const FolderOn& key, const ServerSet& targets);
  void place_final(const FolderOn& key, const ServerSet& targets);
  void place_transitional(const FolderOn& key, const ServerSet& targets);
  [[nodiscard]] std::optional<ServerId> provider_of(const FolderOn& key, const ServerSet& targets) const;
  [[nodiscard]] FolderWork work_for(const FolderOn& key, std::vector<ServerId> sources, const ServerSet& targets) const;
  [[nodiscard]] bool keeps_working(const FolderOn& key, ServerId target) const {
    const auto kept = kept_.find(key);
    return kept != kept_.end() && kept->second.contains(target);
  }
  [[nodiscard]] std::string why_folder(const FolderOn& key, const ServerSet& targets) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const std::vector<ProxyPath>& paths_;
  const PhaseTable& phases_;
  Relations result_;
  FolderSources sources_;
  std::vector<bool> is_front_;                    // by server
  std::map<ServerId, std::set<ServerId>> later_;  // by server: those that the policy puts after it
  std::map<FolderOn, ServerSet> at_the_end_;      // folder on a front -> targets that need it there in the end
  std::map<FolderOn, ServerSet> on_the_way_;      // the same, until those targets are upgraded
  std::map<FolderOn, ServerSet> before_front_;    // the same, from the change of those targets until the front's
  std::map<FolderOn, ServerSet> kept_;            // the targets that need it, and whose paths work today
};

/// A front that the policy puts before or after others keeps its own place.
void Deriver::put_up_gates_where_many_wait() {
  std::vector<bool> is_bound(organisation_.servers.size());
  for (const auto& [first, second] : policy_.before) is_bound[first.value] = is_bound[second.value] = true;
  result_.gates = put_up_gates(result_.out_before_in, is_bound);
}

std::string Deriver::why_impossible(const ProxyPath& path) const {
  const Phase front_phase = last_phase(path.front);
  const Phase target_phase = last_phase(path.target);
  const auto fixed_at = [&](ServerId id) {
    if (policy_.frozen.contains(id)) return std::string(" is frozen at ");
    return std::string(phases_.changes(id) ? " is to run " : " stays at ");
  };
  return name(path.front) + fixed_at(path.front) + "OWA version " + version(path.front, front_phase) +
         " and proxies to " + name(path.target) + ", which" + fixed_at(path.target) +
         version(path.target, target_phase) +
         ". An older front fails with Event 46, whatever folders it has. Upgrade " + name(path.front) +
         " at least as far, keep " + name(path.target) + " back, or set an ExternalURL on " + name(path.target) +
         " so that its users are redirected instead of proxied.";
}

std::string Deriver::why_refused(const ProxyPath& path) const {
  return "In the end " + name(path.front) + " would proxy to " + name(path.target) + ". " +
         std::string(rule(RuleId::front_cannot_proxy_to_2007).text) + " Choose Update Rollup 2 or later for " +
         name(path.front) + ", or SP3 Update Rollup 7 or later for " + name(path.target) + ".";
}

void Deriver::judge_end(const ProxyPath& path) {
  const Need& need = phases_.need(path.front, last_phase(path.front), path.target, last_phase(path.target));
  const bool changes = phases_.changes(path.front) || phases_.changes(path.target);
  if (changes && (need.kind == NeedKind::refused || need.refused_even_then)) {
    say(result_.because, [&] { return why_refused(path); });
  }
  switch (need.kind) {
    case NeedKind::nothing:
    case NeedKind::refused: break;
    case NeedKind::impossible: say(result_.because, [&] { return why_impossible(path); }); break;
    case NeedKind::unknown: say(result_.missing, [&] { return missing_fact(organisation_, path); }); break;
    case NeedKind::folders:
      for (const OwaVersion& folder : need.folders) at_the_end_[{path.front, folder}].insert(path.target);
      keep(path, need);
      if (need.reload) result_.recycle_only[path.front].insert(path.target);
      break;
  }
}

/// Whom the policy wants to be begun only after a server is finished, directly or not.
void Deriver::find_who_comes_later() {
  std::map<ServerId, std::vector<ServerId>> followers;
  for (const auto& [first, second] : policy_.before) followers[first].push_back(second);
  for (const auto& [first, next] : followers) {
    std::set<ServerId>& later = later_[first];
    std::vector<ServerId> open = next;
    while (!open.empty()) {
      const auto server = followers.find(open.back());
      const bool is_new = later.insert(open.back()).second;
      open.pop_back();
      if (is_new && server != followers.end()) open.insert(open.end(), server->second.begin(), server->second.end());
    }
  }
}

bool Deriver::comes_before(ServerId first, ServerId second) const {
  const auto later = later_.find(first);
  return later != later_.end() && first != second && later->second.contains(second);
}

void Deriver::judge_way(const ProxyPath& path) {
  const Need& target_first = phases_.need(path.front, Phase::before, path.target, Phase::after);
  const Need& front_first = phases_.need(path.front, Phase::after, path.target, Phase::before);
  const bool is_targets_turn = comes_before(path.target, path.front);
  const bool target_goes_first = is_targets_turn || front_first.kind == NeedKind::impossible;
  if (target_goes_first && can_get_before(path, target_first)) {
    for (const OwaVersion& folder : target_first.folders) before_front_[{path.front, folder}].insert(path.target);
    keep(path, target_first);
  } else if (target_first.kind != NeedKind::nothing && target_first.kind != NeedKind::refused) {
    put_front_first(path, target_first);
  }
  if (front_first.kind == NeedKind::impossible) put_target_first(path, front_first);
  if (is_refused_meanwhile(path, front_first)) spare_users_a_refusal(path);
  if (is_targets_turn) return;  // the changed front never meets the unchanged target
  if (front_first.kind == NeedKind::unknown) say(result_.missing, [&] { return missing_fact(organisation_, path); });
  for (const OwaVersion& folder : front_first.folders) on_the_way_[{path.front, folder}].insert(path.target);
  keep(path, front_first);
}

/// Whether the front only lacks folders, which can be put there while it is unchanged.
bool Deriver::can_get_before(const ProxyPath& path, const Need& target_first) const {
  if (target_first.kind != NeedKind::folders || target_first.reload || target_first.refused_even_then) return false;
  return std::none_of(target_first.folders.begin(), target_first.folders.end(),
                      [&](const OwaVersion& folder) { return sources_.misleads_fronts_of(path.front, folder); });
}

void Deriver::put_front_first(const ProxyPath& path, const Need& target_first) {
  const Force force = target_first.kind == NeedKind::impossible ? Force::necessary : Force::chosen;
  const Cause cause = target_first.kind == NeedKind::folders ? Cause::front_lacks_folder : Cause::front_is_older;
  result_.out_before_in.push_back({path.front, path.target, path.front, force, purpose_of(target_first), cause,
                                   phases_.version(path.target, Phase::after)});
}

/// Whether a path that works today would fail, but not with Event 46, while the target lags behind its front.
bool Deriver::is_refused_meanwhile(const ProxyPath& path, const Need& front_first) const {
  if (front_first.kind != NeedKind::refused && !front_first.refused_even_then) return false;
  return phases_.need(path.front, Phase::before, path.target, Phase::before).kind == NeedKind::nothing;
}

void Deriver::spare_users_a_refusal(const ProxyPath& path) {
  result_.out_before_in.push_back(
      {path.target, path.front, path.front, Force::chosen, Purpose::service, Cause::front_refuses, std::nullopt});
}

void Deriver::put_target_first(const ProxyPath& path, const Need& front_first) {
  result_.out_before_in.push_back({path.target, path.front, path.front, Force::necessary, purpose_of(front_first),
                                   Cause::target_is_newer, phases_.version(path.target, Phase::before)});
}

void Deriver::keep(const ProxyPath& path, const Need& need) {
  for (const OwaVersion& folder : need.kept_working_by) kept_[{path.front, folder}].insert(path.target);
}

/// A target that is out of service when its front comes back never meets the changed front unchanged.
void Deriver::drop_needs_of_targets_that_are_out() {
  std::map<ServerId, ServerSet> out_before;  // by front
  for (const auto& [key, targets] : on_the_way_) out_before.try_emplace(key.first);
  for (const OutBeforeIn& order : result_.out_before_in) {
    const auto front = is_front_[order.in.value] ? out_before.find(order.in) : out_before.end();
    if (front != out_before.end()) front->second.insert(order.out);
  }
  for (const auto& [front, targets] : out_before) drop_needs(front, targets);
}

void Deriver::drop_needs(ServerId front, const ServerSet& targets_out) {
  if (targets_out.empty()) return;
  const auto first = on_the_way_.lower_bound({front, OwaVersion{}});
  for (auto entry = first; entry != on_the_way_.end() && entry->first.first == front;) {
    entry->second.erase_if([&](ServerId target) { return targets_out.contains(target); });
    entry = entry->second.empty() ? on_the_way_.erase(entry) : std::next(entry);
  }
}

std::size_t Deriver::copies() const {
  std::set<FolderOn> all;
  for (const auto& [key, targets] : at_the_end_) all.insert(key);
  for (const auto& [key, targets] : on_the_way_) all.insert(key);
  for (const auto& [key, targets] : before_front_) all.insert(key);
  return all.size() + result_.backups.size();
}

UserCount Deriver::users_behind(const ServerSet& targets) const {
  std::set<SiteId> sites;
  for (const ServerId target : targets) sites.insert(*at(organisation_.servers, target).site);
  UserCount users = 0;
  for (const SiteId site : sites) users += at(organisation_.sites, site).mailboxes.value_or(1);
  return users;
}

std::optional<FolderOn> Deriver::least_used_avoidable_folder() const {
  std::optional<FolderOn> least;
  UserCount fewest = 0;
  for (const auto& [key, targets] : on_the_way_) {
    const UserCount users = users_behind(targets);
    if (at_the_end_.contains(key) || (least && users >= fewest)) continue;
    least = key;
    fewest = users;
  }
  return least;
}

/// A front does without a folder when the targets that need it are out of service before it comes back.
void Deriver::avoid_folder(const FolderOn& key, Cause cause) {
  const ServerSet targets = std::move(on_the_way_[key]);
  on_the_way_.erase(key);
  for (const ServerId target : targets) {
    const Purpose purpose = keeps_working(key, target) ? Purpose::safety : Purpose::mending;
    result_.out_before_in.push_back({target, key.first, key.first, Force::chosen, purpose, cause, key.second});
  }
  drop_needs(key.first, targets);
}

/// The same for one that the front needs until it changes: it is out of service itself before they come back.
void Deriver::avoid_folder_before_front(const FolderOn& key, Cause cause) {
  for (const ServerId target : before_front_.at(key)) {
    const Purpose purpose = keeps_working(key, target) ? Purpose::safety : Purpose::mending;
    result_.out_before_in.push_back({key.first, target, key.first, Force::chosen, purpose, cause, key.second});
  }
  before_front_.erase(key);
}

/// A front that holds a folder today, and may lose it, is its source, too, where no other server is.
void Deriver::back_up_what_would_be_lost() {
  std::map<FolderOn, ServerSet> needs = at_the_end_;
  for (const auto& [key, targets] : on_the_way_) needs[key].insert(targets);
  for (const auto& [key, targets] : needs) {
    const auto& [front, folder] = key;
    const bool is_lost = phases_.surely_holds(front, Phase::before, folder) && !sources_.stays_at(front, folder);
    if (!is_lost || sources_.has_keeper(folder)) continue;
    const bool comes_with_target = at_the_end_.contains(key) && provider_of(key, targets).has_value();
    const auto others = sources_.holders(key, targets);
    const bool is_held =
        !others.empty() && (sources_.stays_at(others.front(), key.second) || targets.contains(others.front()));
    const bool is_too_many = policy_.copies && std::cmp_greater_equal(copies(), *policy_.copies);
    const auto keeper = comes_with_target || is_held || is_too_many ? std::nullopt : sources_.best_keeper(key);
    if (!keeper) continue;
    sources_.keep(folder, *keeper);
    result_.backups.push_back({*keeper, front, folder});
  }
}

void Deriver::change_together_where_nobody_holds_the_folder() {
  std::vector<FolderOn> without_holder;
  for (const auto& [key, targets] : on_the_way_) {
    if (!at_the_end_.contains(key) && !sources_.has_holder(key)) without_holder.push_back(key);
  }
  for (const FolderOn& key : without_holder) {
    if (on_the_way_.contains(key)) avoid_folder(key, Cause::folder_held_by_nobody);
  }
}

void Deriver::keep_within_copy_limit() {
  if (!policy_.copies) return;
  const auto limit = static_cast<std::size_t>(*policy_.copies);
  while (copies() > limit) {
    if (const auto avoid = least_used_avoidable_folder()) {
      avoid_folder(*avoid, Cause::copy_not_allowed);
    } else if (!before_front_.empty()) {
      const FolderOn key = before_front_.begin()->first;
      avoid_folder_before_front(key, Cause::copy_not_allowed);
    } else {
      break;
    }
  }
  if (copies() > limit) report_copy_limit(limit);
}

/// A folder of an earlier level can only be a copy; one of the front's own level might come with a rollup that is
/// installed on the way. Where folders were not listed, it may be there already. What no target runs, but is the
/// highest that one of them holds, may be so no more once that target holds a higher one.
bool Deriver::is_only_had_by_copy(const FolderOn& key, const ServerSet& targets) const {
  const auto version = phases_.version(key.first, last_phase(key.first));
  const bool is_earlier = version && key.second.level() < version->level();
  if (!is_earlier || !at(organisation_.servers, key.first).folders) return false;
  return policy_.readings.folder_match != FolderMatch::highest &&
         std::any_of(targets.begin(), targets.end(),
                     [&](ServerId target) { return phases_.version(target, last_phase(target)) == key.second; });
}

void Deriver::report_copy_limit(std::size_t limit) {
  const auto proved = std::count_if(at_the_end_.begin(), at_the_end_.end(), [&](const auto& needed) {
    return is_only_had_by_copy(needed.first, needed.second);
  });
  for (const auto& [key, targets] : at_the_end_) {
    const bool is_proof = std::cmp_greater(proved, limit) && is_only_had_by_copy(key, targets);
    auto& sentences = is_proof ? result_.because : result_.not_found;
    sentences.push_back(
        why_folder(key, targets) + " The policy allows " +
        (limit == 0 ? std::string("no copies") : "only " + std::to_string(limit) + (limit == 1 ? " copy" : " copies")) +
        ". Allow the copy, or bring " + name(*targets.begin()) + " to the build of " + name(key.first) + ".");
  }
}

std::string Deriver::why_folder(const FolderOn& key, const ServerSet& targets) const {
  constexpr std::size_t most_named = 100;
  constexpr std::size_t named = 10;
  const std::size_t count = targets.size() > most_named ? named : targets.size();
  std::string names;
  std::for_each(targets.begin(), targets.begin() + static_cast<std::ptrdiff_t>(count),
                [&](ServerId target) { names += (names.empty() ? "" : ", ") + name(target); });
  if (count < targets.size()) names += " and " + std::to_string(targets.size() - count) + " other servers";
  return why_copied(at(organisation_.servers, key.first), names, key.second);
}

FolderWork Deriver::work_for(const FolderOn& key, std::vector<ServerId> sources, const ServerSet& targets) const {
  FolderWork work{key.first, key.second, std::move(sources), targets, why_folder(key, targets)};
  work.stays_at_source = sources_.stays_at(work.sources.front(), key.second);
  if (!work.stays_at_source) work.sources.resize(1);
  work.survives_change = phases_.changes(key.first) && phases_.survives_change(key.first, key.second);
  work.is_final = phases_.changes(key.first) && at_the_end_.contains(key);
  const auto kept = kept_.find(key);
  work.broken_today = targets;
  if (kept != kept_.end()) work.broken_today.erase(kept->second);
  return work;
}

void Deriver::place_transitional(const FolderOn& key, const ServerSet& targets) {
  const auto sources = sources_.holders(key, targets);
  if (sources.empty()) {
    result_.not_found.push_back(why_folder(key, targets) + nobody_holds_it);
    return;
  }
  result_.with_front.push_back(work_for(key, sources, targets));
}

/// A target that holds the folder once it has changed; one that the policy wants to be finished before the front is
/// best.
std::optional<ServerId> Deriver::provider_of(const FolderOn& key, const ServerSet& targets) const {
  std::optional<ServerId> first;
  for (const ServerId target : targets) {
    if (!phases_.surely_holds(target, Phase::after, key.second)) continue;
    if (comes_before(target, key.first)) return target;
    if (!first) first = target;
  }
  return first;
}

/// Where the front's change leaves the folder there, these targets need no second copy in the end.
void Deriver::place_before_front(const FolderOn& key, const ServerSet& targets) {
  auto sources = sources_.holders(key, targets);
  const bool lasting = !sources.empty() && sources_.stays_at(sources.front(), key.second);
  const auto provider = lasting ? std::nullopt : provider_of(key, targets);
  if (provider) sources = {*provider};
  if (sources.empty()) {
    result_.not_found.push_back(why_folder(key, targets) + nobody_holds_it);
    return;
  }
  FolderWork work = work_for(key, sources, targets);
  work.comes_with_source = provider.has_value();
  result_.before_front.push_back(work);
  const auto end = at_the_end_.find(key);
  const bool is_for_others = end != at_the_end_.end() &&
                             !std::includes(targets.begin(), targets.end(), end->second.begin(), end->second.end());
  if (work.survives_change && !is_for_others) at_the_end_.erase(key);
}

void Deriver::place_final(const FolderOn& key, const ServerSet& targets) {
  const auto today = sources_.holders(key, targets);
  const bool lasting = !today.empty() && sources_.stays_at(today.front(), key.second);
  const bool wanted_today =
      std::any_of(targets.begin(), targets.end(), [&](ServerId t) { return !phases_.changes(t); });
  if (lasting || wanted_today || on_the_way_.contains(key)) return place_transitional(key, targets);
  const auto provider = provider_of(key, targets);
  if (!provider) return place_transitional(key, targets);
  FolderWork work = work_for(key, {*provider}, targets);
  const bool is_lasting_by_then = phases_.changes(key.first) && comes_before(*provider, key.first);
  if (!is_lasting_by_then) return result_.with_target.push_back(std::move(work));
  work.stays_at_source = true;
  result_.with_front.push_back(std::move(work));
}

std::vector<ProxyPath> paths_that_are_taken(const Organisation& organisation, const std::set<ServerId>& to_return) {
  std::vector<RoutingFacts> routing;
  for (const Server& server : organisation.servers) routing.push_back(routing_facts(server));
  const auto is_idle = [&](ServerId id) {
    const Server& server = at(organisation.servers, id);
    return !server.site || (!server.was_found_in_service() && !to_return.contains(id));
  };
  std::vector<ProxyPath> paths = proxy_paths(organisation);
  std::erase_if(paths, [&](const ProxyPath& path) {
    return is_idle(path.front) || is_idle(path.target) ||
           judge_routing(at(routing, path.front), at(routing, path.target)).has_value();
  });
  return paths;
}

}  // namespace

std::vector<ProxyPath> version_paths(const Organisation& organisation) {
  return paths_that_are_taken(organisation, {});
}

std::vector<ProxyPath> version_paths(const Organisation& organisation, const Policy& policy) {
  return paths_that_are_taken(organisation, policy.to_return);
}

Relations relations_of(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths,
                       const PhaseTable& phases) {
  return Deriver(organisation, policy, paths, phases).run();
}

}  // namespace casplan::planner
