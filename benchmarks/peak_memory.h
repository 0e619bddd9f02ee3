#pragma once

#include <cstdint>

namespace casplan::benchmarks {

/// The greatest amount of memory that the process has at a time since this was made, in bytes, beyond what it had then;
/// in whole pages, as Linux counts them, so that counting costs nothing. One at a time.
class PeakMemory {
 public:
  PeakMemory();
  [[nodiscard]] std::int64_t bytes() const;

 private:
  std::int64_t before_;
};

}  // namespace casplan::benchmarks
