#include "planner/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct Drafted {
  Draft draft;
  Units units;
};

Drafted drafted(const Organisation& organisation, const Policy& policy) {
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(organisation, policy, missing);
  const auto paths = version_paths(organisation);
  const PhaseTable phases(organisation, changes, policy.readings);
  Draft draft = make_draft(organisation, policy, changes, relations_of(organisation, policy, paths, phases), {});
  Units units = units_of(organisation, policy, draft, paths);
  return {std::move(draft), std::move(units)};
}

/// The stages of a unit, each as the words of its steps.
std::vector<std::vector<std::string>> stages(const Organisation& organisation, const Draft& draft, const Unit& unit) {
  std::vector<std::vector<std::string>> all;
  for (const auto& stage : unit.stages) {
    all.emplace_back();
    for (const StepIndex step : stage) all.back().push_back(words(organisation, at(draft.steps, step).step));
  }
  return all;
}

TEST(Units, EachServersChangeIsAUnitAndFrontsComeFirst) {
  const TwoSites contoso;
  const auto found = drafted(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.units.units, SizeIs(2));
  EXPECT_THAT(found.units.units[0].servers, ElementsAre(contoso.front));
  EXPECT_THAT(found.units.units[1].servers, ElementsAre(contoso.target));
  EXPECT_THAT(found.units.circle, IsEmpty());
}

TEST(Units, AmongTargetsTheOneWithTheMostUsersForItsTimeIsFirst) {
  TwoSites contoso;
  const auto large = contoso.site("Large", 301);
  const auto urgent = contoso.cas("LARGECAS", large, rtm);
  const auto found = drafted(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.units.units, SizeIs(3));
  EXPECT_THAT(found.units.units[1].servers, ElementsAre(urgent));
}

TEST(Units, ServersThatWaitForEachOtherAreOneUnitInHalves) {
  TwoSites contoso;
  contoso.entry_point("branch.contoso.com", {contoso.target}, 0);
  const auto found = drafted(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.units.units, SizeIs(1));
  EXPECT_THAT(found.units.units.front().servers, UnorderedElementsAre(contoso.front, contoso.target));
  EXPECT_THAT(
      stages(contoso.organisation, found.draft, found.units.units.front()),
      ElementsAre(ElementsAre("drain HQCAS1"), ElementsAre("upgrade HQCAS1 8.1.240.6"), ElementsAre("drain BRCAS1"),
                  ElementsAre("return HQCAS1"), ElementsAre("upgrade BRCAS1 8.1.240.6"), ElementsAre("return BRCAS1")));
}

TEST(Units, EachSiteOfAGroupOfMutualFrontsKeepsAHalfInService) {
  Builder contoso;
  const auto north = contoso.site("North", 100);
  const auto south = contoso.site("South", 100);
  const auto n1 = contoso.cas("N1", north, rtm);
  const auto n2 = contoso.cas("N2", north, rtm);
  const auto s1 = contoso.cas("S1", south, rtm);
  const auto s2 = contoso.cas("S2", south, rtm);
  contoso.entry_point("north.contoso.com", {n1, n2}, 50);
  contoso.entry_point("south.contoso.com", {s1, s2}, 50);
  const auto found = drafted(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.units.units, SizeIs(1));
  EXPECT_THAT(stages(contoso.organisation, found.draft, found.units.units.front()),
              ElementsAre(ElementsAre("drain N1"), ElementsAre("upgrade N1 8.1.240.6"), ElementsAre("drain S2"),
                          ElementsAre("upgrade S2 8.1.240.6"), UnorderedElementsAre("drain N2", "drain S1"),
                          UnorderedElementsAre("return N1", "return S2"), ElementsAre("upgrade N2 8.1.240.6"),
                          ElementsAre("return N2"), ElementsAre("upgrade S1 8.1.240.6"), ElementsAre("return S1")));
}

TEST(Units, ACircleOfArrowsIsReportedInsteadOfUnits) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.before = {{contoso.target, contoso.front}};
  const auto found = drafted(contoso.organisation, policy);
  EXPECT_THAT(found.units.units, IsEmpty());
  EXPECT_GE(found.units.circle.size(), 2U);
}

}  // namespace
}  // namespace casplan::planner
