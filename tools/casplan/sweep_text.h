#pragma once

#include <vector>

#include "tools/casplan/console.h"
#include "whatif/sweep.h"

namespace casplan::tools {

/// A sweep and its rows, the best first.
struct Swept {
  whatif::Situation situation;
  whatif::Planned before;
  whatif::SweepKind kind;
  std::vector<whatif::SweepRow> rows;
};

void print_sweep(const Swept& swept, Console& console);

}  // namespace casplan::tools
