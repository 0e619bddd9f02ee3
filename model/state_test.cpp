#include "model/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casplan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr OwaVersion rtm{{8, 0, 685, 24}};
constexpr OwaVersion rtm_ru1{{8, 0, 700, 0}};
constexpr OwaVersion sp1{{8, 1, 240, 5}};
constexpr OwaVersion sp1_ru9{{8, 1, 393, 1}};
constexpr OwaVersion sp2{{8, 2, 176, 2}};

FolderList listed(std::initializer_list<OwaVersion> versions) {
  FolderList folders;
  for (const OwaVersion& version : versions) folders.push_back({to_string(version), version});
  return folders;
}

FolderSet set_of(std::initializer_list<OwaVersion> versions) {
  return FolderSet::of(listed(versions));
}

TEST(ListedFolders, AreThereOrNot) {
  const FolderSet folders = set_of({sp1, rtm});
  EXPECT_TRUE(folders.is_listed());
  EXPECT_EQ(folders.has(rtm), Knowledge::yes);
  EXPECT_EQ(folders.has(sp1), Knowledge::yes);
  EXPECT_EQ(folders.has(sp2), Knowledge::no);
}

TEST(ListedFolders, HaveAHighest) {
  EXPECT_EQ(set_of({sp1, sp1_ru9, rtm}).highest(), sp1_ru9);
  EXPECT_EQ(FolderSet{}.highest(), std::nullopt);
}

TEST(ListedFolders, AreKeptInAscendingOrderAndOnce) {
  FolderSet folders = set_of({sp2, rtm});
  folders.insert(sp1);
  folders.insert(sp1);
  EXPECT_THAT(folders.known(), ElementsAre(rtm, sp1, sp2));
}

TEST(UnlistedFolders, HoldTheServersOwnAndPerhapsOthers) {
  const FolderSet folders = FolderSet::unlisted(sp1);
  EXPECT_FALSE(folders.is_listed());
  EXPECT_EQ(folders.has(sp1), Knowledge::yes);
  EXPECT_EQ(folders.has(rtm), Knowledge::unknown);
  EXPECT_EQ(folders.has(sp2), Knowledge::unknown);
}

TEST(UnlistedFolders, HaveNoKnownHighest) {
  EXPECT_EQ(FolderSet::unlisted(sp1).highest(), std::nullopt);
}

TEST(UnlistedFolders, OfAServerWhoseVersionIsNotKnownAreAllUnknown) {
  const FolderSet folders = FolderSet::unlisted(std::nullopt);
  EXPECT_THAT(folders.known(), IsEmpty());
  EXPECT_EQ(folders.has(rtm), Knowledge::unknown);
}

TEST(RemovingEarlierFolders, LeavesThoseOfTheLevelAndAbove) {
  FolderSet folders = set_of({rtm, rtm_ru1, sp1, sp2});
  folders.remove_below(sp1.level(), {});
  EXPECT_THAT(folders.known(), ElementsAre(sp1, sp2));
  EXPECT_EQ(folders.has(rtm), Knowledge::no);
}

TEST(RemovingEarlierFolders, LeavesThoseThatAreSpared) {
  FolderSet folders = set_of({rtm, rtm_ru1, sp1});
  folders.remove_below(sp2.level(), set_of({rtm_ru1}));
  EXPECT_THAT(folders.known(), ElementsAre(rtm_ru1));
}

TEST(RemovingEarlierFolders, MakesTheirAbsenceKnownOnAServerThatWasNotListed) {
  FolderSet folders = FolderSet::unlisted(rtm);
  folders.remove_below(sp2.level(), {});
  EXPECT_EQ(folders.has(rtm), Knowledge::no);
  EXPECT_EQ(folders.has(sp1), Knowledge::no);
  EXPECT_EQ(folders.has(sp2), Knowledge::unknown);
}

TEST(RemovingEarlierFolders, LeavesThemUnknownWhereWhatIsSparedIsNotListed) {
  FolderSet folders = FolderSet::unlisted(rtm);
  folders.remove_below(sp2.level(), FolderSet::unlisted(std::nullopt));
  EXPECT_EQ(folders.has(sp1), Knowledge::unknown);
}

TEST(IntersectedFolders, AreThoseThatTheOtherMayHold) {
  FolderSet folders = set_of({rtm, sp1});
  folders.intersect(set_of({sp1, sp2}));
  EXPECT_THAT(folders.known(), ElementsAre(sp1));
}

TEST(IntersectedFolders, LoseNothingToAServerThatWasNotListed) {
  FolderSet folders = set_of({rtm, sp1});
  folders.intersect(FolderSet::unlisted(std::nullopt));
  EXPECT_THAT(folders.known(), ElementsAre(rtm, sp1));
}

TEST(ClearedFolders, AreKnownToBeGone) {
  FolderSet folders = FolderSet::unlisted(sp1);
  folders.clear();
  EXPECT_EQ(folders, FolderSet{});
  EXPECT_EQ(folders.has(sp1), Knowledge::no);
}

ServerState found(const Server& server) {
  Organisation organisation;
  organisation.servers = {server};
  return initial_state(organisation).servers.front();
}

Server sp1_server() {
  Server server;
  server.roles = {Role::client_access};
  server.build = BuildVersion{{8, 1, 240, 6}};
  return server;
}

TEST(InitialState, HasAStateForEachServerInOrder) {
  Organisation organisation;
  organisation.servers = {Server{}, sp1_server()};
  const State state = initial_state(organisation);
  ASSERT_EQ(state.servers.size(), 2U);
  EXPECT_EQ(state.servers[0].build, std::nullopt);
  EXPECT_EQ(state.servers[1].build, (BuildVersion{{8, 1, 240, 6}}));
}

TEST(InitialState, TakesTheOwaVersionFromTheCatalogueWhereItIsNotReported) {
  EXPECT_EQ(found(sp1_server()).owa_version, sp1);
}

TEST(InitialState, CountsFoldersAsLoadedUnlessToldOtherwise) {
  Server server = sp1_server();
  server.folders = listed({rtm, sp1});
  EXPECT_EQ(found(server).loaded, set_of({rtm, sp1}));
  server.loaded_folders = listed({sp1});
  EXPECT_EQ(found(server).loaded, set_of({sp1}));
  EXPECT_EQ(found(server).present, set_of({rtm, sp1}));
}

TEST(InitialState, OfAServerWithoutAFolderListHoldsItsOwnFolderForSure) {
  EXPECT_EQ(found(sp1_server()).present, FolderSet::unlisted(sp1));
  EXPECT_EQ(found(sp1_server()).loaded, FolderSet::unlisted(sp1));
}

TEST(InitialState, OfAServerWithAnEmptyFolderListHoldsNone) {
  Server server = sp1_server();
  server.folders = FolderList{};
  EXPECT_EQ(found(server).present, FolderSet{});
}

TEST(InitialState, PresumesThatFoldersOfAnEarlierLevelWereCopiedByHand) {
  Server server = sp1_server();
  server.folders = listed({rtm, rtm_ru1, sp1, sp2});
  EXPECT_EQ(found(server).hand_copied, set_of({rtm, rtm_ru1}));
}

TEST(InitialState, PresumesNoHandCopyAmongTheFoldersOfTheServersOwnLevel) {
  Server server;
  server.owa_version = sp1_ru9;
  server.folders = listed({sp1, sp1_ru9});
  EXPECT_EQ(found(server).hand_copied, FolderSet{});
}

TEST(InitialState, TakesTheListOfHandCopiesWhereThereIsOne) {
  Server server = sp1_server();
  server.folders = listed({rtm, rtm_ru1, sp1});
  server.hand_copied_folders = listed({rtm_ru1});
  EXPECT_EQ(found(server).hand_copied, set_of({rtm_ru1}));
}

TEST(InitialState, PresumesNoHandCopyOfAServerWhoseVersionIsNotKnown) {
  Server server;
  server.folders = listed({rtm, sp1});
  EXPECT_EQ(found(server).hand_copied, FolderSet{});
}

TEST(InitialState, HasAServerInServiceUnlessItIsKnownToBeOut) {
  Server server = sp1_server();
  EXPECT_TRUE(found(server).is_in_service());
  server.in_service = true;
  EXPECT_TRUE(found(server).is_in_service());
  server.in_service = false;
  EXPECT_EQ(found(server).service, Service::drained);
}

TEST(Service, IsNotThatOfAServerThatIsDown) {
  ServerState server;
  EXPECT_TRUE(server.takes_users());
  server.is_out_of_rotation = true;
  EXPECT_TRUE(server.is_in_service());
  EXPECT_FALSE(server.takes_users());
  server.is_out_of_rotation = false;
  server.is_down = true;
  EXPECT_FALSE(server.is_in_service());
  EXPECT_FALSE(server.takes_users());
}

TEST(APartialFolder, IsPresentButNotWhole) {
  constexpr OwaVersion folder{{8, 0, 685, 24}};
  ServerState server;
  server.present.insert(folder);
  EXPECT_EQ(server.holds_whole(folder), Knowledge::yes);
  server.partial.insert(folder);
  EXPECT_EQ(server.present.has(folder), Knowledge::yes);
  EXPECT_EQ(server.holds_whole(folder), Knowledge::no);
}

TEST(Service, IsOutDuringAnUpgrade) {
  for (const Service out : {Service::drained, Service::upgrading, Service::upgrading_drained}) {
    ServerState state;
    state.service = out;
    EXPECT_FALSE(state.is_in_service());
  }
}

}  // namespace
}  // namespace casplan
