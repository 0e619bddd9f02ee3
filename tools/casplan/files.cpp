#include "tools/casplan/files.h"

#include <fstream>
#include <sstream>
#include <system_error>

namespace casplan::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{256} * 1024 * 1024;

tl::unexpected<Diagnostics> fault(const std::string& found, const std::string& expected) {
  return tl::unexpected(Diagnostics{Fault{"", found, expected, std::nullopt}});
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return fault("no such file", "a file that can be read");
  if (fs::is_directory(status)) return fault("a folder", "a file");
  const auto size = fs::is_regular_file(status) ? fs::file_size(path, error) : 0;
  if (size > largest_file) return fault("a file of " + std::to_string(size) + " bytes", "at most 256 MiB");
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
  if (!file.is_open() || file.bad()) return fault("a file that cannot be read", "permission to read it");
  return bytes.str();
}

std::optional<Fault> write_file(const fs::path& path, const std::string& bytes) {
  const Fault fault{"", "a place that cannot be written", "a folder with permission to write, and space", std::nullopt};
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error || fs::is_directory(path, error)) return fault;
  fs::path temporary = path;
  temporary += ".partial";
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file << bytes;
    file.flush();
    if (!file) {
      fs::remove(temporary, error);
      return fault;
    }
  }
  fs::rename(temporary, path, error);
  if (!error) return std::nullopt;
  fs::remove(temporary, error);
  return fault;
}

}  // namespace casplan::tools
