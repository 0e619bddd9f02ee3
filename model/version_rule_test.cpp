#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/rules.h"

namespace casplan {
namespace {

using ::testing::HasSubstr;

constexpr OwaVersion rtm{{8, 0, 685, 24}};
constexpr OwaVersion sp1{{8, 1, 240, 5}};
constexpr OwaVersion sp1_ru5{{8, 1, 336, 1}};
constexpr OwaVersion sp1_ru9{{8, 1, 393, 1}};
constexpr OwaVersion sp2{{8, 2, 176, 2}};
constexpr OwaVersion exchange2010{{14, 0, 639, 21}};

FolderSet set_of(std::initializer_list<OwaVersion> versions) {
  FolderSet folders;
  for (const OwaVersion& version : versions) folders.insert(version);
  return folders;
}

/// A server that runs a version and has loaded its own folder and these.
ServerState running(OwaVersion version, std::initializer_list<OwaVersion> besides = {}) {
  ServerState state;
  state.owa_version = version;
  state.present = set_of(besides);
  state.present.insert(version);
  state.loaded = state.present;
  return state;
}

ServerState unlisted(OwaVersion version) {
  ServerState state = running(version);
  state.present = FolderSet::unlisted(version);
  state.loaded = state.present;
  return state;
}

Judgement works(RuleId rule, std::optional<OwaVersion> folder = std::nullopt) {
  return {Verdict::works, rule, std::nullopt, folder};
}

Judgement logs_event46(RuleId rule, OwaVersion folder) {
  return {Verdict::event46, rule, 46, folder};
}

Judgement cannot_tell(RuleId rule, std::optional<OwaVersion> folder = std::nullopt) {
  return {Verdict::cannot_tell, rule, std::nullopt, folder};
}

TEST(VersionRule, EqualVersionsWorkWithoutAFolder) {
  EXPECT_EQ(judge_versions(running(sp1), running(sp1), {}), works(RuleId::equal_versions));
}

TEST(VersionRule, NewerFrontWithTheFolderWorks) {
  EXPECT_EQ(judge_versions(running(sp2, {rtm}), running(rtm), {}), works(RuleId::newer_front_with_folder, rtm));
}

TEST(VersionRule, NewerFrontWithAPartialFolderShowsABrokenPageAndLogsNothing) {
  ServerState front = running(sp2, {rtm});
  front.partial = set_of({rtm});
  EXPECT_EQ(judge_versions(front, running(rtm), {}),
            (Judgement{Verdict::fault, RuleId::partial_folder, std::nullopt, rtm}));
  EXPECT_EQ(judge_versions(front, running(sp2), {}).verdict, Verdict::works) << "this folder is not needed";
}

TEST(VersionRule, NewerFrontWithoutTheFolderLogsEvent46) {
  EXPECT_EQ(judge_versions(running(sp2), running(rtm), {}), logs_event46(RuleId::newer_front_without_folder, rtm));
}

TEST(VersionRule, OlderFrontLogsEvent46WithAndWithoutTheFolder) {
  EXPECT_EQ(judge_versions(running(rtm), running(sp2), {}), logs_event46(RuleId::older_front, sp2));
  EXPECT_EQ(judge_versions(running(rtm, {sp2}), running(sp2), {}), logs_event46(RuleId::older_front, sp2));
}

TEST(VersionRule, DependsOnTheWholeVersionAndNotOnTheLevelAlone) {
  EXPECT_EQ(judge_versions(running(sp1_ru9), running(sp1), {}).verdict, Verdict::event46);
  EXPECT_EQ(judge_versions(running(sp1), running(sp1_ru9), {}).rule, RuleId::older_front);
}

TEST(VersionRule, DependsOnTheFourthNumberToo) {
  constexpr OwaVersion after_sp1{{8, 1, 240, 6}};
  EXPECT_EQ(judge_versions(running(after_sp1, {sp1}), running(sp1), {}), works(RuleId::newer_front_with_folder, sp1));
  EXPECT_EQ(judge_versions(running(sp1), running(after_sp1), {}).rule, RuleId::older_front);
}

TEST(VersionRule, FrontThatSkippedTheTargetsRollupLacksItsFolder) {
  EXPECT_EQ(judge_versions(running(sp1_ru9, {sp1}), running(sp1_ru5, {sp1}), {}),
            logs_event46(RuleId::newer_front_without_folder, sp1_ru5));
}

TEST(VersionRule, FolderNamedAfterTheBuildInsteadOfTheOwaVersionDoesNotCount) {
  constexpr OwaVersion named_after_the_build{{8, 0, 685, 25}};
  EXPECT_EQ(judge_versions(running(sp2, {named_after_the_build}), running(rtm), {}).verdict, Verdict::event46);
}

TEST(VersionRule, FrontOn2010IsNewerThanATargetOn2007AndNeedsTheFolder) {
  EXPECT_EQ(judge_versions(running(exchange2010), running(sp2), {}).rule, RuleId::newer_front_without_folder);
  EXPECT_EQ(judge_versions(running(exchange2010, {sp2}), running(sp2), {}).verdict, Verdict::works);
}

TEST(FolderLoadReading, FolderThatIsPresentButNotLoadedCountsOnlyAtOnce) {
  ServerState front = running(sp2);
  front.present.insert(rtm);
  Readings at_once;
  at_once.folder_load = FolderLoad::at_once;
  EXPECT_EQ(judge_versions(front, running(rtm), {}).rule, RuleId::newer_front_without_folder);
  EXPECT_EQ(judge_versions(front, running(rtm), at_once).rule, RuleId::newer_front_with_folder);
}

TEST(FolderMatchReading, TargetThatHoldsAHigherFolderAsksForThatUnderHighest) {
  const ServerState target = running(rtm, {sp1});
  Readings highest;
  highest.folder_match = FolderMatch::highest;
  EXPECT_EQ(judge_versions(running(sp2, {rtm}), target, {}), works(RuleId::newer_front_with_folder, rtm));
  EXPECT_EQ(judge_versions(running(sp2, {rtm}), target, highest),
            logs_event46(RuleId::newer_front_without_folder, sp1));
  EXPECT_EQ(judge_versions(running(sp2, {sp1}), target, highest), works(RuleId::newer_front_with_folder, sp1));
}

TEST(FolderMatchReading, MakesNoDifferenceWhereTheTargetsOwnFolderIsItsHighest) {
  const ServerState target = running(sp1, {rtm});
  Readings highest;
  highest.folder_match = FolderMatch::highest;
  EXPECT_EQ(needed_folder(target, {}), sp1);
  EXPECT_EQ(needed_folder(target, highest), sp1);
}

TEST(FolderMatchReading, NeededFolderOfATargetThatWasNotListedIsUnknownUnderHighest) {
  Readings highest;
  highest.folder_match = FolderMatch::highest;
  EXPECT_EQ(needed_folder(unlisted(rtm), {}), rtm);
  EXPECT_EQ(needed_folder(unlisted(rtm), highest), std::nullopt);
  EXPECT_EQ(judge_versions(running(sp2, {rtm}), unlisted(rtm), highest), cannot_tell(RuleId::folder_unknown));
}

TEST(OlderFrontReading, OlderFrontWithTheFolderWorksUnderNeedsFolder) {
  Readings needs_folder;
  needs_folder.older_front = OlderFront::needs_folder;
  EXPECT_EQ(judge_versions(running(rtm, {sp2}), running(sp2), needs_folder),
            works(RuleId::older_front_with_folder, sp2));
  EXPECT_EQ(judge_versions(running(rtm), running(sp2), needs_folder),
            logs_event46(RuleId::older_front_without_folder, sp2));
  EXPECT_EQ(judge_versions(unlisted(rtm), running(sp2), needs_folder), cannot_tell(RuleId::folder_unknown, sp2));
}

TEST(OlderFrontReading, ChangesNothingForANewerFront) {
  Readings needs_folder;
  needs_folder.older_front = OlderFront::needs_folder;
  EXPECT_EQ(judge_versions(running(sp2), running(rtm), needs_folder), judge_versions(running(sp2), running(rtm), {}));
}

TEST(Readings, OfEqualVersionsDoNotMatter) {
  const ServerState server = running(sp1, {rtm, sp2});
  for (const Readings& readings : combinations({})) {
    EXPECT_EQ(judge_versions(server, server, readings), works(RuleId::equal_versions));
  }
}

TEST(Readings, OfWhatUpdatesRemoveDoNotTouchTheVersionRule) {
  Readings readings;
  readings.service_pack_removes = ServicePackRemoves::installed_only;
  readings.rollup_keeps = RollupKeeps::may_remove;
  readings.rollup_removal = RollupRemoval::folder_goes;
  for (const ServerState& front : {running(sp2, {rtm}), running(sp2), running(rtm, {sp2}), unlisted(sp2)}) {
    for (const ServerState& target : {running(rtm, {sp1}), running(sp2), running(exchange2010)}) {
      EXPECT_EQ(judge_versions(front, target, readings), judge_versions(front, target, {}));
    }
  }
}

TEST(UnknownFact, VersionOfEitherEndMeansThatNobodyCanTell) {
  EXPECT_EQ(judge_versions(ServerState{}, running(rtm), {}), cannot_tell(RuleId::version_unknown));
  EXPECT_EQ(judge_versions(running(sp2), ServerState{}, {}), cannot_tell(RuleId::version_unknown));
}

TEST(UnknownFact, FoldersOfANewerFrontMeanThatNobodyCanTell) {
  EXPECT_EQ(judge_versions(unlisted(sp2), running(rtm), {}), cannot_tell(RuleId::folder_unknown, rtm));
}

TEST(UnknownFact, FoldersThatAreNotNeededDoNotMatter) {
  EXPECT_EQ(judge_versions(unlisted(sp1), unlisted(sp1), {}).verdict, Verdict::works);
  EXPECT_EQ(judge_versions(unlisted(rtm), unlisted(sp2), {}).verdict, Verdict::event46);
}

ServerState on(BuildVersion build, OwaVersion version, std::initializer_list<OwaVersion> besides = {}) {
  ServerState state = running(version, besides);
  state.build = build;
  return state;
}

const ServerState sp2_ru1_of_2010 = on({{14, 2, 283, 3}}, {{14, 2, 283, 3}}, {sp2, {{8, 3, 245, 2}}, {{8, 3, 264, 0}}});

TEST(FrontOn2010Sp2Rollup1, CannotProxyTo2007EvenWithTheFolder) {
  const Judgement judgement = judge_versions(sp2_ru1_of_2010, on({{8, 2, 176, 2}}, sp2), {});
  EXPECT_EQ(judgement, (Judgement{Verdict::fault, RuleId::front_cannot_proxy_to_2007, 4999, sp2}));
  EXPECT_EQ(judge_versions(sp2_ru1_of_2010, on({{8, 3, 245, 2}}, {{8, 3, 245, 2}}), {}).event, 4999);
}

TEST(FrontOn2010Sp2Rollup1, IsMendedByRollup2OnTheFront) {
  const ServerState front = on({{14, 2, 298, 4}}, {{14, 2, 298, 4}}, {sp2});
  EXPECT_EQ(judge_versions(front, on({{8, 2, 176, 2}}, sp2), {}).verdict, Verdict::works);
}

TEST(FrontOn2010Sp2Rollup1, IsMendedBySp3Rollup7OnTheTarget) {
  EXPECT_EQ(judge_versions(sp2_ru1_of_2010, on({{8, 3, 264, 0}}, {{8, 3, 264, 0}}), {}).verdict, Verdict::works);
}

TEST(FrontOn2010Sp2Rollup1, ProxiesToTheSameVersionAndToOther2010Servers) {
  EXPECT_EQ(judge_versions(sp2_ru1_of_2010, sp2_ru1_of_2010, {}).verdict, Verdict::works);
  ServerState front = sp2_ru1_of_2010;
  front.loaded.insert(exchange2010);
  EXPECT_EQ(judge_versions(front, on({{14, 0, 639, 21}}, exchange2010), {}).verdict, Verdict::works);
  EXPECT_EQ(judge_versions(front, running(exchange2010), {}).verdict, Verdict::works) << "whatever its build";
}

TEST(FrontOn2010Sp2Rollup1, WithoutTheFolderLogsEvent46AsAnyNewerFront) {
  ServerState front = sp2_ru1_of_2010;
  front.loaded.clear();
  EXPECT_EQ(judge_versions(front, on({{8, 2, 176, 2}}, sp2), {}).event, 46);
}

Server named(std::string name, std::optional<std::string> fqdn) {
  Server server;
  server.name = std::move(name);
  server.fqdn = std::move(fqdn);
  return server;
}

TEST(Event46Sentence, HasFourInsertions) {
  const Server front = named("HQCAS1", "hqcas1.contoso.com");
  Server target = named("BRCAS1", "brcas1.contoso.com");
  target.internal_url = "https://owa.branch.contoso.com:443/owa";
  EXPECT_EQ(event46_sentence({front, running(sp2)}, {target, running(rtm)}),
            "Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange version \"8.2.176.2\", is "
            "proxying Outlook Web Access traffic to Client Access server \"owa.branch.contoso.com\", which runs "
            "Exchange version \"8.0.685.24\".");
}

TEST(Event46Sentence, NamesTheTargetItselfWhereItsAddressIsNotKnownOrMalformed) {
  const Server front = named("HQCAS1", std::nullopt);
  Server target = named("BRCAS1", "brcas1.contoso.com");
  EXPECT_THAT(event46_sentence({front, running(sp2)}, {target, running(rtm)}),
              HasSubstr("traffic to Client Access server \"brcas1.contoso.com\", which"));
  target.internal_url = "owa";
  EXPECT_THAT(event46_sentence({front, running(sp2)}, {target, running(rtm)}), HasSubstr("\"brcas1.contoso.com\""));
  target.fqdn.reset();
  EXPECT_THAT(event46_sentence({front, running(sp2)}, {target, running(rtm)}), HasSubstr("\"BRCAS1\""));
}

TEST(Event46Sentence, SaysWhichVersionIsNotKnown) {
  const Server front = named("HQCAS1", std::nullopt);
  const Server target = named("BRCAS1", std::nullopt);
  EXPECT_EQ(event46_sentence({front, ServerState{}}, {target, ServerState{}}),
            "Client Access server \"HQCAS1\", running Microsoft Exchange version \"not known\", is proxying Outlook "
            "Web Access traffic to Client Access server \"BRCAS1\", which runs Exchange version \"not known\".");
}

}  // namespace
}  // namespace casplan
