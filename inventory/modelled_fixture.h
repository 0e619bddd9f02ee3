#pragma once

#include <string>
#include <string_view>

#include "inventory/source.h"

/// Exports of an organisation that does not exist. They are modelled on the shape of real ones, not taken from any.
namespace casplan::inventory::modelled {

/// A server as Export-Clixml writes it; an empty site is none.
[[nodiscard]] std::string server(std::string_view name, std::string_view version, std::string_view site,
                                 std::string_view roles);

/// A whole Export-Clixml file.
[[nodiscard]] std::string clixml(std::string_view objects);

/// HQCAS1 (SP2, HQ), BRCAS1 (RTM, Branch), BRMBX1 (RTM, Branch, no CAS) and ZHEX1 (SP1, Zürich).
[[nodiscard]] SourceFile servers();
/// HQCAS1 with mail.contoso.com, BRCAS1 without ExternalUrl; ZHEX1 is not there.
[[nodiscard]] SourceFile virtual_directories();
/// The own folders of the three CAS.
[[nodiscard]] SourceFile folders();

/// UTF-8 text as UTF-16LE with byte-order mark.
[[nodiscard]] std::string utf16(std::string_view text);

}  // namespace casplan::inventory::modelled
