#include "model/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace casplan {
namespace {

using ::testing::EndsWith;

constexpr OwaVersion rtm{{8, 0, 685, 24}};
constexpr OwaVersion sp2{{8, 2, 176, 2}};

/// One proxy path with all that `judge` asks for. As it stands both ends run SP2 and the proxy works.
struct Path {
  Server front;
  Server target;
  ServerState front_state;
  ServerState target_state;

  [[nodiscard]] Judgement judged(const Readings& readings = {}) const {
    return judge({front, front_state}, {target, target_state}, readings);
  }
};

ServerState running(OwaVersion version) {
  ServerState state;
  state.owa_version = version;
  state.present.insert(version);
  state.loaded.insert(version);
  return state;
}

Path working_path() {
  Path path;
  path.front.name = "HQCAS1";
  path.front.site = SiteId{0};
  path.target.name = "BRCAS1";
  path.target.site = SiteId{1};
  path.target.internal_url = "https://brcas1.contoso.com/owa";
  path.target.integrated_auth = true;
  path.front_state = running(sp2);
  path.target_state = running(sp2);
  return path;
}

/// A path on which every rule applies: the first in the contract's order must decide.
Path path_with_every_fault() {
  Path path = working_path();
  path.front_state.service = Service::drained;
  path.target.external_url = "https://mail.contoso.com/owa";
  path.target.internal_url = "http://";
  path.target.integrated_auth = false;
  path.target_state = running(rtm);
  return path;
}

Judgement fault(RuleId rule, int event) {
  return {Verdict::fault, rule, event, std::nullopt};
}

TEST(Routing, PathBetweenEqualServersWorks) {
  EXPECT_EQ(working_path().judged(), (Judgement{Verdict::works, RuleId::equal_versions, std::nullopt, std::nullopt}));
}

TEST(Routing, MailboxInTheFrontsOwnSiteIsServedDirectlyWhateverTheVersions) {
  Path path = working_path();
  path.target.site = path.front.site;
  path.target_state = running(rtm);
  EXPECT_EQ(path.judged(), (Judgement{Verdict::works, RuleId::same_site, std::nullopt, std::nullopt}));
}

TEST(Routing, PathWithAnEndOutOfServiceIsIdle) {
  Path path = working_path();
  path.front_state.service = Service::drained;
  EXPECT_EQ(path.judged().verdict, Verdict::idle);
  path = working_path();
  path.target_state.service = Service::upgrading;
  EXPECT_EQ(path.judged(), (Judgement{Verdict::idle, RuleId::end_out_of_service, std::nullopt, std::nullopt}));
}

TEST(Routing, TargetWithAnExternalUrlIsRedirectedToWhateverItsVersion) {
  Path path = working_path();
  path.target.external_url = "https://mail.branch.contoso.com/owa";
  path.target_state = running(rtm);
  EXPECT_EQ(path.judged(), (Judgement{Verdict::redirect, RuleId::redirect, std::nullopt, std::nullopt}));
}

TEST(Routing, ExternalUrlOfTheFrontDoesNotRedirect) {
  Path path = working_path();
  path.front.external_url = "https://mail.contoso.com/owa";
  EXPECT_EQ(path.judged().verdict, Verdict::works);
}

TEST(Routing, WithRedirectionTurnedOffATargetWithAnExternalUrlIsProxiedTo) {
  Path path = working_path();
  path.target.external_url = "https://mail.branch.contoso.com/owa";
  path.target_state = running(rtm);
  path.target.redirect_to_optimal = false;
  EXPECT_EQ(path.judged().verdict, Verdict::event46);
  path.target.redirect_to_optimal = true;
  path.front.redirect_to_optimal = false;
  EXPECT_EQ(path.judged().verdict, Verdict::event46);
}

TEST(Routing, MalformedInternalUrlIsEvent38) {
  for (const char* url : {"", "brcas1", "https://", "https:///owa", "ftp://brcas1/owa", "https://br cas1/owa",
                          "https://brcas1/owa\n", "javascript:alert(1)"}) {
    Path path = working_path();
    path.target.internal_url = url;
    EXPECT_EQ(path.judged(), fault(RuleId::internal_url_malformed, 38)) << '"' << url << '"';
  }
}

TEST(Routing, InternalUrlWithoutHttpsIsEvent42) {
  Path path = working_path();
  path.target.internal_url = "http://brcas1.contoso.com/owa";
  EXPECT_EQ(path.judged(), fault(RuleId::internal_url_not_https, 42));
}

TEST(Routing, InternalUrlWithoutHttpsWorksWhereTheFrontAllowsProxyingWithoutSsl) {
  Path path = working_path();
  path.target.internal_url = "http://brcas1.contoso.com/owa";
  path.target.allow_proxy_without_ssl = true;
  EXPECT_EQ(path.judged().event, 42) << "what the target allows does not matter";
  path.front.allow_proxy_without_ssl = true;
  EXPECT_EQ(path.judged().verdict, Verdict::works);
}

TEST(Routing, TargetWithoutIntegratedAuthenticationRefusesTheLogon) {
  Path path = working_path();
  path.target.integrated_auth = false;
  EXPECT_EQ(path.judged(), fault(RuleId::no_integrated_authentication, 401));
}

TEST(Routing, AuthenticationOfTheFrontDoesNotMatter) {
  Path path = working_path();
  path.front.integrated_auth = false;
  path.front.internal_url = "http://";
  EXPECT_EQ(path.judged().verdict, Verdict::works);
}

TEST(Routing, ReadingsDecideWhereTheVersionRuleDoes) {
  Path path = working_path();
  path.target_state = running(rtm);
  path.front_state.present.insert(rtm);
  Readings at_once;
  at_once.folder_load = FolderLoad::at_once;
  EXPECT_EQ(path.judged().verdict, Verdict::event46);
  EXPECT_EQ(path.judged(at_once).verdict, Verdict::works);
}

TEST(OrderOfTheRules, FirstThatAppliesDecides) {
  Path path = path_with_every_fault();
  EXPECT_EQ(path.judged().verdict, Verdict::idle);
  path.front_state.service = Service::in_service;
  EXPECT_EQ(path.judged().verdict, Verdict::redirect);
  path.target.external_url.reset();
  EXPECT_EQ(path.judged().event, 38);
  path.target.internal_url = "http://brcas1.contoso.com/owa";
  EXPECT_EQ(path.judged().event, 42);
  path.target.internal_url = "https://brcas1.contoso.com/owa";
  EXPECT_EQ(path.judged().event, 401);
  path.target.integrated_auth = true;
  EXPECT_EQ(path.judged().event, 46);
  path.front_state.loaded.insert(rtm);
  EXPECT_EQ(path.judged().verdict, Verdict::works);
}

TEST(UnknownFact, SiteOfEitherEndMeansThatNobodyCanTell) {
  Path path = working_path();
  path.front.site.reset();
  EXPECT_EQ(path.judged().verdict, Verdict::cannot_tell);
  path = working_path();
  path.target.site.reset();
  EXPECT_EQ(path.judged().rule, RuleId::site_unknown);
}

TEST(UnknownFact, InternalUrlMeansThatNobodyCanTellWhetherItWorks) {
  Path path = working_path();
  path.target.internal_url.reset();
  EXPECT_EQ(path.judged().verdict, Verdict::cannot_tell);
  EXPECT_EQ(path.judged().rule, RuleId::url_unknown);
}

TEST(UnknownFact, AuthenticationMeansThatNobodyCanTellWhetherItWorks) {
  Path path = working_path();
  path.target.integrated_auth.reset();
  EXPECT_EQ(path.judged().verdict, Verdict::cannot_tell);
}

TEST(UnknownFact, InternalUrlDoesNotHideAPredictedEvent46) {
  Path path = working_path();
  path.target.internal_url.reset();
  path.target_state = running(rtm);
  EXPECT_EQ(path.judged().verdict, Verdict::event46);
}

TEST(UnknownFact, OfAnIdlePathDoesNotMatter) {
  Path path = working_path();
  path.front.site.reset();
  path.target_state = ServerState{};
  path.target_state.service = Service::drained;
  EXPECT_EQ(path.judged().verdict, Verdict::idle);
}

TEST(UnknownFact, OfARedirectedPathDoesNotMatter) {
  Path path = working_path();
  path.target.external_url = "https://mail.branch.contoso.com/owa";
  path.target.internal_url.reset();
  path.target_state.owa_version.reset();
  EXPECT_EQ(path.judged().verdict, Verdict::redirect);
}

TEST(UrlHost, IsWhatStandsBetweenTheSchemeAndThePath) {
  EXPECT_EQ(url_host("https://brcas1.contoso.com/owa"), "brcas1.contoso.com");
  EXPECT_EQ(url_host("https://brcas1.contoso.com:8443/owa"), "brcas1.contoso.com");
  EXPECT_EQ(url_host("http://brcas1"), "brcas1");
  EXPECT_EQ(url_host("HTTPS://BRCAS1/owa"), "BRCAS1");
}

constexpr RuleId all_rules[] = {RuleId::end_out_of_service,
                                RuleId::site_unknown,
                                RuleId::redirect,
                                RuleId::internal_url_malformed,
                                RuleId::internal_url_not_https,
                                RuleId::no_integrated_authentication,
                                RuleId::version_unknown,
                                RuleId::equal_versions,
                                RuleId::older_front,
                                RuleId::older_front_with_folder,
                                RuleId::older_front_without_folder,
                                RuleId::newer_front_without_folder,
                                RuleId::folder_unknown,
                                RuleId::front_cannot_proxy_to_2007,
                                RuleId::url_unknown,
                                RuleId::newer_front_with_folder,
                                RuleId::no_cas_in_site};

TEST(Rules, EachHaveANameOfTheirOwnASentenceAndKnownEvidence) {
  const std::set<std::string_view> labels{"KB", "DOC", "LATER", "INF", "KB, LATER"};
  std::set<std::string_view> names;
  for (const RuleId id : all_rules) {
    const Rule& found = rule(id);
    EXPECT_EQ(found.id, id);
    EXPECT_TRUE(names.insert(found.name).second) << found.name;
    EXPECT_THAT(std::string(found.text), EndsWith(".")) << found.name;
    EXPECT_TRUE(labels.contains(found.evidence)) << found.name << ": " << found.evidence;
  }
}

TEST(Rules, OfTheVersionTableCarryTheEvidenceOfTheirRows) {
  EXPECT_EQ(rule(RuleId::equal_versions).evidence, "KB, LATER");
  EXPECT_EQ(rule(RuleId::newer_front_with_folder).evidence, "KB");
  EXPECT_EQ(rule(RuleId::newer_front_without_folder).evidence, "KB");
  EXPECT_EQ(rule(RuleId::older_front).evidence, "KB, LATER");
}

TEST(Rules, OfRoutingCarryTheirEvidence) {
  EXPECT_EQ(rule(RuleId::redirect).evidence, "DOC");
  EXPECT_EQ(rule(RuleId::internal_url_malformed).evidence, "LATER");
  EXPECT_EQ(rule(RuleId::internal_url_not_https).evidence, "DOC");
  EXPECT_EQ(rule(RuleId::no_integrated_authentication).evidence, "DOC");
  EXPECT_EQ(rule(RuleId::no_cas_in_site).evidence, "LATER");
  EXPECT_EQ(rule(RuleId::front_cannot_proxy_to_2007).evidence, "DOC");
}

TEST(Verdicts, HaveTheWordsOfTheContract) {
  EXPECT_EQ(to_string(Verdict::works), "works");
  EXPECT_EQ(to_string(Verdict::event46), "event46");
  EXPECT_EQ(to_string(Verdict::redirect), "redirect");
  EXPECT_EQ(to_string(Verdict::fault), "fault");
  EXPECT_EQ(to_string(Verdict::idle), "idle");
  EXPECT_EQ(to_string(Verdict::cannot_tell), "cannot_tell");
}

}  // namespace
}  // namespace casplan
