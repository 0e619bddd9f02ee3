#include "property_tests/oracles/child_process.h"

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace casplan::oracle {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return all + "'";
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Ended run_in(const fs::path& folder, std::string_view command) {
  const std::string line = "cd " + quoted(folder.string()) + " && " + std::string(command) + " >output 2>&1";
  const int status = std::system(line.c_str());  // NOLINT(cert-env33-c): a fixed command in a folder of our own
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content_of(folder / "output")};
}

std::optional<fs::path> make_folder_for(std::string_view program) {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / ("casplan-" + std::string(program) + "-XXXXXX")).string();
  if (error || mkdtemp(name.data()) == nullptr) return std::nullopt;
  return name;
}

}  // namespace casplan::oracle
