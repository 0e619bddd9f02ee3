#include "pictures/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pictures/pictures_fixture.h"

namespace casplan::pictures {
namespace {

using modelled::TwoSites;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Csv, QuotesWhatItMust) {
  EXPECT_EQ(csv_line({"plain", "a,b", "say \"x\"", "two\nlines", ""}),
            "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\r\n");
}

TEST(Csv, HoldsNoFormulas) {
  EXPECT_EQ(csv_line({"=1+1", "+1", "-1", "@x", "\tx", "a=1"}), "'=1+1,'+1,'-1,'@x,'\tx,a=1\r\n");
  EXPECT_EQ(csv_line({"=HYPERLINK(\"x\",\"y\")"}), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
}

TEST(SiteTable, HasALineForEachSiteInEachState) {
  TwoSites sites;
  at(sites.organisation.sites, sites.branch).name = "=Branch";
  const Plan plan = front_first(sites);
  SiteTable table(sites.organisation, plan);
  course_of(sites.organisation, plan,
            [&](const auto& state, const auto& fronts, const auto& statuses) { table.add(state, fronts, statuses); });
  const std::string text = table.take();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 4 * 2);
  EXPECT_THAT(text, StartsWith("site,from_utc,to_utc,start_minute,end_minute,after_step,condition,share,events,"));
  EXPECT_THAT(text,
              HasSubstr("\r\n'=Branch,2009-10-03T23:30:00Z,2009-10-03T23:32:00Z,90,92,s1,broken,1 of 1,46,300,0,300,"
                        "300,0,0,300,,,HQCAS1,BRCAS1\r\n"));
}

TEST(EventTable, HasTheColumnsOfAnExportedLog) {
  TwoSites sites;
  sites[sites.front].fqdn = "hqcas1.contoso.com";
  EXPECT_EQ(event_table({{default_start(), sites.front, sites.target, "Client Access server \"a\", fails."}},
                        sites.organisation),
            "EventID,MachineName,Category,EntryType,Message,Source,TimeGenerated\r\n"
            "46,hqcas1.contoso.com,Proxy,Error,\"Client Access server \"\"a\"\", fails.\",MSExchange OWA,"
            "2009-10-03T22:00:00Z\r\n");
}

}  // namespace
}  // namespace casplan::pictures
