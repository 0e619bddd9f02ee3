#include "planner/search/recorded.h"

#include <algorithm>
#include <map>

#include "planner/assemble.h"
#include "planner/pools.h"
#include "planner/step_reasons.h"

namespace casplan::planner {
namespace {

/// How a server stands between two of its steps.
struct Position {
  VariantId variant;
  bool is_in_service = true;
};

/// The steps of one server in their order, and its positions: before the first step, and after each.
struct Chain {
  ServerId server;
  std::size_t worked;
  std::vector<StepIndex> steps;
  std::vector<Position> positions;
};

class Recorder {
 public:
  Recorder(Problem& problem, const std::vector<TimedStep>& steps) : problem_(problem), steps_(steps) {}

  /// Empty where the steps leave a forbidden constellation open.
  std::optional<Draft> run() {
    make_chains();
    make_steps();
    for (std::size_t i = 0; i < chains_.size(); ++i) follow_chain(i);
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      for (const Encounter& encounter : problem_.worked[chains_[i].worked].encounters) {
        if (encounter.end != Encounter::End::front) continue;
        for (const std::size_t target : chains_at(encounter)) {
          keep_path({i, target, {chains_[i].server, chains_[target].server, encounter.path.site}});
        }
      }
    }
    if (is_left_open_) return std::nullopt;
    for (std::size_t i = 0; i < steps_.size(); ++i) keep_source(id_at<StepIndex>(i));
    for (std::size_t i = 0; i < chains_.size(); ++i) keep_before(i);
    drop_needless();
    return std::move(draft_);
  }

 private:
  [[nodiscard]] const Server& server_with(ServerId id) const { return at(problem_.organisation.servers, id); }
  [[nodiscard]] const std::string& name(ServerId id) const { return server_with(id).name; }
  [[nodiscard]] bool is_in_service(ServerId id) const { return at(problem_.found.servers, id).is_in_service(); }
  [[nodiscard]] const TimedStep& timed(StepIndex step) const { return at(steps_, step); }
  [[nodiscard]] bool is_before(StepIndex first, StepIndex second) const {
    return timed(first).schedule.end <= timed(second).schedule.start && first < second;
  }
  /// A contract: something is or may be done to the server.
  [[nodiscard]] std::size_t chain_of(ServerId server) const { return *at(chain_of_, server); }
  [[nodiscard]] const Worked& worked(ServerId server) const {
    return problem_.worked[chains_[chain_of(server)].worked];
  }
  /// The chains of whom a server meets there.
  [[nodiscard]] std::vector<std::size_t> chains_at(const Encounter& encounter) const;
  [[nodiscard]] std::string version(VariantId variant) const {
    const auto version = problem_.variants.state(variant, 0).owa_version;
    return version ? to_string(*version) : "an OWA version that is not known";
  }

  void make_chains();
  void make_steps();
  [[nodiscard]] std::string why(StepIndex index) const;
  [[nodiscard]] bool is_ailing(ServerId server) const;
  [[nodiscard]] std::string why_drained(ServerId server) const;
  [[nodiscard]] std::string targets_with(const Worked& front, const OwaVersion& folder) const;
  [[nodiscard]] std::string why_put_there(const Step& copy) const;
  void follow_chain(std::size_t chain);
  [[nodiscard]] std::string why_after(const Step& earlier, const Step& step) const;

  /// Those of the faults that the policy allows: they are as today, or there are the fewest of them.
  [[nodiscard]] std::uint64_t excused_faults(const ProxyPath& path, VariantId front, VariantId target) {
    if (problem_.policy.event46 == Event46::minimise) return ~std::uint64_t{0};
    return problem_.meetings.faults_as_today(path, front, target);
  }
  /// A path, with the chains of its ends.
  struct Meeting {
    std::size_t front;
    std::size_t target;
    ProxyPath path;
  };
  void keep_path(const Meeting& meeting);
  [[nodiscard]] std::uint64_t faults_in(const Meeting& meeting, std::size_t front_position,
                                        std::size_t target_position);
  /// Positions of a front and a target of some path that must not be met together.
  struct Constellation {
    std::size_t front;
    std::size_t front_position;
    std::size_t target;
    std::size_t target_position;
  };
  /// A step that has to end before another one begins.
  struct Pair {
    StepIndex first;
    StepIndex second;
  };

  /// The two orders that avoid a constellation; an empty one where there is no such step.
  [[nodiscard]] std::vector<Pair> ways_to_avoid(const Constellation& constellation) const;
  [[nodiscard]] std::vector<Constellation> works_before(const Meeting& meeting, std::size_t front_position,
                                                        std::size_t target_position);
  bool avoid(const Constellation& constellation, const std::string& reason, Purpose purpose);
  [[nodiscard]] bool reaches(StepIndex first, StepIndex second, const Pair& without) const;
  void drop_needless();
  [[nodiscard]] Purpose purpose_of_order(std::size_t chain, std::size_t first, std::size_t second);
  [[nodiscard]] std::string reason_for(ServerId front, VariantId front_variant, ServerId target,
                                       VariantId target_variant) const;
  void keep_source(StepIndex ensure);
  void keep_before(std::size_t chain);
  void arrow(StepIndex first, StepIndex second, std::string reason, Purpose purpose);

  Problem& problem_;
  const std::vector<TimedStep>& steps_;
  std::vector<Chain> chains_;
  std::vector<std::optional<std::size_t>> chain_of_;  // by server
  std::vector<std::pair<Constellation, Pair>> avoided_;
  bool is_left_open_ = false;  // a constellation that the schedule does not avoid
  Draft draft_;
};

std::vector<std::size_t> Recorder::chains_at(const Encounter& encounter) const {
  std::vector<std::size_t> chains;
  if (!encounter.other) return chains;
  for (const ServerId member : problem_.worked[*encounter.other].members) chains.push_back(chain_of(member));
  return chains;
}

void Recorder::make_chains() {
  chain_of_.resize(problem_.organisation.servers.size());
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) {
    for (const ServerId member : problem_.worked[i].members) {
      at(chain_of_, member) = chains_.size();
      chains_.push_back({member, i, {}, {{problem_.worked[i].before, problem_.worked[i].was_in_service}}});
    }
  }
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i].step;
    Chain& chain = chains_[chain_of(step.server)];
    Position next = chain.positions.back();
    if (step.kind == StepKind::drain) {
      next.is_in_service = false;
    } else if (step.kind == StepKind::return_to_service) {
      next.is_in_service = true;
    } else {
      next.variant = problem_.variants.after(next.variant, step);
    }
    chain.steps.push_back(id_at<StepIndex>(i));
    chain.positions.push_back(next);
  }
}

/// Whether some path of the server fails today.
bool Recorder::is_ailing(ServerId server) const {
  const auto& encounters = worked(server).encounters;
  return std::any_of(encounters.begin(), encounters.end(),
                     [](const Encounter& encounter) { return encounter.ailing.has_value(); });
}

std::string Recorder::why_drained(ServerId server) const {
  if (worked(server).must_be_drained) return why_relieved(server_with(server));
  if (is_ailing(server))
    return "Users meet Event 46 on a path of " + name(server) + " today; while it is out, they do not.";
  return name(server) + " must not serve between its upgrade and what its paths need besides.";
}

/// Whose users need the folder; of many, the first ones by name.
std::string Recorder::targets_with(const Worked& front, const OwaVersion& folder) const {
  constexpr std::size_t most_names = 3;
  std::vector<ServerId> targets;
  for (const Encounter& encounter : front.encounters) {
    if (encounter.end == Encounter::End::target) continue;
    const auto runs_it = [&](VariantId variant) { return problem_.variants.state(variant, 0).owa_version == folder; };
    if (!encounter.other && runs_it(encounter.fixed)) targets.push_back(encounter.path.target);
    for (const std::size_t chain : chains_at(encounter)) {
      const auto& positions = chains_[chain].positions;
      if (std::any_of(positions.begin(), positions.end(), [&](const Position& p) { return runs_it(p.variant); })) {
        targets.push_back(chains_[chain].server);
      }
    }
  }
  std::string names;
  for (std::size_t i = 0; i < targets.size() && i < most_names; ++i) {
    names += (names.empty() ? "" : ", ") + name(targets[i]);
  }
  const std::size_t others = targets.size() - std::min(targets.size(), most_names);
  return others == 0 ? names : names + " and " + std::to_string(others) + " others";
}

std::string Recorder::why_put_there(const Step& copy) const {
  const std::string targets = targets_with(worked(copy.server), *copy.folder);
  if (!targets.empty()) return why_copied(server_with(copy.server), targets, *copy.folder);
  return "Folder " + to_string(*copy.folder) + " is kept on " + name(copy.server) +
         " for a front that needs it when nobody else holds it any more.";
}

std::string Recorder::why(StepIndex index) const {
  const Step& step = timed(index).step;
  switch (step.kind) {
    case StepKind::drain: return why_drained(step.server);
    case StepKind::upgrade:
      return why_upgraded(problem_.organisation, problem_.policy, step.server, *step.build, worked(step.server).hops);
    case StepKind::ensure_folder: return why_put_there(step);
    case StepKind::recycle: return why_loaded(server_with(step.server));
    case StepKind::return_to_service: break;
  }
  return why_returned(server_with(step.server));
}

void Recorder::make_steps() {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto index = id_at<StepIndex>(i);
    draft_.steps.push_back({steps_[i].step, why(index), steps_[i].step.server, {}});
  }
}

void Recorder::arrow(StepIndex first, StepIndex second, std::string reason, Purpose purpose) {
  auto& after = at(draft_.steps, second).after;
  const auto known = std::find_if(after.begin(), after.end(), [&](const DraftArrow& a) { return a.step == first; });
  if (known == after.end()) {
    after.push_back({first, std::move(reason), Force::chosen, purpose});
  } else if (purpose == Purpose::safety && known->purpose != Purpose::safety) {
    known->purpose = purpose;
    known->reason = std::move(reason);
  }
}

std::string Recorder::why_after(const Step& earlier, const Step& step) const {
  const Server& server = server_with(step.server);
  switch (earlier.kind) {
    case StepKind::drain: return reason_users_have_left(server);
    case StepKind::ensure_folder: return reason_folder_is_in_place();
    case StepKind::recycle: return reason_folders_are_loaded(server);
    case StepKind::return_to_service: return reason_serves_again(server);
    case StepKind::upgrade: break;
  }
  if (step.kind == StepKind::upgrade) return reason_level_is_there();
  if (step.kind == StepKind::ensure_folder) return reason_upgrade_may_remove_folders(server);
  return reason_upgrade_is_finished(server);
}

/// What it is for that two steps of a server, the second right after the first but for other copies, are not done the
/// other way round.
Purpose Recorder::purpose_of_order(std::size_t chain, std::size_t first, std::size_t second) {
  const Chain& own = chains_[chain];
  const StepKind earlier = timed(own.steps[first]).step.kind;
  const StepKind later = timed(own.steps[second]).step.kind;
  if (later == StepKind::drain) {
    return earlier != StepKind::upgrade && is_ailing(own.server) ? Purpose::mending : Purpose::service;
  }
  if (earlier == StepKind::return_to_service) return Purpose::service;
  const bool both_upgrade = earlier == StepKind::upgrade && later == StepKind::upgrade;
  if (earlier == StepKind::drain || later == StepKind::return_to_service || both_upgrade) return Purpose::safety;
  VariantId variant = problem_.variants.after(own.positions[first].variant, timed(own.steps[second]).step);
  for (std::size_t i = first; i < own.steps.size(); ++i) {
    const Step& step = timed(own.steps[i]).step;
    if (i != second && !moves_users(step.kind)) variant = problem_.variants.after(variant, step);
  }
  if (variant == own.positions.back().variant) return is_ailing(own.server) ? Purpose::mending : Purpose::service;
  Purpose purpose = Purpose::service;
  for (const Encounter& encounter : problem_.worked[own.worked].encounters) {
    const bool is_front = encounter.end == Encounter::End::front;
    const auto faults_as = [&](VariantId own_variant, VariantId other) {
      return problem_.meetings.faults(is_front ? own_variant : other, is_front ? other : own_variant);
    };
    const auto faults = [&](VariantId other) { return faults_as(variant, other); };
    // As it was found, the other end has left before: between the two steps the path would fail in the right order,
    // too.
    const Position& between = own.positions[first + 1];
    const auto has_left = [&](const Position& found) {
      return between.is_in_service && faults_as(between.variant, found.variant) != 0;
    };
    const ServerId fixed = is_front ? encounter.path.target : encounter.path.front;
    if (!encounter.other && faults(encounter.fixed) != 0 && is_in_service(fixed)) return Purpose::safety;
    for (const std::size_t other : chains_at(encounter)) {
      const Position& last = chains_[other].positions.back();
      if (last.is_in_service && faults(last.variant) != 0) return Purpose::safety;
      for (const Position& met : chains_[other].positions) {
        const bool has_left_before = &met == &chains_[other].positions.front() && has_left(met);
        if (!met.is_in_service || has_left_before) continue;
        const VariantId front = is_front ? variant : met.variant;
        const VariantId target = is_front ? met.variant : variant;
        if ((faults(met.variant) & ~excused_faults(encounter.path, front, target)) != 0) return Purpose::safety;
        if (faults(met.variant) != 0) purpose = Purpose::mending;
      }
    }
  }
  return purpose;
}

/// The steps of one server keep their order. Copies that follow each other may change places.
void Recorder::follow_chain(std::size_t chain) {
  const auto& steps = chains_[chain].steps;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const Step& step = timed(steps[i]).step;
    const bool copies = step.kind == StepKind::ensure_folder;
    for (std::size_t j = i; j-- > 0;) {
      const Step& earlier = timed(steps[j]).step;
      const bool both_copy = copies && earlier.kind == StepKind::ensure_folder;
      if (!both_copy) {
        arrow(steps[j], steps[i], why_after(earlier, step), purpose_of_order(chain, j, i));
      }
      if (!both_copy && earlier.kind != StepKind::ensure_folder) break;
    }
  }
}

std::string Recorder::reason_for(ServerId front, VariantId front_variant, ServerId target,
                                 VariantId target_variant) const {
  const auto fault = problem_.meetings.fault(front_variant, target_variant);
  const std::string meeting = name(front) + " with OWA version " + version(front_variant) + " must not proxy to " +
                              name(target) + " with " + version(target_variant);
  if (!fault || !fault->folder || fault->rule == RuleId::older_front) return meeting + ": it would be the older one";
  return meeting + " before it has loaded folder " + to_string(*fault->folder);
}

std::vector<Recorder::Pair> Recorder::ways_to_avoid(const Constellation& constellation) const {
  const auto& [front, front_position, target, target_position] = constellation;
  std::vector<Pair> ways;
  const auto add = [&](std::size_t left, std::size_t position, std::size_t entered, std::size_t entered_position) {
    if (position >= chains_[left].steps.size() || entered_position == 0) return;
    ways.push_back({chains_[left].steps[position], chains_[entered].steps[entered_position - 1]});
  };
  add(front, front_position, target, target_position);
  add(target, target_position, front, front_position);
  return ways;
}

/// Lets the step that ends one half of a constellation come before the step that begins the other half; false where the
/// schedule has neither order.
bool Recorder::avoid(const Constellation& constellation, const std::string& reason, Purpose purpose) {
  const auto ways = ways_to_avoid(constellation);
  const auto way =
      std::find_if(ways.begin(), ways.end(), [&](const Pair& pair) { return is_before(pair.first, pair.second); });
  if (way == ways.end()) return false;
  arrow(way->first, way->second, reason, purpose);
  avoided_.emplace_back(constellation, *way);
  return true;
}

bool Recorder::reaches(StepIndex first, StepIndex second, const Pair& without) const {
  std::vector<StepIndex> waiting{second};
  std::vector<bool> seen(draft_.steps.size());
  while (!waiting.empty()) {
    const StepIndex step = waiting.back();
    waiting.pop_back();
    for (const DraftArrow& arrow : at(draft_.steps, step).after) {
      if (arrow.step == without.first && step == without.second) continue;
      if (arrow.step == first) return true;
      if (!seen[arrow.step.value]) waiting.push_back(arrow.step);
      seen[arrow.step.value] = true;
    }
  }
  return false;
}

/// A constellation can be avoided in two ways, and arrows that are there for others may do it already.
void Recorder::drop_needless() {
  constexpr std::size_t most_arrows = 300;  // beyond, looking for them takes longer than it is worth
  if (avoided_.size() > most_arrows) return;
  for (const auto& [of, dropped] : avoided_) {
    auto& after = at(draft_.steps, dropped.second).after;
    const Pair& without = dropped;
    const bool needless = std::all_of(avoided_.begin(), avoided_.end(), [&](const auto& entry) {
      const auto ways = ways_to_avoid(entry.first);
      return std::any_of(ways.begin(), ways.end(),
                         [&](const Pair& way) { return reaches(way.first, way.second, without); });
    });
    if (needless) std::erase_if(after, [&](const DraftArrow& arrow) { return arrow.step == without.first; });
  }
}

void Recorder::keep_path(const Meeting& meeting) {
  const Chain& front = chains_[meeting.front];
  const Chain& target = chains_[meeting.target];
  for (std::size_t i = 0; i < front.positions.size(); ++i) {
    for (std::size_t j = 0; j < target.positions.size(); ++j) {
      const std::uint64_t faults = faults_in(meeting, i, j);
      if (faults == 0) continue;
      const std::uint64_t excused =
          excused_faults(meeting.path, front.positions[i].variant, target.positions[j].variant);
      const bool is_excused = (faults & ~excused) == 0;
      const auto better = works_before(meeting, i, j);
      const Purpose purpose = is_excused && better.empty() ? Purpose::mending : Purpose::safety;
      const std::string reason =
          reason_for(front.server, front.positions[i].variant, target.server, target.positions[j].variant);
      if (avoid({meeting.front, i, meeting.target, j}, reason, purpose)) continue;
      is_left_open_ = is_left_open_ || !is_excused;
      for (const Constellation& constellation : better) {
        const bool is_avoided = avoid(constellation, reason, Purpose::safety);
        is_left_open_ = is_left_open_ || (!is_avoided && problem_.policy.event46 == Event46::never);
      }
    }
  }
}

/// The readings under which users may meet Event 46 in these positions; none where an end is out of service.
std::uint64_t Recorder::faults_in(const Meeting& meeting, std::size_t front_position, std::size_t target_position) {
  const Position& front = chains_[meeting.front].positions[front_position];
  const Position& target = chains_[meeting.target].positions[target_position];
  if (!front.is_in_service || !target.is_in_service) return 0;
  return problem_.meetings.faults(front.variant, target.variant);
}

/// Where the path works, before it gets into these positions, under a reading under which it fails in them. What has
/// worked must not fail again.
std::vector<Recorder::Constellation> Recorder::works_before(const Meeting& meeting, std::size_t front_position,
                                                            std::size_t target_position) {
  std::vector<Constellation> all;
  const std::uint64_t faults = faults_in(meeting, front_position, target_position);
  for (std::size_t i = 0; i <= front_position; ++i) {
    for (std::size_t j = 0; j <= target_position; ++j) {
      const bool both_serve =
          chains_[meeting.front].positions[i].is_in_service && chains_[meeting.target].positions[j].is_in_service;
      if (both_serve && (faults & ~faults_in(meeting, i, j)) != 0) {
        all.push_back({meeting.front, i, meeting.target, j});
      }
    }
  }
  return all;
}

/// The source holds the folder when the copy begins.
void Recorder::keep_source(StepIndex ensure) {
  const Step& step = timed(ensure).step;
  if (step.kind != StepKind::ensure_folder) return;
  const auto source = at(chain_of_, step.sources.front());
  if (!source) return;
  const Chain& chain = chains_[*source];
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    const bool before = problem_.variants.surely_holds(chain.positions[i].variant, *step.folder);
    const bool after = problem_.variants.surely_holds(chain.positions[i + 1].variant, *step.folder);
    if (before == after) continue;
    const Server& holder = server_with(step.sources.front());
    if (after && is_before(chain.steps[i], ensure)) {
      arrow(chain.steps[i], ensure, reason_source_gets_folder(holder, *step.folder), Purpose::safety);
    }
    if (before && is_before(ensure, chain.steps[i])) {
      arrow(ensure, chain.steps[i], reason_source_loses_folder(holder, *step.folder), Purpose::safety);
    }
  }
}

void Recorder::keep_before(std::size_t chain) {
  const auto upgrades = [&](std::size_t of) {
    std::vector<StepIndex> steps = chains_[of].steps;
    std::erase_if(steps, [&](StepIndex step) { return timed(step).step.kind != StepKind::upgrade; });
    return steps;
  };
  const auto own = upgrades(chain);
  for (const std::size_t before : problem_.worked[chains_[chain].worked].upgraded_before) {
    const std::size_t first = chain_of(problem_.worked[before].members.front());
    const auto earlier = upgrades(first);
    if (own.empty() || earlier.empty()) continue;
    arrow(earlier.back(), own.front(),
          reason_of_order(problem_.organisation, problem_.policy, chains_[first].server, chains_[chain].server),
          Purpose::policy);
  }
}

}  // namespace

std::optional<Draft> recorded(Problem& problem, const std::vector<TimedStep>& steps) {
  return Recorder(problem, steps).run();
}

std::optional<Plan> recorded_plan(Problem& problem, const std::vector<TimedStep>& steps) {
  auto draft = recorded(problem, steps);
  if (!draft) return std::nullopt;
  std::vector<Schedule> schedules;
  std::vector<StepIndex> order;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    schedules.push_back(steps[i].schedule);
    order.push_back(id_at<StepIndex>(i));
  }
  if (keep_in_service_in_every_order(problem.organisation, problem.policy, *draft, schedules)) return std::nullopt;
  return assemble(std::move(*draft), schedules, order);
}

}  // namespace casplan::planner
