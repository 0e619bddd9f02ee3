#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"
#include "property_tests/oracles/server_life.h"

namespace casplan::oracle {

/// When each server may be worked on, by the minute from the policy's start. Minutes after which everything will be as
/// it has been before are one and the same: there are finitely many.
class WorkTimes {
 public:
  WorkTimes(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives);

  /// How many different minutes there are: from 0, each followed by the next.
  [[nodiscard]] int count() const { return count_; }

  /// The minute that comes some minutes after one of them; empty where that is later than all plans have to end.
  [[nodiscard]] std::optional<int> after(int minute, int minutes) const;

  /// Whether a step of some minutes that begins at a minute lies in the windows of its server, one of which may go on
  /// where another ends.
  [[nodiscard]] bool allows(std::size_t server, int begin, int minutes) const;

  /// The minutes at which a plan may have to begin: where there are no windows, the first alone.
  [[nodiscard]] std::vector<int> beginnings() const;

  /// For how many minutes, from this one, nobody needs to work; 0 where somebody may.
  ///
  /// While no window is open, servers without windows may still be worked on. There is a limit to the minutes that this
  /// can take; in a longer time some minutes are idle, and all of these may be put together to one long rest, because
  /// that changes no order and the cheapest state to rest in is one of them. So no more than that limit needs to be
  /// worked after the last window has closed, nor before the next one opens.
  [[nodiscard]] int rest(int minute) const { return rests_[static_cast<std::size_t>(minute)]; }

 private:
  [[nodiscard]] int folded(int minute) const;
  void open(std::size_t server, int begin, int minutes);
  void find_rests(int most_minutes_of_work);

  int count_ = 1;
  int circle_ = 1;  ///< after the last minute follows the one that is so many before its end
  std::optional<int> latest_end_;
  bool has_windows_ = false;
  std::vector<std::vector<bool>> is_open_;  ///< by server and minute; empty for a server without windows
  std::vector<int> rests_;
};

}  // namespace casplan::oracle
