#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "model/ids.h"
#include "verifier/step_order.h"

namespace casplan::verifier {

/// By server, its steps in the plan's order.
using StepsByServer = std::vector<std::vector<StepIndex>>;

/// What the arrows say about every step of a plan and the steps of a few servers. A column is one server; in its
/// words, bit i of word w stands for step 64 w + i of the server. Time: each arrow once in either direction, for each
/// word. Memory: 16 bytes for each step and word.
class OrderColumns {
 public:
  using Words = std::span<const std::uint64_t>;

  /// Where the words of a server are.
  struct Column {
    std::size_t first_word;
    std::size_t words;
  };

  OrderColumns(const StepOrder& order, const StepsByServer& steps_at, const std::vector<ServerId>& servers);

  /// Asks for one of the servers.
  [[nodiscard]] Column column(ServerId server) const;
  /// The column's steps that must have ended before this step begins.
  [[nodiscard]] Words before(StepIndex step, const Column& column) const { return row(before_, step, column); }
  /// The column's steps that begin only after this step has ended.
  [[nodiscard]] Words after(StepIndex step, const Column& column) const { return row(after_, step, column); }

  /// How many words the column of a server with so many steps has.
  [[nodiscard]] static std::size_t words(std::size_t steps) { return (steps + 63) / 64; }

 private:
  [[nodiscard]] Words row(const std::vector<std::uint64_t>& bits, StepIndex step, const Column& column) const {
    return Words(bits).subspan(step.value * width_ + column.first_word, column.words);
  }
  void mark_own(const std::vector<StepIndex>& steps, const Column& column);
  void add(std::vector<std::uint64_t>& bits, StepIndex to, StepIndex from) const;

  std::map<ServerId, Column> columns_;
  std::size_t width_ = 0;
  std::vector<std::uint64_t> own_;     // by step: itself, where it is a step of a column
  std::vector<std::uint64_t> before_;  // by step
  std::vector<std::uint64_t> after_;   // by step
};

[[nodiscard]] StepSet to_set(OrderColumns::Words words);

/// By server, for each of its steps, which of its other steps must precede it, in the plan's order. Empty for a server
/// with more than `most_steps` steps.
[[nodiscard]] std::vector<std::vector<StepSet>> own_orders(const Plan& plan, const StepOrder& order,
                                                           const StepsByServer& steps_at);

}  // namespace casplan::verifier
