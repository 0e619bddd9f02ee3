#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace casplan {

/// One fault in an input: where it is, what was found there, what was expected instead.
struct Fault {
  std::string place;     ///< a JSON pointer, or `line N`; empty for the file as a whole
  std::string found;     ///< in words, starting with a small letter: `"Brnch1", which is no site of this organisation`
  std::string expected;  ///< in words: `the name of a site`
  std::optional<std::string> nearest;  ///< the nearest valid name, where there is a near one

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// All faults of one input, in the order of their places. Never empty where it stands for a failure.
using Diagnostics = std::vector<Fault>;

template <class Value>
using Result = tl::expected<Value, Diagnostics>;

}  // namespace casplan
