#include "benchmarks/peak_memory.h"

#include <malloc.h>

#include <fstream>
#include <string>
#include <string_view>

#include "model/contracts.h"

namespace casplan::benchmarks {
namespace {

/// A line of what Linux says of this process, in bytes.
std::int64_t bytes_of(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.substr(0, name.size()) == name) return std::stoll(line.substr(name.size())) * 1024;
  }
  expects(false, "Linux says how much memory a process has");
  return 0;
}

}  // namespace

PeakMemory::PeakMemory() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts again from what is there now
  before_ = bytes_of("VmRSS:");
}

std::int64_t PeakMemory::bytes() const {
  return bytes_of("VmHWM:") - before_;
}

}  // namespace casplan::benchmarks
