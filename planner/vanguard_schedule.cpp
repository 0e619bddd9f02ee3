#include "planner/vanguard_schedule.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "planner/amount.h"

namespace casplan::planner {
namespace {

/// A server that waits for its upgrade, out of service since `ready`.
struct Waiting {
  const ServerWork* work;
  Moment ready;
  bool is_front = false;  ///< it comes back when all targets have changed
};

/// Servers with the same open time that are drained, or are not: the first ones of their sites apart from the others.
struct Queue {
  const Calendar* calendar;
  bool is_drained;
  std::vector<const SiteWork*> first;  ///< the most urgent one first
  std::size_t next_first = 0;
  std::vector<Waiting> rear;  ///< in the order in which they were drained
  std::size_t next_rear = 0;

  [[nodiscard]] const SiteWork& head() const { return *first[next_first]; }
  [[nodiscard]] bool has_first() const { return next_first < first.size(); }
  [[nodiscard]] bool has_rear() const { return next_rear < rear.size(); }
};

/// A crew, or the time of one before work that is placed already.
struct Crew {
  Moment free;
  Moment until = Moment::max();

  friend auto operator<=>(const Crew&, const Crew&) = default;
};

class Scheduler {
 public:
  Scheduler(const Policy& policy, const Vanguard& vanguard, Moment begin)
      : policy_(policy), vanguard_(vanguard), begin_(begin), gate_(begin), targets_changed_(begin) {
    for (int crew = 0; crew < policy.crews; ++crew) crews_.insert({begin});
  }

  std::optional<VanguardSchedule> run() {
    if (!place_fronts() || !place_targets() || !return_fronts()) return std::nullopt;
    auto& steps = schedule_.steps;
    std::stable_sort(steps.begin(), steps.end(),
                     [](const TimedStep& a, const TimedStep& b) { return a.schedule.start < b.schedule.start; });
    schedule_.begin = steps.front().schedule.start;
    for (const TimedStep& step : steps) schedule_.end = std::max(schedule_.end, step.schedule.end);
    for (const auto& [users, end] : served_) schedule_.lag += users * (end - schedule_.begin).count();
    return std::move(schedule_);
  }

 private:
  void add(StepKind kind, const ServerWork& work, Moment start, Minutes length) {
    add_step(schedule_.steps, kind, work, {start, start + length});
  }

  /// A crew that is free from some moment on; of those that are free then the last, so that others keep the time
  /// before. What it has left before that may be used.
  [[nodiscard]] Moment take_crew_for_front(Moment start) {
    const auto is_whole = [](const Crew& crew) { return crew.until == Moment::max(); };
    auto crew = std::find_if(crews_.begin(), crews_.end(), is_whole);
    for (auto other = crew; other != crews_.end() && other->free <= start; ++other) {
      if (is_whole(*other)) crew = other;
    }
    const Moment free = std::max(start, crew->free);
    if (crew->free < free) crews_.insert({crew->free, free});
    crews_.erase(crew);
    return free;
  }

  /// The upgrade and the folders; the moment at which the server is ready to come back.
  Moment work_on(const ServerWork& work, Moment start, Moment until) {
    crews_.insert({start + work_lengths(policy_, work).crewed, until});
    return add_work(schedule_.steps, policy_, work, start);
  }

  [[nodiscard]] bool place_fronts();
  [[nodiscard]] std::vector<std::size_t> fronts_by_time(bool only) const;
  [[nodiscard]] bool place_front(std::size_t front, Moment not_before);
  [[nodiscard]] bool hold_rear_out(const EntryWork& entry);
  [[nodiscard]] bool place_targets();
  [[nodiscard]] std::optional<Moment> start_of(const ServerWork& work, Moment not_before) const;
  [[nodiscard]] std::optional<Moment> drain_before(const Calendar& calendar, Moment moment) const;
  [[nodiscard]] bool place_first(Queue& queue, Moment start, Moment until);
  [[nodiscard]] bool place_waiting(const SiteWork& site);
  [[nodiscard]] bool bring_waiting_back();
  [[nodiscard]] std::optional<Moment> begin_site(const SiteWork& site, Moment start, Moment until);
  [[nodiscard]] bool end_site(const SiteWork& site, Moment ready);
  void serve(UserCount users, Moment serving);
  [[nodiscard]] bool hold_out(const ServerWork& work, Moment serving);
  [[nodiscard]] bool place_rear(Queue& queue, Moment start, Moment until);
  [[nodiscard]] bool return_fronts();
  void count_hidden(const ServerWork& work, Moment start, Moment end);
  void count_wait(const ServerWork& work, Moment ready);
  Queue& queue_of(const ServerWork& work);

  const Policy& policy_;
  const Vanguard& vanguard_;
  Moment begin_;
  Moment gate_;                              // no target comes back changed before this
  Moment targets_changed_;                   // none is in service unchanged after this
  std::multiset<Crew> crews_;                // without those at work
  std::map<std::size_t, Schedule> outages_;  // of the first fronts
  std::vector<Queue> queues_;
  std::vector<Waiting> fronts_to_return_;
  std::vector<std::pair<const SiteWork*, Moment>> waiting_;  // when they are ready, for the only fronts
  std::vector<std::pair<std::int64_t, Moment>> served_;      // hundredths of users
  VanguardSchedule schedule_;
};

/// Those whose users others carry go first; then the only ones, together.
bool Scheduler::place_fronts() {
  for (const bool only : {false, true}) {
    Moment gate = gate_;
    if (only && !std::all_of(vanguard_.ahead.begin(), vanguard_.ahead.end(),
                             [&](const SiteWork& site) { return place_waiting(site); })) {
      return false;
    }
    const auto fronts = fronts_by_time(only);
    for (const std::size_t front : fronts) {
      const ServerWork& work = vanguard_.fronts[front];
      const Minutes drain = work_lengths(policy_, work).drain;
      if (only && front == fronts.back() && vanguard_.between && !place_waiting(*vanguard_.between)) return false;
      // A crew that is alone does one thing after the other anyway.
      const bool is_together = only && policy_.crews > 1;
      if (!place_front(front, is_together ? std::max(begin_, gate_ - drain) : begin_)) return false;
      const Schedule& outage = outages_.at(front);
      gate = std::max(gate, only && work.is_drained ? outage.start : outage.end);
    }
    gate_ = gate;
    for (const EntryWork& entry : vanguard_.entries) {
      if (entry.is_only_front == only && !hold_rear_out(entry)) return false;
    }
  }
  return bring_waiting_back();
}

/// As soon as a crew has the time.
bool Scheduler::place_waiting(const SiteWork& site) {
  const WorkLengths lengths = work_lengths(policy_, site.first);
  for (auto crew = crews_.begin(); crew != crews_.end(); ++crew) {
    const auto start = site.first.calendar->earliest(std::max(crew->free, begin_ + lengths.drain), lengths.crewed);
    if (!start || *start + lengths.crewed > crew->until) continue;
    const Moment until = crew->until;
    crews_.erase(crew);
    const auto ready = begin_site(site, *start, until);
    if (ready) waiting_.emplace_back(&site, *ready);
    return ready.has_value();
  }
  return false;
}

bool Scheduler::bring_waiting_back() {
  for (const auto& [site, ready] : waiting_) {
    if (!end_site(*site, ready)) return false;
    if (vanguard_.between && site == &*vanguard_.between) count_wait(site->first, ready);
  }
  return true;
}

/// Of a site with one CAS, whose users have nothing until it is back, unless their front is out anyway.
void Scheduler::count_wait(const ServerWork& work, Moment ready) {
  const WorkLengths lengths = work_lengths(policy_, work);
  const Moment serving = std::max(ready, gate_) + lengths.coming_back;
  schedule_.hidden -= work.users * percent * (serving - ready).count();
  count_hidden(work, ready - lengths.crewed, serving);
}

/// The first fronts of entry points with several fronts, or of the others, those first that may be worked on first. The
/// last only front is one by which the most users come: a target is upgraded while it comes back.
std::vector<std::size_t> Scheduler::fronts_by_time(bool only) const {
  std::vector<std::tuple<Moment, std::int64_t, std::size_t>> by_time;
  for (const EntryWork& entry : vanguard_.entries) {
    if (entry.is_only_front != only) continue;
    const ServerWork& work = vanguard_.fronts[entry.front];
    const auto soonest = work.calendar->earliest(begin_, work_lengths(policy_, work).whole());
    by_time.emplace_back(soonest.value_or(Moment::max()), only ? entry.share : 0, entry.front);
  }
  std::sort(by_time.begin(), by_time.end());
  std::vector<std::size_t> fronts;
  for (const auto& [soonest, share, front] : by_time) fronts.push_back(front);
  return fronts;
}

bool Scheduler::place_front(std::size_t front, Moment not_before) {
  const ServerWork& work = vanguard_.fronts[front];
  const WorkLengths lengths = work_lengths(policy_, work);
  const auto soonest = work.calendar->earliest(not_before, lengths.whole());
  if (!soonest) return false;
  const Moment free = take_crew_for_front(*soonest + lengths.drain);
  const auto start = work.calendar->earliest(free - lengths.drain, lengths.whole());
  if (!start) return false;
  if (work.is_drained) add(StepKind::drain, work, *start, lengths.drain);
  const Moment ready = work_on(work, *start + lengths.drain, Moment::max());
  if (work.is_drained) add(StepKind::return_to_service, work, ready, lengths.coming_back);
  outages_[front] = {*start + lengths.drain, *start + lengths.whole()};
  served_.emplace_back(work.users * percent, *start + lengths.whole());
  return true;
}

bool Scheduler::hold_rear_out(const EntryWork& entry) {
  const Minutes drain = policy_.durations.drain;
  for (const ServerWork& work : entry.rear) {
    const Moment serving = outages_.at(entry.front).end;
    const auto start = work.calendar->earliest(std::max(begin_, serving - drain), drain);
    if (!start) return false;
    add(StepKind::drain, work, *start, drain);
    gate_ = std::max(gate_, *start + drain);
    queue_of(work).rear.push_back({&work, *start + drain, true});
  }
  return true;
}

Queue& Scheduler::queue_of(const ServerWork& work) {
  const auto known = std::find_if(queues_.begin(), queues_.end(), [&](const Queue& queue) {
    return queue.calendar == work.calendar && queue.is_drained == work.is_drained;
  });
  if (known != queues_.end()) return *known;
  queues_.push_back({work.calendar, work.is_drained, {}, 0, {}, 0});
  return queues_.back();
}

/// When a drain of the server can begin that ends at this moment, or in its windows before.
std::optional<Moment> Scheduler::drain_before(const Calendar& calendar, Moment moment) const {
  const Minutes drain = policy_.durations.drain;
  if (moment - drain >= begin_ && calendar.is_open(moment - drain, moment)) return moment - drain;
  std::optional<Moment> last;
  for (auto open = calendar.earliest(begin_, drain); open && *open + drain <= moment;) {
    const auto close = calendar.next_boundary(*open + drain - Minutes(1));
    if (!close) break;
    last = std::min(*close, moment) - drain;
    open = calendar.earliest(*close + Minutes(1), drain);
  }
  return last;
}

/// When the upgrade of a site's first CAS may start.
std::optional<Moment> Scheduler::start_of(const ServerWork& work, Moment not_before) const {
  const WorkLengths lengths = work_lengths(policy_, work);
  if (!work.is_drained) return work.calendar->earliest(std::max(not_before, gate_), lengths.crewed);
  const Minutes whole = lengths.crewed + lengths.loading + lengths.coming_back;
  const auto start = work.calendar->earliest(std::max(not_before, begin_ + lengths.drain), whole);
  if (!start || drain_before(*work.calendar, *start)) return start;
  return work.calendar->earliest(*start + lengths.drain, whole);
}

bool Scheduler::place_targets() {
  for (const SiteWork& site : vanguard_.sites) queue_of(site.first).first.push_back(&site);
  for (const ServerWork& work : vanguard_.spare) {
    if (!hold_out(work, begin_ + policy_.durations.drain)) return false;
  }
  for (;;) {
    const Crew crew = *crews_.begin();
    const Moment free = crew.free;
    Queue* first = nullptr;
    Queue* rear = nullptr;
    std::optional<Moment> first_start;
    std::optional<Moment> rear_start;
    for (Queue& queue : queues_) {
      if (queue.has_first()) {
        const auto start = start_of(queue.head().first, free);
        if (!start) return false;
        const bool comes_first =
            !first_start || std::pair(*start, &queue.head()) < std::pair(*first_start, &first->head());
        if (comes_first) std::tie(first, first_start) = std::pair(&queue, start);
      }
      if (queue.has_rear()) {
        const auto& [work, ready, is_front] = queue.rear[queue.next_rear];
        const WorkLengths lengths = work_lengths(policy_, *work);
        const auto start = queue.calendar->earliest(std::max(free, ready), lengths.crewed + lengths.loading);
        if (!start) return false;
        if (!rear_start || *start < *rear_start) std::tie(rear, rear_start) = std::pair(&queue, start);
      }
    }
    if (first == nullptr && rear == nullptr) return true;
    const auto rear_length = [&] { return work_lengths(policy_, *rear->rear[rear->next_rear].work).crewed; };
    const bool rear_fits = rear != nullptr && (first == nullptr || *rear_start + rear_length() <= *first_start);
    const Moment end =
        rear_fits ? *rear_start + rear_length() : *first_start + work_lengths(policy_, first->head().first).crewed;
    crews_.erase(crews_.begin());
    if (end > crew.until) continue;
    if (!(rear_fits ? place_rear(*rear, *rear_start, crew.until) : place_first(*first, *first_start, crew.until))) {
      return false;
    }
  }
}

bool Scheduler::place_first(Queue& queue, Moment start, Moment until) {
  const SiteWork& site = *queue.first[queue.next_first++];
  const auto ready = begin_site(site, start, until);
  if (!ready) return false;
  if (!site.first.is_drained) count_hidden(site.first, start, *ready);
  return end_site(site, *ready);
}

/// The moment at which its first CAS is ready to come back.
std::optional<Moment> Scheduler::begin_site(const SiteWork& site, Moment start, Moment until) {
  const ServerWork& work = site.first;
  if (work.is_drained) {
    const Minutes length = work_lengths(policy_, work).drain;
    const auto drain = drain_before(*work.calendar, start);
    if (!drain) return std::nullopt;
    add(StepKind::drain, work, *drain, length);
    targets_changed_ = std::max(targets_changed_, *drain + length);
  }
  return work_on(work, start, until);
}

bool Scheduler::end_site(const SiteWork& site, Moment ready) {
  const ServerWork& work = site.first;
  const Minutes coming_back = work_lengths(policy_, work).coming_back;
  auto back = std::optional(ready);
  if (work.is_drained) {
    back = work.calendar->earliest(std::max(ready, gate_), coming_back);
    if (!back) return false;
    add(StepKind::return_to_service, work, *back, coming_back);
  } else {
    targets_changed_ = std::max(targets_changed_, ready);
  }
  const Moment serving = *back + coming_back;
  serve(work.users, serving);
  return std::all_of(site.rear.begin(), site.rear.end(),
                     [&](const ServerWork& other) { return hold_out(other, serving); });
}

/// Who comes by an only front needs that, too.
void Scheduler::serve(UserCount users, Moment serving) {
  std::int64_t others = percent;
  for (const EntryWork& entry : vanguard_.entries) {
    if (!entry.is_only_front) continue;
    served_.emplace_back(users * entry.share, std::max(serving, outages_.at(entry.front).end));
    others -= entry.share;
  }
  served_.emplace_back(users * others, serving);
}

/// Where its windows allow, out of service at the moment at which another one serves.
bool Scheduler::hold_out(const ServerWork& work, Moment serving) {
  const Minutes drain = policy_.durations.drain;
  const auto start = work.calendar->earliest(std::max(begin_, serving - drain), drain);
  if (!start) return false;
  add(StepKind::drain, work, *start, drain);
  targets_changed_ = std::max(targets_changed_, *start + drain);
  queue_of(work).rear.push_back({&work, *start + drain, false});
  return true;
}

bool Scheduler::place_rear(Queue& queue, Moment start, Moment until) {
  const Waiting waiting = queue.rear[queue.next_rear++];
  const ServerWork& work = *waiting.work;
  const Moment ready = work_on(work, start, until);
  if (waiting.is_front) {
    fronts_to_return_.push_back({&work, ready, true});
    return true;
  }
  const Minutes length = policy_.durations.return_to_service;
  const auto back = work.calendar->earliest(std::max(ready, gate_), length);
  if (back) add(StepKind::return_to_service, work, *back, length);
  return back.has_value();
}

bool Scheduler::return_fronts() {
  const Minutes length = policy_.durations.return_to_service;
  for (const auto& [work, ready, is_front] : fronts_to_return_) {
    const auto start = work->calendar->earliest(std::max(ready, targets_changed_), length);
    if (!start) return false;
    add(StepKind::return_to_service, *work, *start, length);
  }
  return true;
}

void Scheduler::count_hidden(const ServerWork& work, Moment start, Moment end) {
  for (const EntryWork& entry : vanguard_.entries) {
    if (!entry.is_only_front) continue;
    const Schedule& outage = outages_.at(entry.front);
    const Minutes both = std::min(end, outage.end) - std::max(start, outage.start);
    if (both > Minutes(0)) schedule_.hidden += work.users * entry.share * both.count();
  }
}

}  // namespace

std::optional<VanguardSchedule> scheduled(const Policy& policy, const Vanguard& vanguard, Moment begin) {
  return Scheduler(policy, vanguard, begin).run();
}

}  // namespace casplan::planner
