#include "simulator/reliance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A front on SP1 RU9 that holds the folder of SP1 RU5, which nobody needs today, because the target is on SP1.
struct FrontWithSpareFolder : TwoSites {
  FrontWithSpareFolder() {
    runs(front, sp1_ru9, {sp1, sp1_ru5, sp1_ru9});
    runs(target, sp1, {sp1});
  }

  [[nodiscard]] std::vector<Reliance> relied_on_by_last(const std::vector<Step>& steps) const {
    const Plan plan = sequence(steps);
    const Reliances reliances(organisation, plan, proxy_paths(organisation));
    return reliances.of(id_at<StepIndex>(steps.size() - 1));
  }
  [[nodiscard]] Reliance on_front(const BuildVersion& build) const {
    return {front, folder_of(build), Reliance::Need::loaded};
  }
};

TEST(AStep, ReliesOnTheFrontsFolderOfTheVersionThatItBringsToTheTarget) {
  const FrontWithSpareFolder contoso;
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.target, sp1_ru5)}), ElementsAre(contoso.on_front(sp1_ru5)));
}

TEST(AStep, ReliesOnNoFolderThatTheListDoesNotHave) {
  FrontWithSpareFolder contoso;
  contoso.runs(contoso.front, sp1_ru9, {sp1, sp1_ru9});
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.target, sp1_ru5)}), IsEmpty());
  contoso[contoso.front].folders = std::nullopt;
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.target, sp1_ru5)}), IsEmpty());
}

TEST(AStep, ReliesOnNoFolderOfTheFrontsOwnVersion) {
  const FrontWithSpareFolder contoso;
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.target, sp1_ru9)}), IsEmpty());
}

TEST(AStep, ThatRestartsOrDrainsReliesOnNothingNew) {
  const FrontWithSpareFolder contoso;
  EXPECT_THAT(contoso.relied_on_by_last({recycle(contoso.target)}), IsEmpty());
  EXPECT_THAT(contoso.relied_on_by_last({drain(contoso.target)}), IsEmpty());
}

TEST(TheReturnOfATarget, ReliesOnTheFoldersOfAllVersionsWithWhichItMayReturn) {
  const FrontWithSpareFolder contoso;
  EXPECT_THAT(contoso.relied_on_by_last(
                  {drain(contoso.target), upgrade(contoso.target, sp1_ru5), return_to_service(contoso.target)}),
              ElementsAre(contoso.on_front(sp1), contoso.on_front(sp1_ru5)));
}

TEST(AStep, ReliesOnTheTargetsFolderAboveItsVersionBecauseTheHighestMayDecide) {
  FrontWithSpareFolder contoso;
  contoso.runs(contoso.target, sp1, {sp1, sp1_ru5});
  const Reliance on_target{contoso.target, folder_of(sp1_ru5), Reliance::Need::present};
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.front, sp2)}),
              ElementsAre(contoso.on_front(sp1_ru5), on_target));
}

TEST(AStep, ReliesOnNothingWhereUsersAreRedirected) {
  FrontWithSpareFolder contoso;
  contoso[contoso.target].external_url = "https://branch.contoso.com/owa";
  EXPECT_THAT(contoso.relied_on_by_last({upgrade(contoso.target, sp1_ru5)}), IsEmpty());
}

}  // namespace
}  // namespace casplan::simulator
