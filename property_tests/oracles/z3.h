#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace casplan::oracle {

/// The least cost: a value for each objective, in their order.
using Z3Optimum = std::vector<std::int64_t>;
struct Z3NoPlan {};
struct Z3OutOfTime {};
using Z3Answer = std::variant<Z3Optimum, Z3NoPlan, Z3OutOfTime>;

/// When Z3 gives up.
struct Z3Limit {
  int seconds = 0;        ///< 0: at no time
  std::int64_t work = 0;  ///< in Z3's own units, some millions in a second, the same on every machine; 0: never
};

/// Asks Z3 about a problem that `smt_problem` wrote. An error is a sentence, which says what to install where Z3 is
/// missing.
[[nodiscard]] tl::expected<Z3Answer, std::string> ask_z3(const std::string& problem, const Z3Limit& limit);

}  // namespace casplan::oracle
