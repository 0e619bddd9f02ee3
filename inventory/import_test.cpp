#include "inventory/import.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "inventory/modelled_fixture.h"

namespace casplan::inventory {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view sp1 = "Version 8.1 (Build 240.6)";

Import imported(const std::vector<SourceFile>& files) {
  auto result = import_exports(files);
  EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().front().found);
  return result ? std::move(*result) : Import{};
}

Diagnostics faults(const std::vector<SourceFile>& files) {
  const auto result = import_exports(files);
  EXPECT_FALSE(result.has_value());
  return result ? Diagnostics{} : result.error();
}

Server server(const Import& import, std::string_view name) {
  const auto id = find_server(import.organisation, name);
  EXPECT_TRUE(id.has_value()) << name;
  return id ? at(import.organisation.servers, *id) : Server{};
}

std::string site_of(const Import& import, std::string_view name) {
  const auto site = server(import, name).site;
  return site ? at(import.organisation.sites, *site).name : "not known";
}

std::string build_of(const Import& import, std::string_view name) {
  const auto build = server(import, name).build;
  return build ? to_string(*build) : "not known";
}

auto note_with(const std::string& text) {
  return Contains(Field(&Note::text, HasSubstr(text)));
}

auto missing(const std::string& subject, const std::string& property) {
  return Contains(AllOf(Field(&Missing::subject, subject), Field(&Missing::property, property)));
}

SourceFile one_server(std::string_view version, std::string_view roles = "ClientAccess") {
  return {"one.xml", modelled::clixml(modelled::server("A", version, "HQ", roles))};
}

// An Export-Csv of OWA virtual directories with these rows.
SourceFile directories(const std::string& rows) {
  return {"owa.csv", "Server,Name,OwaVersion,InternalUrl,ExternalUrl,WindowsAuthentication\n" + rows};
}

class KbOrganisation : public testing::Test {
 protected:
  std::vector<SourceFile> files{modelled::servers(), modelled::virtual_directories(), modelled::folders()};
};

TEST_F(KbOrganisation, ServersSitesAndVersionsAreFound) {
  const Import import = imported(files);
  EXPECT_EQ(import.organisation.name, "contoso.com");
  EXPECT_THAT(import.organisation.sites,
              ElementsAre(Field(&Site::name, "Branch"), Field(&Site::name, "HQ"), Field(&Site::name, "Zürich")));
  EXPECT_EQ(build_of(import, "HQCAS1"), "8.2.176.2");
  EXPECT_EQ(build_of(import, "BRCAS1"), "8.0.685.25");
  EXPECT_EQ(build_of(import, "ZHEX1"), "8.1.240.6");
  EXPECT_EQ(server(import, "BRCAS1").owa_version, parse_folder_name("8.0.685.24"));
  EXPECT_EQ(site_of(import, "ZHEX1"), "Zürich");
}

TEST_F(KbOrganisation, AServerWithoutClientAccessKeepsItsBuildUnknown) {
  const Import import = imported(files);
  EXPECT_FALSE(server(import, "BRMBX1").is_cas());
  EXPECT_EQ(build_of(import, "BRMBX1"), "not known");
  EXPECT_EQ(server(import, "BRMBX1").folders, std::nullopt);
}

TEST_F(KbOrganisation, TheOnlyExternalHostIsTheEntryPointOfAllUsers) {
  const Import import = imported(files);
  ASSERT_THAT(import.organisation.entry_points, SizeIs(1));
  const EntryPoint& entry = import.organisation.entry_points[0];
  EXPECT_EQ(entry.name, "mail.contoso.com");
  EXPECT_EQ(entry.share, 100);
  EXPECT_THAT(entry.fronts, ElementsAre(*find_server(import.organisation, "HQCAS1")));
  EXPECT_THAT(import.facts,
              Contains(Fact{"entry point mail.contoso.com", "fronts", "HQCAS1", {"owa.csv", 3}, Basis::inferred}));
}

TEST_F(KbOrganisation, EveryFactHasItsSource) {
  const Import import = imported(files);
  EXPECT_THAT(import.facts, Contains(Fact{"BRCAS1", "integrated_auth", "true", {"owa.csv", 4}, Basis::stated}));
  EXPECT_THAT(import.facts, Contains(Fact{"BRCAS1", "build", "8.0.685.25", {"folders.txt", 6}, Basis::inferred}));
  EXPECT_THAT(import.facts, Contains(Fact{"BRCAS1", "external_url", "none", {"owa.csv", 4}, Basis::stated}));
  EXPECT_THAT(import.conflicts, IsEmpty());
}

TEST_F(KbOrganisation, WhatIsNotKnownIsNamedWithItsRemedy) {
  const Import import = imported(files);
  EXPECT_THAT(import.missing, Contains(Missing{"ZHEX1", "internal_url",
                                               "Get-OwaVirtualDirectory -Server ZHEX1 | Export-Clixml ZHEX1-owa.xml"}));
  EXPECT_THAT(import.missing, missing("ZHEX1", "integrated_auth"));
  EXPECT_THAT(import.missing, missing("site Branch", "mailboxes"));
  EXPECT_THAT(import.missing, Not(missing("BRMBX1", "build")));
}

TEST_F(KbOrganisation, TheOrderOfTheFilesMakesNoDifference) {
  const Import first = imported(files);
  std::reverse(files.begin(), files.end());
  const Import second = imported(files);
  EXPECT_EQ(first.organisation, second.organisation);
  EXPECT_EQ(first.facts, second.facts);
  EXPECT_EQ(first.missing, second.missing);
  EXPECT_EQ(first.notes, second.notes);
}

TEST(ImportedVersion, TheLevelAloneIsNoBuild) {
  const Import import = imported({one_server(sp1)});
  EXPECT_EQ(build_of(import, "A"), "not known");
  EXPECT_EQ(server(import, "A").owa_version, std::nullopt);
  EXPECT_THAT(import.missing, missing("A", "folders"));
  EXPECT_THAT(import.missing, missing("A", "build"));
}

TEST(ImportedVersion, TheHighestFolderOfTheOwnLevelDecides) {
  const Import import = imported({one_server(sp1), {"A.txt", "8.1.240.5\n8.1.393.1\n8.2.176.2\n"}});
  EXPECT_EQ(build_of(import, "A"), "8.1.393.1");
}

TEST(ImportedVersion, FoldersOfOtherLevelsDoNotDecide) {
  const Import import = imported({one_server(sp1), {"A.txt", "8.2.176.2\nauth\n"}});
  EXPECT_EQ(build_of(import, "A"), "not known");
  ASSERT_TRUE(server(import, "A").folders);
  EXPECT_THAT(*server(import, "A").folders, SizeIs(1));
  EXPECT_THAT(import.missing,
              Contains(AllOf(Field(&Missing::property, "build"), Field(&Missing::remedy, HasSubstr("ExSetup.exe")))));
}

TEST(ImportedVersion, AFolderThatTheCatalogueDoesNotKnowDecidesNothing) {
  EXPECT_EQ(build_of(imported({one_server(sp1), {"A.txt", "8.1.9999.9\n"}}), "A"), "not known");
}

TEST(ImportedServers, Exchange2003And2013AreLeftOutWithANote) {
  const SourceFile old{
      "old.xml", modelled::clixml(modelled::server("OLD", "Version 6.5 (Build 7638.2: Service Pack 2)", "", "None") +
                                  modelled::server("NEW", "Version 15.0 (Build 1395.4)", "HQ", "Mailbox"))};
  const Import import = imported({one_server(sp1), old});
  EXPECT_THAT(import.organisation.servers, SizeIs(1));
  EXPECT_THAT(import.notes, note_with("OLD is left out: it is a legacy server"));
  EXPECT_THAT(import.notes, note_with("NEW is left out: it is Exchange 2013 or later"));
}

TEST(ImportedServers, AnEdgeServerStaysOnlyWithASite) {
  const SourceFile edge{"edge.xml", modelled::clixml(modelled::server("EDGE", sp1, "", "Edge"))};
  EXPECT_THAT(imported({one_server(sp1), edge}).notes, note_with("EDGE is left out"));
  EXPECT_THAT(imported({one_server(sp1, "Edge")}).organisation.servers, SizeIs(1));
}

TEST(ImportedServers, ACasWithoutASiteStaysAndIsMissed) {
  const Import import = imported({{"one.txt", "Name : A\nServerRole : ClientAccess\n"}});
  EXPECT_EQ(site_of(import, "A"), "not known");
  EXPECT_THAT(import.missing, missing("A", "site"));
  EXPECT_THAT(import.missing, missing("A", "AdminDisplayVersion"));
}

TEST(ImportedServers, NamesAndFqdnsInAnyCaseAreOneServer) {
  const Import import =
      imported({one_server(sp1),
                {"two.txt", "Name : a\nFqdn : a.contoso.com\nSite : HQ\n"},
                directories("A.CONTOSO.COM,owa (Default Web Site),Exchange2007,https://a/owa,,True\n")});
  ASSERT_THAT(import.organisation.servers, SizeIs(1));
  EXPECT_EQ(server(import, "A").internal_url, "https://a/owa");
  EXPECT_THAT(import.conflicts, IsEmpty());
}

TEST(ImportedServers, RolesComeFromBooleansWhereNothingElseSaysThem) {
  const Import import = imported({{"one.txt", "Name : A\nIsClientAccessServer : True\nIsMailboxServer : False\n"}});
  EXPECT_EQ(server(import, "A").roles, std::set<Role>{Role::client_access});
}

TEST(ImportedServers, TheInstallFolderIsInferredFromDataPath) {
  const Import import = imported({{"one.txt", "Name : A\nServerRole : Mailbox\nDataPath : D:\\Exchange\\Mailbox\n"}});
  EXPECT_EQ(server(import, "A").install_path, "D:\\Exchange");
}

TEST(ImportedServers, AVirtualDirectoryMakesItsCasKnown) {
  const Import import = imported({directories("A,owa (Default Web Site),Exchange2007,https://a/owa,,True\n")});
  EXPECT_TRUE(server(import, "A").is_cas());
  EXPECT_THAT(import.missing, missing("A", "site"));
}

TEST(ImportedServers, AnOddNameIsNoted) {
  const Import import = imported({{"one.txt", "Name : a'$(x)\nServerRole : Mailbox\n"}});
  EXPECT_THAT(import.notes, note_with("odd name"));
}

TEST(ImportedConflicts, TheMoreReliableSourceIsKept) {
  const Import import = imported({one_server(sp1), {"a.csv", "Name,Site\nA,Branch\n"}});
  EXPECT_EQ(site_of(import, "A"), "HQ");
  ASSERT_THAT(import.conflicts, SizeIs(1));
  EXPECT_EQ(import.conflicts[0].property, "site");
  EXPECT_EQ(import.conflicts[0].kept.value, "HQ");
  EXPECT_EQ(import.conflicts[0].other, (Fact{"A", "site", "Branch", {"a.csv", 2}, Basis::stated}));
}

TEST(ImportedConflicts, ASiteNameThatLostCharactersIsNoConflict) {
  const SourceFile exact{"exact.xml", modelled::clixml(modelled::server("A", sp1, "Zürich", "Mailbox"))};
  const Import import = imported({exact, {"a.csv", "Name,Site\nA,c/Sites/Z?rich\nB,c/Sites/Z?rich\n"}});
  EXPECT_THAT(import.organisation.sites, SizeIs(1));
  EXPECT_THAT(import.conflicts, IsEmpty());
  EXPECT_THAT(import.notes, note_with("may have lost characters"));
}

TEST(ImportedDirectories, DirectoriesOfOtherVersionsDoNotCount) {
  const Import import =
      imported({one_server(sp1), directories("A,Exchange (Default Web Site),Exchange2003or2000,https://x,,False\n"
                                             "Z,owa (Default Web Site),Exchange2013,https://z/owa,,True\n")});
  EXPECT_EQ(server(import, "A").internal_url, std::nullopt);
  EXPECT_THAT(import.organisation.servers, SizeIs(1));
  EXPECT_THAT(import.notes, note_with("The OWA virtual directory of Z"));
}

TEST(ImportedDirectories, TheDefaultWebSiteIsPreferred) {
  const Import import =
      imported({one_server(sp1), directories("A,owa (Another),Exchange2007,https://other/owa,,True\n"
                                             "A,owa (Default Web Site),Exchange2007,https://a/owa,,True\n")});
  EXPECT_EQ(server(import, "A").internal_url, "https://a/owa");
  EXPECT_THAT(import.notes, note_with("owa (Another)"));
}

TEST(ImportedDirectories, AuthenticationComesFromTheMethodsWhereNothingElseSaysIt) {
  const auto authentication = [](const std::string& methods) {
    const Import import = imported(
        {{"a.txt", "Server : A\nOwaVersion : Exchange2007\nInternalAuthenticationMethods : {" + methods + "}\n"}});
    return server(import, "A").integrated_auth;
  };
  EXPECT_EQ(authentication("Basic, Ntlm, WindowsIntegrated"), true);
  EXPECT_EQ(authentication("Basic, Fba"), false);
  EXPECT_EQ(authentication("Basic, Fba..."), std::nullopt);
}

TEST(ImportedDirectories, RedirectionIsOnUnlessTurnedOff) {
  const auto redirects = [](const std::string& line) {
    return server(imported({{"a.txt", "Server : A\nOwaVersion : Exchange2007\n" + line}}), "A").redirect_to_optimal;
  };
  EXPECT_TRUE(redirects(""));
  EXPECT_FALSE(redirects("RedirectToOptimalOWAServer : False\n"));
}

TEST(ImportedEntryPoints, SeveralHostsLeaveTheSharesOpen) {
  const Import import =
      imported({directories("A,owa,Exchange2007,https://a/owa,https://mail.x/owa,True\n"
                            "B,owa,Exchange2007,https://b/owa,https://MAIL.x/owa,True\n"
                            "C,owa,Exchange2007,https://c/owa,https://east.x/owa,True\n")});
  ASSERT_THAT(import.organisation.entry_points, SizeIs(2));
  EXPECT_EQ(import.organisation.entry_points[0].name, "east.x");
  EXPECT_THAT(import.organisation.entry_points[1].fronts, SizeIs(2));
  EXPECT_EQ(import.organisation.entry_points[1].share, std::nullopt);
  EXPECT_THAT(import.missing, missing("entry point mail.x", "share"));
}

TEST(ImportedEntryPoints, NoExternalUrlMeansNoEntryPoint) {
  const Import import = imported({one_server(sp1)});
  EXPECT_THAT(import.organisation.entry_points, IsEmpty());
  EXPECT_THAT(import.missing, missing("organisation", "entry_points"));
}

TEST(ImportedEntryPoints, AnExternalUrlThatIsNoAddressIsNoted) {
  EXPECT_THAT(imported({directories("A,owa,Exchange2007,https://a/owa,mail,True\n")}).notes,
              note_with("no http or https"));
}

TEST(ImportedFolders, AnUnknownServerIsNoted) {
  EXPECT_THAT(imported({one_server(sp1), {"f.txt", "[Z]\n8.1.240.5\n"}}).notes,
              note_with("The listing of Z is left out"));
  EXPECT_THAT(imported({one_server(sp1), {"f.txt", "8.1.240.5\n"}}).notes, note_with("does not say whose"));
}

TEST(ImportedFolders, AFailedListingLeavesThemUnknown) {
  EXPECT_EQ(server(imported({one_server(sp1), {"f.txt", "[A]\nFile Not Found\nauth\n"}}), "A").folders, std::nullopt);
}

TEST(ImportFaults, EveryFileThatCannotBeReadIsNamed) {
  const Diagnostics all = faults({{"c.ldf", "dn: CN=x\n"},
                                  {"a.log", "#Fields: date\n"},
                                  {"b.xml", "<Objs>"},
                                  {"d.txt", ""},
                                  {"e.bin", std::string("\0\1", 2)},
                                  {"f.txt", "hello"},
                                  one_server(sp1)});
  ASSERT_THAT(all, SizeIs(6));
  EXPECT_THAT(all[0], AllOf(Field(&Fault::place, "a.log:1"), Field(&Fault::found, "an IIS log"),
                            Field(&Fault::expected, HasSubstr("Get-ExchangeServer | Export-Clixml servers.xml"))));
  EXPECT_EQ(all[5].found, "nothing that is recognised");
}

TEST(ImportFaults, NoServerIsAFaultThatSaysWhatWasThere) {
  const Diagnostics all =
      faults({{"m.csv", "#TYPE Microsoft.Exchange.Data.Directory.Management.Mailbox\nName,Alias\nx,y\n"}});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].found, HasSubstr("Mailbox"));
}

}  // namespace
}  // namespace casplan::inventory
