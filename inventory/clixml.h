#pragma once

#include <string>
#include <string_view>

#include "inventory/record.h"

namespace casplan::inventory {

/// Reads the objects of an Export-Clixml file ([MS-PSRP] 2.2.5), below `<Objs>` or as bare `<Obj>` elements. Document
/// types and entities are refused; values are read to a fixed depth, so that nesting costs nothing.
void read_clixml(FileContents& contents, std::string text);

/// Replaces the escapes `_xHHHH_`, each a UTF-16 code unit, in a string of CLIXML.
[[nodiscard]] std::string unescaped_clixml(std::string_view text);

}  // namespace casplan::inventory
