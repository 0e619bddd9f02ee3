#include "simulator/runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "model/contracts.h"
#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using namespace modelled;

constexpr Probability always(Probability::whole);

class ManyRuns : public ::testing::Test {
 protected:
  ManyRuns() { policy_.faults = no_faults(); }

  [[nodiscard]] Runs runs(std::size_t count, std::uint64_t seed = 7) const {
    return rehearse(Rehearsal(contoso_.organisation, plan_, policy_, readings_), {count, seed});
  }

  TwoSites contoso_;
  Plan plan_ = sequence({upgrade(contoso_.target, sp1), recycle(contoso_.target)});
  Policy policy_;
  Readings readings_;
};

TEST_F(ManyRuns, AreAllTheSameWhereNothingGoesWrong) {
  const Runs all = runs(100);
  for (std::size_t i = 0; i < figure_count; ++i) {
    EXPECT_EQ(all.figures[i].p5, all.without_faults.figures[i]) << figure_names()[i];
    EXPECT_EQ(all.figures[i].worst, all.without_faults.figures[i]) << figure_names()[i];
    EXPECT_EQ(all.figures[i].seed_of_worst, 7U) << "the first run has the seed itself";
  }
  EXPECT_EQ(all.unfinished + all.late + all.after_latest_end + all.missed_window, 0U);
  EXPECT_EQ(all.event46, 100U) << "the front is older than the branch in the end";
}

TEST_F(ManyRuns, EndWithTheSameDrawForTheSameSeedAndInputAlone) {
  EXPECT_EQ(runs(5).final_draw, runs(5).final_draw);
  EXPECT_NE(runs(5).final_draw, runs(6).final_draw);
  EXPECT_NE(runs(5).final_draw, runs(5, 8).final_draw);
  const auto before = runs(5).final_draw;
  plan_ = sequence({upgrade(contoso_.target, sp1)});
  EXPECT_NE(runs(5).final_draw, before);
}

TEST_F(ManyRuns, AreRankedByTheirNearestRank) {
  policy_.faults.recycle = {Probability(300'000), Minutes(10)};
  plan_ = sequence(std::vector<Step>(8, recycle(contoso_.target)));
  const Rehearsal rehearsal(contoso_.organisation, plan_, policy_, readings_);
  std::vector<std::int64_t> sorted;
  for (std::uint64_t run = 0; run < 40; ++run) {
    const RunFigures figures = rehearsal.run(Faults(policy_.faults, seed_of_run(7, run)));
    sorted.push_back(figures.figures[makespan_figure].value_or(std::numeric_limits<std::int64_t>::max()));
  }
  std::sort(sorted.begin(), sorted.end());
  const Distribution makespan = runs(40).figures[makespan_figure];
  EXPECT_EQ(makespan.p5, sorted[1]) << "two of forty are at it or below it";
  EXPECT_EQ(makespan.p50, sorted[19]);
  EXPECT_EQ(makespan.p95.value_or(std::numeric_limits<std::int64_t>::max()), sorted[37]);
  EXPECT_EQ(runs(1).figures[makespan_figure].p5, runs(1).figures[makespan_figure].worst);
}

TEST_F(ManyRuns, NameTheSeedOfTheWorst) {
  policy_.faults.late_crew = {Probability(50'000), Minutes(30)};
  const Distribution worst = runs(200).figures[makespan_figure];
  EXPECT_EQ(worst.p50, 92);
  EXPECT_EQ(worst.worst, 122);
  EXPECT_EQ(runs(1, worst.seed_of_worst).figures[makespan_figure].worst, 122);
}

TEST_F(ManyRuns, ThatDoNotFinishAreTheWorstAndLate) {
  policy_.faults.service_pack = {always, Minutes(10)};
  policy_.latest_end = default_start() + Minutes(10'000);
  const Runs all = runs(10);
  EXPECT_EQ(all.figures[makespan_figure].p5, std::nullopt);
  EXPECT_EQ(all.unfinished, 10U);
  EXPECT_EQ(all.late, 10U);
  EXPECT_EQ(all.after_latest_end, 10U);
  EXPECT_EQ(all.missed_window, 0U) << "there are no windows";
}

TEST_F(ManyRuns, AreLateWhereTheyEndAfterThePlanAndTooLateAfterTheLatestEnd) {
  policy_.faults.late_crew = {always, Minutes(30)};
  policy_.latest_end = default_start() + Minutes(122);
  EXPECT_EQ(runs(10).late, 10U);
  EXPECT_EQ(runs(10).after_latest_end, 0U) << "a run may end in that minute";
  policy_.latest_end = default_start() + Minutes(121);
  EXPECT_EQ(runs(10).after_latest_end, 10U);
  EXPECT_EQ(runs(10).missed_window, 0U) << "there are no windows";
}

TEST_F(ManyRuns, HaveSeedsOfTheirOwn) {
  std::set<std::uint64_t> seeds;
  for (std::uint64_t run = 0; run < 1000; ++run) seeds.insert(seed_of_run(7, run));
  EXPECT_EQ(seeds.size(), 1000U);
  EXPECT_EQ(seed_of_run(7, 0), 7U);
  EXPECT_LT(*seeds.rbegin(), std::uint64_t{1} << 63U);
}

TEST_F(ManyRuns, LeaveUsersEmptyWhereTheyAreNotKnown) {
  contoso_.organisation.sites[1].mailboxes.reset();
  const Runs all = runs(3);
  EXPECT_EQ(all.event46, std::nullopt);
  EXPECT_EQ(all.figures.front().worst, std::nullopt);
  EXPECT_EQ(all.figures.back().worst, std::nullopt);
  EXPECT_EQ(all.figures[makespan_figure].worst, 92);
}

TEST_F(ManyRuns, AreSome) {
  EXPECT_THROW((void)runs(0), ContractViolation);
  EXPECT_THROW((void)runs(most_runs + 1), ContractViolation);
}

TEST_F(ManyRuns, OneOfThemIsToldWithWhatEachFaultCost) {
  policy_.faults.late_crew = {always, Minutes(30)};
  const Rehearsal rehearsal(contoso_.organisation, plan_, policy_, readings_);
  const Story story = tell(rehearsal, 7);
  ASSERT_EQ(story.effects.size(), 1U) << "a recycle needs no crew";
  EXPECT_EQ(story.effects[0].incident.fault, (FaultId{FaultKind::late_crew, 0, 0}));
  EXPECT_EQ(story.figures.figures[makespan_figure], 122);
  EXPECT_EQ(story.effects[0].without->figures[makespan_figure], 92);
  EXPECT_EQ(story.without_faults.figures[makespan_figure], 92);
  EXPECT_EQ(story.log.tries.size(), 2U);
}

TEST_F(ManyRuns, OfWhichOneIsToldAskWhatTheFirstFaultsCostAlone) {
  policy_.faults.server_down = {always, Minutes(30)};
  constexpr int days = 300;
  plan_ = timed({{recycle(contoso_.target), 0, 2}, {recycle(contoso_.target), days * 1440, days * 1440 + 2}});
  const Story story = tell(Rehearsal(contoso_.organisation, plan_, policy_, readings_), 7);
  ASSERT_GT(story.effects.size(), most_effects) << "two servers, each down once a day";
  EXPECT_EQ(story.effects.size(), story.log.incidents.size());
  EXPECT_TRUE(story.effects[most_effects - 1].without.has_value());
  EXPECT_FALSE(story.effects[most_effects].without.has_value());
}

}  // namespace
}  // namespace casplan::simulator
