#pragma once

#include <optional>
#include <vector>

#include "simulator/trace.h"

namespace casplan::tools {

/// Where Event 46 is met in the states of a plan, which are added one after the other.
class Event46Course {
 public:
  void add(const simulator::PassingState& state);

  [[nodiscard]] bool occurs() const { return occurs_; }
  [[nodiscard]] bool is_there_at_the_end() const { return occurs_last_; }
  /// Of some path in some state it cannot be told.
  [[nodiscard]] bool is_doubtful() const { return is_doubtful_; }
  /// The end of today's Event 46, where no path fails later that did not fail all the time before; empty otherwise.
  [[nodiscard]] std::optional<Minutes> end_of_todays() const { return occurs_anew_ ? std::nullopt : end_; }

 private:
  std::vector<bool> failed_so_far_;  // by path
  bool occurs_ = false;
  bool occurs_last_ = false;
  bool occurs_anew_ = false;
  bool is_doubtful_ = false;
  std::optional<Minutes> end_;
};

}  // namespace casplan::tools
