#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/diagnostics.h"

namespace casplan::inventory {

/// The largest file that is read, in bytes.
inline constexpr std::size_t largest_file = std::size_t{256} << 20U;

/// The most objects (or listed folders) that are read from one file.
inline constexpr std::size_t most_objects = 1'000'000;

/// A file as the user gave it.
struct SourceFile {
  std::string name;  ///< in messages and origins; the part before the extension may name the server of a folder listing
  std::string bytes;  ///< in any of the encodings that `decode` knows
};

/// Where something was read.
struct Origin {
  std::string file;
  std::size_t line = 0;  ///< from 1; 0: the file as a whole

  friend auto operator<=>(const Origin&, const Origin&) = default;
};

/// Something that the reader of the result should know: what was left out, what looks odd, what was taken for granted.
struct Note {
  std::string text;  ///< sentences
  Origin origin;     ///< an empty file name: of all files together

  friend bool operator==(const Note&, const Note&) = default;
};

/// `servers.xml:12`, or `servers.xml` for the file as a whole.
[[nodiscard]] std::string place_of(const Origin& origin);

/// A fault whose place is `file:line`.
[[nodiscard]] Fault fault_at(const Origin& origin, std::string found, std::string expected);

}  // namespace casplan::inventory
