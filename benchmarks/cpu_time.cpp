#include "benchmarks/cpu_time.h"

#include <sys/resource.h>

#include "model/contracts.h"

namespace casplan::benchmarks {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double cpu_seconds(TimeOf whose) {
  rusage usage{};
  expects(getrusage(whose == TimeOf::this_process ? RUSAGE_SELF : RUSAGE_CHILDREN, &usage) == 0,
          "the CPU time can be asked for");
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace casplan::benchmarks
