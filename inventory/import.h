#pragma once

#include <string>
#include <vector>

#include "inventory/source.h"
#include "model/diagnostics.h"
#include "model/organisation.h"

/// What an administrator can export -> an organisation, with the source of every fact.
namespace casplan::inventory {

enum class Basis {
  stated,    ///< the source says so
  inferred,  ///< it follows from what the source says, as far as is known
};

/// One thing that is known, and where from. Properties have the names that they have in organisation documents, and
/// `AdminDisplayVersion`. Subjects: a server's name, `entry point NAME`, or `organisation`.
struct Fact {
  std::string subject;
  std::string property;
  std::string value;  ///< `none` where a source says that there is none
  Origin origin;
  Basis how = Basis::stated;

  friend bool operator==(const Fact&, const Fact&) = default;
};

/// Two sources disagree. The more reliable one is kept: CLIXML, then Format-List, then CSV.
struct Conflict {
  std::string subject;
  std::string property;
  Fact kept;
  Fact other;

  friend bool operator==(const Conflict&, const Conflict&) = default;
};

/// Something that is not known. Subjects as in `Fact`, and `site NAME`.
struct Missing {
  std::string subject;
  std::string property;
  std::string remedy;  ///< the command that tells; a sentence where no command does

  friend bool operator==(const Missing&, const Missing&) = default;
};

struct Import {
  Organisation organisation;  ///< what is not known is empty
  std::vector<Fact> facts;    ///< by subject, then property, as the other lists
  std::vector<Conflict> conflicts;
  std::vector<Missing> missing;
  std::vector<Note> notes;  ///< by origin
};

/// Reads Export-Clixml, Export-Csv and Format-List text of Get-ExchangeServer and Get-OwaVirtualDirectory, and `dir /b
/// /ad` listings of OWA folders, each recognised by its content, and merges them. Servers of Exchange 2003 and of
/// Exchange 2013 and later are left out, with a note. The result does not depend on the order of the files.
///
/// Faults, with the place `file:line`: files that cannot be read, every one of them; no server of Exchange 2007 or
/// 2010.
[[nodiscard]] Result<Import> import_exports(const std::vector<SourceFile>& files);

}  // namespace casplan::inventory
