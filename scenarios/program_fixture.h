#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace casplan::scenarios {

/// What a command said.
struct Output {
  int exit = 0;
  std::string document;  ///< on standard output: JSON, or nothing
  std::string errors;    ///< on standard error
};

/// Runs the program in this process, with `--json`. `arguments` begin with the command.
[[nodiscard]] Output run_program(const std::vector<std::string>& arguments);

/// A new folder outside the project, removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The bytes of a file; empty where there is none.
[[nodiscard]] std::string read_bytes(const std::filesystem::path& file);

}  // namespace casplan::scenarios
