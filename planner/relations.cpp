#include "planner/relations.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace casplan::planner {
namespace {

using FolderOn = std::pair<ServerId, OwaVersion>;

Purpose purpose_of(const Need& need) {
  return need.fails_today_too ? Purpose::mending : Purpose::safety;
}

class Deriver {
 public:
  Deriver(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths,
          const PhaseTable& phases)
      : organisation_(organisation), policy_(policy), paths_(paths), phases_(phases) {}

  Relations run() {
    for (const ProxyPath& path : paths_) judge_end(path);
    for (const ProxyPath& path : paths_) {
      if (phases_.changes(path.front) && phases_.changes(path.target)) judge_way(path);
    }
    drop_needs_of_targets_that_are_out();
    change_together_where_nobody_holds_the_folder();
    keep_within_copy_limit();
    for (const auto& [key, targets] : at_the_end_) place_final(key, targets);
    for (const auto& [key, targets] : on_the_way_) {
      if (!at_the_end_.contains(key)) place_transitional(key, targets);
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }
  [[nodiscard]] Phase last_phase(ServerId id) const { return phases_.changes(id) ? Phase::after : Phase::before; }
  [[nodiscard]] std::string version(ServerId id, Phase phase) const {
    const auto version = phases_.version(id, phase);
    return version ? to_string(*version) : "an OWA version that is not known";
  }

  void judge_end(const ProxyPath& path);
  void judge_way(const ProxyPath& path);
  void keep(const ProxyPath& path, const Need& need);
  [[nodiscard]] std::string why_impossible(const ProxyPath& path) const;
  [[nodiscard]] std::string why_refused(const ProxyPath& path) const;
  [[nodiscard]] bool is_out_before_in(ServerId out, ServerId in) const;
  void drop_needs_of_targets_that_are_out();
  void change_together_where_nobody_holds_the_folder();
  void avoid_folder(const FolderOn& key, const std::string& why);
  void keep_within_copy_limit();
  void report_copy_limit(std::size_t limit);
  [[nodiscard]] std::size_t copies() const;
  [[nodiscard]] std::optional<FolderOn> least_used_avoidable_folder() const;
  [[nodiscard]] UserCount users_behind(const std::set<ServerId>& targets) const;
  void place_final(const FolderOn& key, const std::set<ServerId>& targets);
  void place_transitional(const FolderOn& key, const std::set<ServerId>& targets);
  [[nodiscard]] std::vector<ServerId> holders(const FolderOn& key, const std::set<ServerId>& targets) const;
  [[nodiscard]] bool stays_at(ServerId source, const FolderOn& key) const;
  [[nodiscard]] FolderWork work_for(const FolderOn& key, std::vector<ServerId> sources,
                                    const std::set<ServerId>& targets) const;
  [[nodiscard]] bool keeps_working(const FolderOn& key, ServerId target) const { return kept_.contains({key, target}); }
  [[nodiscard]] std::string why_folder(const FolderOn& key, const std::set<ServerId>& targets) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const std::vector<ProxyPath>& paths_;
  const PhaseTable& phases_;
  Relations result_;
  std::map<FolderOn, std::set<ServerId>> at_the_end_;  // folder on a front -> targets that need it there in the end
  std::map<FolderOn, std::set<ServerId>> on_the_way_;  // the same, until those targets are upgraded
  std::set<std::pair<FolderOn, ServerId>> kept_;       // a target that needs it, and whose path works today
};

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
         name(path.front) + ".";
}

void Deriver::judge_end(const ProxyPath& path) {
  const Need need = phases_.need(path.front, last_phase(path.front), path.target, last_phase(path.target));
  const bool changes = phases_.changes(path.front) || phases_.changes(path.target);
  if (changes && (need.kind == NeedKind::refused || need.refused_even_then)) {
    result_.because.push_back(why_refused(path));
  }
  switch (need.kind) {
    case NeedKind::nothing:
    case NeedKind::refused: break;
    case NeedKind::impossible: result_.because.push_back(why_impossible(path)); break;
    case NeedKind::unknown: result_.missing.push_back(missing_fact(organisation_, path)); break;
    case NeedKind::folders:
      for (const OwaVersion& folder : need.folders) at_the_end_[{path.front, folder}].insert(path.target);
      keep(path, need);
      if (need.reload) result_.recycle_only[path.front].insert(path.target);
      break;
  }
}

void Deriver::judge_way(const ProxyPath& path) {
  const Need target_first = phases_.need(path.front, Phase::before, path.target, Phase::after);
  if (target_first.kind != NeedKind::nothing && target_first.kind != NeedKind::refused) {
    const Force force = target_first.kind == NeedKind::impossible ? Force::necessary : Force::chosen;
    result_.out_before_in.push_back({path.front, path.target, path.front, force, purpose_of(target_first),
                                     name(path.front) + " proxies to " + name(path.target) +
                                         " and would be the older one: it must be out of service, for its own upgrade, "
                                         "before " +
                                         name(path.target) + " serves with OWA version " +
                                         version(path.target, Phase::after)});
  }
  const Need front_first = phases_.need(path.front, Phase::after, path.target, Phase::before);
  if (front_first.kind == NeedKind::impossible) {
    result_.out_before_in.push_back({path.target, path.front, path.front, Force::necessary, purpose_of(front_first),
                                     name(path.target) + " still runs OWA version " +
                                         version(path.target, Phase::before) + ", newer than what " + name(path.front) +
                                         " comes back with: it must be out of service before"});
  }
  if (front_first.kind == NeedKind::unknown) result_.missing.push_back(missing_fact(organisation_, path));
  for (const OwaVersion& folder : front_first.folders) on_the_way_[{path.front, folder}].insert(path.target);
  keep(path, front_first);
}

void Deriver::keep(const ProxyPath& path, const Need& need) {
  for (const OwaVersion& folder : need.kept_working_by) kept_.insert({{path.front, folder}, path.target});
}

bool Deriver::is_out_before_in(ServerId out, ServerId in) const {
  return std::any_of(result_.out_before_in.begin(), result_.out_before_in.end(),
                     [&](const OutBeforeIn& order) { return order.out == out && order.in == in; });
}

/// A target that is out of service when its front comes back never meets the changed front unchanged.
void Deriver::drop_needs_of_targets_that_are_out() {
  for (auto& [key, targets] : on_the_way_) {
    const ServerId front = key.first;
    std::erase_if(targets, [&](ServerId target) { return is_out_before_in(target, front); });
  }
  std::erase_if(on_the_way_, [](const auto& entry) { return entry.second.empty(); });
}

std::size_t Deriver::copies() const {
  std::set<FolderOn> all;
  for (const auto& [key, targets] : at_the_end_) all.insert(key);
  for (const auto& [key, targets] : on_the_way_) all.insert(key);
  return all.size();
}

UserCount Deriver::users_behind(const std::set<ServerId>& targets) const {
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
void Deriver::avoid_folder(const FolderOn& key, const std::string& why) {
  for (const ServerId target : on_the_way_[key]) {
    const Purpose purpose = keeps_working(key, target) ? Purpose::safety : Purpose::mending;
    result_.out_before_in.push_back({target, key.first, key.first, Force::chosen, purpose,
                                     why + ": " + name(target) + " must be out of service before"});
  }
  on_the_way_.erase(key);
  drop_needs_of_targets_that_are_out();
}

void Deriver::change_together_where_nobody_holds_the_folder() {
  std::vector<FolderOn> without_holder;
  for (const auto& [key, targets] : on_the_way_) {
    if (!at_the_end_.contains(key) && holders(key, targets).empty()) without_holder.push_back(key);
  }
  for (const FolderOn& key : without_holder) {
    if (!on_the_way_.contains(key)) continue;
    avoid_folder(key, "no server that was listed holds folder " + to_string(key.second) + ", which " + name(key.first) +
                          " would need");
  }
}

void Deriver::keep_within_copy_limit() {
  if (!policy_.copies) return;
  const auto limit = static_cast<std::size_t>(*policy_.copies);
  while (copies() > limit) {
    const auto avoid = least_used_avoidable_folder();
    if (!avoid) break;
    avoid_folder(*avoid,
                 "the policy does not allow to copy folder " + to_string(avoid->second) + " to " + name(avoid->first));
  }
  if (copies() > limit) report_copy_limit(limit);
}

void Deriver::report_copy_limit(std::size_t limit) {
  for (const auto& [key, targets] : at_the_end_) {
    // A folder of an earlier level can only be a copy; one of the front's own level might come with a rollup that is
    // installed on the way. Where folders were not listed, it may be there already.
    const auto version = phases_.version(key.first, last_phase(key.first));
    const bool only_by_copy =
        version && key.second.level() < version->level() && at(organisation_.servers, key.first).folders.has_value();
    auto& sentences = only_by_copy ? result_.because : result_.not_found;
    sentences.push_back(
        why_folder(key, targets) + " The policy allows " +
        (limit == 0 ? std::string("no copies") : "only " + std::to_string(limit) + (limit == 1 ? " copy" : " copies")) +
        ". Allow the copy, or bring " + name(*targets.begin()) + " to the build of " + name(key.first) + ".");
  }
}

std::string Deriver::why_folder(const FolderOn& key, const std::set<ServerId>& targets) const {
  std::string names;
  for (const ServerId target : targets) names += (names.empty() ? "" : ", ") + name(target);
  return name(key.first) + " is newer than " + names + " and needs resource folder " + to_string(key.second) +
         " to proxy there; it may lack it.";
}

/// Whether a server that holds a folder today holds it after its change, too. No change brings back what it took away
/// on the way.
bool Deriver::stays_at(ServerId source, const FolderOn& key) const {
  return !phases_.changes(source) || phases_.surely_holds(source, Phase::after, key.second);
}

/// Who holds a folder today under every reading: those that keep it first, of them those that do not change, then the
/// targets that need it.
std::vector<ServerId> Deriver::holders(const FolderOn& key, const std::set<ServerId>& targets) const {
  std::vector<ServerId> all;
  for (const ServerId id : client_access_servers(organisation_)) {
    if (id != key.first && phases_.surely_holds(id, Phase::before, key.second)) all.push_back(id);
  }
  std::stable_sort(all.begin(), all.end(), [&](ServerId a, ServerId b) {
    const auto rank = [&](ServerId id) {
      return std::tuple(!stays_at(id, key), phases_.changes(id), !targets.contains(id));
    };
    return rank(a) < rank(b);
  });
  return all;
}

FolderWork Deriver::work_for(const FolderOn& key, std::vector<ServerId> sources,
                             const std::set<ServerId>& targets) const {
  FolderWork work{key.first, key.second, std::move(sources), targets, why_folder(key, targets)};
  work.stays_at_source = stays_at(work.sources.front(), key);
  if (!work.stays_at_source) work.sources.resize(1);
  work.survives_change = phases_.changes(key.first) && phases_.survives_change(key.first, key.second);
  work.is_final = phases_.changes(key.first) && at_the_end_.contains(key);
  for (const ServerId target : targets) {
    if (!keeps_working(key, target)) work.broken_today.insert(target);
  }
  return work;
}

void Deriver::place_transitional(const FolderOn& key, const std::set<ServerId>& targets) {
  const auto sources = holders(key, targets);
  if (sources.empty()) {
    result_.not_found.push_back(why_folder(key, targets) +
                                " No server that was listed holds that folder. Take it from a backup.");
    return;
  }
  result_.with_front.push_back(work_for(key, sources, targets));
}

void Deriver::place_final(const FolderOn& key, const std::set<ServerId>& targets) {
  const auto today = holders(key, targets);
  const bool lasting = !today.empty() && stays_at(today.front(), key);
  const bool wanted_today =
      std::any_of(targets.begin(), targets.end(), [&](ServerId t) { return !phases_.changes(t); });
  if (lasting || wanted_today || on_the_way_.contains(key)) return place_transitional(key, targets);
  std::vector<ServerId> sources;
  std::copy_if(targets.begin(), targets.end(), std::back_inserter(sources),
               [&](ServerId target) { return phases_.surely_holds(target, Phase::after, key.second); });
  if (sources.empty()) return place_transitional(key, targets);
  sources.resize(1);
  result_.with_target.push_back(work_for(key, sources, targets));
}

}  // namespace

std::vector<ProxyPath> version_paths(const Organisation& organisation) {
  std::vector<ProxyPath> paths = proxy_paths(organisation);
  std::erase_if(paths, [&](const ProxyPath& path) {
    const Server& front = at(organisation.servers, path.front);
    const Server& target = at(organisation.servers, path.target);
    const bool idle = front.in_service == false || target.in_service == false;
    return idle || !front.site || !target.site || judge_routing(front, target).has_value();
  });
  return paths;
}

Relations relations_of(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths,
                       const PhaseTable& phases) {
  return Deriver(organisation, policy, paths, phases).run();
}

}  // namespace casplan::planner
