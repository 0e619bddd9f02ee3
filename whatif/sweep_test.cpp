#include "whatif/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "whatif/whatif_fixture.h"

namespace casplan::whatif {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::ElementsAre;

/// Of everything that is swept there is something.
struct Swept : Contoso {
  Means means;

  Swept() {
    policy.frozen = {second_target};
    policy.windows = {{{}, {branch}, WeeklyTime{6, Minutes(1200), Minutes(600), Minutes(0)}}};
    plan_anew();
    means.effort = planner::little_effort();
    means.explaining = Explaining::no;
  }

  [[nodiscard]] std::vector<SweepRow> rows(SweepKind kind) const { return sweep(kind, situation, &plan(), means); }
  [[nodiscard]] std::vector<std::string> changes(SweepKind kind) const {
    std::vector<std::string> words;
    for (const Change& change : changes_of(kind, situation)) words.push_back(in_words(change, situation));
    return words;
  }
};

TEST(ASweep, TriesEverySingleChangeOfItsKind) {
  const Swept contoso;
  EXPECT_THAT(contoso.changes(SweepKind::freeze), ElementsAre("freeze HQCAS1", "freeze BRCAS1", "freeze HQCAS2"));
  EXPECT_THAT(contoso.changes(SweepKind::unfreeze), ElementsAre("unfreeze BRCAS2"));
  EXPECT_THAT(contoso.changes(SweepKind::copies), Contains("copies forbidden"));
  EXPECT_THAT(contoso.changes(SweepKind::crews), Contains("crews 2"));
  EXPECT_THAT(contoso.changes(SweepKind::redirect),
              ElementsAre("external-url BRCAS1 https://BRCAS1/owa", "external-url BRCAS2 https://BRCAS2/owa"));
  EXPECT_EQ(contoso.changes(SweepKind::fail).size(), contoso.plan().steps.size());
  EXPECT_THAT(contoso.changes(SweepKind::remove_front),
              ElementsAre("remove-front HQCAS1 mail.contoso.com", "remove-front HQCAS2 mail.contoso.com"));
  EXPECT_THAT(contoso.changes(SweepKind::window), ElementsAre("lengthen 1 60", "lengthen 1 120"));
  EXPECT_THAT(contoso.changes(SweepKind::users), ElementsAre("users HQ +20%", "users Branch1 +20%"));
  EXPECT_THAT(contoso.changes(SweepKind::folder), Contains("folder BRCAS1 8.0.685.24 missing"));
  EXPECT_EQ(contoso.changes(SweepKind::reading).size(), 12U);
}

TEST(ASweep, HasARowForEachChangeThatEqualsItsAnswerByItself) {
  const Swept contoso;
  for (const SweepKind kind : all_sweep_kinds) {
    const auto rows = contoso.rows(kind);
    EXPECT_EQ(rows.size(), changes_of(kind, contoso.situation).size()) << to_string(kind);
    for (const SweepRow& row : rows) {
      const std::string text = in_words(row.change, contoso.situation);
      const Answer alone = answer(changed_by({text}, contoso.situation), &contoso.plan(), contoso.means);
      ASSERT_TRUE(alone.best_plan) << text;
      EXPECT_EQ(row.best_plan, ending_of(*alone.best_plan)) << text;
      const auto* judged = std::get_if<JudgedPlan>(&*alone.best_plan);
      EXPECT_EQ(row.measures, judged != nullptr ? judged->measures : Measures{}) << text;
    }
  }
}

TEST(ASweep, RanksByThePolicysObjectiveTheBestFirst) {
  const Swept contoso;
  const auto rows = contoso.rows(SweepKind::crews);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto costs = [&](const SweepRow& row) {
      std::vector<std::int64_t> all;
      for (const Measure measure : contoso.policy.objective) all.push_back(*value(row.measures, measure));
      return all;
    };
    EXPECT_LE(costs(rows[i - 1]), costs(rows[i]));
  }
}

TEST(ASweep, RanksWhatIsImpossibleLast) {
  const Swept contoso;
  const auto rows = contoso.rows(SweepKind::freeze);
  EXPECT_EQ(rows.front().change, Change(Freeze{contoso.target})) << "a front that stays behind fails";
  EXPECT_EQ(rows.back().best_plan, Ending::infeasible);
  EXPECT_FALSE(rows.back().because.empty());
}

TEST(ASweep, DoesNotDependOnTheNumberOfThreads) {
  const Swept contoso;
  const tbb::global_control more_than_there_are(tbb::global_control::max_allowed_parallelism, 8);
  const auto by = [&](int threads) {
    tbb::task_arena arena(threads);
    return arena.execute([&] { return contoso.rows(SweepKind::fail); });
  };
  const auto alone = by(1);
  EXPECT_EQ(by(2), alone);
  EXPECT_EQ(by(7), alone);
}

TEST(ASweep, TellsHowFarItIs) {
  const Swept contoso;
  std::vector<std::size_t> told;
  (void)sweep(SweepKind::users, contoso.situation, &contoso.plan(), contoso.means,
              [&](std::size_t done, std::size_t all) {
                told.push_back(done);
                EXPECT_EQ(all, 2U);
              });
  EXPECT_THAT(told, ElementsAre(1U, 2U));
}

TEST(ASweep, NamesAChangeThatDoesNotFit) {
  Swept contoso;
  contoso.organisation.entry_points.front().fronts = {contoso.front};
  contoso.plan_anew();
  const auto rows = contoso.rows(SweepKind::remove_front);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().best_plan, Ending::no_change);
  EXPECT_THAT(rows.front().because.front(), ::testing::HasSubstr("the only front"));
}

TEST(ASweep, OfAWishWithoutAPlanFindsTheChangeThatAllowsOne) {
  Swept contoso;
  contoso.policy.frozen = {contoso.front, contoso.second_target};
  contoso.plan_anew();
  ASSERT_FALSE(contoso.situation.plan);
  const auto rows = sweep(SweepKind::unfreeze, contoso.situation, nullptr, contoso.means);
  EXPECT_EQ(rows.front().change, Change(Unfreeze{contoso.front}));
  EXPECT_LE(rows.front().best_plan, Ending::safe);
  EXPECT_EQ(rows.back().best_plan, Ending::infeasible);
}

}  // namespace
}  // namespace casplan::whatif
