#include "simulator/all_figures.h"

#include "model/contracts.h"
#include "model/topology.h"

namespace casplan::simulator {

void UserMinutes::add(const Users& users, Minutes duration) {
  if (duration.count() == 0) return;
  if (!users) known_ = false;
  if (users) sum_.add(*users, duration.count());
}

std::optional<std::int64_t> UserMinutes::total(std::int64_t divisor) const {
  return known_ ? std::optional(sum_.nearest(1, divisor)) : std::nullopt;
}

void UserFigures::add(const SiteAssessment& figures, Minutes duration) {
  event46_.add(figures.event46, duration);
  unavailable_.add(figures.unavailable, duration);
  lagging_.add(figures.lagging, duration);
}

Measures UserFigures::totals(std::int64_t divisor) const {
  Measures measures;
  value(measures, Measure::event46_user_minutes) = event46_.total(divisor);
  value(measures, Measure::unavailable_user_minutes) = unavailable_.total(divisor);
  value(measures, Measure::feature_lag_user_minutes) = lagging_.total(divisor);
  return measures;
}

AllFigures::AllFigures(const Organisation& organisation, const State& state, const Readings& readings,
                       const WantedBuilds& wanted, const ActivityClock& clock)
    : paths_(proxy_paths(organisation)),
      assessment_(organisation, paths_, state, readings, wanted),
      counted_until_(organisation.sites.size()),
      clock_(clock) {}

void AllFigures::update(ServerId server, Minutes now) {
  for (const SiteId site : assessment_.sites_at(server)) count(site, now);
  assessment_.update(server);
}

Measures AllFigures::at_the_end(Minutes end) {
  for (std::size_t i = 0; i < counted_until_.size(); ++i) count(id_at<SiteId>(i), end);
  return everybody_.totals();
}

Measures AllFigures::logged_on() const {
  constexpr std::int64_t percent = 100;
  return clock_.table != nullptr ? logged_on_.totals(percent) : Measures{};
}

void AllFigures::count(SiteId site, Minutes time) {
  Minutes& since = at(counted_until_, site);
  const SiteAssessment& figures = at(now().sites, site);
  everybody_.add(figures, time - since);
  if (clock_.table != nullptr) {
    logged_on_.add(figures, Minutes(clock_.logged_on(clock_.utc_offset_of(site), since, time)));
  }
  since = time;
}

}  // namespace casplan::simulator
