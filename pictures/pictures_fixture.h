#pragma once

#include "pictures/course.h"
#include "simulator/organisation_fixture.h"
#include "simulator/site_status.h"

/// The course of a modelled plan.
namespace casplan::pictures {

/// Plays a plan, and shows each state to `watch(state, fronts, statuses)` besides.
template <class Watch>
Course course_of(const Organisation& organisation, const Plan& plan, Watch watch) {
  Course course(organisation);
  const simulator::SiteStatuses statuses(organisation);
  const auto played = simulator::play_through(organisation, plan, Readings{}, {}, {}, nullptr,
                                              [&](const simulator::PassingState& state) {
                                                const auto now = statuses.of(state.state, state.assessment);
                                                course.add(state, now);
                                                watch(state, statuses.fronts_in_service(state.state), now);
                                              });
  expects(played.has_value(), "a modelled plan can be played");
  return course;
}

inline Course course_of(const Organisation& organisation, const Plan& plan) {
  return course_of(organisation, plan, [](const auto&, const auto&, const auto&) {});
}

/// The front gets SP1 without the folder of its target (s1, to minute 90), and is restarted (s2): Event 46 to
/// minute 92. Then the target gets SP1 (s3, to minute 182).
inline Plan front_first(const modelled::TwoSites& sites) {
  return modelled::sequence({modelled::upgrade(sites.front, modelled::sp1), modelled::recycle(sites.front),
                             modelled::upgrade(sites.target, modelled::sp1)});
}

}  // namespace casplan::pictures
