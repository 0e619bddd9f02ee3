#include "verifier/path_orders.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "model/catalogue.h"
#include "verifier/allowed.h"

namespace casplan::verifier {

bool may_remove_rollups(const Plan& plan, const State& found) {
  std::map<std::pair<ServerId, Level>, BuildVersion> highest;
  const auto raise = [&](ServerId server, const BuildVersion& build) {
    BuildVersion& known = highest[{server, build.level()}];
    known = std::max(known, build);
  };
  for (const PlannedStep& planned : plan.steps) {
    if (!planned.step.build) continue;
    raise(planned.step.server, *planned.step.build);
    if (const auto& today = at(found.servers, planned.step.server).build) raise(planned.step.server, *today);
  }
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const PlannedStep& planned) {
    const auto& build = planned.step.build;
    return build && *build < highest.at({planned.step.server, build->level()});
  });
}

std::vector<SameChanges> by_changes(const FixedReadings& fixed, const Plan& plan, const State& found) {
  const bool removes = may_remove_rollups(plan, found);
  std::map<std::tuple<ServicePackRemoves, RollupKeeps, RollupRemoval>, SameChanges> groups;
  for (const Readings& readings : combinations(fixed)) {
    const RollupRemoval removal = removes ? readings.rollup_removal : RollupRemoval::folder_stays;
    SameChanges& group = groups[{readings.service_pack_removes, readings.rollup_keeps, removal}];
    const bool known = std::any_of(group.begin(), group.end(), [&](const Readings& other) {
      return other.folder_match == readings.folder_match && other.folder_load == readings.folder_load &&
             other.older_front == readings.older_front;
    });
    if (!known) group.push_back(readings);
  }
  std::vector<SameChanges> all;
  for (auto& [changes, group] : groups) all.push_back(std::move(group));
  return all;
}

PathOrders::PathOrders(const Organisation& organisation, const Plan& plan, const State& found,
                       const FixedReadings& fixed, std::size_t most_situations)
    : plan_(plan),
      found_(found),
      groups_(by_changes(fixed, plan, found)),
      highest_folder_counts_(fixed.folder_match != FolderMatch::running),
      most_situations_(most_situations) {
  for (const Server& server : organisation.servers) routing_.push_back(routing_facts(server));
}

std::set<OwaVersion> PathOrders::needed_folders(ServerId target, const std::vector<StepIndex>& its_steps) const {
  const ServerState& today = at(found_.servers, target);
  std::set<OwaVersion> folders;
  if (today.owa_version) folders.insert(*today.owa_version);
  if (highest_folder_counts_) folders.insert(today.present.known().begin(), today.present.known().end());
  for (const StepIndex index : its_steps) {
    const Step& step = at(plan_.steps, index).step;
    const Build* build = step.build ? find_build(*step.build) : nullptr;
    if (build != nullptr) folders.insert(build->owa_version);
    if (step.folder && highest_folder_counts_) folders.insert(*step.folder);
  }
  return folders;
}

bool PathOrders::front_step_matters(StepIndex index, const std::set<OwaVersion>& needed) const {
  const Step& step = at(plan_.steps, index).step;
  return !step.folder || needed.contains(*step.folder);
}

bool PathOrders::target_step_matters(StepIndex index, const std::set<OwaVersion>& needed) const {
  const bool only_loads = at(plan_.steps, index).step.kind == StepKind::recycle;
  return !only_loads && front_step_matters(index, needed);
}

bool PathOrders::is_decided_by_routing(const ProxyPath& path) const {
  const RoutingFacts& front = at(routing_, path.front);
  const RoutingFacts& target = at(routing_, path.target);
  return front.site && target.site && judge_routing(front, target);
}

/// One path in all orders of an excerpt under readings that change servers alike.
class PathOrders::Visit {
 public:
  Visit(const PathOrders& of, const ProxyPath& path, const Excerpt& excerpt, const SameChanges& group)
      : of_(of), path_(path), group_(group) {
    idle_today_ =
        !at(of.found_.servers, path.front).is_in_service() || !at(of.found_.servers, path.target).is_in_service();
    for (std::size_t i = 0; i < excerpt.steps.size(); ++i) {
      breaking_[i] = may_break(path, at(of.plan_.steps, excerpt.steps[i]).step);
    }
  }

  Exploration::Visitor visitor() {
    Exploration::Visitor visitor;
    visitor.watch = [this](const Situation& situation) { return failing(situation); };
    visitor.judge = [this](const Situation& situation) { return judge(situation); };
    return visitor;
  }

  [[nodiscard]] const std::optional<Judgement>& undecided() const { return undecided_; }
  [[nodiscard]] bool fails_today() const { return fails_today_; }

 private:
  using Situation = Exploration::Situation;

  using States = std::pair<const ServerState*, const ServerState*>;

  struct HashOfStates {
    std::size_t operator()(const States& states) const {
      return std::hash<const void*>()(states.first) * 31 + std::hash<const void*>()(states.second);
    }
  };

  /// By reading. There are many situations, and few states that a server is in.
  [[nodiscard]] const std::vector<Judgement>& judged(const Situation& situation) {
    const auto [place, is_new] = judged_.try_emplace({situation.servers[0], situation.servers[1]});
    if (!is_new) return place->second;
    for (const Readings& readings : group_) {
      place->second.push_back(casplan::judge(at(of_.routing_, path_.front), *situation.servers[0],
                                             at(of_.routing_, path_.target), *situation.servers[1], readings));
    }
    return place->second;
  }

  /// By bit, the readings under which the path fails, or has nobody on it: that does not mend it.
  std::uint64_t failing(const Situation& situation) {
    const bool is_today = situation.ended.none() && situation.running.none();
    const auto& judgements = judged(situation);
    std::uint64_t failing = 0;
    for (std::size_t i = 0; i < group_.size(); ++i) {
      const Verdict verdict = judgements[i].verdict;
      if (verdict == Verdict::event46 || (verdict == Verdict::idle && !is_today)) failing |= std::uint64_t{1} << i;
      if (is_today && i == 0) fails_today_ = verdict == Verdict::event46;
    }
    return failing;
  }

  /// A fault is named by twice the reading, and one more where the path fails all the way to the end.
  std::optional<std::size_t> judge(const Situation& situation) {
    const bool may_have_changed = idle_today_ || ((situation.ended | situation.running) & breaking_).any();
    const auto& judgements = judged(situation);
    for (std::size_t i = 0; i < group_.size(); ++i) {
      const Judgement& judgement = judgements[i];
      if (!undecided_ && is_undecided(judgement) && (situation.is_complete || may_have_changed)) undecided_ = judgement;
      if (judgement.verdict != Verdict::event46) continue;
      const bool failed_all_the_way = (situation.watched >> i & 1U) != 0;
      const bool may_fail =
          failed_all_the_way && (!situation.is_complete || is_beyond_copying(of_.plan_.goal, judgement, of_.found_));
      if (!may_fail) return 2 * i + (failed_all_the_way ? 1 : 0);
    }
    return std::nullopt;
  }

  const PathOrders& of_;
  const ProxyPath& path_;
  const SameChanges& group_;
  bool idle_today_ = false;
  StepSet breaking_;
  std::unordered_map<States, std::vector<Judgement>, HashOfStates> judged_;
  std::optional<Judgement> undecided_;
  bool fails_today_ = false;
};

PathFinding PathOrders::judge(const ProxyPath& path, const Excerpt& excerpt) const {
  PathFinding finding;
  if (is_decided_by_routing(path)) return finding;
  const Exploration exploration(found_, plan_, excerpt, most_situations_);
  for (const SameChanges& group : groups_) {
    Visit visit(*this, path, excerpt, group);
    const auto result = exploration.run(group.front(), visit.visitor(), Exploration::Search::first_fault);
    finding.is_exhaustive = finding.is_exhaustive && result.is_exhaustive;
    finding.is_safe = finding.is_safe && result.faults.empty();
    if (!finding.undecided) finding.undecided = visit.undecided();
    if (&group == &groups_.front()) finding.fails_today = visit.fails_today();
  }
  return finding;
}

std::vector<PathViolation> PathOrders::faults(const ProxyPath& path, const Excerpt& excerpt) const {
  std::vector<PathViolation> faults;
  const Exploration exploration(found_, plan_, excerpt, most_situations_);
  for (const SameChanges& group : groups_) {
    Visit visit(*this, path, excerpt, group);
    auto result = exploration.run(group.front(), visit.visitor(), Exploration::Search::all_faults);
    for (auto& met : result.faults) {
      const bool is_at_the_end = met.what % 2 == 1;
      faults.push_back({group[met.what / 2], std::move(met), is_at_the_end});
    }
  }
  return faults;
}

}  // namespace casplan::verifier
