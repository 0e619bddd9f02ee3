#include "planner/draft.h"

#include <algorithm>
#include <utility>

#include "model/contracts.h"
#include "model/proxy_graph.h"
#include "planner/healing.h"
#include "planner/role_order.h"
#include "planner/search/problem.h"
#include "planner/step_reasons.h"

namespace casplan::planner {
namespace {

/// The steps of one server's own change; those that it does not need are empty.
struct ServerSteps {
  std::optional<StepIndex> drain;
  std::vector<StepIndex> upgrades;
  std::vector<StepIndex> ensures;
  std::optional<StepIndex> recycle;
  std::optional<StepIndex> back;  // the return
};

/// The fronts and targets that must be out at the same time, because each waits for the other.
std::set<ServerId> changing_together(std::size_t servers, const std::vector<OutBeforeIn>& order) {
  std::vector<ProxyPath> edges;
  for (const OutBeforeIn& pair : order) edges.push_back({pair.out, pair.in, std::nullopt});
  std::set<ServerId> together;
  for (const auto& component : components_fronts_first(make_server_graph(servers, edges))) {
    if (component.size() > 1) together.insert(component.begin(), component.end());
  }
  return together;
}

class Drafter {
 public:
  Drafter(const Organisation& organisation, const Policy& policy, const Changes& changes, const Relations& relations)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        relations_(relations),
        is_balanced_(balanced_servers(organisation, policy)),
        together_(changing_together(organisation.servers.size(), relations.out_before_in)) {
    find_who_waits_for_folders();
  }

  Draft run(const std::vector<FolderWork>& heal_first) {
    for (const FolderWork& work : heal_first) put_before_everything(work);
    for (const auto& [server, hops] : changes_) change(server, hops);
    for (const auto& [server, hops] : changes_) wait_for_healing(server);
    for (const Backup& backup : relations_.backups) put_backup(backup);
    for (const FolderWork& work : relations_.before_front) put_before_front(work);
    for (const FolderWork& work : relations_.with_front) put_with_front(work);
    for (const auto& [front, targets] : relations_.recycle_only) load(front, targets);
    for (const FolderWork& work : relations_.with_target) put_with_target(work);
    for (const OutBeforeIn& order : relations_.out_before_in) add_out_before_in(order);
    for (const Gate& gate : relations_.gates) add_gate(gate);
    for (const auto& [first, second] : policy_.before) add_before(first, second);
    for (const auto& [first, second] : order_of_roles(organisation_, changes_)) add_before(first, second);
    return std::move(draft_);
  }

 private:
  [[nodiscard]] const Server& server_with(ServerId id) const { return at(organisation_.servers, id); }
  [[nodiscard]] const std::string& name(ServerId id) const { return server_with(id).name; }

  StepIndex add(Step step, ServerId owner, std::string why) {
    draft_.steps.push_back({std::move(step), std::move(why), owner, {}});
    return id_at<StepIndex>(draft_.steps.size() - 1);
  }
  void arrow(StepIndex first, StepIndex second, std::string reason, Purpose purpose = Purpose::safety,
             Force force = Force::chosen);

  void find_who_waits_for_folders();
  [[nodiscard]] std::string why_drained(ServerId server) const;
  void change(ServerId server, const Hops& hops);
  void add_upgrades(ServerId server, const Hops& hops);
  void put_before_everything(const FolderWork& work);
  void wait_for_healing(ServerId server);
  void put_after_upgrade(const FolderWork& work, StepIndex ensure);
  void put_backup(const Backup& backup);
  void take_from_backup(const FolderWork& work, StepIndex ensure);
  void put_before_front(const FolderWork& work);
  void put_with_front(const FolderWork& work);
  void put_with_target(const FolderWork& work);
  void load(ServerId front, const std::set<ServerId>& targets);
  StepIndex recycle_of(ServerId front, Purpose before_return);
  [[nodiscard]] Purpose purpose_of_loading(const FolderWork& work) const;
  [[nodiscard]] Purpose purpose_of_drain(ServerId server) const;
  [[nodiscard]] bool are_broken_today(const FolderWork& work) const;
  [[nodiscard]] Purpose purpose_of(const FolderWork& work) const;
  [[nodiscard]] Purpose purpose_for(const FolderWork& work, ServerId target) const;
  [[nodiscard]] Purpose purpose_of(const OutBeforeIn& order) const;
  void load_before_targets_return(const FolderWork& work, StepIndex recycle);
  void add_out_before_in(const OutBeforeIn& order);
  void add_gate(const Gate& gate);
  void add_before(ServerId first, ServerId second);
  void keep_source(const FolderWork& work, StepIndex ensure);

  [[nodiscard]] std::optional<StepIndex> out_step(ServerId server) const;
  [[nodiscard]] std::optional<StepIndex> in_step(ServerId server) const;
  [[nodiscard]] std::optional<StepIndex> first_step(ServerId server) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  const Relations& relations_;
  std::vector<bool> is_balanced_;  // by server
  std::set<ServerId> together_;
  std::set<ServerId> loads_again_;           // fronts that get folders of targets that change later
  std::set<ServerId> needs_folders_;         // fronts that get folders with their change
  std::set<ServerId> waits_for_its_folder_;  // until its fronts have it
  Draft draft_;
  std::map<ServerId, ServerSteps> steps_;
  std::map<ServerId, StepIndex> heal_recycles_;
  std::vector<std::pair<FolderWork, StepIndex>> healing_copies_;
  std::set<std::pair<ServerId, ServerId>> healed_;  // front and target of paths that are mended before everything
  std::map<std::pair<ServerId, ServerId>, StepIndex> late_recycles_;   // front, provider of its folders
  std::map<std::pair<ServerId, ServerId>, StepIndex> early_recycles_;  // front, first of its targets
  std::map<std::pair<ServerId, OwaVersion>, StepIndex> backups_;       // keeper, folder
};

void Drafter::find_who_waits_for_folders() {
  for (const auto& [front, targets] : relations_.recycle_only) needs_folders_.insert(front);
  for (const FolderWork& work : relations_.with_front) needs_folders_.insert(work.front);
  for (const FolderWork& work : relations_.with_target) {
    loads_again_.insert(work.front);
    waits_for_its_folder_.insert(work.sources.front());
  }
  for (const FolderWork& work : relations_.before_front) {
    waits_for_its_folder_.insert(work.targets.begin(), work.targets.end());
  }
}

/// Two steps have one arrow, which is for safety if any of its reasons is.
void Drafter::arrow(StepIndex first, StepIndex second, std::string reason, Purpose purpose, Force force) {
  if (first == second) return;
  auto& after = at(draft_.steps, second).after;
  const auto known = std::find_if(after.begin(), after.end(), [&](const DraftArrow& a) { return a.step == first; });
  if (known == after.end()) {
    after.push_back({first, std::move(reason), force, purpose});
    return;
  }
  if (force == Force::necessary) known->force = force;
  if (purpose != Purpose::safety || known->purpose == Purpose::safety) return;
  known->purpose = purpose;
  known->reason = std::move(reason);
}

/// A path that fails today works from its healing on.
Purpose Drafter::purpose_for(const FolderWork& work, ServerId target) const {
  const bool is_broken = work.broken_today.contains(target) && !healed_.contains({work.front, target});
  return is_broken ? Purpose::mending : Purpose::safety;
}

bool Drafter::are_broken_today(const FolderWork& work) const {
  return std::all_of(work.targets.begin(), work.targets.end(),
                     [&](ServerId target) { return purpose_for(work, target) == Purpose::mending; });
}

/// What it is for that the front has the folder.
Purpose Drafter::purpose_of(const FolderWork& work) const {
  return are_broken_today(work) && !work.is_final ? Purpose::mending : Purpose::safety;
}

/// What it is for that the front loads the folder when it changes. In the end it has what it needs without that, too,
/// where folders need no loading, or where it loads again after it got those of targets that change later.
Purpose Drafter::purpose_of_loading(const FolderWork& work) const {
  const bool has_it_in_the_end =
      loads_again_.contains(work.front) || policy_.readings.folder_load == FolderLoad::at_once;
  return has_it_in_the_end && are_broken_today(work) ? Purpose::mending : purpose_of(work);
}

/// A server that must not serve before something else is done is drained for safety, any other one for its users.
Purpose Drafter::purpose_of_drain(ServerId server) const {
  const bool keeps_paths_working =
      needs_folders_.contains(server) &&
      std::any_of(relations_.with_front.begin(), relations_.with_front.end(),
                  [&](const FolderWork& work) { return work.front == server && !are_broken_today(work); });
  const bool must_not_serve = together_.contains(server) || keeps_paths_working ||
                              waits_for_its_folder_.contains(server) || changes_.at(server).size() > 1;
  return must_not_serve ? Purpose::safety : Purpose::service;
}

Purpose Drafter::purpose_of(const OutBeforeIn& order) const {
  const ServerId target = order.front == order.out ? order.in : order.out;
  return healed_.contains({order.front, target}) ? Purpose::safety : order.purpose;
}

std::string Drafter::why_drained(ServerId server) const {
  if (!at(organisation_.servers, server).is_cas()) return {};
  if (together_.contains(server)) {
    return name(server) +
           " changes together with servers that it proxies with, so it stays out until they are out too.";
  }
  if (needs_folders_.contains(server)) {
    return "After its upgrade " + name(server) +
           " may lack folders that its paths need. It must not serve until they are in place and loaded.";
  }
  if (waits_for_its_folder_.contains(server)) {
    return name(server) + " must not serve with its new version before its fronts have its folder.";
  }
  if (changes_.at(server).size() > 1) {
    return name(server) + " is upgraded in " + std::to_string(changes_.at(server).size()) +
           " hops and must not serve in between.";
  }
  if (is_balanced_[server.value]) return why_relieved(server_with(server));
  return {};
}

void Drafter::change(ServerId server, const Hops& hops) {
  const std::string why = why_drained(server);
  const bool drained = !why.empty() && server_with(server).was_found_in_service();
  if (drained) steps_[server].drain = add({StepKind::drain, server, {}, {}, {}}, server, why);
  add_upgrades(server, hops);
  if (!drained) return;
  auto& own = steps_[server];
  own.back = add({StepKind::return_to_service, server, {}, {}, {}}, server, why_returned(server_with(server)));
  arrow(*own.drain, own.upgrades.front(), reason_users_have_left(server_with(server)), purpose_of_drain(server),
        Force::necessary);
  arrow(own.upgrades.back(), *own.back, reason_upgrade_is_finished(server_with(server)), Purpose::safety,
        Force::necessary);
}

void Drafter::add_upgrades(ServerId server, const Hops& hops) {
  std::optional<BuildVersion> from = at(organisation_.servers, server).build;
  for (const BuildVersion& build : hops) {
    const auto step = add({StepKind::upgrade, server, build, {}, {}}, server,
                          why_upgraded(organisation_, policy_, server, build, hops));
    at(draft_.steps, step).from = std::exchange(from, build);
    auto& upgrades = steps_[server].upgrades;
    if (!upgrades.empty()) arrow(upgrades.back(), step, reason_level_is_there());
    upgrades.push_back(step);
  }
}

void Drafter::keep_source(const FolderWork& work, StepIndex ensure) {
  const ServerId source = work.sources.front();
  if (!changes_.contains(source) || work.stays_at_source) return;
  arrow(ensure, steps_.at(source).upgrades.front(), reason_source_loses_folder(server_with(source), work.folder));
}

void Drafter::put_before_everything(const FolderWork& work) {
  const auto ensure = add({StepKind::ensure_folder, work.front, {}, work.folder, work.sources}, work.front, work.why);
  healing_copies_.emplace_back(work, ensure);
  if (!heal_recycles_.contains(work.front)) {
    heal_recycles_[work.front] =
        add({StepKind::recycle, work.front, {}, {}, {}}, work.front, why_loaded(server_with(work.front)));
  }
  arrow(ensure, heal_recycles_[work.front], reason_folder_is_in_place(), Purpose::mending);
  for (const ServerId target : work.targets) healed_.insert({work.front, target});
}

void Drafter::wait_for_healing(ServerId server) {
  const auto healed = heal_recycles_.find(server);
  if (healed != heal_recycles_.end()) {
    arrow(healed->second, *first_step(server), "paths that fail today are mended first", Purpose::mending);
  }
  for (const auto& [work, ensure] : healing_copies_) {
    if (work.sources.front() == server) keep_source(work, ensure);
  }
}

StepIndex Drafter::recycle_of(ServerId front, Purpose before_return) {
  auto& own = steps_[front];
  if (!own.recycle) {
    own.recycle = add({StepKind::recycle, front, {}, {}, {}}, front, why_loaded(server_with(front)));
  }
  if (own.back) {
    arrow(*own.recycle, *own.back, reason_folders_are_loaded(server_with(front)), before_return);
  } else if (!own.upgrades.empty()) {
    arrow(own.upgrades.back(), *own.recycle, reason_upgrade_is_finished(server_with(front)));
  }
  return *own.recycle;
}

void Drafter::put_after_upgrade(const FolderWork& work, StepIndex ensure) {
  const StepIndex upgrade = steps_.at(work.front).upgrades.back();
  if (work.survives_change) {
    arrow(upgrade, ensure, "the folders of " + name(work.front) + " are put in place after its upgrade",
          Purpose::service);
  } else {
    arrow(upgrade, ensure, reason_upgrade_may_remove_folders(server_with(work.front)), purpose_of(work));
  }
}

void Drafter::put_backup(const Backup& backup) {
  const std::string why = "The change of " + name(backup.holder) + " may remove folder " + to_string(backup.folder) +
                          ", which is needed afterwards and which no other server holds for good. " +
                          name(backup.keeper) + " keeps a copy.";
  const auto ensure =
      add({StepKind::ensure_folder, backup.keeper, {}, backup.folder, {backup.holder}}, backup.holder, why);
  backups_[{backup.keeper, backup.folder}] = ensure;
  arrow(ensure, steps_.at(backup.holder).upgrades.front(),
        name(backup.keeper) + " keeps folder " + to_string(backup.folder) + ", which the change of " +
            name(backup.holder) + " may remove");
}

void Drafter::take_from_backup(const FolderWork& work, StepIndex ensure) {
  const auto backup = backups_.find({work.sources.front(), work.folder});
  if (backup == backups_.end()) return;
  arrow(backup->second, ensure, name(work.sources.front()) + " has got folder " + to_string(work.folder) + " by then");
}

/// It is done for the change of the target that is the source, else of the first: that one waits for it.
void Drafter::put_before_front(const FolderWork& work) {
  const ServerId source = work.sources.front();
  const ServerId owner = work.comes_with_source ? source : *work.targets.begin();
  const auto ensure = add({StepKind::ensure_folder, work.front, {}, work.folder, work.sources}, owner, work.why);
  if (work.comes_with_source) {
    arrow(steps_.at(source).upgrades.back(), ensure,
          name(source) + " holds folder " + to_string(work.folder) + " only after its change");
  } else {
    keep_source(work, ensure);
    take_from_backup(work, ensure);
  }
  const auto key = std::pair(work.front, owner);
  if (!early_recycles_.contains(key)) {
    early_recycles_[key] = add({StepKind::recycle, work.front, {}, {}, {}}, owner, why_loaded(server_with(work.front)));
  }
  arrow(ensure, early_recycles_[key], reason_folder_is_in_place());
  load_before_targets_return(work, early_recycles_[key]);
}

void Drafter::put_with_front(const FolderWork& work) {
  const auto ensure = add({StepKind::ensure_folder, work.front, {}, work.folder, work.sources}, work.front, work.why);
  take_from_backup(work, ensure);
  auto& own = steps_[work.front];
  if (!own.upgrades.empty()) put_after_upgrade(work, ensure);
  own.ensures.push_back(ensure);
  const auto recycle = recycle_of(work.front, are_broken_today(work) ? Purpose::mending : Purpose::safety);
  arrow(ensure, recycle, reason_folder_is_in_place(), purpose_of_loading(work));
  keep_source(work, ensure);
  if (!changes_.contains(work.front)) load_before_targets_return(work, recycle);
}

void Drafter::load(ServerId front, const std::set<ServerId>& targets) {
  const auto recycle = recycle_of(front, Purpose::safety);
  if (changes_.contains(front)) return;
  for (const ServerId target : targets) {
    const auto in = changes_.contains(target) ? in_step(target) : std::nullopt;
    if (in)
      arrow(recycle, *in, name(front) + " must have loaded the folder of " + name(target) + " before that serves");
  }
}

void Drafter::load_before_targets_return(const FolderWork& work, StepIndex recycle) {
  for (const ServerId target : work.targets) {
    const auto in = changes_.contains(target) ? in_step(target) : std::nullopt;
    if (!in) continue;
    arrow(recycle, *in,
          name(work.front) + " must have folder " + to_string(work.folder) + " loaded before " + name(target) +
              " serves with that version",
          purpose_for(work, target));
  }
}

void Drafter::put_with_target(const FolderWork& work) {
  const ServerId provider = work.sources.front();
  const auto ensure = add({StepKind::ensure_folder, work.front, {}, work.folder, work.sources}, provider, work.why);
  arrow(steps_.at(provider).upgrades.back(), ensure,
        name(provider) + " holds folder " + to_string(work.folder) + " only after its upgrade");
  if (changes_.contains(work.front)) put_after_upgrade(work, ensure);
  const auto key = std::pair(work.front, provider);
  if (!late_recycles_.contains(key)) {
    late_recycles_[key] =
        add({StepKind::recycle, work.front, {}, {}, {}}, provider, why_loaded(server_with(work.front)));
  }
  arrow(ensure, late_recycles_[key], reason_folder_is_in_place());
  load_before_targets_return(work, late_recycles_[key]);
}

std::optional<StepIndex> Drafter::out_step(ServerId server) const {
  const auto& own = steps_.at(server);
  if (!server_with(server).was_found_in_service()) return std::nullopt;
  return own.drain ? own.drain : std::optional(own.upgrades.front());
}

std::optional<StepIndex> Drafter::in_step(ServerId server) const {
  const auto& own = steps_.at(server);
  if (!server_with(server).was_found_in_service()) return std::nullopt;
  return own.back ? own.back : std::optional(own.upgrades.back());
}

std::optional<StepIndex> Drafter::first_step(ServerId server) const {
  const auto place = steps_.find(server);
  if (place == steps_.end()) return std::nullopt;
  const auto& own = place->second;
  if (own.drain) return own.drain;
  if (!own.upgrades.empty()) return own.upgrades.front();
  return own.ensures.empty() ? own.recycle : std::optional(own.ensures.front());
}

void Drafter::add_out_before_in(const OutBeforeIn& order) {
  const auto out = out_step(order.out);
  const auto in = in_step(order.in);
  if (out && in) arrow(*out, *in, reason_of(organisation_, order), purpose_of(order), order.force);
}

void Drafter::add_gate(const Gate& gate) {
  for (const ServerId front : gate.others) {
    arrow(*out_step(front), *out_step(gate.last),
          name(gate.last) + " is the last of " + std::to_string(gate.others.size() + 1) +
              " fronts to go out of service, so that the servers that wait for all of them wait for " +
              name(gate.last) + " alone");
  }
}

void Drafter::add_before(ServerId first, ServerId second) {
  if (!changes_.contains(first) || !changes_.contains(second)) return;
  arrow(steps_.at(first).upgrades.back(), steps_.at(second).upgrades.front(),
        reason_of_order(organisation_, policy_, first, second), Purpose::policy, Force::necessary);
}

}  // namespace

Draft make_draft(const Organisation& organisation, const Policy& policy, const Changes& changes,
                 const Relations& relations, const std::vector<FolderWork>& heal_first) {
  return Drafter(organisation, policy, changes, relations).run(heal_first);
}

Draft make_healing_draft(const Organisation& organisation, const Healing& healing) {
  Relations relations;
  relations.with_front = healing.folders;
  relations.recycle_only = healing.recycle_only;
  const Policy policy;
  const Changes changes;
  return Drafter(organisation, policy, changes, relations).run({});
}

}  // namespace casplan::planner
