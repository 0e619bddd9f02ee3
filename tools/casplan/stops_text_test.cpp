#include "tools/casplan/stops_text.h"

#include <gmock/gmock.h>

#include "simulator/organisation_fixture.h"

namespace casplan::tools {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// What is said of a stop after the first of ten steps when so many of the next ones have ended too.
std::vector<std::string> text_of_stop_with(std::size_t also_ended) {
  const TwoSites contoso;
  const Plan plan = sequence(std::vector<Step>(10, drain(contoso.target)));
  verifier::Stop stop{};
  stop.safety = verifier::Safety::unsafe;
  stop.time = verifier::StopTime::at_the_end;
  for (std::size_t i = 1; i <= also_ended; ++i) stop.also_ended.push_back(id_at<StepIndex>(i));
  stop.sites_without_service = {contoso.branch};
  stop.ways_out = {{verifier::WayOutKind::go_on, verifier::Safety::safe}};
  return stops_text(contoso.organisation, plan, {stop});
}

TEST(StopsText, NamesTheStepsThatHaveEndedToo) {
  const std::string of_the_step = "Do not stop after step s1 (Take BRCAS1 out of service)";
  EXPECT_THAT(text_of_stop_with(0)[1], StartsWith(of_the_step + ": Nobody of AD site Branch1 is served."));
  EXPECT_THAT(text_of_stop_with(1)[1], StartsWith(of_the_step + ", with step s2 ended too: Nobody"));
  EXPECT_THAT(text_of_stop_with(3)[1], StartsWith(of_the_step + ", with steps s2, s3 and s4 ended too: Nobody"));
  EXPECT_THAT(text_of_stop_with(6)[1], StartsWith(of_the_step + ", with the 6 steps from s2 to s7 ended too: Nobody"));
}

TEST(StopsText, SaysFirstAndOnceForWhichStatesItHolds) {
  EXPECT_THAT(text_of_stop_with(1),
              ElementsAre(HasSubstr("Such an answer holds when exactly the steps before it in the schedule have ended, "
                                    "and those that it names. Where others have ended, go on with the plan: in every "
                                    "order that the arrows permit nobody meets Event 46 anew."),
                          HasSubstr("Ways out: Go on with the plan.")));
}

TEST(StopsText, IsEmptyWhereNothingWasJudged) {
  EXPECT_THAT(stops_text(TwoSites().organisation, {}, {}), IsEmpty());
}

}  // namespace
}  // namespace casplan::tools
