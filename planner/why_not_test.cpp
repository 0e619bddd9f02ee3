#include "planner/why_not.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/make_plan.h"
#include "planner/planner_fixture.h"
#include "planner/why_not_text.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

constexpr std::size_t plenty = 10'000;

struct Answers {
  std::vector<std::string> facts;
  std::vector<std::string> remedies;
  Extent extent;
};

Answers in_sentences(const WhyNot& why, const Organisation& organisation, const Policy& policy) {
  Answers answers{{}, {}, why.extent};
  for (const Fact& fact : why.facts) answers.facts.push_back(sentence(fact, organisation, policy));
  for (const Remedy& remedy : why.remedies) answers.remedies.push_back(sentence(remedy, organisation, policy));
  return answers;
}

/// The answers about a policy that has no plan; every remedy gives it one.
Answers asked(const Organisation& organisation, const Policy& policy) {
  EXPECT_THAT(why_infeasible(organisation, policy), Not(IsEmpty()));
  const WhyNot why = why_not(organisation, policy);
  for (const Remedy& remedy : why.remedies) {
    const Problem problem = remedied({organisation, policy}, remedy);
    EXPECT_TRUE(std::holds_alternative<Plan>(make_plan(problem.organisation, problem.policy)))
        << sentence(remedy, organisation, policy);
  }
  return in_sentences(why, organisation, policy);
}

/// The answers about a wish that has a plan where `allows` says so.
template <class Allows>
Answers asked(const Organisation& organisation, const Policy& policy, Allows allows) {
  const auto attempt = [&](const Organisation& o, const Policy& p) {
    return allows(o, p) ? Answer::plan : Answer::no_plan;
  };
  return in_sentences(why_not(organisation, policy, {Attempts::Guesses::proved, attempt, attempt, plenty, plenty}),
                      organisation, policy);
}

TEST(WhyNot, AFrozenFrontForbidsTheTargetOfTheServerThatItProxiesTo) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts,
              ElementsAre("HQCAS1 is frozen at 8.0.685.25.",
                          "The documentation can be read as older_front=fails, and the policy leaves that open.",
                          "BRCAS1 has no ExternalURL, so the users of Branch1 reach it by proxy."));
  EXPECT_EQ(answers.extent, Extent::smallest);
  EXPECT_THAT(answers.remedies,
              ElementsAre("Unfreeze HQCAS1, so that it is brought to the general target, 8.1.240.6.",
                          "Leave BRCAS1 at 8.0.685.25.",
                          "Set an ExternalURL on BRCAS1, so that its users are redirected instead of proxied.",
                          "If you know that it is so, settle older_front as needs_folder in the policy's readings."));
}

TEST(WhyNot, WithoutAnyOneOfItsFactsThereIsAPlan) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  policy.copies = 3;
  policy.crews = 2;
  const WhyNot why = why_not(contoso.organisation, policy);
  EXPECT_EQ(why.facts.size(), 3U);
  for (const Fact& fact : why.facts) {
    Problem problem{contoso.organisation, policy};
    drop(problem, {fact});
    EXPECT_TRUE(std::holds_alternative<Plan>(make_plan(problem.organisation, problem.policy)))
        << sentence(fact, contoso.organisation, policy);
  }
}

TEST(WhyNot, TwoFrozenFrontsHaveToBeUnfrozenTogether) {
  TwoSites contoso;
  const auto second = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.organisation.entry_points.front().fronts.push_back(second);
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front, second};
  policy.readings = as_the_kb();
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_EQ(answers.facts.size(), 2U);
  EXPECT_THAT(answers.remedies, Contains("Unfreeze HQCAS1 and HQCAS2, so that they are brought to their targets."));
  EXPECT_THAT(answers.remedies.front(), "Leave BRCAS1 at 8.0.685.25.") << "one thing is better than two";
}

TEST(WhyNot, AServerThatIsFrozenForAnotherReasonIsNoPartOfIt) {
  TwoSites contoso;
  const auto other_site = contoso.site("Branch2", 40);
  const auto frozen_for_itself = contoso.cas("BR2CAS1", other_site, rtm);
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front, frozen_for_itself};
  policy.min_in_service.sites[other_site] = 1;  // so that it could not be upgraded at all
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts, Each(Not(HasSubstr("Branch2"))));
  EXPECT_THAT(answers.remedies, Not(IsEmpty()));
  EXPECT_THAT(answers.remedies, Each(Not(HasSubstr("BR2CAS1"))));
}

TEST(WhyNot, ForbiddenCopiesAreAllowedOneByOne) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  policy.copies = 0;
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts, ElementsAre("BRCAS1 is frozen at 8.0.685.25.", "Folders may not be copied.",
                                         StartsWith("BRCAS1 has no ExternalURL")));
  EXPECT_THAT(answers.remedies, ElementsAre("Let 1 folder be copied.", StartsWith("Unfreeze BRCAS1"),
                                            "Leave HQCAS1 at 8.0.685.25.", StartsWith("Set an ExternalURL on BRCAS1")));
}

TEST(WhyNot, AWindowIsKeptOpenForAsLongAsTheUpgradeTakes) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {{{}, {contoso.branch}, WeeklyTime{6, Minutes(22 * 60), Minutes(45), Minutes(0)}}};
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts, ElementsAre("The window of Branch1 (Saturday 22:00) is open for 45 minutes."));
  EXPECT_THAT(answers.remedies, Contains(StartsWith("Keep the window of Branch1 (Saturday 22:00) open for ")));
}

TEST(WhyNot, TheMinutesThatAWindowLacksAreTheLeastThatSuffice) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {{{contoso.target}, {}, WeeklyTime{5, Minutes(60), Minutes(30), Minutes(120)}}};
  for (const int needed : {31, 32, 33, 157, 10'080}) {
    const Answers answers = asked(contoso.organisation, policy, [&](const Organisation&, const Policy& p) {
      return p.windows[0].servers.empty() || std::get<WeeklyTime>(p.windows[0].time).length >= Minutes(needed);
    });
    ASSERT_THAT(answers.remedies, Not(IsEmpty())) << needed;
    const Problem problem =
        remedied({contoso.organisation, policy}, {{EasedFact{WorkWindow{0}, MoreTime{Minutes(needed - 30)}}}});
    EXPECT_EQ(std::get<WeeklyTime>(problem.policy.windows[0].time).length, Minutes(needed));
    EXPECT_EQ(answers.remedies.front(), sentence(Remedy{{EasedFact{WorkWindow{0}, MoreTime{Minutes(needed - 30)}}}},
                                                 contoso.organisation, policy));
  }
}

TEST(WhyNot, AWindowThatIsTooShortEvenIfItNeverClosesIsDropped) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {{{contoso.target}, {}, WeeklyTime{5, Minutes(60), Minutes(30), Minutes(0)}}};
  const Answers answers = asked(contoso.organisation, policy,
                                [](const Organisation&, const Policy& p) { return p.windows[0].servers.empty(); });
  EXPECT_THAT(answers.remedies, ElementsAre("Drop the window of BRCAS1 (Friday 01:00), and work there at any time."));
}

TEST(WhyNot, AWindowThatIsOverIsNotToBeKeptOpenUntilTheWorkStarts) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  const Moment then = policy.start - Minutes(365 * 24 * 60);
  policy.windows = {{{contoso.target}, {}, DatedTime{then, then + Minutes(60)}}};
  EXPECT_THAT(why_infeasible(contoso.organisation, policy),
              ElementsAre(StartsWith("Every window of BRCAS1 is over before the work starts, at ")));
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts, ElementsAre(HasSubstr("lies before the policy's start")));
  EXPECT_THAT(answers.remedies, Contains(StartsWith("Drop the window of BRCAS1")));
  EXPECT_THAT(answers.remedies, Not(Contains(StartsWith("Keep the window"))));
}

TEST(WhyNot, TheServersThatMustStayInServiceAreLoweredByAsFewAsSuffice) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.min_in_service.sites[contoso.hq] = 6;
  const Answers answers = asked(contoso.organisation, policy, [&](const Organisation&, const Policy& p) {
    return p.min_in_service.at(contoso.hq) <= 3;
  });
  EXPECT_THAT(answers.facts, ElementsAre("At least 6 of the Client Access servers of HQ must stay in service."));
  EXPECT_THAT(answers.remedies, ElementsAre("Lower min_in_service of HQ from 6 to 3."));
}

TEST(WhyNot, CrewsAndTheLatestEndAreEasedEachForItself) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.crews = 2;
  policy.latest_end = policy.start + Minutes(60);
  const Answers answers = asked(contoso.organisation, policy, [&](const Organisation&, const Policy& p) {
    return p.crews >= 5 || !p.latest_end || *p.latest_end >= policy.start + Minutes(135);
  });
  EXPECT_THAT(answers.facts,
              ElementsAre("The work must end by 2009-10-03 23:00 UTC.", "There are 2 crews for upgrades and copies."));
  EXPECT_THAT(answers.remedies, ElementsAre("Let the work end 1 hour and 15 minutes later, by 2009-10-04 00:15 UTC.",
                                            "Work with 5 crews."));
}

TEST(WhyNot, AnOrderThatRunsInACircleLosesOneOfItsPairs) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.before = {{contoso.front, contoso.target}, {contoso.target, contoso.front}};
  const Answers answers =
      asked(contoso.organisation, policy, [](const Organisation&, const Policy& p) { return p.before.size() < 2; });
  EXPECT_THAT(answers.facts, ElementsAre("HQCAS1 must be finished before BRCAS1 is begun.",
                                         "BRCAS1 must be finished before HQCAS1 is begun."));
  EXPECT_THAT(answers.remedies, ElementsAre("Drop the pair HQCAS1, BRCAS1 from `before`.",
                                            "Drop the pair BRCAS1, HQCAS1 from `before`."));
}

TEST(WhyNot, Event46IsAcceptedOnlyAfterEverythingElse) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const Answers answers = asked(contoso.organisation, policy, [](const Organisation&, const Policy& p) {
    return !p.copies || *p.copies > 7 || p.event46 == Event46::minimise ||
           p.readings.folder_load == FolderLoad::at_once;
  });
  EXPECT_THAT(answers.facts,
              ElementsAre("Folders may not be copied.", "Event 46 must never be met, not even for a short time.",
                          "The documentation can be read as folder_load=at_start, and the policy leaves that open."));
  EXPECT_THAT(answers.remedies, ElementsAre("Let 8 folders be copied.",
                                            "If you know that it is so, settle folder_load as at_once in the policy's "
                                            "readings.",
                                            "Accept Event 46 where it cannot be avoided (event46: minimise)."));
}

TEST(WhyNot, AnOwnTargetMayBeRaisedOrTheOtherOneLowered) {
  const TwoSites contoso;
  Policy policy = policy_to(sp2);
  policy.targets[contoso.front] = sp1;
  policy.readings = as_the_kb();
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_THAT(answers.facts, ElementsAre("HQCAS1 has a target of its own, 8.1.240.6.", HasSubstr("ExternalURL")));
  EXPECT_THAT(answers.remedies, ElementsAre("Bring HQCAS1 to the general target, 8.2.176.2, instead of its own.",
                                            "Bring BRCAS1 only to 8.1.240.6.", HasSubstr("ExternalURL")));
}

TEST(WhyNot, AtMostFiveRemediesAreNamed) {
  TwoSites contoso;
  for (int i = 2; i < 12; ++i) contoso.cas("HQCAS" + std::to_string(i), contoso.hq, rtm);
  Policy policy = policy_to(sp1);
  for (std::uint32_t i = 2; i + 1 < contoso.organisation.servers.size(); ++i) {
    policy.before.emplace_back(ServerId{i}, ServerId{i + 1});
  }
  const Answers answers =
      asked(contoso.organisation, policy, [](const Organisation&, const Policy& p) { return p.before.size() < 9; });
  EXPECT_EQ(answers.facts.size(), 9U);
  EXPECT_EQ(answers.remedies.size(), 5U);
}

TEST(WhyNot, WhatOnlySeemedToHelpIsNoRemedy) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const auto guess = [](const Organisation&, const Policy& p) {
    return p.copies == 0 ? Answer::no_plan : Answer::plan;
  };
  const auto check = [](const Organisation&, const Policy&) { return Answer::not_told; };
  const WhyNot why = why_not(contoso.organisation, policy, {Attempts::Guesses::likely, guess, check, plenty, plenty});
  EXPECT_THAT(why.facts, ElementsAre(Fact(CopyLimit{})));
  EXPECT_EQ(why.extent, Extent::some);
  EXPECT_THAT(why.remedies, IsEmpty());
}

TEST(WhyNot, OfALargeOrganisationTheFactsAreNotCalledTheSmallest) {
  TwoSites contoso;
  for (int i = 0; i < 520; ++i) contoso.organisation.servers.emplace_back().name = "MBX" + std::to_string(i);
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  policy.readings = as_the_kb();
  const Answers answers = asked(contoso.organisation, policy);
  EXPECT_EQ(answers.extent, Extent::irreducible);
  EXPECT_THAT(answers.facts, ElementsAre(StartsWith("HQCAS1 is frozen"), StartsWith("BRCAS1 has no ExternalURL")));
  EXPECT_THAT(answers.remedies, ElementsAre(StartsWith("Unfreeze HQCAS1"), StartsWith("Leave BRCAS1"),
                                            StartsWith("Set an ExternalURL on BRCAS1")));
}

TEST(WhyNot, AWishThatNoFactStandsAgainstHasNoFacts) {
  const TwoSites contoso;
  const Answers answers =
      asked(contoso.organisation, policy_to(sp1), [](const Organisation&, const Policy&) { return false; });
  EXPECT_THAT(answers.facts, IsEmpty());
  EXPECT_THAT(answers.remedies, IsEmpty());
}

TEST(WhyNot, EndsWithWhatItHasWhenItsAttemptsAreSpent) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  std::size_t attempts = 0;
  const auto attempt = [&](const Organisation&, const Policy& p) {
    ++attempts;
    return p.copies ? Answer::no_plan : Answer::plan;
  };
  const WhyNot why = why_not(contoso.organisation, policy, {Attempts::Guesses::proved, attempt, attempt, 4, 4});
  EXPECT_THAT(why.facts, Contains(Fact(CopyLimit{})));
  EXPECT_EQ(why.extent, Extent::some);
  EXPECT_LE(attempts, 12U);
}

TEST(Drop, FreesTheServersOfOneWindowFromAllOthers) {
  TwoSites contoso;
  const auto spare = contoso.cas("BRCAS2", contoso.branch, rtm);
  Policy policy = policy_to(sp1);
  const WeeklyTime weekly{6, Minutes(0), Minutes(60), Minutes(0)};
  policy.windows = {{{contoso.target}, {}, weekly}, {{}, {contoso.branch}, weekly}};
  Problem problem{contoso.organisation, policy};
  drop(problem, {WorkWindow{0}});
  EXPECT_THAT(concerned(problem.organisation, problem.policy.windows[0]), IsEmpty());
  EXPECT_THAT(concerned(problem.organisation, problem.policy.windows[1]), ElementsAre(spare));
}

TEST(DropWhereNeeded, UnfreezesTheFrontThatWouldBeTheOlderOne) {
  const TwoSites contoso;
  Problem problem{contoso.organisation, policy_to(sp1)};
  problem.policy.frozen = {contoso.front};
  drop_where_needed(problem, {Frozen{contoso.front}});
  EXPECT_THAT(problem.policy.frozen, IsEmpty());
}

TEST(DropWhereNeeded, LeavesATargetFrozenThatAFolderServes) {
  const TwoSites contoso;
  Problem problem{contoso.organisation, policy_to(sp1)};
  problem.policy.frozen = {contoso.target};
  drop_where_needed(problem, {Frozen{contoso.target}});
  EXPECT_THAT(problem.policy.frozen, ElementsAre(contoso.target));
  problem.policy.copies = 0;
  drop_where_needed(problem, {Frozen{contoso.target}});
  EXPECT_THAT(problem.policy.frozen, IsEmpty()) << "there may be too few copies";
}

TEST(DropWhereNeeded, LeavesAFrontFrozenThatMayBeOlder) {
  const TwoSites contoso;
  Problem problem{contoso.organisation, policy_to(sp1)};
  problem.policy.frozen = {contoso.front};
  drop_where_needed(problem, {Frozen{contoso.front}, OpenReading{5}});
  EXPECT_THAT(problem.policy.frozen, ElementsAre(contoso.front));
}

}  // namespace
}  // namespace casplan::planner
