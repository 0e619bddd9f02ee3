#include "planner/phases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Pair : TwoSites {
  [[nodiscard]] Need need(const Changes& changes, Phase front_phase, Phase target_phase,
                          const FixedReadings& fixed = {}) const {
    return PhaseTable(organisation, changes, fixed).need(front, front_phase, target, target_phase);
  }
};

TEST(Needs, EqualVersionsNeedNothing) {
  const Pair pair;
  EXPECT_EQ(pair.need({}, Phase::before, Phase::before).kind, NeedKind::nothing);
  const Changes both{{pair.front, {sp1}}, {pair.target, {sp1}}};
  EXPECT_EQ(pair.need(both, Phase::after, Phase::after).kind, NeedKind::nothing);
}

TEST(Needs, AFrontsServicePackRemovesTheFolderOfATargetThatIsLeftBehind) {
  const Pair pair;
  const Need need = pair.need({{pair.front, {sp1}}}, Phase::after, Phase::before);
  EXPECT_EQ(need.kind, NeedKind::folders);
  EXPECT_THAT(need.folders, ElementsAre(folder_of(rtm)));
  EXPECT_EQ(need.judgement.rule, RuleId::newer_front_without_folder);
}

TEST(Needs, ARollupMayRemoveTheFolderUnlessThatReadingIsRuledOut) {
  Pair pair;
  const Changes front_first{{pair.front, {rtm_ru5}}};
  EXPECT_THAT(pair.need(front_first, Phase::after, Phase::before).folders, ElementsAre(folder_of(rtm)));
  FixedReadings keeps;
  keeps.rollup_keeps = RollupKeeps::keeps;
  EXPECT_EQ(pair.need(front_first, Phase::after, Phase::before, keeps).kind, NeedKind::nothing);
}

TEST(Needs, AFrontThatSkippedTheTargetsRollupLacksThatFolder) {
  Pair pair;
  pair.runs(pair.front, sp1_ru9, {sp1, sp1_ru9});
  pair.runs(pair.target, sp1_ru5, {sp1, sp1_ru5});
  EXPECT_THAT(pair.need({}, Phase::before, Phase::before).folders, ElementsAre(folder_of(sp1_ru5)));
}

TEST(Needs, AHandCopyMayOrMayNotSurviveAServicePack) {
  Pair pair;
  pair.runs(pair.front, sp1, {rtm, sp1});
  const Changes front_first{{pair.front, {sp2}}};
  EXPECT_THAT(pair.need(front_first, Phase::after, Phase::before).folders, ElementsAre(folder_of(rtm)));
  FixedReadings survive;
  survive.service_pack_removes = ServicePackRemoves::installed_only;
  EXPECT_EQ(pair.need(front_first, Phase::after, Phase::before, survive).kind, NeedKind::nothing);
}

TEST(Needs, AFolderAboveTheTargetsOwnVersionIsNeededUnderTheReadingHighest) {
  Pair pair;
  pair.runs(pair.front, sp2, {rtm, sp2});
  pair.runs(pair.target, rtm, {rtm, sp1});
  EXPECT_THAT(pair.need({}, Phase::before, Phase::before).folders, ElementsAre(folder_of(sp1)));
  FixedReadings running;
  running.folder_match = FolderMatch::running;
  EXPECT_EQ(pair.need({}, Phase::before, Phase::before, running).kind, NeedKind::nothing);
}

TEST(Needs, AFolderThatIsPresentButNotLoadedAsksForNoCopy) {
  Pair pair;
  pair.runs(pair.front, sp1, {rtm, sp1});
  pair[pair.front].loaded_folders = folders_of({sp1});
  const Need need = pair.need({}, Phase::before, Phase::before);
  EXPECT_EQ(need.kind, NeedKind::folders);
  EXPECT_THAT(need.folders, IsEmpty());
}

TEST(Needs, AnOlderFrontIsBeyondFoldersUnlessTheReadingSaysOtherwise) {
  Pair pair;
  pair.runs(pair.target, sp1, {sp1});
  const Need need = pair.need({}, Phase::before, Phase::before);
  EXPECT_EQ(need.kind, NeedKind::impossible);
  EXPECT_THAT(need.folders, IsEmpty());
  FixedReadings needs_folder;
  needs_folder.older_front = OlderFront::needs_folder;
  EXPECT_THAT(pair.need({}, Phase::before, Phase::before, needs_folder).folders, ElementsAre(folder_of(sp1)));
}

TEST(Needs, AFrontWhoseFoldersWereNotListedMayLackTheFolder) {
  Pair pair;
  pair.runs(pair.front, sp1, {sp1});
  pair[pair.front].folders.reset();
  EXPECT_THAT(pair.need({}, Phase::before, Phase::before).folders, ElementsAre(folder_of(rtm)));
}

TEST(Needs, AnOwaVersionThatIsNotKnownLeavesTheNeedUnknown) {
  Pair pair;
  pair[pair.target].build.reset();
  EXPECT_EQ(pair.need({}, Phase::before, Phase::before).kind, NeedKind::unknown);
}

TEST(Needs, AnImpossiblePathStaysSoWhateverElseIsNotKnown) {
  Pair pair;
  pair.runs(pair.target, sp1, {sp1});
  pair[pair.target].folders.reset();
  EXPECT_EQ(pair.need({}, Phase::before, Phase::before).kind, NeedKind::impossible);
}

TEST(PhaseTable, AReportedOwaVersionCountsBeforeTheChangeAndTheCataloguesAfterIt) {
  Pair pair;
  pair[pair.front].owa_version = folder_of(rtm_ru5);
  const PhaseTable phases(pair.organisation, {{pair.front, {sp1}}}, {});
  EXPECT_EQ(phases.version(pair.front, Phase::before), folder_of(rtm_ru5));
  EXPECT_EQ(phases.version(pair.front, Phase::after), folder_of(sp1));
}

TEST(PhaseTable, AServerSurelyHoldsOnlyWhatItHoldsUnderEveryReading) {
  const Pair pair;
  const PhaseTable phases(pair.organisation, {{pair.front, {rtm_ru5}}}, {});
  EXPECT_TRUE(phases.surely_holds(pair.front, Phase::before, folder_of(rtm)));
  EXPECT_FALSE(phases.surely_holds(pair.front, Phase::after, folder_of(rtm)));
  EXPECT_TRUE(phases.surely_holds(pair.front, Phase::after, folder_of(rtm_ru5)));
}

TEST(PhaseTable, AFolderThatWasPutThereSurvivesAChangeOnlyIfEveryReadingKeepsIt) {
  const Pair pair;
  const Changes rollup{{pair.front, {rtm_ru5}}};
  EXPECT_FALSE(PhaseTable(pair.organisation, rollup, {}).survives_change(pair.front, folder_of(sp1)));
  EXPECT_TRUE(PhaseTable(pair.organisation, rollup, as_the_kb()).survives_change(pair.front, folder_of(sp1)));
}

TEST(Needs, TellWhetherThePathFailsTodayToo) {
  Pair pair;
  const Changes front_first{{pair.front, {sp1}}};
  EXPECT_FALSE(pair.need(front_first, Phase::after, Phase::before).fails_today_too);
  EXPECT_THAT(pair.need(front_first, Phase::after, Phase::before).kept_working_by, ElementsAre(folder_of(rtm)));
  pair.runs(pair.front, rtm_ru5, {rtm_ru5});
  EXPECT_TRUE(pair.need(front_first, Phase::after, Phase::before).fails_today_too);
  EXPECT_THAT(pair.need(front_first, Phase::after, Phase::before).kept_working_by, IsEmpty());
}

TEST(PhaseTable, AFolderAboveAllOthersCountsAsHighestOnlyUnderThatReading) {
  const Pair pair;
  EXPECT_TRUE(PhaseTable(pair.organisation, {}, {}).would_count_as_highest(pair.front, folder_of(sp1)));
  EXPECT_FALSE(PhaseTable(pair.organisation, {}, {}).would_count_as_highest(pair.front, folder_of(rtm)));
  EXPECT_FALSE(PhaseTable(pair.organisation, {}, as_the_kb()).would_count_as_highest(pair.front, folder_of(sp1)));
}

TEST(MissingFact, NamesTheServerAndHowToFindOut) {
  Pair pair;
  pair[pair.target].build.reset();
  const ProxyPath path{pair.front, pair.target, pair.branch};
  EXPECT_THAT(missing_fact(pair.organisation, path), HasSubstr("The OWA version of BRCAS1 is not known"));
  pair[pair.target].owa_version = folder_of(rtm);
  EXPECT_THAT(missing_fact(pair.organisation, path), HasSubstr("The resource folders of BRCAS1 were not listed"));
}

}  // namespace
}  // namespace casplan::planner
