#pragma once

#include <cstddef>
#include <string_view>

namespace casplan::inventory {

/// What a file is, by its content; its name says nothing.
enum class FileKind {
  clixml,
  csv,
  format_list,
  folder_listing,
  format_table,  ///< cut to the width of the console
  ldif,          ///< ldifde or ldapsearch
  csvde,
  event_log,  ///< as XML, CSV or text
  iis_log,
  full_directory_listing,  ///< `dir` without /b
  empty,
  unknown,
};

struct Detection {
  FileKind kind = FileKind::unknown;
  std::size_t line = 0;  ///< that shows it, where one line does
};

/// Judges decoded text.
[[nodiscard]] Detection detect(std::string_view text);

}  // namespace casplan::inventory
