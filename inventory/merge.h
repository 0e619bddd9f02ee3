#pragma once

#include <vector>

#include "inventory/claims.h"
#include "inventory/record.h"

namespace casplan::inventory {

/// Everything that the files say, grouped by server but not yet weighed.
struct Merged {
  std::vector<Claims> servers;
  std::vector<Claim> organisation_names;
  std::vector<Claim> forest_names;
  std::vector<Note> notes;
};

/// Servers with the same FQDN or the same name are one. An OWA virtual directory makes a server known whose own export
/// is not there; a folder listing does not, because nothing but the listing itself would name it.
[[nodiscard]] Merged merge(const std::vector<FileContents>& files);

}  // namespace casplan::inventory
