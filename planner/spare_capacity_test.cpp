#include "planner/spare_capacity.h"

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

/// Three fronts, of which two are drained for so long.
struct TwoOfThreeOut : Builder {
  explicit TwoOfThreeOut(Minutes length) {
    const SiteId hq = site("HQ", 1200);
    const std::vector<ServerId> fronts{cas("HQCAS1", hq, rtm), cas("HQCAS2", hq, rtm), cas("HQCAS3", hq, rtm)};
    entry_point("mail.contoso.com", fronts);
    const Moment start = default_start();
    for (const ServerId front : {fronts[0], fronts[1]}) {
      plan.steps.push_back({"", drain(front), "", {}, Schedule{start, start}});
      plan.steps.push_back({"", return_to_service(front), "", {}, Schedule{start + length, start + length}});
    }
  }
  Plan plan;
};

TEST(ThinEntryPoints, AreThoseWithFewerThanHalfOfTheirFrontsForLongerThanAWorkingDay) {
  const TwoOfThreeOut contoso(Minutes(9 * 60));
  EXPECT_THAT(thin_entry_points(contoso.organisation, contoso.plan),
              ElementsAre(HasSubstr("For 9 hours on end, fewer than half of the 3 fronts of mail.contoso.com are in "
                                    "service, at one time only 1.")));
}

TEST(ThinEntryPoints, AreNotThoseThatAreThinForANight) {
  const TwoOfThreeOut contoso(Minutes(8 * 60));
  EXPECT_THAT(thin_entry_points(contoso.organisation, contoso.plan), IsEmpty());
}

TEST(ThinEntryPoints, AreNotThoseWithAFrontOutForItsOwnUpgrade) {
  TwoOfThreeOut contoso(Minutes(0));
  contoso.plan.steps.resize(2);
  contoso.plan.steps[1].schedule->end += Minutes(10'000);
  EXPECT_THAT(thin_entry_points(contoso.organisation, contoso.plan), IsEmpty());
}

TEST(ThinEntryPoints, AreRemarkedOnInTheOutcomeOfAPlan) {
  Builder contoso;
  const SiteId hq = contoso.site("HQ", 1200);
  contoso.entry_point("mail.contoso.com",
                      {contoso.cas("HQCAS1", hq, rtm), contoso.cas("HQCAS2", hq, rtm), contoso.cas("HQCAS3", hq, rtm)});
  for (int i = 1; i < 8; ++i) {
    const std::string number = std::to_string(i);
    contoso.cas("BRCAS" + number, contoso.site("Branch" + number, 100), rtm);
  }
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(plan.outcome->because, ElementsAre(HasSubstr("fewer than half of the 3 fronts of mail.contoso.com")));
}

}  // namespace
}  // namespace casplan::planner
