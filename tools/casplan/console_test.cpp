#include "tools/casplan/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace casplan::tools {
namespace {

struct Screen {
  std::ostringstream out;
  std::ostringstream error;

  Console console(Output output = Output::text, Colour colour = Colour::never) { return {out, error, output, colour}; }
};

TEST(Table, IsAsWideAsItsWidestCellsAndHasNoBlanksAtTheEndOfLines) {
  Table table({"Server", "Site", "Front"});
  table.add({"A", "Headquarters", "yes"});
  table.add({"BRCAS1-LONG", "B", ""});
  EXPECT_EQ(table.text(),
            "  Server       Site          Front\n"
            "  A            Headquarters  yes\n"
            "  BRCAS1-LONG  B\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
  Table table({"Site", "Users"});
  table.add({"Zürich", "1"});
  table.add({"Lisbon", "2"});
  table.add({"東京", "3"});
  EXPECT_EQ(table.text(),
            "  Site    Users\n"
            "  Zürich  1\n"
            "  Lisbon  2\n"
            "  東京      3\n");
}

TEST(Table, GivesColoursNoRoom) {
  Screen screen;
  const Console coloured = screen.console(Output::text, Colour::always);
  Table table({"Verdict", "Why"});
  table.add({coloured.in(Tone::good, "works"), "equal"});
  table.add({"works", "equal"});
  EXPECT_EQ(table.text(),
            "  Verdict  Why\n"
            "  \x1b[32mworks\x1b[0m    equal\n"
            "  works    equal\n");
}

TEST(Table, IsEmptyWithItsHeadingAlone) {
  Table table({"Site"});
  EXPECT_TRUE(table.is_empty());
  table.add({"HQ"});
  EXPECT_FALSE(table.is_empty());
}

TEST(Table, TakesRowsThatAreShorterThanItsHeading) {
  Table table({"A", "B", "C"});
  table.add({"only"});
  EXPECT_EQ(table.text(), "  A     B  C\n  only\n");
}

TEST(ConsoleFail, SaysFilePlaceFindingExpectationAndTheNearestName) {
  Screen screen;
  Console console = screen.console();
  EXPECT_EQ(console.fail("org.json", {{"/servers/1/site", "\"Brnch1\"", "the name of a site", "Branch1"}}),
            ExitCode::bad_input);
  EXPECT_EQ(screen.error.str(),
            "org.json: /servers/1/site: found \"Brnch1\"; expected the name of a site. Did you mean \"Branch1\"?\n");
  EXPECT_EQ(screen.out.str(), "");
}

TEST(ConsoleFail, LeavesOutAPlaceThatIsTheWholeFile) {
  Screen screen;
  Console console = screen.console();
  console.fail("org.json", {{"", "an empty file", "a JSON document", std::nullopt}});
  EXPECT_EQ(screen.error.str(), "org.json: found an empty file; expected a JSON document.\n");
}

TEST(ConsoleFail, ReportsEveryFaultInItsOrder) {
  Screen screen;
  Console console = screen.console();
  console.fail("f", {{"/b", "1", "2", std::nullopt}, {"/a", "3", "4", std::nullopt}});
  EXPECT_EQ(screen.error.str(), "f: /b: found 1; expected 2.\nf: /a: found 3; expected 4.\n");
}

TEST(ConsolePrint, EndsEveryTextWithOneNewline) {
  Screen screen;
  Console console = screen.console();
  console.print("a");
  console.print("b\n");
  console.print("");
  EXPECT_EQ(screen.out.str(), "a\nb\n\n");
}

TEST(ConsolePrint, PutsASectionAfterAnEmptyLineAndLeavesOutAnEmptyOne) {
  Screen screen;
  Console console = screen.console();
  console.print_section(Tone::bad, "Nothing", "");
  console.print_section(Tone::bad, "Faults", "  one\n");
  EXPECT_EQ(screen.out.str(), "\nFaults\n  one\n");
}

TEST(ConsoleWarn, GoesToStandardErrorSoThatOutputStaysClean) {
  Screen screen;
  Console console = screen.console();
  console.warn("Facts are missing.");
  EXPECT_EQ(screen.out.str(), "");
  EXPECT_EQ(screen.error.str(), "Facts are missing.\n");
}

TEST(ConsoleColours, AreOffWhereTheyAreNotWantedAndInJson) {
  Screen screen;
  EXPECT_EQ(screen.console(Output::text, Colour::never).in(Tone::bad, "x"), "x");
  EXPECT_EQ(screen.console(Output::json, Colour::always).in(Tone::bad, "x"), "x");
  EXPECT_EQ(screen.console(Output::text, Colour::always).in(Tone::bad, "x"), "\x1b[1;31mx\x1b[0m");
  EXPECT_EQ(screen.console(Output::text, Colour::always).in(Tone::plain, "x"), "x");
}

}  // namespace
}  // namespace casplan::tools
