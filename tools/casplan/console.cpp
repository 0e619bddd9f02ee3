#include "tools/casplan/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace casplan::tools {
namespace {

bool colours_wanted(Colour colour) {
  if (colour != Colour::automatic) return colour == Colour::always;
  const char* refused = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0');
}

std::string_view code_of(Tone tone) {
  switch (tone) {
    case Tone::good: return "\x1b[32m";
    case Tone::bad: return "\x1b[1;31m";
    case Tone::doubtful: return "\x1b[33m";
    case Tone::heading: return "\x1b[1m";
    case Tone::plain: break;
  }
  return {};
}

/// Characters, not bytes; escape sequences for colours take no room.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = std::min(text.find('m', i), text.size() - 1);
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++columns;
    }
  }
  return columns;
}

std::string_view without_full_stop(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

}  // namespace

Console::Console(std::ostream& out, std::ostream& error, Output output, Colour colour)
    : out_(out), error_(error), output_(output), coloured_(output == Output::text && colours_wanted(colour)) {}

void Console::print(const std::string& text) {
  out_ << text;
  if (text.empty() || text.back() != '\n') out_ << '\n';
}

void Console::print_section(Tone tone, const std::string& heading, const std::string& body) {
  if (body.empty()) return;
  out_ << '\n' << in(tone, heading) << '\n';
  print(body);
}

void Console::warn(const std::string& sentence) {
  error_ << sentence << '\n';
}

ExitCode Console::fail(const std::string& file, const Diagnostics& faults) {
  for (const Fault& fault : faults) {
    const std::string gap = file.empty() || fault.place.empty() ? "" : ": ";
    error_ << file << gap << fault.place << ": found " << without_full_stop(fault.found) << "; expected "
           << without_full_stop(fault.expected) << ".";
    if (fault.nearest) error_ << " Did you mean \"" << *fault.nearest << "\"?";
    error_ << '\n';
  }
  return ExitCode::bad_input;
}

std::size_t Console::columns() {
  constexpr std::size_t without_terminal = 120;
  winsize size{};
  const bool is_known = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : without_terminal;
}

std::string Console::in(Tone tone, std::string_view text) const {
  if (!coloured_ || tone == Tone::plain) return std::string(text);
  return std::string(code_of(tone)) + std::string(text) + "\x1b[0m";
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += "  " + row[i];
      if (i + 1 < row.size()) line += std::string(widths[i] - width(row[i]), ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace casplan::tools
