#pragma once

#include <string_view>

#include "inventory/record.h"

namespace casplan::inventory {

/// Whether a line is a prompt with or without a command, such as `C:\>dir /b /ad` or `[PS] C:\>`.
[[nodiscard]] bool is_prompt(std::string_view line);

/// Whether a line names the server of the lines below it: `[HQCAS1]`.
[[nodiscard]] bool is_server_header(std::string_view line);

/// Whether a name is one of the folders without a version that every OWA folder has.
[[nodiscard]] bool is_owa_folder_name(std::string_view name);

/// Reads `dir /b /ad` of OWA folders. A part belongs to the server of the `[NAME]` line above it, or of the
/// `\\SERVER\c$` path in the prompt above it; otherwise its server stays empty. A folder that could not be read, and
/// one of which nothing shows that it is an OWA folder, is not known.
void read_folder_listing(FileContents& contents, std::string_view text);

}  // namespace casplan::inventory
