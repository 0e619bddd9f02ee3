#include "property_tests/oracles/naive_measures.h"

#include <algorithm>

namespace casplan::oracle {
namespace {

using Places = std::vector<std::size_t>;

Places fronts_in_service(const EntryPoint& entry, const NaiveState& state) {
  Places places;
  for (const ServerId front : entry.fronts) {
    if (state[front.value].in_service && state[front.value].in_rotation) places.push_back(front.value);
  }
  return places;
}

Places cas_of(const Organisation& organisation, std::size_t site) {
  Places places;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const Server& server = organisation.servers[i];
    if (server.roles.contains(Role::client_access) && server.site->value == site) places.push_back(i);
  }
  return places;
}

Places those_in_service(const Places& places, const NaiveState& state) {
  Places left;
  for (const std::size_t place : places) {
    if (state[place].in_service) left.push_back(place);
  }
  return left;
}

Amount portion(const Amount& whole, const Places& among) {
  return whole / static_cast<std::int64_t>(among.size());
}

/// Counts the users of one site.
struct Count {
  const Organisation& organisation;
  const NaiveState& state;
  const Readings& readings;
  const Wanted& wanted;
  AllUsers& users;
  std::size_t site;

  void all() {
    for (const EntryPoint& entry : organisation.entry_points) {
      const Amount whole = Amount(*organisation.sites[site].mailboxes) * Amount(*entry.share) / Amount(100);
      const Places fronts = fronts_in_service(entry, state);
      if (fronts.empty()) lost(here().unavailable, whole);
      for (const std::size_t front : fronts) at_front(front, portion(whole, fronts));
    }
  }

 private:
  SiteUsers& here() { return users.sites[site]; }

  void lost(Amount& group, const Amount& amount) {
    group += amount;
    if (!wanted.empty()) here().lagging += amount;
  }

  /// Pages that come from `by`, or would, if it could be told.
  void rendered(std::size_t by, Amount& group, const Amount& amount) {
    group += amount;
    if (wanted.empty() || !wanted[by]) return;
    if (state[by].build < wanted[by]) here().lagging += amount;
  }

  void at_front(std::size_t front, const Amount& amount) {
    if (organisation.servers[front].site->value == site) return rendered(front, here().served, amount);
    const Places all_cas = cas_of(organisation, site);
    if (all_cas.empty()) return lost(here().broken, amount);
    const Places targets = those_in_service(all_cas, state);
    if (targets.empty()) return lost(here().unavailable, amount);
    for (const std::size_t target : targets) on_pair({front, target}, portion(amount, targets));
  }

  void on_pair(const Pair& pair, const Amount& amount) {
    users.on_pair[pair] += amount;
    const std::string verdict = answer(organisation, state, pair, readings).verdict;
    if (verdict == "works" || verdict == "redirect") rendered(pair.second, here().served, amount);
    if (verdict == "fault" || verdict == "event46") lost(here().broken, amount);
    if (verdict == "event46") here().event46 += amount;
    if (verdict == "cannot_tell") rendered(pair.second, here().undecided, amount);
  }
};

/// The steps of a plan on a clock of minutes.
struct Clock {
  const Plan& plan;
  const Readings& readings;
  NaiveState state;
  std::vector<std::size_t> upgrading_in_service;

  void end_steps(Moment now) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const PlannedStep& step = plan.steps[i];
      if (step.schedule->end != now) continue;
      end_step(state, step.step, readings);
      if (std::erase(upgrading_in_service, i) > 0) state[step.step.server.value].in_service = true;
    }
  }

  [[nodiscard]] bool begin_steps(Moment now) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const PlannedStep& step = plan.steps[i];
      if (step.schedule->start != now) continue;
      if (!can_begin(state, step.step)) return false;
      NaiveServer& server = state[step.step.server.value];
      if (step.step.kind != StepKind::upgrade || !server.in_service) continue;
      upgrading_in_service.push_back(i);
      server.in_service = false;
    }
    return true;
  }
};

std::pair<Moment, Moment> span_of(const Plan& plan) {
  Moment start = plan.steps.front().schedule->start;
  Moment end = start;
  for (const PlannedStep& step : plan.steps) {
    start = std::min(start, step.schedule->start);
    end = std::max(end, step.schedule->end);
  }
  return {start, end};
}

}  // namespace

std::int64_t rounded(const Amount& amount) {
  const Amount raised = amount + Amount(1, 2);
  const std::int64_t quotient = raised.numerator() / raised.denominator();
  return raised.numerator() % raised.denominator() < 0 ? quotient - 1 : quotient;
}

AllUsers count_users(const Organisation& organisation, const NaiveState& state, const Readings& readings,
                     const Wanted& wanted) {
  AllUsers users;
  users.sites.resize(organisation.sites.size());
  for (std::size_t site = 0; site < organisation.sites.size(); ++site) {
    Count{organisation, state, readings, wanted, users, site}.all();
  }
  return users;
}

std::optional<ExactTotals> live_exactly_through(const Organisation& organisation, const Plan& plan,
                                                const Readings& readings, const Wanted& wanted) {
  return live_exactly_through(organisation, plan, readings, wanted, [](SiteId, Moment) { return Amount(1); });
}

std::optional<ExactTotals> live_exactly_through(const Organisation& organisation, const Plan& plan,
                                                const Readings& readings, const Wanted& wanted, const Part& part) {
  ExactTotals totals;
  if (plan.steps.empty()) return totals;
  const auto [start, end] = span_of(plan);
  Clock clock{plan, readings, found(organisation), {}};
  for (Moment now = start; now != end; now += Minutes(1)) {
    clock.end_steps(now);
    if (!clock.begin_steps(now)) return std::nullopt;
    const auto sites = count_users(organisation, clock.state, readings, wanted).sites;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      const Amount counts = part(id_at<SiteId>(i), now);
      totals.event46 += sites[i].event46 * counts;
      totals.unavailable += sites[i].unavailable * counts;
      totals.lagging += sites[i].lagging * counts;
    }
  }
  totals.makespan = (end - start).count();
  totals.copies = std::count_if(plan.steps.begin(), plan.steps.end(),
                                [](const PlannedStep& step) { return step.step.kind == StepKind::ensure_folder; });
  return totals;
}

std::optional<Totals> live_through(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                   const Wanted& wanted) {
  const auto exact = live_exactly_through(organisation, plan, readings, wanted);
  if (!exact) return std::nullopt;
  return Totals{rounded(exact->event46), rounded(exact->unavailable), exact->copies, rounded(exact->lagging),
                exact->makespan};
}

}  // namespace casplan::oracle
