#pragma once

#include "tools/casplan/console.h"

namespace casplan::tools {

[[nodiscard]] ExitCode run(const ImportOptions& options, Console& console);
[[nodiscard]] ExitCode run(const CheckOptions& options, Console& console);
[[nodiscard]] ExitCode run(const PlanOptions& options, Console& console);
[[nodiscard]] ExitCode run(const SimulateOptions& options, Console& console);
[[nodiscard]] ExitCode run(const VerifyOptions& options, Console& console);
[[nodiscard]] ExitCode run(const ExplainOptions& options, Console& console);
[[nodiscard]] ExitCode run(const RunbookOptions& options, Console& console);
[[nodiscard]] ExitCode run(const WhatIfOptions& options, Console& console);

/// The program: understands the command line, carries the command out, and turns what escapes into an exit code.
[[nodiscard]] ExitCode casplan(int argument_count, const char* const* arguments, std::ostream& out,
                               std::ostream& error);

}  // namespace casplan::tools
