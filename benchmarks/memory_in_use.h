#pragma once

#include <cstdint>

/// The memory that a program takes with `new`, in bytes as the allocator rounds them. A benchmark that is linked with
/// memory_in_use.cpp counts all of it.
namespace casplan::benchmarks {

/// The greatest amount in use at a time since this was made, beyond what was in use then. One at a time.
class PeakMemory {
 public:
  PeakMemory();
  [[nodiscard]] std::int64_t bytes() const;

 private:
  std::int64_t before_;
};

}  // namespace casplan::benchmarks
