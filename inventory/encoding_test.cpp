#include "inventory/encoding.h"

#include <gtest/gtest.h>

#include "inventory/modelled_fixture.h"

namespace casplan::inventory {
namespace {

using namespace std::string_literals;

DecodedText decoded(std::string bytes) {
  auto result = decode({"f", std::move(bytes)});
  EXPECT_TRUE(result.has_value());
  return result.value_or(DecodedText{});
}

std::string swapped(std::string bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
  return bytes;
}

TEST(Encoding, Utf8IsReadWithAndWithoutMark) {
  EXPECT_EQ(decoded("Zürich").text, "Zürich");
  EXPECT_EQ(decoded("\xEF\xBB\xBFZürich").text, "Zürich");
}

TEST(Encoding, Utf16IsReadInEitherByteOrder) {
  EXPECT_EQ(decoded(modelled::utf16("Zürich 𝄞")).text, "Zürich 𝄞");
  EXPECT_EQ(decoded(swapped(modelled::utf16("Zürich 𝄞"))).text, "Zürich 𝄞");
}

TEST(Encoding, AllLineEndsBecomeOne) {
  EXPECT_EQ(decoded("a\r\nb\rc\nd").text, "a\nb\nc\nd");
}

TEST(Encoding, AMarkInTheMiddleOfAppendedFilesIsDropped) {
  EXPECT_EQ(decoded("a\xEF\xBB\xBF"s + "b").text, "ab");
}

TEST(Encoding, BytesThatAreNoUtf8AreReplacedAndCounted) {
  const DecodedText text = decoded("a\nZ\xFCrich \xC3");
  EXPECT_EQ(text.text, "a\nZ\uFFFDrich \uFFFD");
  EXPECT_EQ(text.replaced, 2U);
  EXPECT_EQ(text.first_replaced_line, 2U);
}

TEST(Encoding, OverlongFormsAndSurrogatesAreNoUtf8) {
  EXPECT_EQ(decoded("\xC0\xAF").text, "\uFFFD\uFFFD");
  EXPECT_EQ(decoded("\xED\xA0\x80").text, "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decoded("\xF4\x90\x80\x80").replaced, 4U);
}

TEST(Encoding, ControlCharactersAndMarksOfDirectionAreReplaced) {
  EXPECT_EQ(decoded("a\x1B[31m\u202Eb\tc").text, "a\uFFFD[31m\uFFFDb\tc");
}

TEST(Encoding, AnUnpairedSurrogateIsReplaced) {
  EXPECT_EQ(decoded("\xFF\xFE\x00\xD8"s + "a\0"s).text, "\uFFFDa");
  EXPECT_EQ(decoded("\xFF\xFE\x00\xD8"s).text, "\uFFFD");
}

TEST(Encoding, NulCharactersAreAFaultWithTheirLine) {
  const auto result = decode({"f", "a\nb\0c"s});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().place, "f:2");
}

TEST(Encoding, Utf16ThatEndsWithinACharacterIsAFault) {
  EXPECT_FALSE(decode({"f", "\xFF\xFE"s + "a"}));
}

TEST(Encoding, AValueIsTrimmedAndStaysOnOneLine) {
  EXPECT_EQ(cleaned_value(" HQ\nCAS1\t"), "HQ\uFFFDCAS1");
}

}  // namespace
}  // namespace casplan::inventory
