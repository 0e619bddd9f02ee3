#include "planner/search/crew_outages.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace casplan::planner {
namespace {

/// More of a wait is not counted.
constexpr Minute longest_wait = 100'000;
constexpr Parts most_parts = std::numeric_limits<Parts>::max();

Minute first_of(const std::vector<Minute>& crews) {
  return *std::min_element(crews.begin(), crews.end());
}

bool contains(const std::vector<std::size_t>& servers, std::size_t server) {
  return std::find(servers.begin(), servers.end(), server) != servers.end();
}

/// Time in which crews may be at work while a front is out, and whose servers they may upgrade.
class HidingPlaces {
 public:
  explicit HidingPlaces(Minute longest) : longest_(longest) {}

  void add_time(Minute left) {
    if (left <= 0) return;
    whole_ += left / longest_;
    if (left % longest_ > 0) parts_.push_back(left % longest_);
  }
  void add_users(std::size_t upgrades, Parts users) { users_.insert(users_.end(), upgrades, users); }

  /// Copies, which need a crew, take the shortest places.
  void take(Minute copying) {
    std::sort(parts_.begin(), parts_.end(), std::greater<>());
    while (copying > 0 && (whole_ > 0 || !parts_.empty())) {
      if (parts_.empty()) {
        --whole_;
        parts_.push_back(longest_);
      }
      const Minute taken = std::min(copying, parts_.back());
      copying -= taken;
      if ((parts_.back() -= taken) == 0) parts_.pop_back();
    }
  }

  [[nodiscard]] Parts most_hidden() {
    std::sort(parts_.begin(), parts_.end(), std::greater<>());
    std::sort(users_.begin(), users_.end(), std::greater<>());
    Parts sum = 0;
    auto part = parts_.begin();
    for (const Parts users : users_) {
      if (whole_ > 0) {
        --whole_;
        sum += users * longest_;
      } else if (part != parts_.end()) {
        sum += users * *part++;
      }
    }
    return sum;
  }

 private:
  Minute longest_;
  Minute whole_ = 0;           // as many of the longest
  std::vector<Minute> parts_;  // the others
  std::vector<Parts> users_;
};

}  // namespace

CrewOutages::CrewOutages(Problem& problem, Prospects& prospects, const ServedUsers& served)
    : problem_(problem), prospects_(prospects), served_(served) {}

Outages CrewOutages::after(const Situation& situation, const std::vector<Minute>& crews) {
  Outages outages;
  look_at_sites(situation, outages);
  outages.only_copies.resize(served_.entries.size());
  for (std::size_t e = 0; e < served_.entries.size(); ++e) {
    const bool is_only = served_.entries[e].only.has_value();
    outages.users += is_only ? of_only(situation, e, crews, outages) : of_all(situation, e, crews, outages);
  }
  outages.users = std::max<Parts>(outages.users, 0);
  return outages;
}

void CrewOutages::look_at_sites(const Situation& situation, Outages& outages) const {
  std::vector<Minute> not_met(situation.slots.size(), -1);
  for (std::size_t s = 0; s < served_.sites.size(); ++s) {
    const ServedSite& site = served_.sites[s];
    outages.not_met.push_back(situation.minute);
    for (const std::size_t front : site.guards) {
      if (not_met[front] < 0) not_met[front] = prospects_.is_not_met(situation, front);
      outages.not_met.back() = std::max(outages.not_met.back(), not_met[front]);
    }
    outages.site_out.push_back(minutes_out(situation, s, outages));
    outages.users += site.users() * outages.site_out.back();
  }
}

/// For how long nobody serves a site, if it has one CAS that serves, or all that it has are out now.
Minute CrewOutages::minutes_out(const Situation& situation, std::size_t s, const Outages& outages) const {
  const ServedSite& site = served_.sites[s];
  const auto is_drained = [&](std::size_t cas) {
    return situation.slots[cas].is_out && situation.slots[cas].was_drained;
  };
  if (site.cas.empty()) return 0;
  if (!site.only && !std::all_of(site.cas.begin(), site.cas.end(), is_drained)) return 0;
  Minute least = never;
  for (const std::size_t cas : site.cas) {
    if (site.only && cas != site.only) continue;
    Minute own = prospects_.minutes_left(situation, cas);
    if (situation.slots[cas].is_out) {
      const Minute changed = std::max(situation.minute + own, outages.not_met[s]);
      own = prospects_.back(situation, cas, changed, Prospects::Copying::none) - situation.minute;
    }
    least = std::min(least, own);
  }
  return least;
}

/// Those who come by an entry point as long as it has no front, without those who are counted at their sites.
Parts CrewOutages::users_without(const Situation& situation, std::size_t e, Outage outage,
                                 const std::vector<Minute>& crews, const Outages& outages) const {
  if (outage.minutes <= 0) return 0;
  outage.minutes = std::min(outage.minutes, longest_wait);
  return served_.entries[e].users * outage.minutes - hidden(situation, e, outage, crews, outages);
}

Parts CrewOutages::of_only(const Situation& situation, std::size_t e, const std::vector<Minute>& crews,
                           Outages& outages) {
  const std::size_t front = *served_.entries[e].only;
  const Slot& slot = situation.slots[front];
  const Worked& server = problem_.worked[front];
  const Minute now = situation.minute;
  Outage outage{0, prospects_.minutes_left(situation, front), 0, !serves(slot)};
  const Minute changed = now + outage.upgrade;
  const Minute back = slot.is_out ? prospects_.back(situation, front, changed, Prospects::Copying::none) : changed;
  if (back == now) return 0;
  Minute waiting = 0;  // for a crew, and a window
  if (slot.is_out && is_idle(slot) && outage.upgrade > 0) {
    waiting = prospects_.earliest(front, std::max(first_of(crews), now), server.minutes[slot.hops_done]) - now;
  }
  const bool may_copy = slot.doing != Slot::Doing::return_to_service && slot.hops_done + 1U >= server.hops.size();
  Parts without = most_parts;
  for (const Way& way : prospects_.ways_back(situation, front, back)) {
    outage.minutes = way.back - now + waiting;
    const Parts lacking = may_copy ? without_copy(situation, front, e, way, crews, outages.not_met) : 0;
    without = std::min(without, users_without(situation, e, outage, crews, outages) + lacking);
  }
  if (!may_copy) return without;
  // As long as its outage has not begun, it may be put where nothing has to wait for a window.
  const Minute later = slot.is_out ? prospects_.back(situation, front, changed, Prospects::Copying::another)
                                   : changed + prospects_.copying() + prospects_.returning();
  outage.minutes = later - now + waiting;
  outage.copying = problem_.policy.durations.ensure_folder.count();
  const Parts with = users_without(situation, e, outage, crews, outages);
  outages.only_copies[e] = with < without;
  return std::min(with, without);
}

/// Of an entry point with several fronts of which all are out now, until the first one that has changed.
Parts CrewOutages::of_all(const Situation& situation, std::size_t e, const std::vector<Minute>& crews,
                          const Outages& outages) {
  const ServedEntry& entry = served_.entries[e];
  const auto is_drained = [&](std::size_t front) {
    return situation.slots[front].was_drained && situation.slots[front].is_out;
  };
  if (entry.fronts.empty() || !std::all_of(entry.fronts.begin(), entry.fronts.end(), is_drained)) return 0;
  const auto until = [&](Minute back) {
    return users_without(situation, e, {back - situation.minute, 0, 0, true}, crews, outages);
  };
  Parts least = most_parts;
  for (const std::size_t front : entry.fronts) {
    const bool may_copy =
        situation.slots[front].doing != Slot::Doing::return_to_service && problem_.worked[front].hops.size() == 1;
    const Minute changed = prospects_.changed(situation, front, first_of(crews));
    const Minute back = prospects_.back(situation, front, changed, Prospects::Copying::none);
    for (const Way& way : prospects_.ways_back(situation, front, back)) {
      const Parts lacking = may_copy ? without_copy(situation, front, e, way, crews, outages.not_met) : 0;
      least = std::min(least, until(way.back) + lacking);
    }
    const Minute later = prospects_.back(situation, front, changed, Prospects::Copying::another);
    if (may_copy) least = std::min(least, until(later));
  }
  return least;
}

/// The most that is counted twice, because servers of sites are out while the entry point has no front: over all
/// moments at which its outage may begin. Between those that are looked at, the most is at one of the ends.
Parts CrewOutages::hidden(const Situation& situation, std::size_t e, const Outage& outage,
                          const std::vector<Minute>& crews, const Outages& outages) const {
  if (outage.has_begun) return hidden_from(situation, e, outage, outages, 0);
  const Minute first = std::max<Minute>(first_of(crews) - situation.minute, 0);
  std::vector<Minute> beginnings{first};
  for (const ServedSite& site : served_.sites) {
    if (!site.only || situation.slots[*site.only].doing != Slot::Doing::upgrade) continue;
    const Minute left = situation.slots[*site.only].left;
    beginnings.push_back(left);
    for (Minute at = left - outage.minutes; at < left; at += served_.longest_upgrade) beginnings.push_back(at);
  }
  std::sort(beginnings.begin(), beginnings.end());
  beginnings.erase(std::unique(beginnings.begin(), beginnings.end()), beginnings.end());
  Parts most = 0;
  for (const Minute beginning : beginnings) {
    if (beginning >= first) most = std::max(most, hidden_from(situation, e, outage, outages, beginning));
  }
  return most;
}

Parts CrewOutages::hidden_from(const Situation& situation, std::size_t e, const Outage& outage, const Outages& outages,
                               Minute beginning) const {
  const auto& fronts = served_.entries[e].fronts;
  HidingPlaces places(served_.longest_upgrade);
  Parts sum = 0;
  int idle = problem_.policy.crews;
  for (std::size_t s = 0; s < served_.sites.size(); ++s) {
    const auto& only = served_.sites[s].only;
    const Parts users = served_.sites[s].by_entry[e];
    if (outages.site_out[s] == 0 || (only && contains(fronts, *only))) continue;
    if (!only) {
      sum += users * std::min(outage.minutes, outages.site_out[s]);
      continue;
    }
    const Slot& slot = situation.slots[*only];
    const std::size_t hops = problem_.worked[*only].hops.size() - slot.hops_done;
    // Who is drained may wait besides, whoever is worked on.
    const Minute besides = slot.is_out ? outages.site_out[s] - prospects_.minutes_left(situation, *only) : 0;
    sum += users * std::min(outage.minutes, besides);
    const OpenGroups& groups = prospects_.groups();
    const bool meet = std::any_of(fronts.begin(), fronts.end(),
                                  [&](std::size_t front) { return groups.meet(groups.of(front), groups.of(*only)); });
    const bool runs = slot.doing == Slot::Doing::upgrade;
    if (meet) places.add_users(hops - (runs ? 1 : 0), users);
    const Minute left = runs ? std::max<Minute>(slot.left - beginning, 0) : 0;
    if (left == 0) continue;
    sum += users * std::max<Minute>(0, std::min(left, outage.minutes - besides));
    --idle;
    places.add_time(outage.minutes - left);
  }
  bool is_at_work = false;
  for (const std::size_t front : fronts) {
    if (!is_crew_work(situation.slots[front].doing)) continue;
    is_at_work = true;
    --idle;
    places.add_time(outage.minutes - situation.slots[front].left);
  }
  if (!is_at_work && idle > 0 && outage.upgrade > 0) {
    --idle;
    places.add_time(outage.minutes - outage.upgrade);
  }
  for (; idle > 0; --idle) places.add_time(outage.minutes);
  places.take(outage.copying);
  return sum + places.most_hidden();
}

/// Whether the CAS is as it was found, and may not be met by the changed front, though that works today.
bool CrewOutages::needs_folder(const Situation& situation, std::size_t cas, std::size_t front, VariantId changed) {
  const Slot& slot = situation.slots[cas];
  if (cas == front || slot.is_out || slot.hops_done > 0 || !is_idle(slot)) return false;
  const auto& encounters = problem_.worked[cas].encounters;
  const bool meets = std::any_of(encounters.begin(), encounters.end(), [&](const Encounter& encounter) {
    return encounter.end == Encounter::End::target && encounter.other == front && !encounter.ailing;
  });
  return meets && !problem_.meetings.works(changed, slot.variant);
}

/// How long a CAS is out that waits until the front has got its copy, in service.
Minute CrewOutages::until_copied(std::size_t cas, Minute back) const {
  const Minute returning = prospects_.returning();
  return std::max(prospects_.copying(), prospects_.earliest(cas, back, returning) - back) + returning;
}

Parts CrewOutages::without_copy(const Situation& situation, std::size_t front, std::size_t entry, const Way& way,
                                const std::vector<Minute>& crews, const std::vector<Minute>& not_met) {
  const Minute back = way.back + prospects_.copying();
  const Minute returning = prospects_.returning();
  Parts sum = 0;
  std::vector<Waiting> waiting;
  for (std::size_t s = 0; s < served_.sites.size(); ++s) {
    const ServedSite& site = served_.sites[s];
    const auto needs = [&](std::size_t cas) { return needs_folder(situation, cas, front, way.variant); };
    if (site.cas.empty() || site.by_entry[entry] == 0) continue;
    if (!std::all_of(site.cas.begin(), site.cas.end(), needs)) continue;
    if (site.cas.size() == 1 && !problem_.worked[site.cas.front()].hops.empty()) {
      waiting.push_back({site.by_entry[entry], site.cas.front(), not_met[s]});
      continue;
    }
    // Until the first one is changed, or comes back as it was.
    Minute least = longest_wait;
    for (const std::size_t cas : site.cas) {
      least = std::min(least, until_copied(cas, back));
      if (problem_.worked[cas].hops.empty()) continue;
      const Minute length = prospects_.minutes_left(situation, cas);
      const Minute done = prospects_.earliest(cas, situation.minute, length) + length;
      const Minute again = prospects_.earliest(cas, std::max(done, not_met[s]), returning) + returning;
      least = std::min(least, std::max<Minute>(again - back, 0));
    }
    sum += site.by_entry[entry] * least;
  }
  return sum + waiting_in_turn(situation, std::move(waiting), back, crews);
}

/// Those with the most users are upgraded first, and are out until then.
Parts CrewOutages::waiting_in_turn(const Situation& situation, std::vector<Waiting> waiting, Minute back,
                                   const std::vector<Minute>& crews) const {
  std::sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) { return a.users > b.users; });
  Minute shortest = never;
  for (const Waiting& one : waiting) shortest = std::min(shortest, prospects_.minutes_left(situation, one.target));
  CrewQueue queue(crews);
  Parts sum = 0;
  for (const Waiting& one : waiting) {
    const Minute length = prospects_.minutes_left(situation, one.target);
    const Minute free = queue.next_end(shortest, [](Minute from, Minute) { return from; }) - shortest;
    const Minute soonest = prospects_.earliest(one.target, std::max<Minute>(free, situation.minute), length);
    // Undrained, it is upgraded when it may be met then; drained, sooner, and is out until it may be.
    const Minute undrained = prospects_.earliest(one.target, std::max(soonest, one.not_met), length) - back;
    const Minute until_met = prospects_.groups().may_lie_earlier() ? 0 : one.not_met - soonest - length;
    const Minute drained = std::max(until_met, soonest - back);
    const Minute waits = std::max<Minute>(std::min(undrained, drained), 0);
    sum += one.users * std::min({waits, until_copied(one.target, back), longest_wait});
  }
  return sum;
}

}  // namespace casplan::planner
