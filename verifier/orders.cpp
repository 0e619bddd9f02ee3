#include "verifier/orders.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "simulator/transition.h"
#include "verifier/allowed.h"
#include "verifier/exploration.h"

namespace casplan::verifier {
namespace {

using Situation = Exploration::Situation;
using Go = Exploration::Verdict;

/// Readings under which servers change alike. They differ only in how a path is judged: one bit for each.
using SameChanges = std::vector<Readings>;

std::vector<SameChanges> by_changes(const FixedReadings& fixed) {
  std::map<std::pair<ServicePackRemoves, RollupKeeps>, SameChanges> groups;
  for (const Readings& readings : combinations(fixed)) {
    SameChanges& group = groups[{readings.service_pack_removes, readings.rollup_keeps}];
    const bool known = std::any_of(group.begin(), group.end(), [&](const Readings& other) {
      // No step removes a rollup, so this reading makes no difference.
      return other.folder_match == readings.folder_match && other.folder_load == readings.folder_load &&
             other.older_front == readings.older_front;
    });
    if (!known) group.push_back(readings);
  }
  std::vector<SameChanges> all;
  for (auto& [changes, group] : groups) all.push_back(std::move(group));
  return all;
}

/// The ways in which a step can fail alone: before it, done twice, and in the middle where it has one.
std::size_t failures_of(const Step& step) {
  return step.kind == StepKind::upgrade || step.kind == StepKind::ensure_folder ? 3 : 2;
}

class Judge {
 public:
  Judge(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
        const FixedReadings& fixed)
      : organisation_(organisation),
        plan_(plan),
        paths_(paths),
        groups_(by_changes(fixed)),
        order_(plan),
        found_(initial_state(organisation)),
        steps_at_(organisation.servers.size()) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      at(steps_at_, plan.steps[i].step.server).push_back(id_at<StepIndex>(i));
      finding_.failures += failures_of(plan.steps[i].step);
    }
  }

  OrdersFinding run() {
    for (std::size_t i = 0; i < steps_at_.size() && !is_decided(); ++i) judge_server(id_at<ServerId>(i));
    for (std::size_t i = 0; i < plan_.steps.size() && !is_decided(); ++i) {
      if (plan_.steps[i].step.kind == StepKind::ensure_folder) judge_sources(id_at<StepIndex>(i));
    }
    for (std::size_t i = 0; i < paths_.size() && !is_decided(); ++i) judge_path(paths_[i]);
    return std::move(finding_);
  }

 private:
  [[nodiscard]] bool is_decided() const { return finding_.counterexample.has_value(); }
  [[nodiscard]] const Step& step(StepIndex index) const { return at(plan_.steps, index).step; }
  [[nodiscard]] const Server& server(ServerId id) const { return at(organisation_.servers, id); }

  void judge_server(ServerId id);
  void judge_sources(StepIndex ensure);
  [[nodiscard]] std::vector<ServerId> possible_sources(const Step& ensure) const;
  [[nodiscard]] bool may_hold(ServerId id, const OwaVersion& folder) const;
  [[nodiscard]] std::optional<Counterexample> missing_source(StepIndex ensure, const std::vector<ServerId>& sources,
                                                             const Readings& readings);
  void judge_path(const ProxyPath& path);
  void judge_path(const ProxyPath& path, const SameChanges& group);
  [[nodiscard]] std::vector<StepIndex> steps_for(const ProxyPath& path, const SameChanges& group) const;
  [[nodiscard]] std::set<OwaVersion> needed_folders(ServerId target, const SameChanges& group) const;
  [[nodiscard]] Counterexample counterexample(ViolationKind kind, const Exploration::Result& result,
                                              const Readings& readings) const;
  void confirm(const Counterexample& found, const std::vector<StepIndex>& running) const;
  void list_undecided(const ProxyPath& path, const Judgement& judgement);

  const Organisation& organisation_;
  const Plan& plan_;
  const std::vector<ProxyPath>& paths_;
  std::vector<SameChanges> groups_;
  StepOrder order_;
  State found_;
  std::vector<std::vector<StepIndex>> steps_at_;  // by server
  OrdersFinding finding_;
};

Counterexample Judge::counterexample(ViolationKind kind, const Exploration::Result& result,
                                     const Readings& readings) const {
  std::vector<StepIndex> needed = result.ended;
  needed.insert(needed.end(), result.running.begin(), result.running.end());
  if (result.last) needed.push_back(*result.last);
  Counterexample found{};
  found.kind = kind;
  found.readings = readings;
  found.step = result.last;
  found.order = order_.completed(needed);
  const auto has_ended = [&](StepIndex index) {
    const bool is_running = std::find(result.running.begin(), result.running.end(), index) != result.running.end();
    const bool only_begins =
        result.last == index && std::find(result.ended.begin(), result.ended.end(), index) == result.ended.end();
    return !is_running && !only_begins;
  };
  std::erase_if(found.order, [&](StepIndex index) { return !has_ended(index); });
  return found;
}

/// Whatever is shown to people was met by the simulator first, on the whole organisation.
void Judge::confirm(const Counterexample& found, const std::vector<StepIndex>& running) const {
  State state = found_;
  for (const StepIndex index : found.order) {
    auto next = simulator::apply(state, step(index), found.readings);
    expects(next.has_value(), "the order of a counterexample can be carried out");
    state = std::move(*next);
  }
  for (const StepIndex index : running) {
    expects(!simulator::begin(state, step(index)), "the steps that run in a counterexample can begin");
  }
  const ProxyPath& path = *found.path;
  const Judgement again = judge({server(path.front), at(state.servers, path.front)},
                                {server(path.target), at(state.servers, path.target)}, found.readings);
  expects(again.verdict == Verdict::event46, "a counterexample is met again in the simulator");
}

/// Whether each step of a server fits the server in every order.
void Judge::judge_server(ServerId id) {
  if (at(steps_at_, id).empty()) return;
  const Readings readings = groups_.front().front();
  std::optional<simulator::RefusalReason> reason;
  std::optional<ServerState> refusing;
  const Exploration exploration(found_, plan_, order_, {id}, at(steps_at_, id));
  Exploration::Visitor visitor;
  visitor.may_begin = [&](const Situation& situation, StepIndex index) {
    reason = simulator::refuse(situation.servers.front(), step(index));
    if (reason) refusing = situation.servers.front();
    return reason ? Go::stop : Go::go_on;
  };
  const auto result = exploration.run(readings, visitor);
  finding_.is_exhaustive = finding_.is_exhaustive && result.is_exhaustive;
  if (!result.is_stopped) return;
  Counterexample found = counterexample(ViolationKind::step_refused, result, readings);
  found.refusal = simulator::Refusal{*reason, id};
  found.server = refusing;
  finding_.counterexample = std::move(found);
}

bool Judge::may_hold(ServerId id, const OwaVersion& folder) const {
  if (at(found_.servers, id).present.has(folder) != Knowledge::no) return true;
  const auto& steps = at(steps_at_, id);
  return std::any_of(steps.begin(), steps.end(), [&](StepIndex index) {
    const Build* build = step(index).build ? find_build(*step(index).build) : nullptr;
    return step(index).folder == folder || (build != nullptr && build->owa_version == folder);
  });
}

std::vector<ServerId> Judge::possible_sources(const Step& ensure) const {
  std::vector<ServerId> sources = ensure.sources;
  if (sources.empty()) {
    for (std::size_t i = 0; i < organisation_.servers.size(); ++i) sources.push_back(id_at<ServerId>(i));
  }
  std::erase_if(sources, [&](ServerId id) { return id == ensure.server || !may_hold(id, *ensure.folder); });
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

/// An order in which nobody of these holds the folder when the step may begin; empty where there is none.
std::optional<Counterexample> Judge::missing_source(StepIndex ensure, const std::vector<ServerId>& sources,
                                                    const Readings& readings) {
  const OwaVersion folder = *step(ensure).folder;
  std::vector<ServerId> servers{step(ensure).server};
  servers.insert(servers.end(), sources.begin(), sources.end());
  std::vector<StepIndex> steps;
  for (const ServerId id : servers) {
    std::copy_if(at(steps_at_, id).begin(), at(steps_at_, id).end(), std::back_inserter(steps), [&](StepIndex index) {
      return step(index).kind == StepKind::upgrade || step(index).folder == folder;
    });
  }
  Knowledge best = Knowledge::no;
  std::optional<ServerState> refusing;
  Exploration::Visitor visitor;
  visitor.may_begin = [&](const Situation& situation, StepIndex index) {
    if (index != ensure) return Go::go_on;
    best = Knowledge::no;
    for (const ServerState& holder : situation.servers) {
      const Knowledge has = holder.present.has(folder);
      if (has == Knowledge::yes) return Go::go_on;
      if (has == Knowledge::unknown) best = has;
    }
    refusing = situation.servers.front();
    return Go::stop;
  };
  const auto result = Exploration(found_, plan_, order_, servers, steps).run(readings, visitor);
  finding_.is_exhaustive = finding_.is_exhaustive && result.is_exhaustive;
  if (!result.is_stopped) return std::nullopt;
  Counterexample found = counterexample(ViolationKind::step_refused, result, readings);
  const bool known = best == Knowledge::no;
  found.refusal = simulator::Refusal{
      known ? simulator::RefusalReason::no_source : simulator::RefusalReason::source_not_known, step(ensure).server};
  found.server = refusing;
  return found;
}

/// Whether some source holds the folder whenever the step may begin: mostly one of them does always.
void Judge::judge_sources(StepIndex ensure) {
  const auto sources = possible_sources(step(ensure));
  for (const SameChanges& group : groups_) {
    const bool one_always_holds = std::any_of(sources.begin(), sources.end(), [&](ServerId source) {
      return !missing_source(ensure, {source}, group.front()).has_value();
    });
    if (one_always_holds) continue;
    finding_.counterexample = missing_source(ensure, sources, group.front());
    if (is_decided()) return;
  }
}

std::set<OwaVersion> Judge::needed_folders(ServerId target, const SameChanges& group) const {
  const bool highest = std::any_of(group.begin(), group.end(), [](const Readings& readings) {
    return readings.folder_match == FolderMatch::highest;
  });
  const ServerState& today = at(found_.servers, target);
  std::set<OwaVersion> folders;
  if (today.owa_version) folders.insert(*today.owa_version);
  if (highest) folders.insert(today.present.known().begin(), today.present.known().end());
  for (const StepIndex index : at(steps_at_, target)) {
    if (step(index).build) folders.insert(find_build(*step(index).build)->owa_version);
    if (step(index).folder && highest) folders.insert(*step(index).folder);
  }
  return folders;
}

/// The steps at the two ends that can change what becomes of the path.
std::vector<StepIndex> Judge::steps_for(const ProxyPath& path, const SameChanges& group) const {
  const auto folders = needed_folders(path.target, group);
  std::vector<StepIndex> steps;
  for (const StepIndex index : at(steps_at_, path.front)) {
    if (!step(index).folder || folders.contains(*step(index).folder)) steps.push_back(index);
  }
  for (const StepIndex index : at(steps_at_, path.target)) {
    const bool loads_only = step(index).kind == StepKind::recycle;
    if (!loads_only && (!step(index).folder || folders.contains(*step(index).folder))) steps.push_back(index);
  }
  return steps;
}

void Judge::list_undecided(const ProxyPath& path, const Judgement& judgement) {
  const bool listed = std::any_of(finding_.undecided.begin(), finding_.undecided.end(),
                                  [&](const Undecided& entry) { return entry.path == path; });
  if (!listed) finding_.undecided.push_back({path, judgement});
}

void Judge::judge_path(const ProxyPath& path) {
  const bool is_worked_on = !at(steps_at_, path.front).empty() || !at(steps_at_, path.target).empty();
  if (!is_worked_on || judge_routing(server(path.front), server(path.target))) return;
  for (const SameChanges& group : groups_) {
    if (!is_decided()) judge_path(path, group);
  }
}

void Judge::judge_path(const ProxyPath& path, const SameChanges& group) {
  const auto steps = steps_for(path, group);
  const auto judged = [&](const Situation& situation, std::size_t reading) {
    return judge({server(path.front), situation.servers[0]}, {server(path.target), situation.servers[1]},
                 group[reading]);
  };
  const bool idle_today =
      !at(found_.servers, path.front).is_in_service() || !at(found_.servers, path.target).is_in_service();
  const auto may_have_changed = [&](const Situation& situation) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (situation.progress[i] != Exploration::waiting && may_break(path, step(steps[i]))) return true;
    }
    return idle_today;
  };
  std::optional<Counterexample> met;
  Exploration::Visitor visitor;
  visitor.watch = [&](const Situation& situation) {
    const bool is_today =
        situation.progress.find_first_not_of(static_cast<char>(Exploration::waiting)) == std::string::npos;
    std::uint64_t failing = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Verdict verdict = judged(situation, i).verdict;
      if (verdict == Verdict::event46 || (verdict == Verdict::idle && !is_today)) failing |= std::uint64_t{1} << i;
    }
    return failing;
  };
  visitor.judge = [&](const Situation& situation) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Judgement judgement = judged(situation, i);
      const bool fails = judgement.verdict == Verdict::event46;
      const bool failed_all_the_way = (situation.watched >> i & 1U) != 0;
      const bool at_the_end =
          situation.is_complete && failed_all_the_way && !is_beyond_copying(plan_.goal, judgement, found_);
      if (is_undecided(judgement) && (situation.is_complete || may_have_changed(situation))) {
        list_undecided(path, judgement);
      }
      if (!fails || (failed_all_the_way && !at_the_end)) continue;
      met = Counterexample{};
      met->kind = at_the_end ? ViolationKind::event46_at_the_end : ViolationKind::event46_on_the_way;
      met->readings = group[i];
      met->judgement = judgement;
      met->event =
          event46_sentence({server(path.front), situation.servers[0]}, {server(path.target), situation.servers[1]});
      return Go::stop;
    }
    return Go::go_on;
  };
  const auto result = Exploration(found_, plan_, order_, {path.front, path.target}, steps).run(group.front(), visitor);
  finding_.is_exhaustive = finding_.is_exhaustive && result.is_exhaustive;
  if (!met) return;
  Counterexample found = counterexample(met->kind, result, met->readings);
  found.path = path;
  found.judgement = met->judgement;
  found.event = met->event;
  confirm(found, result.running);
  finding_.counterexample = std::move(found);
}

}  // namespace

OrdersFinding judge_all_orders(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
                               const FixedReadings& fixed) {
  return Judge(organisation, plan, paths, fixed).run();
}

}  // namespace casplan::verifier
