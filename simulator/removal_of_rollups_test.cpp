#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "simulator/transition.h"

namespace casplan::simulator {
namespace {

using namespace modelled;

/// The one server's state after a step that is carried out.
ServerState after(const State& state, const Step& step, const Readings& readings = {}) {
  const auto next = apply(state, step, readings);
  expects(next.has_value(), "the step is carried out");
  return at(next->servers, step.server);
}

Readings with_removal(RollupRemoval removal) {
  Readings readings;
  readings.rollup_removal = removal;
  return readings;
}

/// A front that went from SP1 over RU5 to RU9 and holds a copy of RTM's folder.
TwoSites with_two_rollups() {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {rtm, sp1, sp1_ru5, sp1_ru9});
  return contoso;
}

TEST(RemovalOfRollups, BringsBackTheBuildItsVersionAndItsFolderAndRestartsTheServices) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {rtm, sp1_ru9});
  contoso[contoso.front].loaded_folders = folders_of({sp1_ru9});
  for (const RollupRemoval removal : {RollupRemoval::folder_stays, RollupRemoval::folder_goes}) {
    const ServerState back =
        after(initial_state(contoso.organisation), upgrade(contoso.front, sp1), with_removal(removal));
    EXPECT_EQ(back.build, sp1);
    EXPECT_EQ(back.owa_version, folder_of(sp1));
    EXPECT_EQ(back.present.has(folder_of(sp1)), Knowledge::yes);
    EXPECT_EQ(back.present.has(folder_of(rtm)), Knowledge::yes) << "copies survive";
    EXPECT_EQ(back.loaded, back.present);
    EXPECT_TRUE(back.is_in_service());
  }
}

TEST(RemovalOfRollups, LeavesTheirFoldersOrTakesThemAlong) {
  const TwoSites contoso = with_two_rollups();
  const State state = initial_state(contoso.organisation);
  const ServerState stays = after(state, upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_stays));
  EXPECT_EQ(stays.present, at(state.servers, contoso.front).present);
  const ServerState goes = after(state, upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_goes));
  EXPECT_EQ(goes.present, FolderSet::of(folders_of({rtm, sp1})));
}

TEST(RemovalOfRollups, DownToAnEarlierRollupTakesOnlyTheLaterOnesAlong) {
  const TwoSites contoso = with_two_rollups();
  const ServerState back = after(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru5),
                                 with_removal(RollupRemoval::folder_goes));
  EXPECT_EQ(back.present, FolderSet::of(folders_of({rtm, sp1, sp1_ru5})));
}

TEST(RemovalOfRollups, LeavesCopiesOfTheFoldersOfRollupsButNotTheFolderOfTheRollupThatRuns) {
  TwoSites contoso = with_two_rollups();
  contoso[contoso.front].hand_copied_folders = folders_of({sp1_ru5, sp1_ru9});
  const ServerState back =
      after(initial_state(contoso.organisation), upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_goes));
  EXPECT_EQ(back.present, FolderSet::of(folders_of({rtm, sp1, sp1_ru5})));
}

/// A folder above the server's version was left by a removal before, or copied.
TEST(RemovalOfRollups, LeavesFoldersAboveTheVersionThatRuns) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru5, {sp1, sp1_ru5, sp1_ru9});
  const ServerState back =
      after(initial_state(contoso.organisation), upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_goes));
  EXPECT_EQ(back.present, FolderSet::of(folders_of({sp1, sp1_ru9})));
}

TEST(RemovalOfRollups, OfAServerWhoseVersionIsNotKnownLeavesItsFoldersInDoubt) {
  TwoSites contoso;
  contoso.runs(contoso.front, {{8, 1, 400, 2}}, {});
  contoso[contoso.front].owa_version.reset();
  contoso[contoso.front].folders = folders_of({rtm, sp1, sp1_ru9});
  const State state = initial_state(contoso.organisation);
  const ServerState goes = after(state, upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_goes));
  EXPECT_EQ(goes.present.has(folder_of(rtm)), Knowledge::yes);
  EXPECT_EQ(goes.present.has(folder_of(sp1)), Knowledge::yes);
  EXPECT_EQ(goes.present.has(folder_of(sp1_ru9)), Knowledge::unknown);
  const ServerState stays = after(state, upgrade(contoso.front, sp1), with_removal(RollupRemoval::folder_stays));
  EXPECT_EQ(stays.present.has(folder_of(sp1_ru9)), Knowledge::yes);
}

}  // namespace
}  // namespace casplan::simulator
