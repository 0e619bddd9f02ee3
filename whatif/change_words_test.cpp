#include "whatif/change_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whatif/whatif_fixture.h"

namespace casplan::whatif {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// With a window, a frozen server, names that have blanks, and steps of hand-given ids.
struct Worded : Contoso {
  Worded() {
    site("New York", 80);
    situation.organisation = organisation;
    situation.policy->windows.push_back({{}, {hq}, WeeklyTime{6, Minutes(600), Minutes(60), Minutes(0)}});
    situation.plan = modelled::sequence({modelled::drain(front), modelled::upgrade(front, modelled::sp2)});
  }
};

std::vector<std::string> again_in_words(const std::vector<std::string>& texts) {
  const Worded contoso;
  std::vector<std::string> words;
  for (const Stated& stated : read(texts, contoso.situation)) {
    words.push_back(in_words(stated.change, contoso.situation));
  }
  return words;
}

TEST(WordsOfChanges, AreWrittenAsTheyAreRead) {
  const std::vector<std::string> all{"freeze HQCAS1",
                                     "unfreeze BRCAS1",
                                     "target 8.1.240.6",
                                     "target HQCAS1 8.1.240.6",
                                     "copies allowed",
                                     "copies forbidden",
                                     "copies 3",
                                     "crews 2",
                                     "min-in-service 1",
                                     "min-in-service HQ 1",
                                     "latest-end 2009-10-05T06:00:00Z",
                                     "latest-end none",
                                     "window Branch1 saturday 22:00 480",
                                     "window BRCAS1 sunday 01:30 90 +02:00",
                                     "window HQ 2009-10-03T22:00:00Z 120",
                                     "no windows",
                                     "no windows HQ",
                                     "lengthen 1 60",
                                     "reading folder_load=at_once",
                                     "external-url BRCAS1 https://branch.contoso.com/owa",
                                     "external-url BRCAS1 none",
                                     "add-front BRCAS1 mail.contoso.com",
                                     "remove-front HQCAS1",
                                     "remove-front HQCAS1 mail.contoso.com",
                                     "users \"New York\" 90",
                                     "users Branch1 +20%",
                                     "users Branch1 -5%",
                                     "folder HQCAS1 8.1.240.5 present",
                                     "folder HQCAS1 8.0.685.24 missing",
                                     "out HQCAS1",
                                     "in HQCAS1",
                                     "move s1 after s2",
                                     "move s2 before s1",
                                     "swap s1 s2",
                                     "fail s2"};
  EXPECT_EQ(again_in_words(all), all);
}

TEST(WordsOfChanges, HaveNoRegardToCase) {
  EXPECT_THAT(again_in_words({"FREEZE hqcas1", "Window branch1 SATURDAY 22:00 480", "copies Forbidden"}),
              ElementsAre("freeze HQCAS1", "window Branch1 saturday 22:00 480", "copies forbidden"));
}

TEST(WordsOfChanges, MayHoldSeveralChangesWithSemicolonsBetweenThem) {
  EXPECT_THAT(again_in_words({"crews 2; freeze HQCAS1"}), ElementsAre("crews 2", "freeze HQCAS1"));
}

TEST(WordsOfChanges, NameEveryFaultWithItsChangeAndTheNearestName) {
  const Worded contoso;
  const auto changes = read_changes({"freez HQCAS1", "freeze HQCAS3", "crews 2"}, contoso.situation);
  ASSERT_FALSE(changes);
  ASSERT_EQ(changes.error().size(), 2U);
  EXPECT_EQ(changes.error()[0].place, "change 1 (\"freez HQCAS1\")");
  EXPECT_EQ(changes.error()[0].nearest, "freeze");
  EXPECT_EQ(changes.error()[1].found, "\"HQCAS3\", which is no server of this organisation");
  EXPECT_EQ(changes.error()[1].nearest, "HQCAS1");
}

TEST(WordsOfChanges, ThatCannotBeUnderstoodAreFaults) {
  const Worded contoso;
  for (const std::string text : {"",
                                 "crews",
                                 "crews 0",
                                 "crews many",
                                 "copies -1",
                                 "copies alowed",
                                 "target",
                                 "target 8.2.176.3",
                                 "target SP2",
                                 "freeze HQCAS1 now",
                                 "users Branch1 20%",
                                 "users Branch1 -101%",
                                 "users Branch1 x",
                                 "folder HQCAS1 SP1 present",
                                 "folder HQCAS1 8.1.240.5 gone",
                                 "window HQ someday 22:00 480",
                                 "window HQ saturday 25:00 480",
                                 "window HQ saturday 22:00 0",
                                 "window HQ saturday 22:00 60 GMT",
                                 "no window",
                                 "lengthen 2 60",
                                 "lengthen 1 0",
                                 "latest-end tomorrow",
                                 "reading folder_load=never",
                                 "add-front BRCAS1 owa",
                                 "move s1 beside s2",
                                 "move s1 before",
                                 "swap s1 s9",
                                 "fail s9",
                                 "users \"New York 90",
                                 "min-in-service Nowhere 1",
                                 "external-url BRCAS1"}) {
    EXPECT_FALSE(read_changes({text}, contoso.situation)) << text;
  }
}

TEST(WordsOfChanges, AreTextThatAnOrganisationCanHold) {
  const Worded contoso;
  const auto fault = [&](const std::string& text) { return faults_of({text}, contoso.situation); };
  EXPECT_THAT(fault("external-url BRCAS1 https://x.example/\xff"), ElementsAre("bytes that are not UTF-8"));
  EXPECT_THAT(fault(std::string("external-url BRCAS1 https://x.example/") + '\0'), ElementsAre("a NUL byte"));
  EXPECT_THAT(fault("external-url BRCAS1 https://x.example/" + std::string(5000, 'y')),
              ElementsAre(HasSubstr(", of 5018 bytes")));
  EXPECT_THAT(fault("window HQ 9999-12-31T23:00:00Z 60"), ElementsAre(HasSubstr("beyond the year 9999")));
}

TEST(WordsOfChanges, OfAPolicyOrPlanThatIsNotThereAreFaults) {
  Worded contoso;
  contoso.situation.policy.reset();
  EXPECT_THAT(faults_of({"crews 2"}, contoso.situation), ElementsAre(HasSubstr("policy, and none is given")));
  contoso.situation.plan.reset();
  EXPECT_THAT(faults_of({"fail s1"}, contoso.situation), ElementsAre(HasSubstr("plan, and there is none")));
}

TEST(WordsOfChanges, OfEveryFormAreExplained) {
  for (const Form& form : all_forms()) {
    EXPECT_FALSE(form.usage.empty());
    EXPECT_FALSE(form.meaning.empty()) << form.usage;
  }
}

}  // namespace
}  // namespace casplan::whatif
