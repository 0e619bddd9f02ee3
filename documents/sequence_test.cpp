#include <gtest/gtest.h>

#include "documents/documents_fixture.h"
#include "documents/plan_document.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr ServerId hqcas1{0};
constexpr ServerId brcas1{1};
constexpr ServerId zhex1{3};

std::vector<Step> steps_of(const std::string& text) {
  const auto plan = read_sequence(text, organisation());
  if (!plan) ADD_FAILURE() << testing::PrintToString(plan.error());
  std::vector<Step> steps;
  for (const PlannedStep& step : plan.value_or(Plan{}).steps) steps.push_back(step.step);
  return steps;
}

Diagnostics faults_in(const std::string& text) {
  return faults_of(read_sequence(text, organisation()));
}

const Step drained{StepKind::drain, hqcas1, {}, {}, {}};

TEST(Sequence, HasEachKindOfStep) {
  const auto folder = parse_folder_name("8.0.685.24");
  EXPECT_THAT(
      steps_of("drain HQCAS1; upgrade HQCAS1 8.2.176.2; ensure HQCAS1 8.0.685.24 from BRCAS1; "
               "ensure_folder HQCAS1 8.0.685.24; recycle HQCAS1; return HQCAS1"),
      ElementsAre(drained, Step{StepKind::upgrade, hqcas1, parse_build("8.2.176.2"), {}, {}},
                  Step{StepKind::ensure_folder, hqcas1, {}, folder, {brcas1}},
                  Step{StepKind::ensure_folder, hqcas1, {}, folder, {}}, Step{StepKind::recycle, hqcas1, {}, {}, {}},
                  Step{StepKind::return_to_service, hqcas1, {}, {}, {}}));
}

TEST(Sequence, IsTheSamePlanAsItsDocument) {
  const auto document = read_plan(R"({ "format": "casplan/plan/1", "steps": [
      { "kind": "drain", "server": "HQCAS1" },
      { "kind": "ensure_folder", "server": "HQCAS1", "folder": "8.0.685.24", "sources": ["BRCAS1", "ZHEX1"] } ] })",
                                  organisation());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(read_sequence("drain HQCAS1\nensure HQCAS1 8.0.685.24 from BRCAS1, ZHEX1", organisation()), *document);
}

TEST(Sequence, TakesVerbsAndNamesWithoutRegardToCase) {
  EXPECT_THAT(steps_of("Drain hqCAS1"), ElementsAre(drained));
}

TEST(Sequence, MayHaveCommentsEmptyLinesAndSemicolonsTooMany) {
  EXPECT_THAT(steps_of("# our night; drain ZHEX1\r\n\r\n ;; drain HQCAS1 ; # the front; drain ZHEX1\r\n"),
              ElementsAre(drained));
}

TEST(Sequence, MayBeginWithAByteOrderMark) {
  EXPECT_THAT(steps_of("\xEF\xBB\xBF"
                       "drain HQCAS1"),
              ElementsAre(drained));
}

TEST(Sequence, ReadsTheWordToBeforeABuild) {
  EXPECT_EQ(steps_of("upgrade HQCAS1 to 8.2.176.2"), steps_of("upgrade HQCAS1 8.2.176.2"));
}

TEST(Sequence, TakesNamesWithBlanksAndSigns) {
  Organisation named = organisation();
  named.servers[0].name = R"(HQ; "CAS" #1)";
  const auto plan = read_sequence(R"(drain "hq; ""cas"" #1"; return "HQ; ""CAS"" #1")", named);
  ASSERT_TRUE(plan.has_value());
  EXPECT_THAT(plan->steps, SizeIs(2));
}

TEST(Sequence, ReportsEveryFaultWithLineAndStep) {
  EXPECT_THAT(faults_in("drain HQCAS1\ndrian HQCAS9; upgrade BRCAS1 8.2.176.3\nensure ZHEX1 Current from ZHX1"),
              ElementsAre(FaultNear("line 2, step 2", "\"drian\"", "drain"),
                          FaultNear("line 2, step 2", "\"HQCAS9\"", "HQCAS1"),
                          FaultNear("line 2, step 3", "8.2.176.3", "8.2.176.2"),
                          FaultAt("line 3, step 4", "\"Current\""), FaultNear("line 3, step 4", "\"ZHX1\"", "ZHEX1")));
}

TEST(Sequence, SaysWhatAStepLacksAndWhatItHasTooMuchOf) {
  EXPECT_THAT(faults_in("drain; upgrade HQCAS1; ensure HQCAS1; ensure HQCAS1 8.0.685.24 from; drain HQCAS1 ZHEX1"),
              ElementsAre(FaultAt("line 1, step 1", "no server", "drain SERVER"),
                          FaultAt("line 1, step 2", "no build", "upgrade SERVER BUILD"),
                          FaultAt("line 1, step 3", "no folder", "ensure SERVER FOLDER"),
                          FaultAt("line 1, step 4", "no server behind \"from\""),
                          FaultAt("line 1, step 5", "\"ZHEX1\" behind the step", "drain SERVER")));
}

TEST(Sequence, ReportsAnOpenQuoteAndReadsOnInTheNextLine) {
  EXPECT_THAT(faults_in("drain \"HQCAS1\nfly HQCAS1"),
              ElementsAre(FaultAt("line 1, step 1", "closing quote"), FaultAt("line 2, step 2", "\"fly\"")));
}

TEST(Sequence, WithoutAStepIsAFault) {
  for (const char* nothing : {"", " \n", ";", "# nothing"}) {
    EXPECT_THAT(faults_in(nothing), ElementsAre(FaultAt("", "no step", "a step"))) << nothing;
  }
}

TEST(Sequence, OfBytesThatAreNoTextIsOneFault) {
  EXPECT_THAT(faults_in("drain HQCAS1\n\xFF\xFE\xFD"), ElementsAre(FaultAt("line 2, column 1", "not UTF-8")));
}

TEST(Sequence, KeepsAThousandFaults) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "x\n";
  EXPECT_THAT(faults_in(text), SizeIs(1001));
}

TEST(Sequence, IsToldFromAPlanDocumentByItsFirstCharacter) {
  EXPECT_TRUE(is_sequence("drain HQCAS1"));
  EXPECT_TRUE(is_sequence("\n# comment {"));
  EXPECT_FALSE(is_sequence("\xEF\xBB\xBF { \"format\": 1 }"));
  EXPECT_FALSE(is_sequence("[]"));
  EXPECT_FALSE(is_sequence(""));
}

}  // namespace
}  // namespace casplan::documents
