#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace casplan {

/// A number that the environment gives to a longer run of a law.
[[nodiscard]] inline std::int64_t from_environment(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoll(text);
}

}  // namespace casplan
