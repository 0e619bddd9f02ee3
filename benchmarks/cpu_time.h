#pragma once

namespace casplan::benchmarks {

/// Of this process with all its threads, or of the processes that it started and that have ended.
enum class TimeOf { this_process, its_children };

/// The CPU time so far, so that other work on the machine does not count.
[[nodiscard]] double cpu_seconds(TimeOf whose);

}  // namespace casplan::benchmarks
