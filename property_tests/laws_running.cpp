#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/steps.h"
#include "simulator/assessment.h"
#include "simulator/transition.h"

/// Counting what a step changes comes to the same as counting everything anew.
namespace casplan {
namespace {

constexpr std::int64_t thousandths = 1000;

std::optional<std::int64_t> figure(const simulator::Users& users) {
  return users ? std::optional(users->nearest(thousandths)) : std::nullopt;
}

void expect_same_users(const simulator::SiteAssessment& running, const simulator::SiteAssessment& anew) {
  RC_ASSERT(running.site == anew.site);
  RC_ASSERT(figure(running.served) == figure(anew.served));
  RC_ASSERT(figure(running.broken) == figure(anew.broken));
  RC_ASSERT(figure(running.event46) == figure(anew.event46));
  RC_ASSERT(figure(running.unavailable) == figure(anew.unavailable));
  RC_ASSERT(figure(running.undecided) == figure(anew.undecided));
  RC_ASSERT(figure(running.lagging) == figure(anew.lagging));
  RC_ASSERT(running.fates == anew.fates);
  RC_ASSERT(running.has_no_cas == anew.has_no_cas);
  RC_ASSERT(running.features.size() == anew.features.size());
  for (std::size_t i = 0; i < anew.features.size(); ++i) {
    RC_ASSERT(running.features[i].level == anew.features[i].level);
    RC_ASSERT(figure(running.features[i].users) == figure(anew.features[i].users));
  }
}

void expect_same(const simulator::Assessment& running, const simulator::Assessment& anew) {
  RC_ASSERT(running.paths.size() == anew.paths.size());
  RC_ASSERT(running.sites.size() == anew.sites.size());
  for (std::size_t i = 0; i < anew.paths.size(); ++i) {
    RC_LOG() << "path " << i << std::endl;
    RC_ASSERT(running.paths[i].judgement == anew.paths[i].judgement);
    RC_ASSERT(figure(running.paths[i].users) == figure(anew.paths[i].users));
  }
  for (std::size_t i = 0; i < anew.sites.size(); ++i) {
    RC_LOG() << "site " << i << std::endl;
    expect_same_users(running.sites[i], anew.sites[i]);
  }
}

/// Every server is wanted at one build, or none is.
simulator::WantedBuilds any_wanted(const Organisation& organisation) {
  if (draw::once_in(4)) return {};
  return simulator::WantedBuilds(organisation.servers.size(), BuildVersion{{8, 2, 176, 2}});
}

RC_GTEST_PROP(CountingWhatAStepChanges, IsCountingEverythingAnewAfterEveryBeginAndEnd, ()) {
  const auto organisation = *any_organisation();
  const auto readings = *any_readings();
  const auto wanted = any_wanted(organisation);
  const auto paths = proxy_paths(organisation);
  auto state = initial_state(organisation);
  simulator::RunningAssessment running(organisation, paths, state, readings, wanted);
  int changes = 0;
  for (const Step& step : *any_steps(organisation, 1, 10)) {
    RC_LOG() << "step " << rc::toString(step) << std::endl;
    if (simulator::begin(state, step)) continue;
    running.update(step.server);
    expect_same(running.now(), simulator::assess(organisation, paths, state, readings, wanted));
    simulator::finish(state, step, readings);
    running.update(step.server);
    expect_same(running.now(), simulator::assess(organisation, paths, state, readings, wanted));
    ++changes;
  }
  RC_CLASSIFY(changes == 0, "nothing could be carried out");
}

}  // namespace
}  // namespace casplan
