#include "planner/relay_schedule.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "planner/crew_times.h"

namespace casplan::planner {
namespace {

/// How far a site's first changes have come.
struct SiteProgress {
  const RelaySite* site = nullptr;
  std::size_t next = 0;             // of the site's first ones
  std::multiset<Moment> may_leave;  // one moment for each server that may be out at a time
  std::optional<Moment> served;     // since when a changed one serves

  [[nodiscard]] bool is_done() const { return next == site->first.size(); }
  [[nodiscard]] const ServerWork& work() const { return site->first[next]; }
};

/// A server that is out, and comes back when all targets have changed.
struct HeldOut {
  const ServerWork* work;
  Moment ready;
};

class Scheduler {
 public:
  Scheduler(const Policy& policy, const Relay& relay, const RelayOrder& order)
      : policy_(policy),
        relay_(relay),
        order_(order),
        crews_(policy.crews),
        begin_(policy.start),
        gate_(begin_),
        targets_changed_(begin_) {}

  std::optional<std::vector<TimedStep>> run() {
    if (!change_first_fronts()) return std::nullopt;
    hand_over();
    change_targets();
    for (const HeldOut& front : to_return_) {
      add(StepKind::return_to_service, *front.work, std::max(front.ready, targets_changed_), back_);
    }
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const TimedStep& a, const TimedStep& b) { return a.schedule.start < b.schedule.start; });
    return std::move(steps_);
  }

 private:
  void add(StepKind kind, const ServerWork& work, Moment start, Minutes length) {
    add_step(steps_, kind, work, {start, start + length});
  }

  /// The upgrade and the folders, from a moment on at which a crew is free; the moment at which the server is ready.
  Moment work_on(const ServerWork& work, Moment start) {
    crews_.add({start, start + work_lengths(policy_, work).crewed});
    return add_work(steps_, policy_, work, start);
  }

  [[nodiscard]] Moment crew_from(const ServerWork& work, Moment moment) {
    return crews_.earliest(moment, work_lengths(policy_, work).crewed);
  }
  /// When others may leave, where one serves from this moment on: where the policy asks for none, a drain may end then.
  [[nodiscard]] Moment leaving_after(const RelaySite& site, Moment serving) const {
    return site.keeps_service ? serving : std::max(begin_, serving - drain_);
  }
  [[nodiscard]] SiteProgress begun(const RelaySite& site) const {
    SiteProgress progress;
    progress.site = &site;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, site.most_out); ++i) progress.may_leave.insert(begin_);
    return progress;
  }

  bool change_first_fronts();
  bool change_first_front(SiteProgress& progress);
  void hand_over();
  void hold_out(const RelaySite& site, Moment start);
  void return_waiting(std::size_t site, Moment start);
  [[nodiscard]] Moment start_of(const SiteProgress& progress);
  [[nodiscard]] std::int64_t urgency(const SiteProgress& progress) const;
  void change_targets();
  void change_target(SiteProgress& progress, Moment start);

  const Policy& policy_;
  const Relay& relay_;
  const RelayOrder& order_;
  CrewTimes crews_;
  Moment begin_;
  Moment gate_;             // no target comes back changed before this
  Moment targets_changed_;  // none is in service unchanged after this
  Minutes drain_ = policy_.durations.drain;
  Minutes back_ = policy_.durations.return_to_service;
  std::vector<Moment> ready_;                  // by front site: when its first ones serve, or could
  std::vector<std::vector<HeldOut>> waiting_;  // by front site: those of its first ones that could
  std::vector<HeldOut> rear_;                  // in the order in which they were drained
  std::vector<HeldOut> to_return_;
  std::vector<TimedStep> steps_;
};

/// The sites take turns.
bool Scheduler::change_first_fronts() {
  std::vector<SiteProgress> all;
  for (const RelaySite& site : relay_.fronts) all.push_back(begun(site));
  ready_.assign(all.size(), begin_);
  waiting_.resize(all.size());
  for (bool is_done = false; !is_done;) {
    is_done = true;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].is_done()) continue;
      if (!change_first_front(all[i])) return false;
      is_done = false;
    }
  }
  return true;
}

bool Scheduler::change_first_front(SiteProgress& progress) {
  const RelaySite& site = *progress.site;
  const auto place = static_cast<std::size_t>(&site - relay_.fronts.data());
  const ServerWork& work = site.first[progress.next++];
  if (progress.may_leave.empty()) return false;
  const Moment leaves = *progress.may_leave.begin();
  progress.may_leave.erase(progress.may_leave.begin());
  const Minutes drain = work_lengths(policy_, work).drain;
  const Moment start = crew_from(work, leaves + drain);
  if (work.is_drained) add(StepKind::drain, work, start - drain, drain);
  const Moment ready = work_on(work, start);
  if (site.waits_for_rears) {
    waiting_[place].push_back({&work, ready});
    ready_[place] = std::max(ready_[place], ready);
    return true;
  }
  if (work.is_drained) add(StepKind::return_to_service, work, ready, back_);
  const Moment serving = ready + work_lengths(policy_, work).coming_back;
  progress.may_leave.insert(leaving_after(site, serving));
  ready_[place] = std::max(ready_[place], serving);
  return true;
}

void Scheduler::hold_out(const RelaySite& site, Moment start) {
  for (const ServerWork& work : site.rear) {
    add(StepKind::drain, work, start, drain_);
    rear_.push_back({&work, start + drain_});
  }
  gate_ = std::max(gate_, start + drain_);
}

void Scheduler::return_waiting(std::size_t site, Moment start) {
  for (const HeldOut& front : waiting_[site]) add(StepKind::return_to_service, *front.work, start, back_);
}

/// The rears go out. Sites that wait for that follow: all at once, or one before the others, whose own rears stay until
/// its first ones serve.
void Scheduler::hand_over() {
  std::vector<std::size_t> waiting;
  Moment ready = begin_ + drain_;
  for (std::size_t i = 0; i < relay_.fronts.size(); ++i) {
    const RelaySite& site = relay_.fronts[i];
    if (site.waits_for_rears) {
      waiting.push_back(i);
      ready = std::max(ready, ready_[i]);
    } else {
      hold_out(site, leaving_after(site, ready_[i]));
    }
  }
  if (waiting.empty()) return;
  ready = std::max(ready, gate_);
  if (!order_.one_site_leads && waiting.size() > 1) {
    for (const std::size_t site : waiting) hold_out(relay_.fronts[site], ready - drain_);
    for (const std::size_t site : waiting) return_waiting(site, ready);
    return;
  }
  const auto leader = *std::max_element(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
    return relay_.fronts[a].users < relay_.fronts[b].users;
  });
  for (const std::size_t site : waiting) {
    if (site != leader) hold_out(relay_.fronts[site], ready - drain_);
  }
  return_waiting(leader, ready);
  hold_out(relay_.fronts[leader], ready + back_ - drain_);
  for (const std::size_t site : waiting) {
    if (site != leader) return_waiting(site, ready + back_);
  }
}

Moment Scheduler::start_of(const SiteProgress& progress) {
  const ServerWork& work = progress.work();
  return crew_from(work, work.is_drained ? *progress.may_leave.begin() + drain_ : gate_);
}

/// The users whom a change brings, for its time; or how long the site still takes.
std::int64_t Scheduler::urgency(const SiteProgress& progress) const {
  const RelaySite& site = *progress.site;
  const std::size_t left = site.first.size() - progress.next;
  const std::int64_t length = progress.work().upgrade_length.count();
  if (order_.long_chains_first)
    return static_cast<std::int64_t>(left / std::max<std::size_t>(1, site.most_out)) * length;
  return progress.served && !site.keeps_service ? 0 : site.users * 100 / length;
}

/// Who can start first is next; of several the most urgent, and the rears of the fronts after all of them.
void Scheduler::change_targets() {
  std::vector<SiteProgress> all;
  for (const RelaySite& site : relay_.targets) all.push_back(begun(site));
  std::size_t next_rear = 0;
  for (;;) {
    SiteProgress* next = nullptr;
    std::tuple<Moment, std::int64_t> rank;
    for (SiteProgress& progress : all) {
      if (progress.is_done()) continue;
      const std::tuple own(start_of(progress), -urgency(progress));
      if (next == nullptr || own < rank) std::tie(next, rank) = std::tuple(&progress, own);
    }
    if (next_rear < rear_.size() && (next == nullptr || !order_.rears_last)) {
      const auto& [work, out] = rear_[next_rear];
      const Moment start = crew_from(*work, out);
      if (next == nullptr || start < std::get<Moment>(rank)) {
        to_return_.push_back({work, work_on(*work, start)});
        ++next_rear;
        continue;
      }
    }
    if (next == nullptr) return;
    change_target(*next, std::get<Moment>(rank));
  }
}

/// Once a changed one serves in the site, the others are drained as soon as they may leave.
void Scheduler::change_target(SiteProgress& progress, Moment start) {
  const RelaySite& site = *progress.site;
  const ServerWork& work = site.first[progress.next++];
  if (!work.is_drained) {
    targets_changed_ = std::max(targets_changed_, work_on(work, start));
    return;
  }
  const Moment leaves = *progress.may_leave.begin();
  progress.may_leave.erase(progress.may_leave.begin());
  const Moment drain = progress.served && leaves >= *progress.served - drain_ ? leaves : start - drain_;
  add(StepKind::drain, work, drain, drain_);
  targets_changed_ = std::max(targets_changed_, drain + drain_);
  const Moment back = std::max(work_on(work, start), gate_);
  add(StepKind::return_to_service, work, back, back_);
  progress.may_leave.insert(leaving_after(site, back + back_));
  progress.served = std::min(progress.served.value_or(back + back_), back + back_);
}

}  // namespace

std::optional<std::vector<TimedStep>> scheduled(const Policy& policy, const Relay& relay, const RelayOrder& order) {
  return Scheduler(policy, relay, order).run();
}

}  // namespace casplan::planner
