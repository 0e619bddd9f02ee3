#include "simulator/all_figures.h"

#include "model/contracts.h"
#include "model/topology.h"

namespace casplan::simulator {

void UserMinutes::add(const Users& users, Minutes duration) {
  if (duration.count() == 0) return;
  if (!users) known_ = false;
  if (users) sum_.add(*users, duration.count());
}

std::optional<std::int64_t> UserMinutes::total() const {
  return known_ ? std::optional(sum_.nearest()) : std::nullopt;
}

AllFigures::AllFigures(const Organisation& organisation, const State& state, const Readings& readings,
                       const WantedBuilds& wanted)
    : paths_(proxy_paths(organisation)),
      assessment_(organisation, paths_, state, readings, wanted),
      counted_until_(organisation.sites.size()) {}

void AllFigures::update(ServerId server, Minutes now) {
  for (const SiteId site : assessment_.sites_at(server)) count(site, now);
  assessment_.update(server);
}

Measures AllFigures::at_the_end(Minutes end) {
  for (std::size_t i = 0; i < counted_until_.size(); ++i) count(id_at<SiteId>(i), end);
  Measures measures;
  value(measures, Measure::event46_user_minutes) = event46_.total();
  value(measures, Measure::unavailable_user_minutes) = unavailable_.total();
  value(measures, Measure::feature_lag_user_minutes) = lagging_.total();
  return measures;
}

void AllFigures::count(SiteId site, Minutes time) {
  Minutes& since = at(counted_until_, site);
  const SiteAssessment& figures = at(now().sites, site);
  event46_.add(figures.event46, time - since);
  unavailable_.add(figures.unavailable, time - since);
  lagging_.add(figures.lagging, time - since);
  since = time;
}

}  // namespace casplan::simulator
