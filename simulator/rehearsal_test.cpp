#include "simulator/rehearsal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/organisation_fixture.h"
#include "simulator/trace.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Probability always(Probability::whole);

/// A step's tries, as minutes.
using Spans = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// The two sites of the KB, a policy in which nothing goes wrong, and what a test lets go wrong.
class ARun : public ::testing::Test {
 protected:
  ARun() { policy_.faults = no_faults(); }

  RunFigures run(const Plan& plan) {
    plan_ = plan;
    log_ = {};
    return Rehearsal(contoso_.organisation, plan_, policy_, readings_).run(Faults(policy_.faults, seed_), &log_);
  }
  [[nodiscard]] Spans tries(std::uint32_t step) const {
    Spans spans;
    for (const Try& attempt : log_.tries) {
      if (attempt.step == StepIndex{step}) spans.emplace_back(attempt.start.count(), attempt.end.count());
    }
    return spans;
  }
  [[nodiscard]] std::vector<Abandoned> abandoned() const {
    std::vector<Abandoned> reasons;
    for (const AbandonedStep& step : log_.abandoned) reasons.push_back(step.why);
    return reasons;
  }
  /// A seed with which the first draw fails and the second does not, where each may.
  void find_seed_in_which_only_the_first_try_fails() {
    const auto fails = [&](std::uint32_t number) {
      return Faults(policy_.faults, seed_).happens({FaultKind::step_fails, 0, number}, Probability(500'000));
    };
    while (!fails(0) || fails(1)) ++seed_;
  }
  static std::int64_t figure(const RunFigures& run, Measure measure) {
    return run.figures[static_cast<std::size_t>(measure)].value_or(-1);
  }

  TwoSites contoso_;
  Policy policy_;
  Readings readings_;
  Plan plan_;
  Log log_;
  std::uint64_t seed_ = 1;
};

TEST_F(ARun, InWhichNothingGoesWrongIsThePlan) {
  const Plan plan = sequence({drain(contoso_.front), upgrade(contoso_.front, sp1), return_to_service(contoso_.front),
                              ensure_folder(contoso_.front, folder_of(rtm)), recycle(contoso_.front)});
  const RunFigures figures = run(plan);
  const auto nominal = measure(contoso_.organisation, plan, readings_, wanted_builds(contoso_.organisation, policy_));
  EXPECT_TRUE(std::equal(nominal->begin(), nominal->end(), figures.figures.begin()));
  EXPECT_EQ(figures.figures[broken_pages_figure], 0) << "no page is broken";
  EXPECT_TRUE(figures.is_finished);
  EXPECT_EQ(figures.met_event46, true) << "the front returns without the folder";
  EXPECT_THAT(log_.incidents, IsEmpty());
}

TEST_F(ARun, AnUpgradeThatFailsLeavesItsServerOutUntilItIsTriedAgain) {
  policy_.faults.service_pack = {Probability(500'000), Minutes(20)};
  find_seed_in_which_only_the_first_try_fails();
  const RunFigures figures = run(sequence({upgrade(contoso_.target, sp1)}));
  EXPECT_THAT(tries(0), ElementsAre(std::pair(0, 90), std::pair(110, 200)));
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 300 * 200);
  EXPECT_EQ(figure(figures, Measure::makespan_minutes), 200);
  ASSERT_EQ(log_.incidents.size(), 1U);
  EXPECT_EQ(log_.incidents[0].start, Minutes(90)) << "it is found at the end";
  EXPECT_EQ(log_.incidents[0].end, Minutes(110));
}

TEST_F(ARun, AStepThatFailsAtEachTryIsGivenUpWithAllThatWaitsForIt) {
  policy_.faults.service_pack = {always, Minutes(20)};
  policy_.faults.tries = 2;
  const RunFigures figures =
      run(sequence({drain(contoso_.target), upgrade(contoso_.target, sp1), return_to_service(contoso_.target)}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(5, 95), std::pair(115, 205)));
  EXPECT_THAT(abandoned(), ElementsAre(Abandoned::tried_too_often, Abandoned::waits_forever));
  EXPECT_FALSE(figures.is_finished);
  EXPECT_FALSE(figures.missed_window) << "there is none";
  EXPECT_EQ(figures.figures[makespan_figure], std::nullopt);
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 300 * 200) << "from the drain to the giving up";
}

TEST_F(ARun, ThatDoesNotFinishIsCountedToThePlansEndAtLeast) {
  policy_.faults.drain = {always, Minutes(0)};
  policy_.faults.tries = 1;
  contoso_[contoso_.target].in_service = false;
  const RunFigures figures = run(sequence({drain(contoso_.front), upgrade(contoso_.front, sp1)}));
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 300 * 95);
}

TEST_F(ARun, AnUpgradeThatIsGivenUpLeavesItsServerOutOfService) {
  policy_.faults.service_pack = {always, Minutes(0)};
  policy_.faults.tries = 1;
  const RunFigures figures = run(timed({{upgrade(contoso_.target, sp1), 0, 90}, {recycle(contoso_.front), 500, 502}}));
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 300 * 502);
}

TEST_F(ARun, APartialCopyBreaksPagesUntilItIsPutRight) {
  policy_.faults.partial_copy = {always, Minutes(60)};
  contoso_.runs(contoso_.front, sp1, {sp1});
  const RunFigures figures = run(sequence({ensure_folder(contoso_.front, folder_of(rtm)), recycle(contoso_.front)}));
  EXPECT_EQ(figure(figures, Measure::event46_user_minutes), 300 * 12) << "until the folder is loaded";
  EXPECT_EQ(figures.figures[broken_pages_figure], 300 * (10 + 60 - 12)) << "the page is broken, and no event says so";
  EXPECT_EQ(figure(figures, Measure::copies), 2) << "it is copied once more";
  EXPECT_EQ(figure(figures, Measure::makespan_minutes), 70);
}

TEST_F(ARun, AFolderThatIsThereAlreadyIsNotCopiedInPart) {
  policy_.faults.partial_copy = {always, Minutes(60)};
  contoso_.runs(contoso_.front, sp1, {rtm, sp1});
  EXPECT_EQ(run(sequence({ensure_folder(contoso_.front, folder_of(rtm))})).figures[broken_pages_figure], 0);
}

TEST_F(ARun, APartialFolderIsNoSourceUntilItIsPutRight) {
  policy_.faults.partial_copy = {always, Minutes(60)};
  const ServerId other = contoso_.cas("HQCAS2", contoso_.hq, sp1);
  contoso_.runs(contoso_.front, sp1, {sp1});
  run(sequence(
      {ensure_folder(contoso_.front, folder_of(rtm)), ensure_folder(other, folder_of(rtm), {contoso_.front})}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(70, 80)));
}

TEST_F(ARun, AForgottenRecycleHasNoEffectUntilItIsDone) {
  policy_.faults.forgotten_recycle = {always, Minutes(30)};
  contoso_.runs(contoso_.front, sp1, {sp1});
  const RunFigures figures =
      run(sequence({ensure_folder(contoso_.front, folder_of(rtm)), recycle(contoso_.front), drain(contoso_.target)}));
  EXPECT_THAT(tries(2), ElementsAre(std::pair(12, 17))) << "nobody knows, and the work goes on";
  EXPECT_EQ(figure(figures, Measure::event46_user_minutes), 300 * 17) << "then the target is out of service";
  EXPECT_EQ(figure(figures, Measure::makespan_minutes), 42);
}

TEST_F(ARun, ALateCrewDelaysUpgradesAndCopiesAlone) {
  policy_.faults.late_crew = {always, Minutes(30)};
  run(timed({{upgrade(contoso_.target, sp1), 0, 90}, {drain(contoso_.front), 0, 5}}));
  EXPECT_THAT(tries(0), ElementsAre(std::pair(30, 120)));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(0, 5)));
}

TEST_F(ARun, AStepWaitsForAServerThatIsDown) {
  policy_.faults.server_down = {always, Minutes(45)};
  const Minutes down = Faults(policy_.faults, seed_).minute_of_day({FaultKind::server_down, contoso_.target.value, 0});
  const int start = static_cast<int>(down.count());
  run(timed({{recycle(contoso_.front), 0, 1}, {upgrade(contoso_.target, sp1), start + 1, start + 91}}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(start + 45, start + 135)));
}

TEST_F(ARun, UsersOfAServerThatIsDownHaveNone) {
  policy_.faults.server_down = {always, Minutes(45)};
  const Faults faults(policy_.faults, seed_);
  const auto down = [&](ServerId server) {
    return faults.minute_of_day({FaultKind::server_down, server.value, 0}).count();
  };
  const RunFigures figures = run(timed({{recycle(contoso_.front), 0, 1}, {recycle(contoso_.front), 1438, 1439}}));
  const std::int64_t front = std::min<std::int64_t>(45, 1439 - down(contoso_.front));
  const std::int64_t target = std::min<std::int64_t>(45, 1439 - down(contoso_.target));
  const std::int64_t both = std::max<std::int64_t>(0, 45 - std::abs(down(contoso_.front) - down(contoso_.target)));
  ASSERT_EQ(both, 0) << "the test asks for a seed in which they are not down together";
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 1500 * front + 300 * target);
}

TEST_F(ARun, ACopyWaitsForASourceThatIsDown) {
  policy_.faults.server_down = {always, Minutes(45)};
  contoso_.runs(contoso_.front, sp1, {sp1});
  const auto down = static_cast<int>(
      Faults(policy_.faults, seed_).minute_of_day({FaultKind::server_down, contoso_.target.value, 0}).count());
  run(timed({{recycle(contoso_.front), 0, 1}, {ensure_folder(contoso_.front, folder_of(rtm)), down + 1, down + 11}}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(down + 45, down + 55)));
}

TEST_F(ARun, AFrontOutOfRotationTakesNoUsersAndStillIsATarget) {
  policy_.faults.front_out_of_rotation = {always, Minutes(20)};
  contoso_.organisation.entry_points.clear();
  contoso_.entry_point("mail.contoso.com", {contoso_.front}, 50);
  contoso_.entry_point("branch.contoso.com", {contoso_.target}, 50);
  for (const ServerId front : {contoso_.front, contoso_.target}) {
    const Faults faults(policy_.faults, seed_);
    ASSERT_LT(faults.minute_of_day({FaultKind::front_out_of_rotation, front.value, 0}), Minutes(1419));
  }
  const RunFigures figures = run(timed({{recycle(contoso_.target), 0, 1}, {recycle(contoso_.target), 1438, 1439}}));
  EXPECT_EQ(figure(figures, Measure::unavailable_user_minutes), 2 * 750 * 20)
      << "half of all users cannot come in while one is out; those of its site who come by the other are proxied to it";
}

TEST_F(ARun, AServerThatIsWorkedOnDoesNotGoDown) {
  policy_.faults.server_down = {always, Minutes(45)};
  run(timed({{upgrade(contoso_.target, sp1), 0, 1439}}));
  ASSERT_EQ(log_.incidents.size(), 1U) << "what goes wrong with it then is the step's own fault";
  EXPECT_EQ(log_.incidents[0].server, contoso_.front);
}

TEST_F(ARun, WaitsForWhatComesBefore) {
  policy_.faults.late_crew = {always, Minutes(30)};
  run(sequence({upgrade(contoso_.front, sp1), drain(contoso_.target)}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(120, 125)));
}

TEST_F(ARun, GivesUpWhateverWaitsForAStepThatIsGivenUp) {
  policy_.faults.drain = {always, Minutes(0)};
  run(sequence({drain(contoso_.front), recycle(contoso_.target), recycle(contoso_.target), recycle(contoso_.target)}));
  EXPECT_THAT(abandoned(), ElementsAre(Abandoned::tried_too_often, Abandoned::waits_forever, Abandoned::waits_forever,
                                       Abandoned::waits_forever));
  EXPECT_EQ(log_.abandoned.back().at, Minutes(15)) << "at once, after three tries of five minutes";
}

TEST_F(ARun, WaitsForACrew) {
  const ServerId other = contoso_.cas("BRCAS2", contoso_.branch, rtm);
  run(timed({{upgrade(contoso_.target, sp1), 0, 90}, {upgrade(other, sp1), 0, 90}, {drain(contoso_.front), 0, 5}}));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(90, 180)));
  EXPECT_THAT(tries(2), ElementsAre(std::pair(0, 5))) << "a drain needs none";
}

TEST_F(ARun, BeginsAStepAtOnceWhenAnotherOfItsServerIsGivenUp) {
  policy_.crews = 1;
  policy_.faults.recycle = {always, Minutes(100)};
  policy_.windows = {{{contoso_.target}, {}, DatedTime{default_start(), default_start() + Minutes(108)}}};
  run(timed({{upgrade(contoso_.front, sp1), 0, 90},
             {ensure_folder(contoso_.target, folder_of(rtm)), 1, 2},
             {recycle(contoso_.target), 5, 7}}));
  EXPECT_THAT(tries(2), ElementsAre(std::pair(5, 7))) << "it fails, and would be tried again too late for the window";
  EXPECT_THAT(abandoned(), ElementsAre(Abandoned::no_window));
  EXPECT_THAT(tries(1), ElementsAre(std::pair(107, 108))) << "it waits for the crew, and then for its server";
}

TEST_F(ARun, WaitsForTheNextWindowWhereItDoesNotFitAnyMore) {
  constexpr std::int64_t week = 7 * 24 * 60;
  policy_.windows = {{{contoso_.target}, {}, WeeklyTime{6, Minutes(22 * 60), Minutes(100), Minutes(0)}}};
  policy_.faults.late_crew = {always, Minutes(30)};
  const RunFigures figures = run(sequence({upgrade(contoso_.target, sp1)}));
  EXPECT_THAT(tries(0), ElementsAre(std::pair(week, week + 90)));
  EXPECT_TRUE(figures.missed_window);
  EXPECT_TRUE(figures.is_finished);
}

TEST_F(ARun, GivesAStepUpForWhichNoWindowIsLeft) {
  policy_.windows = {{{contoso_.target}, {}, DatedTime{default_start(), default_start() + Minutes(100)}}};
  policy_.faults.late_crew = {always, Minutes(30)};
  EXPECT_FALSE(run(sequence({upgrade(contoso_.target, sp1)})).is_finished);
  EXPECT_THAT(abandoned(), ElementsAre(Abandoned::no_window));
}

TEST_F(ARun, GivesAStepUpThatDoesNotFitTheState) {
  policy_.frozen = {contoso_.target};
  EXPECT_FALSE(run(sequence({upgrade(contoso_.target, sp1)})).is_finished);
  EXPECT_THAT(abandoned(), ElementsAre(Abandoned::refused));
}

TEST_F(ARun, WithoutOneOfItsFaultsIsTheSameOtherwise) {
  policy_.faults.late_crew = {always, Minutes(30)};
  const Faults both(policy_.faults, seed_);
  const FaultId first{FaultKind::late_crew, 0, 0};
  EXPECT_TRUE(both.happens(first, always));
  EXPECT_FALSE(both.without(first).happens(first, always));
  EXPECT_TRUE(both.without(first).happens({FaultKind::late_crew, 1, 0}, always));
}

}  // namespace
}  // namespace casplan::simulator
