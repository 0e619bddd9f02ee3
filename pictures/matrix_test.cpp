#include "pictures/matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pictures/pictures_fixture.h"

namespace casplan::pictures {
namespace {

using modelled::TwoSites;
using testing::HasSubstr;
using testing::Not;

std::string plain(const Cell&, const std::string& code) {
  return code;
}

std::string matrix_of(const Organisation& organisation, const Plan& plan, std::size_t columns = 120) {
  const Course course = course_of(organisation, plan);
  return matrix({organisation, plan, course}, columns, plain);
}

TEST(Matrix, HasALineForEachPeriodAndAColumnForEachSite) {
  const TwoSites sites;
  EXPECT_EQ(matrix_of(sites.organisation, front_first(sites)),
            "                             HQ\n"
            "  From (UTC)        Minutes  |  Branch1  Step that has ended\n"
            "  2009-10-03 22:00  0-90     -  -   (start)\n"
            "  2009-10-03 23:30  90-92    S  46  s1: Upgrade HQCAS1 to 8.1.240.6 (Exchange Server 2007 SP1)\n"
            "  2009-10-03 23:32  92-182   S  -   s2: Restart Outlook Web Access on HQCAS1\n"
            "  2009-10-04 01:02  182-182  S  S   s3: Upgrade BRCAS1 to 8.1.240.6 (Exchange Server 2007 SP1)\n");
}

TEST(Matrix, NamesAStepThatFailsWhereItBegins) {
  const TwoSites sites;
  const Plan plan = front_first(sites);
  Course course = course_of(sites.organisation, plan);
  course.add_refused(StepIndex{1});
  EXPECT_THAT(
      matrix({sites.organisation, plan, course}, 120, plain),
      HasSubstr("90-92    S  46  s1: Upgrade HQCAS1 to 8.1.240.6 (Exchange Server 2007 SP1); also s2 (fails)\n"));
}

TEST(Matrix, NamesTheStepsThatBeginWhereNoneEnds) {
  const TwoSites sites;
  const Plan plan =
      modelled::timed({{modelled::recycle(sites.front), 0, 10}, {modelled::recycle(sites.target), 5, 10}});
  const std::string text = matrix_of(sites.organisation, plan);
  EXPECT_THAT(text, HasSubstr("5-10     S S  begins s2: Restart Outlook Web Access on BRCAS1\n"));
  EXPECT_THAT(text, HasSubstr("10-10    S S  s1: Restart Outlook Web Access on HQCAS1; also s2\n"));
}

TEST(Matrix, WrapsSitesIntoBlocksAndLeavesOutThoseThatAreServedAllTheTime) {
  TwoSites sites;
  for (int i = 0; i < 9; ++i) {
    const SiteId site = sites.site("Quiet" + std::to_string(i), 10);
    const ServerId cas = sites.cas("CAS" + std::to_string(i), site, modelled::rtm);
    sites[cas].external_url = "https://cas/owa";
  }
  for (int i = 0; i < 9; ++i)
    sites.cas("B" + std::to_string(i), sites.site("Bad" + std::to_string(i), 10), modelled::rtm);
  const Plan plan = modelled::sequence({modelled::upgrade(sites.target, modelled::sp1)});
  const std::string text = matrix_of(sites.organisation, plan, 80);
  EXPECT_THAT(text, HasSubstr("Served all the time, and not shown: HQ, Quiet0, Quiet1, Quiet2, Quiet3 and 14 more.\n"));
  EXPECT_THAT(text, Not(HasSubstr("Bad8")));
  EXPECT_THAT(text, HasSubstr("0-90     -   (start)"));
  const Plan front =
      modelled::sequence({modelled::upgrade(sites.front, modelled::sp1), modelled::recycle(sites.front)});
  const std::string blocks = matrix_of(sites.organisation, front, 80);
  EXPECT_EQ(std::count(blocks.begin(), blocks.end(), 'U'), 6) << "UTC, and the upgrade, in each of three blocks";
}

TEST(Matrix, OfALongPlanHasTheLinesInWhichSomethingChanges) {
  const TwoSites sites;
  std::vector<Step> steps(250, modelled::recycle(sites.front));
  steps.push_back(modelled::drain(sites.target));
  const std::string text = matrix_of(sites.organisation, modelled::sequence(steps));
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 8);
  EXPECT_THAT(text, HasSubstr("s251: Take BRCAS1 out of service"));
  EXPECT_THAT(text, HasSubstr("lines left out in which nothing changes for these sites"));
}

TEST(Matrix, HasALegendOfTheCodesThatOccur) {
  const TwoSites sites;
  EXPECT_EQ(legend(course_of(sites.organisation, front_first(sites)), plain),
            "- no server in service for all users; 46 all users fail: Event 46; S served");
}

TEST(Codes, TellPartFromAllAndOneEventFromSeveral) {
  using simulator::SiteCondition;
  EXPECT_EQ(code_of({SiteCondition::some_fail, 46, false, true}), "p46");
  EXPECT_EQ(code_of({SiteCondition::broken, 46, true, false}), "46+");
  EXPECT_EQ(code_of({SiteCondition::broken, 401, false, true}), "p401");
  EXPECT_EQ(code_of({SiteCondition::planned_outage, 0, false, true}), "p-");
  EXPECT_EQ(code_of({SiteCondition::cannot_tell, 0, false, false}), "?");
  EXPECT_EQ(code_of({SiteCondition::redirected, 0, false, false}), "R");
}

}  // namespace
}  // namespace casplan::pictures
