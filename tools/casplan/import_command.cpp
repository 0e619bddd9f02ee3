#include "documents/organisation_document.h"
#include "inventory/import.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/files.h"
#include "tools/casplan/import_result.h"
#include "tools/casplan/log.h"

namespace casplan::tools {
namespace {

std::string place(const inventory::Origin& origin) {
  return origin.file + (origin.line > 0 ? ":" + std::to_string(origin.line) : "");
}

void print_facts(const inventory::Import& import, Console& console) {
  Table table({"Subject", "Fact", "Value", "Source"});
  for (const inventory::Fact& fact : import.facts) {
    table.add({fact.subject, fact.property, fact.value,
               place(fact.origin) + (fact.how == inventory::Basis::inferred ? " (inferred)" : "")});
  }
  console.print_section(Tone::heading, "Facts, and where each is from", table.text());
}

void print_conflicts(const inventory::Import& import, Console& console) {
  if (import.conflicts.empty()) return;
  Table table({"Subject", "Fact", "Kept", "From", "Not kept", "From"});
  for (const inventory::Conflict& conflict : import.conflicts) {
    table.add({conflict.subject, conflict.property, conflict.kept.value, place(conflict.kept.origin),
               conflict.other.value, place(conflict.other.origin)});
  }
  console.print_section(Tone::doubtful, "Conflicts between sources", table.text());
}

void print_missing(const inventory::Import& import, Console& console) {
  if (import.missing.empty()) return;
  Table table({"Subject", "Not known", "How to find it out"});
  for (const inventory::Missing& missing : import.missing) {
    table.add({missing.subject, missing.property, missing.remedy});
  }
  console.print_section(Tone::doubtful, "What is missing", table.text());
}

void print_notes(const inventory::Import& import, Console& console) {
  std::string text;
  for (const inventory::Note& note : import.notes) {
    text += "  " + (note.origin.file.empty() ? std::string() : place(note.origin) + ": ") + note.text + "\n";
  }
  console.print_section(Tone::heading, "Notes", text);
}

}  // namespace

ExitCode run(const ImportOptions& options, Console& console) {
  std::vector<inventory::SourceFile> sources;
  bool unreadable = false;
  for (const std::string& path : options.files) {
    log_info("reading " + path);
    auto bytes = read_file(path);
    if (!bytes) {
      console.fail(path, bytes.error());
      unreadable = true;
    } else {
      sources.push_back({path, std::move(*bytes)});
    }
  }
  if (unreadable) return ExitCode::bad_input;
  const auto import = inventory::import_exports(sources);
  if (!import) return console.fail("", import.error());

  if (options.organisation_out) {
    const auto document = documents::write_organisation(import->organisation);
    if (const auto fault = write_file(*options.organisation_out, document)) {
      return console.fail(*options.organisation_out, {*fault});
    }
  }
  if (console.wants_json()) {
    console.print(write_import_result(*import));
    return ExitCode::done;
  }
  print_facts(*import, console);
  print_conflicts(*import, console);
  print_missing(*import, console);
  print_notes(*import, console);
  console.print(options.organisation_out ? "\nThe organisation is in " + *options.organisation_out + "."
                                         : "\nAdd -o FILE to write the organisation document.");
  return ExitCode::done;
}

}  // namespace casplan::tools
