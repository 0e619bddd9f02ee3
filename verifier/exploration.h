#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/plan.h"
#include "model/readings.h"
#include "model/state.h"
#include "verifier/excerpt.h"

namespace casplan::verifier {

/// Every order of the steps of an excerpt, with every single failure among them.
///
/// Why a few servers are enough: an order of their steps that agrees with what the arrows say about these steps can
/// always be completed to an order of the whole plan. Only an upgrade is seen while it runs, so every other step counts
/// as one event, at its end.
///
/// Why failures need little: every situation is judged whether or not anything follows, so a step that fails before it
/// does anything, and whatever then is not begun, is met already. So is an ensure_folder that leaves a part of the
/// folder, because a partial folder counts as present. An upgrade that fails in the middle leaves its server at the old
/// build and out of service, as it is while the upgrade runs. And what is done twice at once is as if it were done once
/// (`simulator::finish`), but for the time in which an upgrade takes its server out again, when nobody is proxied.
class Exploration {
 public:
  /// What some order leads to.
  struct Situation {
    const std::vector<const ServerState*>& servers;  ///< in the order of the excerpt's servers
    const StepSet& ended;
    const StepSet& running;
    std::uint64_t watched;  ///< what held all the way here
    bool is_complete;       ///< every step has ended
  };

  /// A fault that was met, and the way there.
  struct Fault {
    std::size_t what;                ///< as the visitor named it
    std::vector<std::size_t> ended;  ///< the steps that had ended, in that order: places in the excerpt, as below
    std::vector<std::size_t> running;
    std::optional<std::size_t> last;  ///< the step that began or ended last, or that may begin
    bool is_complete;
  };

  struct Visitor {
    /// Judges a situation: the name of a fault, if there is one.
    std::function<std::optional<std::size_t>(const Situation&)> judge;
    /// Judges a step that may begin now, in the same way.
    std::function<std::optional<std::size_t>(const Situation&, std::size_t step)> may_begin;
    /// Conditions, by bit, of which a situation keeps those that held from the start without a break.
    std::function<std::uint64_t(const Situation&)> watch;
  };

  enum class Search { first_fault, all_faults };

  struct Result {
    bool is_exhaustive = true;  ///< false: there were more situations than are followed
    std::vector<Fault> faults;
  };

  /// Follows no more than so many situations.
  Exploration(const State& found, const Plan& plan, const Excerpt& excerpt, std::size_t most_situations);

  [[nodiscard]] Result run(const Readings& readings, const Visitor& visitor, Search search) const;

 private:
  class Run;

  const State& found_;
  const Plan& plan_;
  const Excerpt& excerpt_;
  std::size_t most_situations_;
  std::vector<std::size_t> server_of_;  // by step: a place in the excerpt's servers
};

}  // namespace casplan::verifier
