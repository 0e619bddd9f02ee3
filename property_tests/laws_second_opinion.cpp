#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "model/catalogue.h"
#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/steps.h"
#include "property_tests/judgements.h"
#include "property_tests/oracles/naive_measures.h"
#include "property_tests/oracles/naive_rules.h"
#include "property_tests/oracles/naive_state.h"
#include "simulator/assessment.h"
#include "simulator/trace.h"
#include "simulator/transition.h"

namespace casplan {
namespace {

oracle::Pair pair_of(const ProxyPath& path) {
  return {path.front.value, path.target.value};
}

/// Where nobody listed the folders of some server, the product may say that it cannot tell although a closer look
/// could; what it does say must be right all the same.
enum class Precision { exact, never_wrong };

Precision precision_for(const Organisation& organisation) {
  const bool listed = std::all_of(organisation.servers.begin(), organisation.servers.end(),
                                  [](const Server& server) { return !server.is_cas() || server.folders; });
  return listed ? Precision::exact : Precision::never_wrong;
}

void expect_same_verdicts(const Organisation& organisation, const State& state, const oracle::NaiveState& naive,
                          const Readings& readings, Precision precision) {
  const auto paths = proxy_paths(organisation);
  const auto judgements = judgements_in(organisation, state, readings);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto expected = oracle::answer(organisation, naive, pair_of(paths[i]), readings);
    if (precision == Precision::never_wrong && judgements[i].verdict == Verdict::cannot_tell) continue;
    RC_LOG() << "path " << paths[i].front.value << " -> " << paths[i].target.value << std::endl;
    RC_ASSERT(std::string(to_string(judgements[i].verdict)) == expected.verdict);
    RC_ASSERT(judgements[i].event == expected.event);
  }
}

Knowledge knowledge_of(const oracle::Folders& folders, const OwaVersion& folder) {
  if (folders.sure.contains(folder)) return Knowledge::yes;
  return folders.perhaps.contains(folder) ? Knowledge::unknown : Knowledge::no;
}

void expect_same_folders(const FolderSet& folders, const oracle::Folders& naive, Precision precision) {
  std::set<OwaVersion> all(naive.sure);
  all.insert(naive.perhaps.begin(), naive.perhaps.end());
  all.insert(folders.known().begin(), folders.known().end());
  for (const Build& build : known_builds()) all.insert(build.owa_version);
  for (const OwaVersion& folder : all) {
    if (precision == Precision::never_wrong && folders.has(folder) == Knowledge::unknown) continue;
    if (folders.has(folder) != knowledge_of(naive, folder)) RC_FAIL("they disagree on folder " + to_string(folder));
  }
}

void expect_same_state(const State& state, const oracle::NaiveState& naive, Precision precision) {
  for (std::size_t i = 0; i < naive.size(); ++i) {
    RC_LOG() << "server " << i << std::endl;
    RC_ASSERT(state.servers[i].build == naive[i].build);
    RC_ASSERT(state.servers[i].owa_version == naive[i].version);
    RC_ASSERT(state.servers[i].is_in_service() == naive[i].in_service);
    expect_same_folders(state.servers[i].present, naive[i].present, precision);
    expect_same_folders(state.servers[i].loaded, naive[i].loaded, precision);
  }
}

RC_GTEST_PROP(SecondOpinion, AgreesWhichPairsAreProxyPaths, ()) {
  const auto organisation = *any_organisation();
  const auto paths = proxy_paths(organisation);
  std::set<oracle::Pair> found;
  for (const ProxyPath& path : paths) found.insert(pair_of(path));
  RC_CLASSIFY(found.empty(), "no paths");
  RC_ASSERT(found.size() == paths.size());
  RC_ASSERT(found == oracle::pairs(organisation));
}

RC_GTEST_PROP(SecondOpinion, AgreesOnTheStateAndTheVerdictOfEveryPathToday, ()) {
  const auto organisation = *any_organisation();
  const auto readings = *any_readings();
  const auto state = initial_state(organisation);
  const auto naive = oracle::found(organisation);
  expect_same_state(state, naive, Precision::exact);
  expect_same_verdicts(organisation, state, naive, readings, Precision::exact);
}

RC_GTEST_PROP(SecondOpinion, AgreesOnWhatEveryStepDoes, ()) {
  const auto organisation = *any_organisation();
  const auto readings = *any_readings();
  const auto precision = precision_for(organisation);
  RC_CLASSIFY(precision == Precision::exact, "every folder listed");
  auto state = initial_state(organisation);
  auto naive = oracle::found(organisation);
  for (const Step& step : *any_steps(organisation, 1, 8)) {
    const auto next = simulator::apply(state, step, readings);
    const auto naive_next = oracle::after(naive, step, readings);
    RC_LOG() << "step " << rc::toString(step) << std::endl;
    if (next || precision == Precision::exact) RC_ASSERT(next.has_value() == naive_next.has_value());
    if (!next) continue;
    state = *next;
    naive = *naive_next;
    expect_same_state(state, naive, precision);
    expect_same_verdicts(organisation, state, naive, readings, precision);
  }
}

std::int64_t thousandths(const simulator::Users& users) {
  RC_ASSERT(users.has_value());
  return users->nearest(1000);
}

std::int64_t thousandths(const oracle::Amount& amount) {
  return oracle::rounded(amount * oracle::Amount(1000));
}

void expect_same_users(const simulator::SiteAssessment& site, const oracle::SiteUsers& naive) {
  RC_ASSERT(thousandths(site.served) == thousandths(naive.served));
  RC_ASSERT(thousandths(site.broken) == thousandths(naive.broken));
  RC_ASSERT(thousandths(site.event46) == thousandths(naive.event46));
  RC_ASSERT(thousandths(site.unavailable) == thousandths(naive.unavailable));
  RC_ASSERT(thousandths(site.undecided) == thousandths(naive.undecided));
  RC_ASSERT(thousandths(site.lagging) == thousandths(naive.lagging));
}

RC_GTEST_PROP(SecondOpinion, AgreesOnTheUsersOfEveryPathAndSite, ()) {
  const auto organisation = *any_counted_organisation();
  const auto readings = *any_readings();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  const auto paths = proxy_paths(organisation);
  const auto assessment = simulator::assess(organisation, paths, initial_state(organisation), readings, wanted);
  auto naive = oracle::count_users(organisation, oracle::found(organisation), readings, wanted);
  for (const auto& path : assessment.paths) {
    RC_ASSERT(thousandths(path.users) == thousandths(naive.on_pair[pair_of(path.path)]));
  }
  for (std::size_t i = 0; i < naive.sites.size(); ++i) {
    RC_ASSERT(naive.sites[i].all() == oracle::Amount(*organisation.sites[i].mailboxes));
    expect_same_users(assessment.sites[i], naive.sites[i]);
  }
}

void expect_same_totals(const Organisation& organisation, const Plan& plan, const Readings& readings,
                        const simulator::WantedBuilds& wanted) {
  const auto trace = simulator::play(organisation, plan, readings, wanted);
  const auto naive = oracle::live_through(organisation, plan, readings, wanted);
  RC_ASSERT(trace.has_value() == naive.has_value());
  RC_CLASSIFY(!naive, "a step is refused");
  if (!naive) return;
  RC_CLASSIFY(naive->event46_user_minutes > 0, "Event 46");
  RC_CLASSIFY(naive->unavailable_user_minutes > 0, "unavailable");
  RC_ASSERT(value(trace->totals, Measure::event46_user_minutes).value() == naive->event46_user_minutes);
  RC_ASSERT(value(trace->totals, Measure::unavailable_user_minutes).value() == naive->unavailable_user_minutes);
  RC_ASSERT(value(trace->totals, Measure::copies).value() == naive->copies);
  RC_ASSERT(value(trace->totals, Measure::feature_lag_user_minutes).value() == naive->feature_lag_user_minutes);
  RC_ASSERT(value(trace->totals, Measure::makespan_minutes).value() == naive->makespan_minutes);
}

RC_GTEST_PROP(SecondOpinion, AgreesOnTheTotalsOfEverySequence, ()) {
  const auto organisation = *any_counted_organisation();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  expect_same_totals(organisation, *any_sequence(organisation), *any_readings(), wanted);
}

RC_GTEST_PROP(SecondOpinion, AgreesOnTheTotalsOfStepsThatOverlap, ()) {
  const auto organisation = *any_counted_organisation();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  expect_same_totals(organisation, *any_overlapping_plan(organisation), *any_readings(), wanted);
}

/// The second opinion is worth something only on cases of every kind.
TEST(TheGeneratedOrganisations, HavePathsWithEveryVerdictAndEvent) {
  std::map<std::string, int> count;
  for (const auto& organisation : draw::samples(any_organisation(), 1000)) {
    for (const ProxyPath& path : proxy_paths(organisation)) {
      const auto answer = oracle::answer(organisation, oracle::found(organisation), pair_of(path), {});
      ++count[answer.verdict + (answer.event ? " " + std::to_string(*answer.event) : "")];
    }
  }
  for (const char* kind :
       {"works", "event46 46", "redirect", "fault 38", "fault 42", "fault 401", "fault 4999", "idle", "cannot_tell"}) {
    EXPECT_GT(count[kind], 15) << kind;
  }
  EXPECT_EQ(count.size(), 9U);
}

TEST(TheGeneratedSteps, AreCarriedOutAndRefusedForEachKind) {
  const auto generator = rc::gen::exec([] {
    const auto organisation = *any_organisation();
    return std::pair(organisation, *any_steps(organisation, 8, 8));
  });
  std::map<StepKind, int> done;
  std::map<StepKind, int> refused;
  for (const auto& [organisation, steps] : draw::samples(generator, 300)) {
    auto naive = oracle::found(organisation);
    for (const Step& step : steps) {
      const auto next = oracle::after(naive, step, {});
      ++(next ? done : refused)[step.kind];
      if (next) naive = *next;
    }
  }
  for (const StepKind kind : all_step_kinds()) {
    EXPECT_GT(done[kind], 50) << to_string(kind);
    const int fewest_refused = kind == StepKind::recycle ? 0 : 10;
    EXPECT_GE(refused[kind], fewest_refused) << to_string(kind);
  }
}

}  // namespace
}  // namespace casplan
