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

/// Asks Z3 about a problem that `smt_problem` wrote, for so many seconds at most. An error is a sentence, which says
/// what to install where Z3 is missing.
[[nodiscard]] tl::expected<Z3Answer, std::string> ask_z3(const std::string& problem, int seconds);

}  // namespace casplan::oracle
