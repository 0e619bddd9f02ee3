#include "inventory/sites.h"

#include <gmock/gmock.h>

namespace casplan::inventory {
namespace {

constexpr std::string_view server_dn =
    "CN=A,CN=Servers,CN=Group (X),CN=Administrative Groups,CN=Contoso\\, Ltd,CN=Microsoft Exchange,CN=Services,"
    "CN=Configuration,DC=contoso,DC=com";

TEST(Names, TheSiteIsTheLastComponentOfItsCanonicalName) {
  EXPECT_EQ(object_name("contoso.com/Configuration/Sites/HQ"), "HQ");
  EXPECT_EQ(object_name("contoso.com/Configuration/Sites/A\\/B"), "A/B");
}

TEST(Names, TheSiteIsTheFirstComponentOfItsDistinguishedName) {
  EXPECT_EQ(object_name("CN=Zug\\, West,CN=Sites,CN=Configuration,DC=contoso,DC=com"), "Zug, West");
  EXPECT_EQ(object_name("CN=Z\\C3\\BCrich,CN=Sites"), "Zürich");
}

TEST(Names, APlainNameIsItself) {
  EXPECT_EQ(object_name(" HQ "), "HQ");
}

TEST(Names, ABackslashAtTheEndIsHarmless) {
  EXPECT_EQ(object_name("CN=A\\"), "A\\");
  EXPECT_EQ(object_name("CN="), "");
}

TEST(Names, TheOrganisationStandsInTheDistinguishedNameOfItsServers) {
  EXPECT_EQ(organisation_name(server_dn), "Contoso, Ltd");
  EXPECT_EQ(organisation_name("CN=HQ,CN=Sites,DC=contoso,DC=com"), std::nullopt);
}

TEST(Names, TheForestStandsInEither) {
  EXPECT_EQ(forest_name("contoso.com/Configuration/Sites/HQ"), "contoso.com");
  EXPECT_EQ(forest_name(server_dn), "contoso.com");
  EXPECT_EQ(forest_name("HQ"), std::nullopt);
}

Claim site(std::string value, Format format) {
  return {std::move(value), {"f", 1}, format, Basis::stated};
}

TEST(LostCharacters, TheOneNameThatFitsIsTaken) {
  Claim exact = site("Zürich", Format::clixml);
  Claim lossy = site("Z?rich", Format::csv);
  Claim replaced = site("Z\uFFFDrich", Format::csv);
  std::vector<Note> notes;
  unify_site_names({&exact, &lossy, &replaced}, notes);
  EXPECT_EQ(lossy.value, "Zürich");
  EXPECT_EQ(replaced.value, "Zürich");
  EXPECT_THAT(notes, testing::SizeIs(2));
}

TEST(LostCharacters, SeveralNamesThatFitLeaveTheNameAsItIs) {
  Claim one = site("Köln", Format::clixml);
  Claim other = site("Kuln", Format::clixml);
  Claim lossy = site("K?ln", Format::csv);
  std::vector<Note> notes;
  unify_site_names({&one, &other, &lossy}, notes);
  EXPECT_EQ(lossy.value, "K?ln");
  ASSERT_THAT(notes, testing::SizeIs(1));
  EXPECT_THAT(notes[0].text, testing::HasSubstr("Kuln, Köln"));
}

TEST(SiteNames, DifferentCaseIsOneSiteInTheMostReliableSpelling) {
  Claim csv = site("BRANCH", Format::csv);
  Claim clixml = site("Branch", Format::clixml);
  std::vector<Note> notes;
  unify_site_names({&csv, &clixml}, notes);
  EXPECT_EQ(csv.value, "Branch");
  EXPECT_TRUE(notes.empty());
}

}  // namespace
}  // namespace casplan::inventory
