#include "inventory/encoding.h"

#include <optional>

#include "inventory/text.h"

namespace casplan::inventory {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";
constexpr char32_t byte_order_mark = U'\uFEFF';
constexpr char32_t last_code_point = 0x10FFFF;

constexpr bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

constexpr bool turns_direction(char32_t c) {
  return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

constexpr bool is_unwanted(char32_t c) {
  return is_control(c) || turns_direction(c) || c == replacement_character;
}

char32_t byte_at(std::string_view bytes, std::size_t position) {
  return static_cast<unsigned char>(bytes[position]);
}

// Collects code points into lines, and replaces those that must not be there.
class TextBuilder {
 public:
  explicit TextBuilder(std::size_t size) { result_.text.reserve(size); }

  void add(char32_t c) {
    const bool ends_carriage_return = after_carriage_return_ && c == U'\n';
    after_carriage_return_ = c == U'\r';
    if (ends_carriage_return || c == byte_order_mark) return;
    if (c == U'\n' || c == U'\r') {
      ++line_;
      result_.text += '\n';
    } else {
      add_within_line(c);
    }
  }

  [[nodiscard]] DecodedText result() && { return std::move(result_); }
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  void add_within_line(char32_t c) {
    if (is_unwanted(c) && c != U'\t') {
      if (result_.replaced++ == 0) result_.first_replaced_line = line_;
      c = replacement_character;
    }
    append_utf8(result_.text, c);
  }

  DecodedText result_;
  std::size_t line_ = 1;
  bool after_carriage_return_ = false;
};

enum class ByteOrder { little, big };

char32_t take_unit(std::string_view& bytes, ByteOrder order) {
  const char32_t first = byte_at(bytes, 0);
  const char32_t second = byte_at(bytes, 1);
  bytes.remove_prefix(2);
  return order == ByteOrder::little ? second << 8U | first : first << 8U | second;
}

char32_t take_utf16(std::string_view& bytes, ByteOrder order) {
  const char32_t unit = take_unit(bytes, order);
  if (!is_high_surrogate(unit)) return is_low_surrogate(unit) ? replacement_character : unit;
  std::string_view rest = bytes;
  if (rest.empty()) return replacement_character;
  const char32_t low = take_unit(rest, order);
  if (!is_low_surrogate(low)) return replacement_character;
  bytes = rest;
  return 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
}

template <class Take>
tl::expected<DecodedText, Fault> decode_with(Take take, std::string_view bytes, const std::string& name) {
  TextBuilder builder(bytes.size());
  while (!bytes.empty()) {
    const char32_t c = take(bytes);
    if (c == 0) {
      return tl::unexpected(fault_at({name, builder.line()}, "a NUL character, which no text holds",
                                     "a text file in UTF-8, or in UTF-16 with a byte-order mark"));
    }
    builder.add(c);
  }
  return std::move(builder).result();
}

tl::expected<DecodedText, Fault> decode_utf16(std::string_view bytes, ByteOrder order, const std::string& name) {
  if (bytes.size() % 2 != 0) {
    return tl::unexpected(fault_at({name, 0}, "UTF-16 text that ends within a character",
                                   "the whole file: it was cut off, export it again"));
  }
  return decode_with([&](std::string_view& rest) { return take_utf16(rest, order); }, bytes, name);
}

// The number of bytes that follow the first byte of a UTF-8 sequence; empty for a byte that begins none.
std::optional<std::size_t> following_bytes(char32_t first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  if (first >= 0xF0 && first <= 0xF4) return 3;
  return std::nullopt;
}

bool is_valid(char32_t c, std::size_t following) {
  constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
  return c >= smallest[following] && c <= last_code_point && !is_high_surrogate(c) && !is_low_surrogate(c);
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  const char32_t first = byte_at(text, 0);
  const auto following = following_bytes(first);
  if (!following || text.size() <= *following) {
    text.remove_prefix(1);
    return replacement_character;
  }
  char32_t c = *following == 0 ? first : first & (0x3FU >> *following);
  for (std::size_t i = 1; i <= *following; ++i) {
    const char32_t byte = byte_at(text, i);
    if ((byte & 0xC0U) != 0x80U) {
      text.remove_prefix(1);
      return replacement_character;
    }
    c = c << 6U | (byte & 0x3FU);
  }
  text.remove_prefix(is_valid(c, *following) ? *following + 1 : 1);
  return is_valid(c, *following) ? c : replacement_character;
}

void append_utf8(std::string& text, char32_t c) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  const auto tail = [&](unsigned shift) { return byte(0x80U | (c >> shift & 0x3FU)); };
  if (c < 0x80) {
    text += byte(c);
  } else if (c < 0x800) {
    text += {byte(0xC0U | c >> 6U), tail(0)};
  } else if (c < 0x10000) {
    text += {byte(0xE0U | c >> 12U), tail(6), tail(0)};
  } else {
    text += {byte(0xF0U | c >> 18U), tail(12), tail(6), tail(0)};
  }
}

std::string cleaned_value(std::string_view value) {
  value = trimmed(value);
  std::string result;
  while (!value.empty()) {
    const char32_t c = take_code_point(value);
    append_utf8(result, is_unwanted(c) ? replacement_character : c);
  }
  return result;
}

tl::expected<DecodedText, Fault> decode(const SourceFile& file) {
  const std::string_view bytes = file.bytes;
  if (bytes.size() > largest_file) {
    return tl::unexpected(fault_at({file.name, 0}, std::to_string(bytes.size()) + " bytes",
                                   "a file of at most 256 MiB: export fewer objects at a time"));
  }
  if (bytes.starts_with(utf16_little_mark)) return decode_utf16(bytes.substr(2), ByteOrder::little, file.name);
  if (bytes.starts_with(utf16_big_mark)) return decode_utf16(bytes.substr(2), ByteOrder::big, file.name);
  return decode_with(take_code_point, bytes.substr(bytes.starts_with(utf8_mark) ? utf8_mark.size() : 0), file.name);
}

}  // namespace casplan::inventory
