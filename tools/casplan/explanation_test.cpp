#include "tools/casplan/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::tools {
namespace {

using namespace casplan::modelled;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Explanation explained(const TwoSites& contoso, const Readings& readings = {}) {
  return explain(contoso.organisation, contoso.front, contoso.target, readings);
}

/// The consideration that decides; a broken contract where it is not the last, or not alone.
const Consideration& decisive(const Explanation& explanation) {
  for (std::size_t i = 0; i + 1 < explanation.considerations.size(); ++i) {
    expects(explanation.considerations[i].decides == Decides::no, "only the last consideration decides");
  }
  expects(explanation.considerations.back().decides == Decides::yes, "the last consideration decides");
  return explanation.considerations.back();
}

TEST(Explanation, OfEqualServersEndsAtTheirVersions) {
  const TwoSites contoso;
  const Explanation explanation = explained(contoso);
  EXPECT_EQ(explanation.judgement.verdict, Verdict::works);
  EXPECT_EQ(decisive(explanation).rule, RuleId::equal_versions);
  EXPECT_EQ(decisive(explanation).finding,
            "HQCAS1 runs OWA version 8.0.685.24 (RTM), BRCAS1 runs OWA version 8.0.685.24 (RTM): they are equal.");
  EXPECT_THAT(explanation.message, IsEmpty());
}

TEST(Explanation, AsksTheRulesInTheOrderInWhichTheyDecide) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  std::vector<RuleId> rules;
  for (const Consideration& entry : explained(contoso).considerations) rules.push_back(entry.rule);
  EXPECT_TRUE(std::is_sorted(rules.begin(), rules.end()));
  EXPECT_EQ(rules.back(), RuleId::newer_front_without_folder);
}

TEST(Explanation, OfEvent46NamesTheFoldersAndGivesTheSentence) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Explanation explanation = explained(contoso);
  EXPECT_EQ(decisive(explanation).finding, "HQCAS1 needs resource folder 8.0.685.24; it has 8.1.240.5 loaded.");
  EXPECT_THAT(explanation.message, HasSubstr("Client Access server \"HQCAS1\", running Microsoft Exchange version"));
}

TEST(Explanation, SaysThatAFolderOnlyWaitsForARestart) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({sp1});
  EXPECT_THAT(decisive(explained(contoso)).finding, HasSubstr("recycle the application pool"));
  Readings at_once;
  at_once.folder_load = FolderLoad::at_once;
  EXPECT_EQ(explained(contoso, at_once).judgement.verdict, Verdict::works);
}

TEST(Explanation, OfFoldersThatWereNotListedSaysSo) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Explanation explanation = explained(contoso);
  EXPECT_EQ(decisive(explanation).rule, RuleId::folder_unknown);
  EXPECT_THAT(decisive(explanation).finding, HasSubstr("its folders were not listed"));
}

/// A change of the organisation, and the rule that then decides.
struct Fact {
  const char* name;
  void (*change)(TwoSites&);
  RuleId rule;

  friend void PrintTo(const Fact& fact, std::ostream* out) { *out << fact.name; }
};

std::string name_of(const ::testing::TestParamInfo<Fact>& fact) {
  return fact.param.name;
}

class ExplanationOf : public ::testing::TestWithParam<Fact> {};

TEST_P(ExplanationOf, EndsAtTheRuleThatDecidesAsJudged) {
  TwoSites contoso;
  GetParam().change(contoso);
  const Explanation explanation = explained(contoso);
  EXPECT_EQ(decisive(explanation).rule, GetParam().rule);
  EXPECT_EQ(decisive(explanation).rule, explanation.judgement.rule);
  for (const Consideration& entry : explanation.considerations) EXPECT_THAT(entry.finding, ::testing::EndsWith("."));
}

INSTANTIATE_TEST_SUITE_P(
    Facts, ExplanationOf,
    ::testing::Values(
        Fact{"Drained", [](TwoSites& c) { c[c.target].in_service = false; }, RuleId::end_out_of_service},
        Fact{"SiteNotKnown", [](TwoSites& c) { c[c.target].site.reset(); }, RuleId::site_unknown},
        Fact{"SameSite", [](TwoSites& c) { c[c.target].site = c.hq; }, RuleId::same_site},
        Fact{"Redirect", [](TwoSites& c) { c[c.target].external_url = "https://b/owa"; }, RuleId::redirect},
        Fact{"Malformed", [](TwoSites& c) { c[c.target].internal_url = "brcas1"; }, RuleId::internal_url_malformed},
        Fact{"NotHttps", [](TwoSites& c) { c[c.target].internal_url = "http://b/owa"; },
             RuleId::internal_url_not_https},
        Fact{"NoIntegratedAuthentication", [](TwoSites& c) { c[c.target].integrated_auth = false; },
             RuleId::no_integrated_authentication},
        Fact{"VersionNotKnown", [](TwoSites& c) { c[c.target].build.reset(); }, RuleId::version_unknown},
        Fact{"OlderFront", [](TwoSites& c) { c.runs(c.target, sp1, {sp1}); }, RuleId::older_front},
        Fact{"NewerFrontWithFolder",
             [](TwoSites& c) {
               c.runs(c.front, sp1, {rtm, sp1});
             },
             RuleId::newer_front_with_folder},
        Fact{"UrlNotKnown", [](TwoSites& c) { c[c.target].internal_url.reset(); }, RuleId::url_unknown}),
    name_of);

TEST(Explanation, SaysThatRedirectionIsTurnedOff) {
  TwoSites contoso;
  contoso[contoso.target].external_url = "https://branch/owa";
  contoso[contoso.front].redirect_to_optimal = false;
  const Explanation explanation = explained(contoso);
  EXPECT_THAT(explanation.considerations[2].finding, HasSubstr("redirection is turned off"));
  EXPECT_EQ(explanation.judgement.rule, RuleId::equal_versions);
}

TEST(Explanation, SaysThatAFrontStandsBehindNoEntryPoint) {
  const TwoSites contoso;
  const Explanation explanation = explain(contoso.organisation, contoso.target, contoso.front, Readings{});
  EXPECT_THAT(explanation.considerations[1].finding, HasSubstr("BRCAS1, behind no entry point, is in Branch1"));
}

TEST(Explanation, OfAnOlderFrontFollowsTheReading) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  Readings needs_folder;
  needs_folder.older_front = OlderFront::needs_folder;
  EXPECT_EQ(decisive(explained(contoso, needs_folder)).rule, RuleId::older_front_without_folder);
  contoso.runs(contoso.front, rtm, {rtm, sp1});
  EXPECT_EQ(decisive(explained(contoso, needs_folder)).rule, RuleId::older_front_with_folder);
}

}  // namespace
}  // namespace casplan::tools
