#include "inventory/folder_listing.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "inventory/encoding.h"
#include "inventory/text.h"
#include "model/organisation.h"
#include "model/version.h"

namespace casplan::inventory {
namespace {

constexpr std::array<std::string_view, 12> owa_folder_names{
    "auth", "bin", "forms", "help", "smime", "themes", "Current", "scripts", "images", "controls", "css", "App_Data"};

constexpr std::array<std::string_view, 6> failures{
    "File Not Found",   "cannot find the path",       "cannot find path",
    "Access is denied", "network path was not found", "network name cannot be found"};

bool is_failure(std::string_view line) {
  return std::any_of(failures.begin(), failures.end(), [&](std::string_view text) { return contains(line, text); });
}

// `8.1.240.5 - Copy`, `8.1.240.5_old`: begins like a version and is none.
bool looks_like_version_copy(std::string_view name) {
  const auto version_end = std::min(name.find_first_not_of("0123456789."), name.size());
  return parse_folder_name(name.substr(0, version_end)).has_value() && !parse_folder_name(name);
}

bool lists_folders(std::string_view command) {
  return contains(command, "dir ") || ends_with(command, "dir") || contains(command, "Get-ChildItem") ||
         contains(command, "gci ");
}

// The server of a path `\\SERVER\c$\...`; a variable of a loop (`%s`) names none.
std::string_view server_of_path(std::string_view path) {
  path.remove_prefix(2);
  const auto server = path.substr(0, path.find('\\'));
  return server.find_first_of("%$ \"'<>|") == std::string_view::npos ? server : std::string_view();
}

std::string_view path_in(std::string_view command) {
  const auto start = command.find("\\\\");
  if (start == std::string_view::npos) return {};
  const bool quoted = start > 0 && (command[start - 1] == '"' || command[start - 1] == '\'');
  auto path = command.substr(start);
  path = path.substr(0, quoted ? path.find(command[start - 1]) : path.find(' '));
  while (path.size() > 2 && path.back() == '\\') path.remove_suffix(1);
  return path;
}

class ListingReader {
 public:
  explicit ListingReader(FileContents& contents) : contents_(contents) {}

  void read_line(std::string_view line, std::size_t number) {
    line = trimmed(line);
    if (line.empty()) return;
    if (is_prompt(line)) {
      begin_with_prompt(line, number);
    } else if (is_server_header(line)) {
      begin({std::string(trimmed(line.substr(1, line.size() - 2))), number, {}}, Named::by_file);
    } else {
      read_name(line, number);
    }
  }

  void finish() {
    const bool is_read = is_named_ || any_line_;
    if (is_read && !is_other_folder_) keep();
    listing_ = {};
    folders_.clear();
    names_.clear();
    is_named_ = any_line_ = any_owa_name_ = failed_ = is_other_folder_ = false;
  }

 private:
  enum class Named { by_file, by_nothing };

  void begin_with_prompt(std::string_view line, std::size_t number) {
    const auto path = lists_folders(line) ? path_in(line) : std::string_view();
    const auto server = path.empty() ? std::string_view() : server_of_path(path);
    begin({std::string(server), number, {}}, server.empty() ? Named::by_nothing : Named::by_file);
    if (server.empty() || ends_with(path, "\\owa")) return;
    is_other_folder_ = true;
    note("\"" + cleaned_value(path) + "\" is not the folder ClientAccess\\owa; its listing is not read.", number);
  }

  // A header and a prompt that name the same server begin one listing.
  void begin(FolderListing listing, Named named) {
    const bool goes_on = !any_line_ && is_named_ && same_name(listing.server, listing_.server);
    if (goes_on) return;
    finish();
    listing.server = cleaned_value(listing.server);
    listing_ = std::move(listing);
    is_named_ = named == Named::by_file;
  }

  void read_name(std::string_view name, std::size_t number) {
    if (++contents_.objects > most_objects) return fault_too_many(number);
    if (!any_line_ && !is_named_) listing_.line = number;
    any_line_ = true;
    any_owa_name_ = any_owa_name_ || is_owa_folder_name(name);
    if (is_failure(name)) {
      failed_ = true;
      note("The folders" + of_server() + " could not be listed: \"" + cleaned_value(name) + "\".", number);
    } else if (const auto version = parse_folder_name(name)) {
      add_folder(name, *version, number);
    } else if (looks_like_version_copy(name)) {
      note("The folder \"" + cleaned_value(name) + "\"" + of_server() +
               " looks like a copy of a versioned folder, but its name is no version: OWA does not use it.",
           number);
    }
  }

  void add_folder(std::string_view name, const OwaVersion& version, std::size_t number) {
    const auto [twin, is_new] = names_.emplace(version, name);
    if (!is_new) {
      note("The folders \"" + twin->second + "\" and \"" + std::string(name) + "\"" + of_server() +
               " name the same version: OWA may not start there. Remove the one that does not belong.",
           number);
    }
    folders_.emplace_back(name);
  }

  void fault_too_many(std::size_t number) {
    if (contents_.objects != most_objects + 1) return;
    add_fault(contents_, number, "more than 1,000,000 names", "at most 1,000,000 names of folders in a file");
  }

  void keep() {
    // OWA always has folders, at least `auth` and `bin`: a listing without any is one that failed.
    const bool is_owa_folder = any_owa_name_ || !folders_.empty();
    if (!any_line_) {
      note("No folder is listed" + of_server() + ", so its folders stay unknown. List them again.", listing_.line);
    } else if (!is_owa_folder && !failed_) {
      note("The lines" + of_server() + " name no folder of OWA; its folders stay unknown.", listing_.line);
    }
    if (is_owa_folder && !failed_) listing_.folders = std::move(folders_);
    contents_.listings.push_back(std::move(listing_));
  }

  [[nodiscard]] std::string of_server() const { return listing_.server.empty() ? "" : " of " + listing_.server; }

  void note(std::string text, std::size_t line) {
    contents_.notes.push_back({std::move(text), {contents_.file, line}});
  }

  FileContents& contents_;
  FolderListing listing_;
  std::vector<std::string> folders_;
  std::map<OwaVersion, std::string> names_;  // of each version the first folder
  bool is_named_ = false;                    // by the file
  bool any_line_ = false;                    // below the header or prompt
  bool any_owa_name_ = false;                // among those lines
  bool failed_ = false;                      // a line says that the folder could not be read
  bool is_other_folder_ = false;             // not ClientAccess\owa
};

}  // namespace

bool is_prompt(std::string_view line) {
  line = trimmed(line);
  if (starts_with(line, "[PS]")) line = trimmed(line.substr(4));
  if (starts_with(line, "PS ")) line = trimmed(line.substr(3));
  const bool has_drive = line.size() > 2 && line[1] == ':' && line[2] == '\\';
  return (has_drive || starts_with(line, "\\\\")) && line.find('>') != std::string_view::npos;
}

bool is_server_header(std::string_view line) {
  line = trimmed(line);
  return line.size() > 2 && line.front() == '[' && line.back() == ']' && line.find('[', 1) == std::string_view::npos;
}

bool is_owa_folder_name(std::string_view name) {
  return std::any_of(owa_folder_names.begin(), owa_folder_names.end(),
                     [&](std::string_view known) { return same_name(known, name); });
}

void read_folder_listing(FileContents& contents, std::string_view text) {
  ListingReader reader(contents);
  for (LineReader lines(text); lines.next();) reader.read_line(lines.line(), lines.number());
  reader.finish();
}

}  // namespace casplan::inventory
