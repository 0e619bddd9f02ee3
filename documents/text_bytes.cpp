#include "documents/text_bytes.h"

#include <algorithm>

#include "documents/utf8.h"

namespace casplan::documents {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<Fault> fault_of_bytes(std::string_view text) {
  if (text.size() > largest_text) {
    return Fault{"", std::to_string(text.size()) + " bytes", "at most " + std::to_string(largest_text) + " bytes",
                 std::nullopt};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Fault{"", "UTF-16 text", "text in UTF-8", std::nullopt};
  }
  if (const std::size_t valid = valid_utf8_prefix(text); valid < text.size()) {
    return Fault{line_and_column(text.substr(0, valid)), "bytes that are not UTF-8", "text in UTF-8", std::nullopt};
  }
  // The JSON library takes a NUL byte for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return Fault{line_and_column(text.substr(0, nul)), "a NUL byte", "text without it", std::nullopt};
  }
  return std::nullopt;
}

Result<std::string_view> checked_text(std::string_view text, const Fault& blank) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (auto fault = fault_of_bytes(text)) return tl::unexpected(Diagnostics{*std::move(fault)});
  if (is_blank(text)) return tl::unexpected(Diagnostics{blank});
  return text;
}

std::string line_and_column(std::string_view before) {
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto last_break = before.rfind('\n');
  const auto rest = last_break == std::string_view::npos ? before : before.substr(last_break + 1);
  const auto column = std::count_if(rest.begin(), rest.end(), [](char c) { return !is_utf8_continuation(c); }) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace casplan::documents
