#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/plan.h"
#include "model/readings.h"
#include "model/state.h"
#include "verifier/step_order.h"

namespace casplan::verifier {

/// Every order of the steps of a few servers, with every single failure among them.
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
  enum Progress : char { waiting, running, ended };

  /// What some order leads to.
  struct Situation {
    const std::vector<ServerState>& servers;  ///< in the order of the exploration's servers
    const std::string& progress;              ///< of the exploration's steps, in their order
    std::uint64_t watched;                    ///< what held all the way here
    bool is_complete;                         ///< every step has ended
  };

  enum class Verdict { go_on, stop };

  struct Visitor {
    /// Judges a situation.
    std::function<Verdict(const Situation&)> judge;
    /// Judges a step that may begin now.
    std::function<Verdict(const Situation&, StepIndex)> may_begin;
    /// Conditions, by bit, of which the situation keeps those that held from the start without a break.
    std::function<std::uint64_t(const Situation&)> watch;
  };

  /// How the exploration ended.
  struct Result {
    bool is_exhaustive = true;       ///< false: there were more steps or situations than are followed
    bool is_stopped = false;         ///< by a visitor; then also:
    std::vector<StepIndex> ended{};  ///< the steps that had ended, in that order
    std::vector<StepIndex> running{};
    std::optional<StepIndex> last{};  ///< the step that began or ended last, or that may begin
  };

  static constexpr std::size_t most_situations = 100'000;
  static constexpr std::size_t most_steps = 256;

  /// `steps` are the steps of these servers that matter; leaving one out means that it makes no difference.
  Exploration(const State& found, const Plan& plan, const StepOrder& order, std::vector<ServerId> servers,
              std::vector<StepIndex> steps);

  [[nodiscard]] Result run(const Readings& readings, const Visitor& visitor) const;

 private:
  class Run;

  const State& found_;
  const Plan& plan_;
  std::vector<ServerId> servers_;
  std::vector<StepIndex> steps_;
  std::vector<std::size_t> server_of_;               // by step: a place in servers_
  std::vector<std::vector<std::size_t>> preceding_;  // by step: places in steps_
};

}  // namespace casplan::verifier
