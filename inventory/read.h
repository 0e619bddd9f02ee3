#pragma once

#include "inventory/record.h"

namespace casplan::inventory {

/// Reads one file, whatever it is. What cannot be read is a fault that says which exports are, and how to make one.
[[nodiscard]] FileContents read_file(const SourceFile& file);

}  // namespace casplan::inventory
