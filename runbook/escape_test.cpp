#include "runbook/escape.h"

#include <gtest/gtest.h>

namespace casplan::runbook {
namespace {

TEST(MarkdownText, LeavesOrdinaryNamesAsTheyAre) {
  EXPECT_EQ(markdown_text("hq-cas1.contoso.com"), "hq-cas1.contoso.com");
  EXPECT_EQ(markdown_text("Zürich, Süd (2)"), "Zürich, Süd (2)");
}

TEST(MarkdownText, EscapesTableBordersAndMarkup) {
  EXPECT_EQ(markdown_text("a|b"), "a\\|b");
  EXPECT_EQ(markdown_text("*x* _y_ ~z~"), "\\*x\\* \\_y\\_ \\~z\\~");
  EXPECT_EQ(markdown_text("`code`"), "\\`code\\`");
  EXPECT_EQ(markdown_text("C:\\Exchange"), "C:\\\\Exchange");
}

TEST(MarkdownText, EscapesHtmlAndEntities) {
  EXPECT_EQ(markdown_text("<script>alert(1)</script>"), "\\<script\\>alert(1)\\</script\\>");
  EXPECT_EQ(markdown_text("&lt;"), "\\&lt;");
}

TEST(MarkdownText, EscapesLinksAndWhatRenderersTakeForLinks) {
  EXPECT_EQ(markdown_text("[x](y)"), "\\[x\\](y)");
  EXPECT_EQ(markdown_text("http://evil"), "http\\://evil");
  EXPECT_EQ(markdown_text("www.evil"), "www\\.evil");
  EXPECT_EQ(markdown_text("a@b.c"), "a@<!-- -->b.c");
}

TEST(MarkdownText, EscapesWhatWouldOpenABlockAtTheStartOfALine) {
  EXPECT_EQ(markdown_text("- item"), "\\- item");
  EXPECT_EQ(markdown_text("1. item"), "1\\. item");
  EXPECT_EQ(markdown_text("8.0.685.24"), "8.0.685.24");
  EXPECT_EQ(markdown_text("# title"), "\\# title");
}

TEST(MarkdownText, WritesOutNewlinesAndMarksThatReverseText) {
  EXPECT_EQ(markdown_text("a\n| b"), "a‹U+000A›\\| b");
  EXPECT_EQ(markdown_text("a\u202Eb\u200Bc\u2028d"), "a‹U+202E›b‹U+200B›c‹U+2028›d");
}

TEST(MarkdownText, WritesOutBytesThatAreNoUtf8) {
  EXPECT_EQ(markdown_text("a\xFFz"), "a‹byte 0xFF›z");
  EXPECT_EQ(markdown_text("\xC0\xAF"), "‹byte 0xC0›‹byte 0xAF›");
  EXPECT_EQ(markdown_text("\xED\xA0\x80"), "‹byte 0xED›‹byte 0xA0›‹byte 0x80›");
  EXPECT_EQ(markdown_text("\xE2\x82"), "‹byte 0xE2›‹byte 0x82›");
}

TEST(PowerShellLiteral, ExpandsNothing) {
  EXPECT_EQ(powershell_literal("$(Remove-Item x); `n & |"), "'$(Remove-Item x); `n & |'");
}

TEST(PowerShellLiteral, DoublesEveryCharacterThatPowerShellTakesForASingleQuote) {
  EXPECT_EQ(powershell_literal("a'b"), "'a''b'");
  EXPECT_EQ(powershell_literal("\u2018\u2019\u201A\u201B"), "'\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'");
}

TEST(PowerShellLiteral, RefusesWhatNoCommandMayCarry) {
  EXPECT_EQ(powershell_literal("a\nb"), std::nullopt);
  EXPECT_EQ(powershell_literal("a\tb"), std::nullopt);
  EXPECT_EQ(powershell_literal("a\u202Eb"), std::nullopt);
  EXPECT_EQ(powershell_literal("a\" /MIR"), std::nullopt);
  EXPECT_EQ(powershell_literal("a\xFF"), std::nullopt);
}

TEST(FencedCode, IsNotEndedByBackticksInIt) {
  EXPECT_EQ(fenced("powershell", {"'a'"}), "```powershell\n'a'\n```\n");
  EXPECT_EQ(fenced("bat", {"x", "````"}), "`````bat\nx\n````\n`````\n");
}

}  // namespace
}  // namespace casplan::runbook
