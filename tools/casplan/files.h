#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "model/diagnostics.h"

namespace casplan::tools {

/// The bytes of a file of at most 256 MiB. The fault names what is wrong with it.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Writes a file whole or not at all: to a temporary file beside it, which then takes its name. Makes the folder where
/// it is missing. Returns the fault where it could not be written.
[[nodiscard]] std::optional<Fault> write_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace casplan::tools
