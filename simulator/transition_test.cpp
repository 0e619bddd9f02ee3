#include "simulator/transition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The one server's state after a step that is carried out.
ServerState after(const State& state, const Step& step, const Readings& readings = {}) {
  const auto next = apply(state, step, readings);
  expects(next.has_value(), "the step is carried out");
  return at(next->servers, step.server);
}

std::optional<RefusalReason> refusal(const State& state, const Step& step) {
  const auto next = apply(state, step, Readings{});
  if (next) return std::nullopt;
  EXPECT_EQ(next.error().server, step.server);
  return next.error().reason;
}

TEST(Upgrade, OfAServerThatIsNoCasBringsItsBuildAndNoFolder) {
  TwoSites contoso;
  const ServerId mailbox = contoso.cas("BRMBX1", contoso.branch, rtm);
  contoso[mailbox].roles = {Role::mailbox};
  contoso[mailbox].folders.reset();
  for (const BuildVersion& build : {sp1, rtm_ru5}) {
    const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(mailbox, build));
    EXPECT_EQ(upgraded.build, build);
    EXPECT_THAT(upgraded.present.known(), IsEmpty());
    EXPECT_THAT(upgraded.loaded.known(), IsEmpty());
    EXPECT_TRUE(upgraded.present.is_listed()) << "there is nothing that somebody should have listed";
  }
}

TEST(EnsureFolder, FindsNoSourceInAnUpgradedServerThatIsNoCas) {
  TwoSites contoso;
  const ServerId mailbox = contoso.cas("BRMBX1", contoso.branch, rtm);
  contoso[mailbox].roles = {Role::mailbox};
  contoso[mailbox].folders.reset();
  const auto state = apply(initial_state(contoso.organisation), upgrade(mailbox, sp1), Readings{});
  ASSERT_TRUE(state.has_value());
  EXPECT_EQ(refusal(*state, ensure_folder(contoso.front, folder_of(sp1))), RefusalReason::no_source);
}

TEST(Drain, TakesTheServerOutOfServiceAndChangesNothingElse) {
  const TwoSites contoso;
  State expected = initial_state(contoso.organisation);
  expected.servers[0].service = Service::drained;
  EXPECT_EQ(apply(initial_state(contoso.organisation), drain(contoso.front), Readings{}), expected);
}

TEST(Drain, IsRefusedOnAServerThatIsOut) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), drain(contoso.front)), RefusalReason::already_drained);
}

TEST(Return, PutsADrainedServerInService) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  EXPECT_EQ(after(initial_state(contoso.organisation), return_to_service(contoso.front)).service, Service::in_service);
}

TEST(Return, LoadsNoFolders) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  contoso[contoso.front].folders = folders_of({rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({rtm});
  EXPECT_THAT(after(initial_state(contoso.organisation), return_to_service(contoso.front)).loaded.known(),
              ElementsAre(folder_of(rtm)));
}

TEST(Return, IsRefusedOnAServerInService) {
  const TwoSites contoso;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), return_to_service(contoso.front)),
            RefusalReason::already_in_service);
}

TEST(Recycle, LoadsEveryFolderThatIsPresent) {
  TwoSites contoso;
  contoso[contoso.front].folders = folders_of({rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({rtm});
  const ServerState recycled = after(initial_state(contoso.organisation), recycle(contoso.front));
  EXPECT_THAT(recycled.loaded.known(), ElementsAre(folder_of(rtm), folder_of(sp1)));
  EXPECT_EQ(recycled.service, Service::in_service);
}

TEST(Recycle, OfADrainedServerLeavesItDrained) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  EXPECT_EQ(after(initial_state(contoso.organisation), recycle(contoso.front)).service, Service::drained);
}

TEST(ServicePack, RemovesTheFoldersOfEarlierLevelsAndLoadsItsOwn) {
  const TwoSites contoso;
  const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(contoso.front, sp1));
  EXPECT_EQ(upgraded.build, sp1);
  EXPECT_EQ(upgraded.owa_version, folder_of(sp1));
  EXPECT_NE(to_string(*upgraded.owa_version), to_string(*upgraded.build)) << "the OWA version is not the build";
  EXPECT_THAT(upgraded.present.known(), ElementsAre(folder_of(sp1)));
  EXPECT_EQ(upgraded.loaded, upgraded.present);
  EXPECT_EQ(upgraded.service, Service::in_service);
}

TEST(ServicePack, InstallsOverAnyEarlierLevel) {
  const TwoSites contoso;
  EXPECT_EQ(after(initial_state(contoso.organisation), upgrade(contoso.front, sp2)).build, sp2);
}

TEST(ServicePack, KeepsFoldersOfItsOwnLevel) {
  TwoSites contoso;
  contoso[contoso.front].folders = folders_of({rtm, sp2});
  EXPECT_THAT(after(initial_state(contoso.organisation), upgrade(contoso.front, sp1)).present.known(),
              ElementsAre(folder_of(sp1), folder_of(sp2)));
}

TEST(ServicePack, RemovesHandCopiesTooWhereItRemovesAllEarlier) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1, rtm});
  EXPECT_THAT(after(initial_state(contoso.organisation), upgrade(contoso.front, sp2)).present.known(),
              ElementsAre(folder_of(sp2)));
}

TEST(ServicePack, LeavesHandCopiesWhereItRemovesInstalledOnly) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1, rtm});
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(contoso.front, sp2), readings);
  EXPECT_THAT(upgraded.present.known(), ElementsAre(folder_of(rtm), folder_of(sp2)));
  EXPECT_EQ(upgraded.loaded, upgraded.present);
  EXPECT_THAT(upgraded.hand_copied.known(), ElementsAre(folder_of(rtm)));
}

TEST(ServicePack, RemovesAnInstalledFolderEvenWhereHandCopiesSurvive) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1, rtm});
  contoso[contoso.front].hand_copied_folders = FolderList{};
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  EXPECT_THAT(after(initial_state(contoso.organisation), upgrade(contoso.front, sp2), readings).present.known(),
              ElementsAre(folder_of(sp2)));
}

TEST(ServicePack, LeavesAFolderThatAStepHasCopiedWhereItRemovesInstalledOnly) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  const auto copied =
      apply(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(rtm)), readings);
  ASSERT_TRUE(copied);
  EXPECT_EQ(after(*copied, upgrade(contoso.front, sp2), readings).present.has(folder_of(rtm)), Knowledge::yes);
}

TEST(ServicePack, RemovesAFolderThatWasCopiedFirstAndThenInstalled) {
  const TwoSites contoso;
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  State state = initial_state(contoso.organisation);
  at(state.servers, contoso.target).present.insert(folder_of(sp1));
  const auto copied = apply(state, ensure_folder(contoso.front, folder_of(sp1)), readings);
  ASSERT_TRUE(copied);
  const auto installed = apply(*copied, upgrade(contoso.front, sp1), readings);
  ASSERT_TRUE(installed);
  EXPECT_THAT(after(*installed, upgrade(contoso.front, sp2), readings).present.known(), ElementsAre(folder_of(sp2)));
}

TEST(Rollup, KeepsTheFoldersThatAreThereAndAddsItsOwn) {
  const TwoSites contoso;
  const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(contoso.front, rtm_ru5));
  EXPECT_EQ(upgraded.owa_version, folder_of(rtm_ru5));
  EXPECT_THAT(upgraded.present.known(), ElementsAre(folder_of(rtm), folder_of(rtm_ru5)));
  EXPECT_EQ(upgraded.loaded, upgraded.present);
}

TEST(Rollup, ThatSkipsAnotherDoesNotBringItsFolder) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  EXPECT_EQ(after(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru9)).present.has(folder_of(sp1_ru5)),
            Knowledge::no);
}

TEST(Rollup, LeavesOnlyItsOwnFolderWhereItMayRemove) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  Readings readings;
  readings.rollup_keeps = RollupKeeps::may_remove;
  const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru9), readings);
  EXPECT_THAT(upgraded.present.known(), ElementsAre(folder_of(sp1_ru9)));
  EXPECT_THAT(upgraded.hand_copied.known(), IsEmpty());
}

TEST(Upgrade, LoadsAFolderThatWaitedForARestart) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({sp1});
  EXPECT_EQ(after(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru9)).loaded.has(folder_of(rtm)),
            Knowledge::yes);
}

TEST(Upgrade, OfADrainedServerLeavesItDrained) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  EXPECT_EQ(after(initial_state(contoso.organisation), upgrade(contoso.front, sp1)).service, Service::drained);
}

TEST(Upgrade, TakesItsServerOutOfServiceFromItsStart) {
  const TwoSites contoso;
  State state = initial_state(contoso.organisation);
  ASSERT_EQ(begin(state, upgrade(contoso.front, sp1)), std::nullopt);
  EXPECT_EQ(state.servers[0].service, Service::upgrading);
  EXPECT_EQ(state.servers[0].build, rtm) << "the build changes at the end";
  finish(state, upgrade(contoso.front, sp1), Readings{});
  EXPECT_EQ(state.servers[0].service, Service::in_service);
  EXPECT_EQ(state.servers[0].build, sp1);
}

TEST(Upgrade, ChangesNoOtherServer) {
  const TwoSites contoso;
  const State before = initial_state(contoso.organisation);
  const auto next = apply(before, upgrade(contoso.front, sp1), Readings{});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->servers[1], before.servers[1]);
}

TEST(Upgrade, OfAnUnlistedServerLeavesNothingUnknownBelowTheServicePack) {
  TwoSites contoso;
  contoso[contoso.front].folders.reset();
  const State before = initial_state(contoso.organisation);
  EXPECT_EQ(before.servers[0].present.has(folder_of(rtm)), Knowledge::yes) << "its own folder is there for sure";
  EXPECT_EQ(before.servers[0].present.has(folder_of(rtm_ru5)), Knowledge::unknown);
  const ServerState upgraded = after(before, upgrade(contoso.front, sp1));
  EXPECT_EQ(upgraded.present.has(folder_of(rtm)), Knowledge::no);
  EXPECT_EQ(upgraded.present.has(folder_of(sp1)), Knowledge::yes);
  EXPECT_EQ(upgraded.present.has(folder_of(sp1_ru5)), Knowledge::unknown);
}

TEST(Upgrade, OfAnUnlistedServerMayLeaveUnknownHandCopies) {
  TwoSites contoso;
  contoso[contoso.front].folders.reset();
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  const ServerState upgraded = after(initial_state(contoso.organisation), upgrade(contoso.front, sp1), readings);
  EXPECT_EQ(upgraded.present.has(folder_of(rtm_ru5)), Knowledge::unknown);
}

TEST(Upgrade, IsRefusedToABuildThatNobodyKnows) {
  const TwoSites contoso;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), upgrade(contoso.front, {{8, 1, 999, 9}})),
            RefusalReason::build_not_catalogued);
}

TEST(Upgrade, IsRefusedWhereTodaysBuildIsNotKnown) {
  TwoSites contoso;
  contoso[contoso.front].build.reset();
  EXPECT_EQ(refusal(initial_state(contoso.organisation), upgrade(contoso.front, sp1)), RefusalReason::build_not_known);
}

TEST(Upgrade, IsRefusedToTodaysBuildAndBackOverAServicePack) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const State state = initial_state(contoso.organisation);
  EXPECT_EQ(refusal(state, upgrade(contoso.front, sp1)), RefusalReason::not_an_upgrade);
  EXPECT_EQ(refusal(state, upgrade(contoso.front, rtm)), RefusalReason::service_pack_stays);
  EXPECT_EQ(refusal(state, upgrade(contoso.front, rtm_ru5)), RefusalReason::service_pack_stays);
}

TEST(Upgrade, ThatIsFinishedASecondTimeChangesNothing) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  Readings readings;
  readings.rollup_keeps = RollupKeeps::may_remove;
  ServerState server = after(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru5), readings);
  server.present.insert(folder_of(rtm));
  const ServerState once = server;
  begin(server, upgrade(contoso.front, sp1_ru5));
  EXPECT_FALSE(server.is_in_service());
  finish(server, upgrade(contoso.front, sp1_ru5), readings);
  EXPECT_EQ(server, once);
}

TEST(Upgrade, IsRefusedFrom2007To2010) {
  const TwoSites contoso;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), upgrade(contoso.front, exchange2010)),
            RefusalReason::other_product);
}

TEST(Upgrade, IsRefusedToARollupOfAnotherLevel) {
  const TwoSites contoso;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), upgrade(contoso.front, sp1_ru5)),
            RefusalReason::rollup_for_other_level);
}

TEST(Upgrade, InProgressRefusesEveryOtherStepOfTheServer) {
  const TwoSites contoso;
  State state = initial_state(contoso.organisation);
  ASSERT_EQ(begin(state, upgrade(contoso.front, sp1)), std::nullopt);
  for (const Step& step : {drain(contoso.front), return_to_service(contoso.front), recycle(contoso.front),
                           upgrade(contoso.front, sp2), ensure_folder(contoso.front, folder_of(rtm))}) {
    EXPECT_EQ(refusal(state, step), RefusalReason::upgrade_in_progress) << to_string(step.kind);
  }
}

TEST(EnsureFolder, CopiesFromAnyHolderWhereNoSourceIsNamed) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const ServerState ensured = after(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(rtm)));
  EXPECT_EQ(ensured.present.has(folder_of(rtm)), Knowledge::yes);
  EXPECT_EQ(ensured.loaded.has(folder_of(rtm)), Knowledge::no) << "it is loaded by a recycle only";
  EXPECT_EQ(ensured.hand_copied.has(folder_of(rtm)), Knowledge::yes);
}

TEST(EnsureFolder, CopiesFromANamedSourceEvenWhereThatIsDrained) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.target].in_service = false;
  EXPECT_EQ(
      refusal(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(rtm), {contoso.target})),
      std::nullopt);
}

TEST(EnsureFolder, IsRefusedWhereNobodyHoldsTheFolder) {
  const TwoSites contoso;
  EXPECT_EQ(refusal(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(sp1))),
            RefusalReason::no_source);
}

TEST(EnsureFolder, IsRefusedWhereTheNamedSourceLacksTheFolderThatAnotherHolds) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const ServerId other = contoso.cas("BRCAS2", contoso.branch, sp1);
  EXPECT_EQ(refusal(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(rtm), {other})),
            RefusalReason::no_source);
}

TEST(EnsureFolder, DoesNotCopyFromItsOwnServer) {
  TwoSites contoso;
  contoso[contoso.front].folders.reset();
  EXPECT_EQ(refusal(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(sp1), {contoso.front})),
            RefusalReason::no_source);
}

TEST(EnsureFolder, ThatIsThereAlreadyChangesNothingAndNeedsNoSource) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1, rtm});
  contoso[contoso.front].hand_copied_folders = FolderList{};
  contoso[contoso.target].folders = FolderList{};
  const State before = initial_state(contoso.organisation);
  const auto next = apply(before, ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), Readings{});
  ASSERT_TRUE(next);
  EXPECT_EQ(*next, before);
}

TEST(EnsureFolder, CannotBeToldWhereTheSourcesFoldersWereNotListed) {
  TwoSites contoso;
  contoso[contoso.target].folders.reset();
  const State state = initial_state(contoso.organisation);
  EXPECT_EQ(refusal(state, ensure_folder(contoso.front, folder_of(sp1))), RefusalReason::source_not_known);
  EXPECT_EQ(refusal(state, ensure_folder(contoso.front, folder_of(sp1), {contoso.target})),
            RefusalReason::source_not_known);
}

TEST(EnsureFolder, TakesTheOwnFolderOfAnUnlistedServer) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.target].folders.reset();
  EXPECT_EQ(refusal(initial_state(contoso.organisation), ensure_folder(contoso.front, folder_of(rtm))), std::nullopt);
}

TEST(EnsureFolder, PrefersASourceThatHoldsTheFolderToOneThatMay) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const ServerId unlisted = contoso.cas("BRCAS2", contoso.branch, sp1);
  contoso[unlisted].folders.reset();
  const State state = initial_state(contoso.organisation);
  EXPECT_EQ(refusal(state, ensure_folder(contoso.front, folder_of(rtm), {unlisted, contoso.target})), std::nullopt);
  EXPECT_EQ(refusal(state, ensure_folder(contoso.front, folder_of(rtm), {contoso.target, unlisted})), std::nullopt);
}

TEST(Begin, LeavesTheStateAsItWasWhereItRefuses) {
  const TwoSites contoso;
  State state = initial_state(contoso.organisation);
  ASSERT_TRUE(begin(state, upgrade(contoso.front, rtm)));
  EXPECT_EQ(state, initial_state(contoso.organisation));
}

TEST(Begin, AsksForTheBuildOfAnUpgradeAndTheFolderOfAnEnsure) {
  const TwoSites contoso;
  State state = initial_state(contoso.organisation);
  Step step = upgrade(contoso.front, sp1);
  step.build.reset();
  EXPECT_THROW((void)begin(state, step), ContractViolation);
  step = ensure_folder(contoso.front, folder_of(sp1));
  step.folder.reset();
  EXPECT_THROW((void)begin(state, step), ContractViolation);
}

std::string said(RefusalReason reason, const Step& step, const TwoSites& contoso) {
  const State found = initial_state(contoso.organisation);
  return sentence({reason, step.server}, step, at(found.servers, step.server), contoso.organisation);
}

TEST(RefusalSentence, NamesServerAndBuildsAndTheBuildToInstallFirst) {
  const TwoSites contoso;
  const std::string text = said(RefusalReason::rollup_for_other_level, upgrade(contoso.front, sp1_ru5), contoso);
  for (const char* part : {"HQCAS1", "8.0.685.25", "8.1.336.1", "SP1 only", "Install 8.1.240.6 first."}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(RefusalSentence, NamesTheFolderAndTheSourcesThatLackIt) {
  const TwoSites contoso;
  const std::string text =
      said(RefusalReason::no_source, ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), contoso);
  EXPECT_THAT(text, HasSubstr("BRCAS1"));
  EXPECT_THAT(text, HasSubstr("8.1.240.5"));
}

TEST(RefusalSentence, IsAWholeSentenceAboutTheServerForEveryReason) {
  const TwoSites contoso;
  const std::vector<std::pair<RefusalReason, Step>> refusals{
      {RefusalReason::already_drained, drain(contoso.front)},
      {RefusalReason::already_in_service, return_to_service(contoso.front)},
      {RefusalReason::upgrade_in_progress, recycle(contoso.front)},
      {RefusalReason::build_not_known, upgrade(contoso.front, sp1)},
      {RefusalReason::build_not_catalogued, upgrade(contoso.front, {{8, 1, 999, 9}})},
      {RefusalReason::not_an_upgrade, upgrade(contoso.front, rtm)},
      {RefusalReason::service_pack_stays, upgrade(contoso.front, rtm)},
      {RefusalReason::other_product, upgrade(contoso.front, exchange2010)},
      {RefusalReason::rollup_for_other_level, upgrade(contoso.front, sp3_ru1)},
      {RefusalReason::no_source, ensure_folder(contoso.front, folder_of(sp1))},
      {RefusalReason::source_not_known, ensure_folder(contoso.front, folder_of(sp1), {contoso.target})}};
  std::set<std::string> sentences;
  for (const auto& [reason, step] : refusals) {
    const std::string text = said(reason, step, contoso);
    EXPECT_THAT(text, ::testing::EndsWith("."));
    if (reason == RefusalReason::build_not_catalogued) {
      EXPECT_THAT(text, HasSubstr("8.1.999.9"));
    } else {
      EXPECT_THAT(text, ::testing::ContainsRegex("HQCAS1|BRCAS1"));
    }
    sentences.insert(text);
  }
  EXPECT_EQ(sentences.size(), refusals.size()) << "no two reasons read alike";
}

TEST(APartialFolder, IsWholeAfterItIsEnsuredOnceMore) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  State state = initial_state(contoso.organisation);
  at(state.servers, contoso.front).partial.insert(folder_of(rtm));
  EXPECT_THAT(after(state, ensure_folder(contoso.front, folder_of(rtm))).partial.known(), IsEmpty());
}

TEST(APartialFolder, IsNoSource) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  State state = initial_state(contoso.organisation);
  at(state.servers, contoso.target).partial.insert(folder_of(rtm));
  EXPECT_EQ(refusal(state, ensure_folder(contoso.front, folder_of(rtm))), RefusalReason::no_source);
}

TEST(APartialFolder, GoesWithTheServicePackThatRemovesIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  State state = initial_state(contoso.organisation);
  at(state.servers, contoso.front).partial.insert(folder_of(rtm));
  EXPECT_THAT(after(state, upgrade(contoso.front, sp2)).partial.known(), IsEmpty());
  EXPECT_EQ(after(state, upgrade(contoso.front, sp1_ru9)).partial.has(folder_of(rtm)), Knowledge::yes)
      << "a rollup leaves it as it is";
}

}  // namespace
}  // namespace casplan::simulator
