#include "inventory/import.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "inventory/merge.h"
#include "inventory/organise.h"
#include "inventory/read.h"
#include "inventory/remedies.h"

namespace casplan::inventory {
namespace {

// By name, so that the order in which the files were given makes no difference.
std::vector<const SourceFile*> sorted(const std::vector<SourceFile>& files) {
  std::vector<const SourceFile*> all;
  for (const SourceFile& file : files) all.push_back(&file);
  std::sort(all.begin(), all.end(), [](const SourceFile* a, const SourceFile* b) {
    return std::tie(a->name, a->bytes) < std::tie(b->name, b->bytes);
  });
  return all;
}

Diagnostics no_server(const std::vector<Note>& notes) {
  constexpr std::size_t most_notes = 5;
  std::string found = "no server of Exchange 2007 or 2010";
  for (std::size_t i = 0; i < std::min(notes.size(), most_notes); ++i) {
    found += (i == 0 ? ": " : " ") + notes[i].text;
  }
  return {{{}, std::move(found), "an export of Get-ExchangeServer: run `" + remedy::export_servers() + "`", {}}};
}

}  // namespace

Result<Import> import_exports(const std::vector<SourceFile>& files) {
  std::vector<FileContents> contents;
  Diagnostics faults;
  for (const SourceFile* file : sorted(files)) {
    contents.push_back(read_file(*file));
    auto& own = contents.back().faults;
    std::move(own.begin(), own.end(), std::back_inserter(faults));
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  Merged merged = merge(contents);
  for (const FileContents& file : contents) {
    merged.notes.insert(merged.notes.end(), file.notes.begin(), file.notes.end());
  }
  Import import = organise(std::move(merged));
  if (import.organisation.servers.empty()) return tl::unexpected(no_server(import.notes));
  return import;
}

}  // namespace casplan::inventory
