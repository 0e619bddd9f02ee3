#include "inventory/detect.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "inventory/csv.h"
#include "inventory/folder_listing.h"
#include "inventory/format_list.h"
#include "inventory/record.h"
#include "inventory/text.h"
#include "model/organisation.h"
#include "model/version.h"

namespace casplan::inventory {
namespace {

bool is_blank(std::string_view line) {
  return trimmed(line).empty();
}

// The number of the first such line; 0: there is none.
template <class Shows>
std::size_t first_line(std::string_view text, Shows shows) {
  for (LineReader lines(text); lines.next();) {
    if (shows(lines.line())) return lines.number();
  }
  return 0;
}

std::string_view first_full_line(std::string_view text) {
  for (LineReader lines(text); lines.next();) {
    if (!is_blank(lines.line())) return lines.line();
  }
  return {};
}

// By the name of the first element; declarations and document types are passed over.
std::optional<Detection> detect_xml(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  if (!text.starts_with('<')) return std::nullopt;
  for (auto place = text.find('<'); place != std::string_view::npos; place = text.find('<', place + 1)) {
    const auto element = text.substr(place + 1);
    if (element.starts_with('!') || element.starts_with('?')) continue;
    const auto name = element.substr(0, element.find_first_of(" \t\n/>"));
    if (name == "Objs" || name == "Obj") return Detection{FileKind::clixml, 0};
    if (name == "Event" || name == "Events") return Detection{FileKind::event_log, 0};
    break;
  }
  return Detection{FileKind::unknown, 0};
}

bool has_column(const std::vector<std::string>& header, std::string_view name) {
  return std::any_of(header.begin(), header.end(),
                     [&](const std::string& column) { return same_name(trimmed(column), name); });
}

bool may_be_column(std::string_view name) {
  return !trimmed(name).empty() && name.find_first_of("|:<>{}=;*") == std::string_view::npos;
}

FileKind detect_columns(const std::vector<std::string>& header) {
  if (header.size() < 2 || !std::all_of(header.begin(), header.end(), may_be_column)) return FileKind::unknown;
  if (same_name(header.front(), "DN")) return FileKind::csvde;
  const bool has_event = has_column(header, "EventID") || has_column(header, "InstanceId") ||
                         (has_column(header, "Event") && has_column(header, "Source"));
  if (has_event) return FileKind::event_log;
  const bool has_known = std::any_of(header.begin(), header.end(), [](const std::string& column) {
    return read_property(trimmed(column)).has_value();
  });
  return has_known ? FileKind::csv : FileKind::unknown;
}

std::optional<Detection> detect_csv(std::string_view first_line) {
  if (const auto type = csv_type(first_line); !type.empty()) {
    return Detection{contains(type, "EventLog") ? FileKind::event_log : FileKind::csv, 0};
  }
  CsvRow header;
  if (!CsvReader(first_line).next(header)) return std::nullopt;
  const FileKind kind = detect_columns(header.fields);
  return kind == FileKind::unknown ? std::nullopt : std::optional(Detection{kind, 0});
}

bool is_ldif_line(std::string_view line) {
  return starts_with(line, "dn:");
}

bool is_iis_line(std::string_view line) {
  return starts_with(line, "#Fields:") || starts_with(line, "#Software:");
}

bool is_event_line(std::string_view line) {
  line = trimmed(line);
  if (starts_with(line, "Event Source:") || starts_with(line, "Event ID:")) return true;
  const auto key_line = parse_key_line(line);
  return key_line && (same_name(key_line->key, "EventID") || same_name(key_line->key, "InstanceId"));
}

bool is_full_listing_line(std::string_view line) {
  return line.find("<DIR>") != std::string_view::npos;
}

bool is_read_key_line(std::string_view line) {
  const auto key_line = parse_key_line(line);
  return key_line && read_property(key_line->key);
}

// A row of dashes, and each group of them begins below a word.
bool underlines(std::string_view line, std::string_view header) {
  line = trimmed_right(line);
  if (line.empty() || line.find_first_not_of("- ") != std::string_view::npos || is_read_key_line(header)) return false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool group_begins = line[i] == '-' && (i == 0 || line[i - 1] == ' ');
    if (!group_begins) continue;
    const bool word_begins =
        i < header.size() && header[i] != ' ' && header[i] != '-' && (i == 0 || header[i - 1] == ' ');
    if (!word_begins) return false;
  }
  return !trimmed(line).empty();
}

std::optional<Detection> detect_table(std::string_view text) {
  std::string_view above;
  const std::size_t line = first_line(text, [&](std::string_view underline) {
    const bool is_table = underlines(underline, above);
    above = underline;
    return is_table;
  });
  return line != 0 ? std::optional(Detection{FileKind::format_table, line}) : std::nullopt;
}

bool is_folder_line(std::string_view line) {
  line = trimmed(line);
  if (is_prompt(line)) return contains(line, "dir ");
  return is_owa_folder_name(line) || parse_folder_name(line).has_value();
}

// A listing of servers that hold nothing has headers alone.
bool is_folder_listing(std::string_view text) {
  const bool only_headers =
      first_line(text, [](std::string_view line) { return !is_blank(line) && !is_server_header(line); }) == 0;
  return only_headers || first_line(text, is_folder_line) != 0;
}

std::optional<Detection> detect_by_line(std::string_view text) {
  struct Mark {
    FileKind kind;
    bool (*shows)(std::string_view);
  };
  constexpr Mark marks[] = {{FileKind::ldif, is_ldif_line},
                            {FileKind::iis_log, is_iis_line},
                            {FileKind::event_log, is_event_line},
                            {FileKind::full_directory_listing, is_full_listing_line}};
  for (const Mark& mark : marks) {
    if (const std::size_t line = first_line(text, mark.shows); line != 0) return Detection{mark.kind, line};
  }
  return std::nullopt;
}

}  // namespace

Detection detect(std::string_view text) {
  if (const auto xml = detect_xml(text)) return *xml;
  const std::string_view first = first_full_line(text);
  if (first.empty()) return {FileKind::empty, 0};
  if (const auto csv = detect_csv(first)) return *csv;
  if (const auto marked = detect_by_line(text)) return *marked;
  if (const auto table = detect_table(text)) return *table;
  if (first_line(text, is_read_key_line) != 0) return {FileKind::format_list, 0};
  return {is_folder_listing(text) ? FileKind::folder_listing : FileKind::unknown, 0};
}

}  // namespace casplan::inventory
