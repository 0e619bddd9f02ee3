#include "inventory/read.h"

#include <string>
#include <string_view>
#include <utility>

#include "inventory/clixml.h"
#include "inventory/csv.h"
#include "inventory/detect.h"
#include "inventory/encoding.h"
#include "inventory/folder_listing.h"
#include "inventory/format_list.h"
#include "inventory/remedies.h"

namespace casplan::inventory {
namespace {

std::string_view description(FileKind kind) {
  switch (kind) {
    case FileKind::format_table: return "a table of Format-Table, which cuts values off";
    case FileKind::ldif: return "LDIF of ldifde or ldapsearch";
    case FileKind::csvde: return "a CSV of csvde";
    case FileKind::event_log: return "events of an event log";
    case FileKind::iis_log: return "an IIS log";
    case FileKind::full_directory_listing: return "a directory listing with dates";
    case FileKind::empty: return "an empty file";
    default: return "nothing that is recognised";
  }
}

std::string expectation(FileKind kind) {
  if (kind == FileKind::full_directory_listing) {
    return "the bare names of the folders in ClientAccess\\owa: run `dir /b /ad` there instead";
  }
  return "an export of Get-ExchangeServer or Get-OwaVirtualDirectory (Export-Clixml, Export-Csv or Format-List), or "
         "a listing of `dir /b /ad`: run `" +
         remedy::export_servers() + "` and `" + remedy::export_virtual_directories() + "` instead";
}

void read_text(FileContents& contents, std::string text) {
  const Detection detection = detect(text);
  switch (detection.kind) {
    case FileKind::clixml: return read_clixml(contents, std::move(text));
    case FileKind::csv: return read_csv(contents, text);
    case FileKind::format_list: return read_format_list(contents, text);
    case FileKind::folder_listing: return read_folder_listing(contents, text);
    default: break;
  }
  add_fault(contents, detection.line, std::string(description(detection.kind)), expectation(detection.kind));
}

void note_replaced_characters(FileContents& contents, const DecodedText& decoded) {
  if (decoded.replaced == 0) return;
  contents.notes.push_back({"From this line on, characters cannot be read or are control characters (" +
                                std::to_string(decoded.replaced) + " in all); each is taken as " +
                                std::string(replacement_text) + ". Export-Clixml keeps every character.",
                            {contents.file, decoded.first_replaced_line}});
}

void note_other_objects(FileContents& contents) {
  for (const auto& [type, others] : contents.others) {
    const std::string kind = type.empty() ? "another kind" : "the kind " + type;
    contents.notes.push_back({"Objects of " + kind + " are passed over (" + std::to_string(others.count) +
                                  "); servers and OWA virtual directories are read.",
                              {contents.file, others.first_line}});
  }
}

}  // namespace

FileContents read_file(const SourceFile& file) {
  FileContents contents;
  contents.file = file.name;
  auto decoded = decode(file);
  if (!decoded) {
    contents.faults.push_back(std::move(decoded.error()));
    return contents;
  }
  note_replaced_characters(contents, *decoded);
  read_text(contents, std::move(decoded->text));
  note_other_objects(contents);
  return contents;
}

}  // namespace casplan::inventory
