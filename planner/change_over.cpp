#include "planner/change_over.h"

#include <algorithm>
#include <numeric>

#include "model/contracts.h"
#include "planner/arrangement.h"
#include "planner/bounds.h"
#include "planner/loads.h"
#include "planner/relations.h"
#include "planner/search/problem.h"
#include "planner/search/recorded.h"
#include "planner/unavailable_bound.h"
#include "planner/v_shape.h"

namespace casplan::planner {
namespace {

constexpr std::size_t most_changes = 2'500;
constexpr std::size_t most_paths = 40'000;

/// What becomes of targets that do not change at the moment of the change-over.
enum class Waiting {
  out_of_service,  ///< nobody meets Event 46
  in_service,      ///< their users may
};

/// What a server is in a change-over.
enum class Part {
  none,     ///< it does not change
  carried,  ///< others carry its users, so it may wait out of service
  centre,   ///< a front that nobody stands in for
  target,   ///< likewise, no front of paths that break
  free,     ///< it breaks no path where it changes after the moment
};

/// The changing servers, in the order of their upgrades; places in `Problem::worked`.
struct Sequence {
  std::vector<std::size_t> early;   ///< before the moment
  std::vector<std::size_t> centre;  ///< at the moment, which lasts as long as these
  std::vector<std::size_t> late;    ///< after the moment
};

class Planner {
 public:
  Planner(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : problem_(organisation, policy, changes, Problem::Herds::apart) {}

  [[nodiscard]] std::optional<Plan> run() {
    if (!is_possible_without_copies()) return std::nullopt;
    find_parts();
    find_users();
    consider(around_the_centre(Counting::distances), Waiting::out_of_service);
    if (problem_.policy.event46 == Event46::minimise) {
      consider(around_the_centre(Counting::distances_and_returns), Waiting::out_of_service);
      consider(around_the_centre(Counting::distances), Waiting::in_service);
      consider(in_line(), Waiting::in_service);
    }
    if (best_.empty()) return std::nullopt;
    return recorded_plan(problem_, best_);
  }

 private:
  [[nodiscard]] ServerId server(std::size_t worked) const { return problem_.worked[worked].members.front(); }
  [[nodiscard]] std::int64_t minutes(std::size_t worked) const {
    const auto& hops = problem_.worked[worked].minutes;
    return std::accumulate(hops.begin(), hops.end(), std::int64_t{0});
  }
  [[nodiscard]] bool is_possible_without_copies();
  [[nodiscard]] bool is_carried(ServerId server) const;
  [[nodiscard]] Part part_of(std::size_t worked);
  void find_early_part(const std::vector<ServerId>& pool);
  void find_parts();
  void find_users();
  [[nodiscard]] std::int64_t users_between(ServerId front, ServerId target) const;
  [[nodiscard]] bool fails(const Encounter& encounter, std::size_t worked, bool front_has_changed);
  enum class Counting { distances, distances_and_returns };
  [[nodiscard]] Sequence around_the_centre(Counting counting) const;
  [[nodiscard]] Sequence in_line();
  void consider(const Sequence& sequence, Waiting waiting);

  Problem problem_;
  std::vector<Part> parts_;               // by worked server
  std::vector<std::size_t> early_parts_;  // of servers that carry each other's users
  std::vector<std::size_t> late_parts_;
  std::vector<std::size_t> centre_;
  std::vector<std::size_t> targets_;
  std::vector<std::size_t> free_;
  Line line_;  // of the centre, then the targets, then the moment of the change-over
  std::vector<TimedStep> best_;
  std::vector<std::int64_t> cost_of_best_;
};

/// Whether every path works today, and in the end, whatever is read.
bool Planner::is_possible_without_copies() {
  const auto works = [&](const Worked& worked, const Encounter& encounter) {
    const VariantId other = encounter.other ? problem_.worked[*encounter.other].after : encounter.fixed;
    const bool is_front = encounter.end == Encounter::End::front;
    return problem_.meetings.works(is_front ? worked.after : other, is_front ? other : worked.after);
  };
  return problem_.ailing_paths == 0 &&
         std::all_of(problem_.worked.begin(), problem_.worked.end(), [&](const Worked& worked) {
           return std::all_of(worked.encounters.begin(), worked.encounters.end(),
                              [&](const Encounter& encounter) { return works(worked, encounter); });
         });
}

/// Whether the path of a worked server fails while one end has changed: under any reading where none may fail, else
/// under the one that counts.
bool Planner::fails(const Encounter& encounter, std::size_t worked, bool front_has_changed) {
  if (!encounter.other) return false;
  const bool is_front = encounter.end == Encounter::End::front;
  const Worked& front = problem_.worked[is_front ? worked : *encounter.other];
  const Worked& target = problem_.worked[is_front ? *encounter.other : worked];
  const auto faults = front_has_changed ? problem_.meetings.faults(front.after, target.before)
                                        : problem_.meetings.faults(front.before, target.after);
  const std::uint64_t counting = problem_.policy.event46 == Event46::never ? ~std::uint64_t{0} : 1;
  return (faults & counting) != 0;
}

/// Whether others are in service for all its users: at each entry point, and in its site.
bool Planner::is_carried(ServerId server) const {
  const Organisation& organisation = problem_.organisation;
  const auto is_alone = [&](const std::vector<ServerId>& servers) {
    return servers.size() == 1 && servers.front() == server;
  };
  const auto& site = at(organisation.servers, server).site;
  const bool has_mailboxes = site && at(organisation.sites, *site).mailboxes != 0;
  if (has_mailboxes && is_alone(in_service(organisation, client_access_servers(organisation, *site)))) return false;
  return std::none_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                      [&](const EntryPoint& entry) { return is_alone(in_service(organisation, entry.fronts)); });
}

Part Planner::part_of(std::size_t worked) {
  const Worked& server = problem_.worked[worked];
  if (server.hops.empty()) return Part::none;
  if (server.was_in_service && is_carried(server.members.front())) return Part::carried;
  const auto breaks_as = [&](Encounter::End end, const std::vector<bool>& when_front_has_changed) {
    return std::any_of(server.encounters.begin(), server.encounters.end(), [&](const Encounter& encounter) {
      return encounter.end == end && std::any_of(when_front_has_changed.begin(), when_front_has_changed.end(),
                                                 [&](bool changed) { return fails(encounter, worked, changed); });
    });
  };
  if (breaks_as(Encounter::End::front, {true, false})) return Part::centre;
  return breaks_as(Encounter::End::target, {true}) ? Part::target : Part::free;
}

/// One of the pool changes early, if none does yet.
void Planner::find_early_part(const std::vector<ServerId>& pool) {
  std::optional<std::size_t> first;
  for (const ServerId id : pool) {
    const auto worked = problem_.worked_with(id);
    if (!worked || parts_[*worked] != Part::carried) return;
    if (std::find(early_parts_.begin(), early_parts_.end(), *worked) != early_parts_.end()) return;
    if (!first) first = worked;
  }
  if (first) early_parts_.push_back(*first);
}

void Planner::find_parts() {
  const Organisation& organisation = problem_.organisation;
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) parts_.push_back(part_of(i));
  for (const EntryPoint& entry : organisation.entry_points) find_early_part(in_service(organisation, entry.fronts));
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    find_early_part(in_service(organisation, client_access_servers(organisation, id_at<SiteId>(i))));
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const bool is_early = std::find(early_parts_.begin(), early_parts_.end(), i) != early_parts_.end();
    if (parts_[i] == Part::carried && !is_early) late_parts_.push_back(i);
    if (parts_[i] == Part::centre) centre_.push_back(i);
    if (parts_[i] == Part::target) targets_.push_back(i);
    if (parts_[i] == Part::free) free_.push_back(i);
  }
}

/// In hundredths, as they were found.
std::int64_t Planner::users_between(ServerId front, ServerId target) const {
  const Organisation& organisation = problem_.organisation;
  const SiteId site = *at(organisation.servers, target).site;
  const auto served = in_service(organisation, client_access_servers(organisation, site));
  std::int64_t share = 0;
  for (const EntryPoint& entry : organisation.entry_points) {
    const auto fronts = in_service(organisation, entry.fronts);
    const bool is_one = std::find(fronts.begin(), fronts.end(), front) != fronts.end();
    if (is_one) share += entry.share.value_or(1) * percent / static_cast<std::int64_t>(fronts.size());
  }
  const auto targets = static_cast<std::int64_t>(std::max<std::size_t>(1, served.size()));
  return at(organisation.sites, site).mailboxes.value_or(1) * share / percent / targets;
}

/// The ties of the line. Servers that carry each other's users go over at its moment.
void Planner::find_users() {
  std::vector<std::optional<std::size_t>> place(problem_.worked.size());
  const auto add = [&](std::size_t worked) {
    place[worked] = line_.minutes.size();
    line_.minutes.push_back(minutes(worked));
  };
  std::for_each(centre_.begin(), centre_.end(), add);
  std::for_each(targets_.begin(), targets_.end(), add);
  const std::size_t moment = line_.minutes.size();
  line_.minutes.push_back(0);
  for (const auto* parts : {&early_parts_, &late_parts_}) {
    for (const std::size_t part : *parts) place[part] = moment;
  }
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) {
    for (const Encounter& encounter : problem_.worked[i].encounters) {
      if (encounter.end != Encounter::End::front || !encounter.other) continue;
      if (!place[i] || !place[*encounter.other] || place[i] == place[*encounter.other]) continue;
      const std::int64_t users = users_between(encounter.path.front, encounter.path.target);
      line_.ties.push_back({*place[i], *place[*encounter.other], fails(encounter, i, true) ? users : 0,
                            fails(encounter, i, false) ? users : 0});
    }
  }
}

/// Without what it takes to wait out of service, or with it.
Sequence Planner::around_the_centre(Counting counting) const {
  const Organisation& organisation = problem_.organisation;
  const auto users_at = [&](std::size_t worked) {
    const auto& site = at(organisation.servers, server(worked)).site;
    return site ? at(organisation.sites, *site).mailboxes.value_or(1) : 0;
  };
  VExtras extras;
  for (const std::size_t front : centre_) extras.waiting += users_at(front);
  std::vector<VJob> jobs;
  for (const std::size_t target : targets_) jobs.push_back({users_at(target), minutes(target)});
  const bool have_one_length =
      std::all_of(jobs.begin(), jobs.end(), [&](const VJob& job) { return job.minutes == jobs.front().minutes; });
  if (counting == Counting::distances_and_returns && have_one_length) {
    extras.apart = problem_.policy.durations.return_to_service.count();
    extras.lead = problem_.policy.durations.drain.count();
  }
  const VShape shape = v_shape(jobs, extras);
  Sequence sequence{early_parts_, centre_, {}};
  for (const std::size_t job : shape.before) sequence.early.push_back(targets_[job]);
  for (const std::size_t job : shape.after) sequence.late.push_back(targets_[job]);
  sequence.late.insert(sequence.late.end(), free_.begin(), free_.end());
  sequence.late.insert(sequence.late.end(), late_parts_.begin(), late_parts_.end());
  return sequence;
}

/// Every server has its own place in the line.
Sequence Planner::in_line() {
  const Sequence start = around_the_centre(Counting::distances);
  std::vector<std::size_t> worked = centre_;
  worked.insert(worked.end(), targets_.begin(), targets_.end());
  const std::size_t moment = worked.size();
  std::vector<std::size_t> order;
  const auto add = [&](const std::vector<std::size_t>& part) {
    for (const std::size_t one : part) {
      const auto found = std::find(worked.begin(), worked.end(), one);
      if (found != worked.end()) order.push_back(static_cast<std::size_t>(found - worked.begin()));
    }
  };
  add(start.early);
  add(start.centre);
  order.push_back(moment);
  add(start.late);
  order = improved(line_, std::move(order));
  Sequence sequence{early_parts_, {}, {}};
  bool is_early = true;
  for (const std::size_t job : order) {
    if (job == moment) {
      is_early = false;
    } else {
      (is_early ? sequence.early : sequence.late).push_back(worked[job]);
    }
  }
  sequence.late.insert(sequence.late.end(), free_.begin(), free_.end());
  sequence.late.insert(sequence.late.end(), late_parts_.begin(), late_parts_.end());
  return sequence;
}

/// Puts steps into a plan's time, which begins with the first drain or upgrade.
class Timetable {
 public:
  Timetable(const Problem& problem, const std::vector<Part>& parts, const Sequence& sequence, Waiting waiting)
      : problem_(problem),
        parts_(parts),
        waiting_(waiting),
        drain_(problem.policy.durations.drain.count()),
        return_(problem.policy.durations.return_to_service.count()) {
    for (const std::size_t worked : sequence.early) begin_ += minutes(worked);
    end_ = begin_;
    for (const std::size_t worked : sequence.centre) end_ += minutes(worked);
    const bool one_stays = sequence.centre.size() == 1 && !is_always_drained(sequence.centre.front());
    const std::int64_t leave = is_strict() && one_stays ? begin_ : end_;
    const std::int64_t back = is_strict() ? end_ : end_ - return_;
    for (const std::size_t worked : sequence.early) {
      const std::int64_t ends = clock_ + minutes(worked);
      const bool is_right_before = !is_strict() && (ends == end_ || (ends == begin_ && one_stays));
      add(worked, {waits(worked) && !is_right_before, clock_, back});
    }
    for (const std::size_t worked : sequence.centre) {
      const bool stays = is_strict() ? one_stays : worked == sequence.centre.back();
      add(worked, {waits(worked) && !stays, clock_, back});
    }
    for (const std::size_t worked : sequence.late) {
      const bool is_right_after = !is_strict() && clock_ == end_;
      add(worked, {waits(worked) && !is_right_after, leave, clock_});
    }
  }

  [[nodiscard]] std::vector<TimedStep> steps() && {
    std::int64_t first = 0;
    for (const Timed& step : steps_) first = std::min(first, step.start);
    std::stable_sort(steps_.begin(), steps_.end(), [](const Timed& a, const Timed& b) { return a.start < b.start; });
    std::vector<TimedStep> timed;
    for (Timed& each : steps_) {
      const Moment start = problem_.policy.start + Minutes(each.start - first);
      timed.push_back({std::move(each.step), {start, start + Minutes(each.length)}});
    }
    return timed;
  }

 private:
  struct Timed {
    Step step;
    std::int64_t start;
    std::int64_t length;
  };

  /// Whether the plan has to be safe in every order.
  [[nodiscard]] bool is_strict() const { return problem_.policy.event46 == Event46::never; }
  [[nodiscard]] std::int64_t minutes(std::size_t worked) const {
    const auto& hops = problem_.worked[worked].minutes;
    return std::accumulate(hops.begin(), hops.end(), std::int64_t{0});
  }
  /// Whether it stays out until the change-over, or from it on.
  [[nodiscard]] bool waits(std::size_t worked) const {
    if (parts_[worked] == Part::carried) return true;
    const bool may_wait = parts_[worked] != Part::free && problem_.worked[worked].was_in_service;
    return waiting_ == Waiting::out_of_service && may_wait;
  }
  /// For its own upgrade, whatever the others do.
  [[nodiscard]] bool is_always_drained(std::size_t worked) const {
    const Worked& server = problem_.worked[worked];
    const bool serves_between_hops = is_strict() && server.hops.size() > 1 && server.was_in_service;
    return server.must_be_drained || serves_between_hops;
  }

  /// When a server is out of service besides its upgrade.
  struct Wait {
    bool is_needed;
    std::int64_t from;
    std::int64_t until;
  };

  void add(std::size_t worked, const Wait& wait) {
    const bool is_drained = wait.is_needed || is_always_drained(worked);
    if (is_drained) add(StepKind::drain, worked, (wait.is_needed ? wait.from : clock_) - drain_, drain_);
    const Worked& server = problem_.worked[worked];
    for (std::size_t hop = 0; hop < server.hops.size(); ++hop) {
      add(StepKind::upgrade, worked, clock_, server.minutes[hop]);
      steps_.back().step.build = server.hops[hop];
      clock_ += server.minutes[hop];
    }
    const std::int64_t until = wait.is_needed ? std::max(wait.until, clock_) : clock_;
    if (is_drained) add(StepKind::return_to_service, worked, until, return_);
  }
  void add(StepKind kind, std::size_t worked, std::int64_t start, std::int64_t length) {
    steps_.push_back({{kind, problem_.worked[worked].members.front(), std::nullopt, std::nullopt, {}}, start, length});
  }

  const Problem& problem_;
  const std::vector<Part>& parts_;
  Waiting waiting_;
  std::int64_t drain_;
  std::int64_t return_;
  std::int64_t clock_ = 0;
  std::int64_t begin_ = 0;  // of the change-over
  std::int64_t end_ = 0;
  std::vector<Timed> steps_;
};

void Planner::consider(const Sequence& sequence, Waiting waiting) {
  std::vector<TimedStep> steps = Timetable(problem_, parts_, sequence, waiting).steps();
  if (!keeps_limits(problem_.policy, steps)) return;
  const auto measures = measured(problem_.organisation, problem_.policy, steps);
  expects(measures.has_value(), "a change-over can be carried out");
  auto cost = cost_of(*measures, problem_.policy);
  if (!best_.empty() && cost_of_best_ <= cost) return;
  best_ = std::move(steps);
  cost_of_best_ = std::move(cost);
}

}  // namespace

std::optional<Plan> change_over_plan(const Organisation& organisation, const Policy& policy, const Changes& changes) {
  const bool is_limited = !policy.windows.empty() || !policy.before.empty() ||
                          policy.roles != UpgradedRoles::client_access || policy.min_in_service != MinInService{};
  const bool is_too_large = changes.size() > most_changes || version_paths(organisation).size() > most_paths;
  if (is_limited || is_too_large || changes.empty()) return std::nullopt;
  return Planner(organisation, policy, changes).run();
}

}  // namespace casplan::planner
