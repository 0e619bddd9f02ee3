#include "tools/casplan/files.h"

#include <fstream>
#include <system_error>

namespace casplan::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{256} * 1024 * 1024;

tl::unexpected<Diagnostics> fault(const std::string& found, const std::string& expected) {
  return tl::unexpected(Diagnostics{Fault{"", found, expected, std::nullopt}});
}

/// Also what is no regular file, and has no size, ends here.
std::string read_at_most(std::istream& file, std::uintmax_t limit) {
  constexpr std::size_t block = std::size_t{1} << 20U;
  std::string bytes;
  while (file && bytes.size() < limit) {
    const std::size_t before = bytes.size();
    bytes.resize(before + block);
    file.read(bytes.data() + before, static_cast<std::streamsize>(block));
    bytes.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  return bytes;
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
  auto bytes = read_at_most(file, largest_file + 1);
  if (!file.is_open() || file.bad()) return fault("a file that cannot be read", "permission to read it");
  if (bytes.size() > largest_file) return fault("more than 256 MiB", "at most 256 MiB");
  return bytes;
}

std::optional<Fault> write_file(const fs::path& path, const std::string& bytes) {
  const Fault fault{"", "a place that cannot be written", "a folder with permission to write, and space", std::nullopt};
  const Fault no_file{"", "something else than a regular file", "the name of a file", std::nullopt};
  std::error_code error;
  if (!path.has_filename() || (fs::exists(path, error) && !fs::is_regular_file(path, error))) return no_file;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) return fault;
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
