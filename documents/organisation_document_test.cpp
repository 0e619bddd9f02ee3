#include "documents/organisation_document.h"

#include <gtest/gtest.h>

#include "documents/documents_fixture.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Diagnostics faults_with(std::string_view from, std::string_view to) {
  return faults_of(read_organisation(replaced(organisation_text(), from, to)));
}

TEST(OrganisationDocument, ReadsWhatIsKnown) {
  const Organisation read = organisation();
  EXPECT_EQ(read.name, "Contoso");
  EXPECT_EQ(read.sites[1], (Site{"Branch1", 300, 40}));
  const Server& front = read.servers[0];
  EXPECT_EQ(front.site, SiteId{0});
  EXPECT_EQ(front.roles, (std::set{Role::client_access, Role::hub_transport}));
  EXPECT_EQ(front.build, parse_build("8.1.240.6"));
  EXPECT_EQ(front.owa_version, parse_folder_name("8.1.240.5"));
  EXPECT_EQ(front.loaded_folders->size(), 1U);
  EXPECT_EQ(front.external_url, "https://mail.contoso.com/owa");
  EXPECT_TRUE(front.allow_proxy_without_ssl);
  EXPECT_FALSE(front.redirect_to_optimal);
  EXPECT_EQ(read.entry_points[0], (EntryPoint{"mail.contoso.com", {ServerId{0}}, 100}));
}

TEST(OrganisationDocument, AbsentAndNullFactsAreNotKnown) {
  const Organisation read = organisation();
  EXPECT_EQ(read.sites[2].mailboxes, std::nullopt);
  const Server& server = read.servers[3];
  EXPECT_EQ(server.folders, std::nullopt);
  EXPECT_EQ(server.loaded_folders, std::nullopt);
  EXPECT_EQ(server.hand_copied_folders, std::nullopt);
  EXPECT_EQ(server.internal_url, std::nullopt);
  EXPECT_EQ(server.integrated_auth, std::nullopt);
  EXPECT_EQ(server.in_service, std::nullopt);
  EXPECT_FALSE(server.allow_proxy_without_ssl);
  EXPECT_TRUE(server.redirect_to_optimal);
}

TEST(OrganisationDocument, AnEmptyExternalUrlMeansNone) {
  EXPECT_EQ(organisation().servers[1].external_url, std::nullopt);
}

TEST(OrganisationDocument, FoldersKeepTheNameThatTheyHaveOnTheDisk) {
  const std::optional<FolderList> folders = organisation().servers[1].folders;
  ASSERT_TRUE(folders);
  EXPECT_THAT(*folders, ElementsAre(ResourceFolder{"8.00.0685.024", *parse_folder_name("8.0.685.24")}));
}

TEST(OrganisationDocument, RoundTrips) {
  const std::string written = write_organisation(organisation());
  const auto again = read_organisation(written);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, organisation());
  EXPECT_EQ(write_organisation(*again), written);
}

TEST(OrganisationDocument, IsWrittenInTheOrderOfTheContract) {
  Organisation small = organisation();
  small.servers.resize(2);
  small.sites.resize(2);
  small.servers.erase(small.servers.begin());
  small.entry_points = {{"mail", {ServerId{0}}, std::nullopt}};
  small.site_links = {{{SiteId{0}, SiteId{1}}, 100}};
  EXPECT_EQ(write_organisation(small), R"({
  "format": "casplan/organisation/1",
  "name": "Contoso",
  "sites": [
    {
      "name": "HQ",
      "mailboxes": 1200
    },
    {
      "name": "Branch1",
      "mailboxes": 300,
      "legacy_mailboxes": 40
    }
  ],
  "servers": [
    {
      "name": "BRCAS1",
      "fqdn": null,
      "site": "Branch1",
      "roles": ["ClientAccess"],
      "build": "8.0.685.25",
      "owa_version": null,
      "folders": ["8.00.0685.024"],
      "internal_url": "https://brcas1.contoso.com/owa",
      "external_url": null,
      "integrated_auth": true,
      "in_service": null,
      "install_path": null
    }
  ],
  "entry_points": [
    {
      "name": "mail",
      "fronts": ["BRCAS1"],
      "share": null
    }
  ],
  "site_links": [
    {
      "sites": ["HQ", "Branch1"],
      "cost": 100
    }
  ]
}
)");
}

TEST(OrganisationDocument, NamesBeyondAsciiStayUtf8) {
  EXPECT_THAT(write_organisation(organisation()), HasSubstr("\"name\": \"Zürich\""));
}

TEST(OrganisationDocument, AWrongFormatTagIsAFault) {
  EXPECT_THAT(faults_with("casplan/organisation/1", "casplan/organisation/2"),
              ElementsAre(FaultNear("/format", "\"casplan/organisation/2\"", "casplan/organisation/1")));
}

TEST(OrganisationDocument, AnotherKindOfDocumentIsOneFaultOnly) {
  EXPECT_THAT(faults_of(read_organisation(R"({"format": "casplan/policy/1", "target": {}, "crews": 3})")),
              ElementsAre(FaultAt("/format", "the format of another kind of document", "\"casplan/organisation/1\"")));
}

TEST(OrganisationDocument, AnUnknownKeyIsAFaultWithTheNearestKey) {
  EXPECT_THAT(
      faults_with("\"integrated_auth\": true, \"in_service\"", "\"integratedAuth\": true, \"in_service\""),
      ElementsAre(FaultNear("/servers/0/integratedAuth", "the unknown key \"integratedAuth\"", "integrated_auth")));
}

TEST(OrganisationDocument, AKeyThatOccursTwiceIsAFault) {
  EXPECT_THAT(faults_with("\"name\": \"Contoso\"", "\"name\": \"Contoso\", \"name\": \"Fabrikam\""),
              ElementsAre(FaultAt("/name", "the key \"name\" once more", "each key once")));
}

TEST(OrganisationDocument, AMissingKeyIsAFault) {
  EXPECT_THAT(faults_with("\"roles\": [\"Mailbox\"], ", ""),
              ElementsAre(FaultAt("/servers/2", "no key \"roles\"", "\"roles\"")));
}

TEST(OrganisationDocument, ADuplicateServerIsAFaultWithoutRegardToCase) {
  EXPECT_THAT(faults_with("\"BRMBX1\"", "\"hqcas1\""),
              ElementsAre(FaultAt("/servers/2/name", "\"hqcas1\", the name of another server (/servers/0)",
                                  "no other server has")));
}

TEST(OrganisationDocument, ADuplicateSiteIsAFaultWithoutRegardToCase) {
  const auto text = replaced(organisation_text(), "\"Branch1\", \"mailboxes\"", "\"hq\", \"mailboxes\"");
  EXPECT_THAT(faults_of(read_organisation(text)),
              testing::Contains(FaultAt("/sites/1/name", "the name of another site (/sites/0)")));
}

TEST(OrganisationDocument, AServerInAnUnknownSiteIsAFaultWithTheNearestSite) {
  EXPECT_THAT(
      faults_with("\"site\": \"Branch1\", \"roles\": [\"ClientAccess\"]",
                  "\"site\": \"Brnch1\", \"roles\": [\"ClientAccess\"]"),
      ElementsAre(FaultNear("/servers/1/site", "\"Brnch1\", which is no site of this organisation", "Branch1")));
}

TEST(OrganisationDocument, SharesThatDoNotSumTo100AreAFault) {
  EXPECT_THAT(faults_with("\"share\": 100", "\"share\": 90"),
              ElementsAre(FaultAt("/entry_points", "shares that sum to 90", "100 percent")));
}

TEST(OrganisationDocument, SharesAreKnownForAllEntryPointsOrForNone) {
  const std::string second = R"(100 }, { "name": "owa.contoso.com", "fronts": ["BRCAS1"], "share": null } ])";
  const auto text = replaced(organisation_text(), "100 } ]", second);
  EXPECT_THAT(faults_of(read_organisation(text)),
              ElementsAre(FaultAt("/entry_points", "known for some entry points only", "null for all")));
  EXPECT_TRUE(read_organisation(replaced(text, "\"share\": 100", "\"share\": null")).has_value());
}

TEST(OrganisationDocument, AMalformedVersionIsAFault) {
  EXPECT_THAT(faults_with("\"8.1.240.6\"", "\"8.1.240\""),
              ElementsAre(FaultAt("/servers/0/build", "\"8.1.240\", which is no version", "four numbers")));
  EXPECT_THAT(faults_with("\"owa_version\": \"8.1.240.5\"", "\"owa_version\": \"SP1\""),
              ElementsAre(FaultAt("/servers/0/owa_version", "\"SP1\", which is no OWA version")));
}

TEST(OrganisationDocument, ABuildThatIsNotInTheCatalogueIsAFaultWithItsNeighbours) {
  EXPECT_THAT(faults_with("\"8.1.240.6\"", "\"8.1.240.7\""),
              ElementsAre(testing::AllOf(
                  FaultNear("/servers/0/build", "\"8.1.240.7\", which is no build of the catalogue", "8.1.240.6"),
                  FaultAt("/servers/0/build", "after 8.1.240.6 (Exchange Server 2007 SP1) and before"))));
}

TEST(OrganisationDocument, AnOwaVersionInPlaceOfABuildSuggestsItsBuild) {
  EXPECT_THAT(faults_with("\"build\": \"8.1.240.6\"", "\"build\": \"8.0.700.0\""),
              ElementsAre(FaultNear("/servers/0/build", "no build of the catalogue", "8.0.708.3")));
}

TEST(OrganisationDocument, AFolderNameThatIsNoVersionIsAFault) {
  EXPECT_THAT(faults_with("\"8.00.0685.024\"", "\"8.0.685.24 - Copy\", \"Current\""),
              ElementsAre(FaultAt("/servers/1/folders/0", "a folder name that is no version"),
                          FaultAt("/servers/1/folders/1", "a folder name that is no version")));
}

TEST(OrganisationDocument, TwoFoldersThatParseEqualAreNoFault) {
  const auto read =
      read_organisation(replaced(organisation_text(), "[\"8.00.0685.024\"]", "[\"8.00.0685.024\", \"8.0.685.24\"]"));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->servers[1].folders->size(), 2U);
}

TEST(OrganisationDocument, SiteLinksJoinTwoSitesOrMore) {
  const auto contoso = read_organisation(organisation_text());
  ASSERT_TRUE(contoso.has_value());
  EXPECT_THAT(contoso->site_links,
              ElementsAre(SiteLink{{SiteId{0}, SiteId{1}, SiteId{2}}, 100}, SiteLink{{SiteId{0}, SiteId{1}}, 30}));
}

TEST(OrganisationDocument, ASiteLinkNamesKnownSitesEachOnceAndHasACost) {
  const auto with_link = [](const std::string& link) {
    std::string text = organisation_text();
    text.insert(text.rfind("{ \"sites\""), link + ", ");
    return faults_of(read_organisation(text));
  };
  EXPECT_THAT(with_link(R"({ "sites": ["HQ", "Branch"], "cost": 1 })"),
              ElementsAre(FaultNear("/site_links/1/sites/1", "\"Branch\"", "Branch1")));
  EXPECT_THAT(with_link(R"({ "sites": ["HQ", "hq"], "cost": 1 })"),
              ElementsAre(FaultAt("/site_links/1/sites/1", "once more")));
  EXPECT_THAT(with_link(R"({ "sites": ["HQ"], "cost": 0 })"),
              ElementsAre(FaultAt("/site_links/1/sites", "a link of one site"), FaultAt("/site_links/1/cost", "0")));
}

TEST(OrganisationDocument, AnEntryPointWithoutFrontsIsAFault) {
  EXPECT_THAT(faults_with("[\"HQCAS1\"]", "[]"),
              ElementsAre(FaultAt("/entry_points/0/fronts", "without fronts", "at least one Client Access server")));
}

TEST(OrganisationDocument, AFrontIsAKnownClientAccessServerAndStandsOnce) {
  EXPECT_THAT(faults_with("[\"HQCAS1\"]", "[\"HQCAS2\", \"BRMBX1\", \"BRCAS1\", \"brcas1\"]"),
              ElementsAre(FaultNear("/entry_points/0/fronts/0", "no server of this organisation", "HQCAS1"),
                          FaultAt("/entry_points/0/fronts/1", "\"BRMBX1\", which does not have the role ClientAccess"),
                          FaultAt("/entry_points/0/fronts/3", "\"BRCAS1\" once more", "each front once")));
}

TEST(OrganisationDocument, AnOrganisationWithoutClientAccessServersIsAFault) {
  EXPECT_THAT(faults_of(read_organisation(R"({"format": "casplan/organisation/1", "name": "Contoso",
      "sites": [{"name": "HQ", "mailboxes": 1}],
      "servers": [{"name": "HQMBX1", "site": "HQ", "roles": ["Mailbox"], "build": null}], "entry_points": []})")),
              ElementsAre(FaultAt("/servers", "no server with the role ClientAccess", "at least one")));
}

TEST(OrganisationDocument, AnUnknownRoleIsAFaultWithTheNearestRole) {
  EXPECT_THAT(faults_with("[\"Mailbox\"]", "[\"MailBoxes\"]"),
              ElementsAre(FaultNear("/servers/2/roles/0", "\"MailBoxes\"", "Mailbox")));
}

TEST(OrganisationDocument, NothingFollowsFromRolesThatCouldNotBeRead) {
  EXPECT_THAT(faults_with("[\"ClientAccess\", \"HubTransport\"]", "[\"ClientAcess\"]"),
              ElementsAre(FaultNear("/servers/0/roles/0", "\"ClientAcess\"", "ClientAccess")));
}

TEST(OrganisationDocument, NumbersOutOfRangeAreFaults) {
  EXPECT_THAT(faults_with("\"mailboxes\": 1200", "\"mailboxes\": -1"),
              ElementsAre(FaultAt("/sites/0/mailboxes", "-1", "a whole number from 0 to 10000000")));
  EXPECT_THAT(faults_with("\"mailboxes\": 1200", "\"mailboxes\": 10000001"),
              ElementsAre(FaultAt("/sites/0/mailboxes", "10000001")));
  EXPECT_THAT(faults_with("\"mailboxes\": 1200", "\"mailboxes\": 12.5"),
              ElementsAre(FaultAt("/sites/0/mailboxes", "12.5", "a whole number")));
  EXPECT_THAT(faults_with("\"share\": 100", "\"share\": 101"),
              ElementsAre(FaultAt("/entry_points/0/share", "101", "from 0 to 100")));
}

TEST(OrganisationDocument, NamesAreBoundedAndFreeOfControlCharacters) {
  EXPECT_THAT(faults_with("\"BRMBX1\"", "\"\""), ElementsAre(FaultAt("/servers/2/name", "\"\"", "1 to 256 bytes")));
  EXPECT_THAT(faults_with("\"BRMBX1\"", "\"BR\\u001b[2J\\u202eMBX1\""),
              ElementsAre(FaultAt("/servers/2/name", "\"BR\\u001b[2J\\u202eMBX1\"", "without control characters")));
  const std::string long_name(257, 'x');
  EXPECT_THAT(faults_with("\"BRMBX1\"", '"' + long_name + '"'),
              ElementsAre(FaultAt("/servers/2/name", std::string(80, 'x') + "...\", of 257 bytes")));
}

TEST(OrganisationDocument, SeveralFaultsAreReportedAtOnceInTheOrderOfTheDocument) {
  auto text = replaced(organisation_text(), "\"mailboxes\": 1200", "\"mailboxes\": \"many\", \"users\": 3");
  text = replaced(text, "\"8.1.240.6\"", "\"8.1.240.7\"");
  text = replaced(text, "\"site\": \"Zürich\"", "\"site\": \"Zurich\"");
  text = replaced(text, "\"share\": 100", "\"share\": 99");
  EXPECT_THAT(faults_of(read_organisation(text)),
              ElementsAre(FaultAt("/sites/0/mailboxes", "\"many\""), FaultAt("/sites/0/users", "unknown key"),
                          FaultAt("/servers/0/build", "\"8.1.240.7\""),
                          FaultNear("/servers/3/site", "\"Zurich\"", "Zürich"), FaultAt("/entry_points", "99")));
}

TEST(OrganisationDocument, PlacesAreEscapedAsJsonPointersAre) {
  EXPECT_THAT(faults_with("\"name\": \"Contoso\"", "\"name\": \"Contoso\", \"a/b~c\\n\": 1"),
              ElementsAre(FaultAt("/a~1b~0c\\u000a", "the unknown key")));
}

TEST(OrganisationDocument, OfVeryManyFaultsTheFirstThousandAreReported) {
  std::string sites;
  for (int i = 0; i < 5000; ++i) sites += "1, ";
  const Diagnostics faults = faults_with("\"sites\": [\n", "\"sites\": [\n" + sites);
  ASSERT_EQ(faults.size(), 1001U);
  EXPECT_THAT(faults[0], FaultAt("/sites/0", "1", "a site"));
  EXPECT_THAT(faults.back(), FaultAt("", "more than 1000 faults"));
}

TEST(OrganisationDocument, MoreThanAMillionServersAreAFault) {
  std::string servers;
  for (int i = 0; i < 1'000'001; ++i) servers += i > 0 ? ",1" : "1";
  EXPECT_THAT(faults_of(read_organisation(R"({"format": "casplan/organisation/1", "name": "Contoso", "sites": [],
                                              "servers": [)" +
                                          servers + R"(], "entry_points": []})")),
              ElementsAre(FaultAt("/servers", "1000001 servers", "at most 1000000 servers")));
}

TEST(OrganisationDocument, ADocumentThatIsNoObjectIsAFault) {
  EXPECT_THAT(faults_of(read_organisation("[]")), ElementsAre(FaultAt("", "a list", "an object")));
}

TEST(OrganisationDocument, ManyUnknownNamesAreSearchedWithBoundedWork) {
  std::string servers;
  for (int i = 0; i < 20'000; ++i) {
    servers += R"({"name": "SRV)" + std::to_string(i) + R"(", "site": "Nowhere", "roles": [], "build": null}, )";
  }
  std::string fronts;
  for (int i = 0; i < 20'000; ++i) fronts += "\"SVR" + std::to_string(i) + "x\", ";
  auto text = replaced(organisation_text(), "\"servers\": [", "\"servers\": [" + servers);
  text = replaced(text, "\"fronts\": [", "\"fronts\": [" + fronts);
  EXPECT_THAT(faults_of(read_organisation(text)), testing::SizeIs(1001));
}

TEST(OrganisationDocument, LoadedAndCopiedFoldersAreAmongTheListedOnes) {
  const std::string text = R"({ "format": "casplan/organisation/1", "name": "Contoso",
    "sites": [ { "name": "HQ", "mailboxes": 1 } ],
    "servers": [ { "name": "HQCAS1", "site": "HQ", "roles": ["ClientAccess"], "build": "8.1.240.6",
                   "folders": ["8.1.240.5"], "loaded_folders": ["8.0.685.24"],
                   "hand_copied_folders": ["8.0.685.24"] } ],
    "entry_points": [ { "name": "mail", "fronts": ["HQCAS1"], "share": 100 } ] })";
  EXPECT_THAT(faults_of(read_organisation(text)),
              testing::ElementsAre(FaultAt("/servers/0/loaded_folders/0", "not among `folders`"),
                                   FaultAt("/servers/0/hand_copied_folders/0", "not among `folders`")));
}

}  // namespace
}  // namespace casplan::documents
