#pragma once

#include <vector>

#include "verifier/order_columns.h"

namespace casplan::verifier {

/// Two servers and the steps of theirs that matter, by their places in the lists of all their steps.
struct TwoServers {
  ServerId first;
  ServerId second;
  const std::vector<std::size_t>& of_first;
  const std::vector<std::size_t>& of_second;
};

/// The excerpt of two servers. Of the first a column was made.
[[nodiscard]] Excerpt excerpt_of(const TwoServers& ends, const StepsByServer& steps_at,
                                 const std::vector<std::vector<StepSet>>& own_orders, const OrderColumns& columns);

}  // namespace casplan::verifier
