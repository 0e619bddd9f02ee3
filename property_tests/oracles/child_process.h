#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Other programs, whose opinion is asked.
namespace casplan::oracle {

/// The exit code of the shell where a program is missing.
inline constexpr int exit_not_found = 127;

struct Ended {
  int code;
  std::string output;  ///< what it wrote
};

/// Runs a command in a folder, and keeps what it writes.
[[nodiscard]] Ended run_in(const std::filesystem::path& folder, std::string_view command);

/// A new folder for the files of a program; empty where none can be made.
[[nodiscard]] std::optional<std::filesystem::path> make_folder_for(std::string_view program);

}  // namespace casplan::oracle
