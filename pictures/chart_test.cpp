#include "pictures/chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pictures/pictures_fixture.h"
#include "pictures/svg_text.h"
#include "pictures/time_axis.h"
#include "pictures/troubles.h"

namespace casplan::pictures {
namespace {

using modelled::TwoSites;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr Minutes week{7 * 24 * 60};

Plan two_nights(const TwoSites& sites) {
  const int later = static_cast<int>(week.count());
  return modelled::timed(
      {{modelled::upgrade(sites.front, modelled::sp1), 0, 100}, {modelled::recycle(sites.front), later, later + 100}});
}

TEST(TimeAxis, GivesAQuietWeekLittleRoom) {
  const TwoSites sites;
  const TimeAxis axis(two_nights(sites));
  ASSERT_THAT(axis.stretches(), SizeIs(2));
  const Tenths work = axis.place_of(Minutes(100)) - axis.place_of(Minutes(0));
  EXPECT_EQ(axis.place_of(week + Minutes(100)) - axis.place_of(week), work);
  EXPECT_LT(axis.place_of(week) - axis.place_of(Minutes(100)), work / 10);
  EXPECT_EQ(axis.place_of(week + Minutes(100)), axis.width());
}

TEST(TimeAxis, NeverGoesBack) {
  const TwoSites sites;
  const TimeAxis axis(two_nights(sites));
  for (Minutes minute{0}; minute < week + Minutes(100); ++minute) {
    EXPECT_LE(axis.place_of(minute), axis.place_of(minute + Minutes(1)));
  }
}

TEST(TimeAxis, OfAPlanWithoutStepsHasNoWidth) {
  EXPECT_EQ(TimeAxis(Plan{}).width(), 0);
}

std::string chart_of(const Organisation& organisation, const Plan& plan) {
  return chart(organisation, plan, course_of(organisation, plan));
}

TEST(Chart, SaysInWordsWhatItShows) {
  const TwoSites sites;
  const std::string svg = chart_of(sites.organisation, front_first(sites));
  EXPECT_THAT(svg, StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\""));
  EXPECT_THAT(svg, HasSubstr("Branch1: all users fail: Event 46, 2 minutes."));
  EXPECT_THAT(svg, HasSubstr("<title>Branch1, 2009-10-03 23:30 to 2009-10-03 23:32: all users fail: Event 46</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>s1: Upgrade HQCAS1 to 8.1.240.6 (Exchange Server 2007 SP1), 2009-10-03 22:00 to "
                             "2009-10-03 23:30</title>"));
}

TEST(Chart, HasStepsAboveSites) {
  const TwoSites sites;
  const std::string svg = chart_of(sites.organisation, front_first(sites));
  EXPECT_LT(svg.find("Steps, by server"), svg.find("What the users of each AD site meet"));
}

TEST(Chart, ShowsAServerOutOfServiceFromTheEndOfItsDrainOn) {
  const TwoSites sites;
  const Plan plan = modelled::timed({{modelled::drain(sites.target), 0, 60},
                                     {modelled::recycle(sites.front), 60, 120},
                                     {modelled::return_to_service(sites.target), 120, 180}});
  const std::string svg = chart_of(sites.organisation, plan);
  const auto left_of = [&](const std::string& title) {
    const std::size_t box = svg.rfind("<rect", svg.find("<title>" + title));
    return std::stod(svg.substr(svg.find("x=\"", box) + 3));
  };
  EXPECT_EQ(left_of("out of service"), left_of("s2")) << "the drain ends when the restart begins";
}

TEST(Chart, DoesNotListASiteThatIsRedirectedAmongThoseThatMeetSomething) {
  TwoSites sites;
  sites[sites.target].external_url = "https://branch.contoso.com/owa";
  EXPECT_THAT(chart_of(sites.organisation, modelled::sequence({modelled::recycle(sites.front)})),
              HasSubstr("rows of AD sites, over time.</desc>"));
}

TEST(Chart, TakesNoNameForMarkup) {
  TwoSites sites;
  at(sites.organisation.sites, sites.branch).name = "<script>&\"x\"\x1b";
  sites[sites.front].name = "]]><b>";
  sites.organisation.name = "</title>";
  const std::string svg = chart_of(sites.organisation, front_first(sites));
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
  EXPECT_THAT(svg, Not(HasSubstr("\x1b")));
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;&amp;&quot;x&quot;"));
}

TEST(Chart, NeedsNothingFromElsewhere) {
  const TwoSites sites;
  const std::string svg = chart_of(sites.organisation, front_first(sites));
  EXPECT_EQ(svg.find("http", svg.find("w3.org")), std::string::npos);
  EXPECT_THAT(svg, Not(HasSubstr("href")));
}

TEST(Chart, SaysHowManyRowsItLeavesOut) {
  TwoSites sites;
  std::vector<Step> steps;
  for (int i = 0; i < 210; ++i) {
    const ServerId cas = sites.cas("C" + std::to_string(i), sites.site("S" + std::to_string(i), 1), modelled::rtm);
    steps.push_back(modelled::recycle(cas));
  }
  const std::string svg = chart_of(sites.organisation, modelled::sequence(steps));
  EXPECT_THAT(svg, HasSubstr("and 10 servers more, not shown"));
  EXPECT_THAT(svg, HasSubstr("and 12 sites more, not shown"));
}

TEST(Labels, AreCutBetweenCharacters) {
  EXPECT_EQ(svg_label("Zürich", 2), "Zü…");
  EXPECT_EQ(svg_label("Zürich", 6), "Zürich");
}

std::string troubles_of(const TwoSites& sites, const Plan& plan) {
  Troubles troubles(sites.organisation);
  course_of(sites.organisation, plan,
            [&](const auto& state, const auto&, const auto& statuses) { troubles.add(state, statuses); });
  return troubles.text(simulator::start_of(plan));
}

TEST(Troubles, SayWhoMeetsWhatAndWhen) {
  const TwoSites sites;
  EXPECT_EQ(
      troubles_of(sites, front_first(sites)),
      "  HQ, from 2009-10-03 22:00 (minute 0 to 90): 1200 users; no server in service for all users\n"
      "  Branch1, from 2009-10-03 22:00 (minute 0 to 90): 300 users; no server in service for all users\n"
      "  Branch1, from 2009-10-03 23:30 (minute 90 to 92): 300 users; all users fail: Event 46 (HQCAS1 -> BRCAS1)\n"
      "  Branch1, from 2009-10-03 23:32 (minute 92 to 182): 300 users; no server in service for all users\n");
}

TEST(Troubles, SayWhichAreLeftAtTheEnd) {
  const TwoSites sites;
  EXPECT_EQ(
      troubles_of(sites, modelled::sequence({modelled::recycle(sites.front), modelled::drain(sites.target)})),
      "  Branch1, from 2009-10-03 22:07 (minute 7), also at the end: 300 users; no server in service for all users\n");
}

TEST(Troubles, DoNotNameAPathOfWhichItCannotBeToldAsOneThatFails) {
  TwoSites sites;
  const ServerId unknown = sites.cas("BRCAS2", sites.branch, modelled::rtm);
  sites[unknown].build.reset();
  sites.runs(sites.front, modelled::sp1, {modelled::sp1});
  const std::string text = troubles_of(sites, modelled::sequence({modelled::recycle(sites.front)}));
  EXPECT_THAT(text, HasSubstr("150 users; some users fail: Event 46 (HQCAS1 -> BRCAS1)\n"));
}

TEST(Troubles, AreNoneWhereEveryoneIsServed) {
  const TwoSites sites;
  EXPECT_THAT(troubles_of(sites, modelled::sequence({modelled::recycle(sites.front)})), IsEmpty());
}

}  // namespace
}  // namespace casplan::pictures
