#include "planner/underway.h"

#include <algorithm>
#include <map>

#include "model/state.h"

namespace casplan::planner {
namespace {

class Progressed {
 public:
  Progressed(const Organisation& now, const Plan& announced)
      : plan_(announced), found_(initial_state(now)), done_(announced.steps.size()) {
    for (const StepIndex step : order_of_schedule(announced)) chains_[step_at(step).server].push_back(step);
  }

  Underway run() {
    for (const auto& [server, chain] : chains_) find_evidence(chain);
    spread();
    for (const auto& [server, chain] : chains_) find_ends(chain);
    Underway result{done_, {}};
    for (const auto& [server, chain] : chains_) {
      const bool is_taken_out = std::any_of(chain.begin(), chain.end(), [&](StepIndex step) {
        return step_at(step).kind == StepKind::drain || step_at(step).kind == StepKind::upgrade;
      });
      if (is_taken_out && !at(found_.servers, server).is_in_service()) result.to_return.insert(server);
    }
    return result;
  }

 private:
  using Chain = std::vector<StepIndex>;  // the steps of a server in their order

  [[nodiscard]] const Step& step_at(StepIndex step) const { return at(plan_.steps, step).step; }

  /// Where the server's last done upgrade stands, one after it; 0 where none is done.
  [[nodiscard]] std::size_t after_upgrades(const Chain& chain) const {
    const auto& build = at(found_.servers, step_at(chain.front()).server).build;
    for (std::size_t i = chain.size(); i-- > 0;) {
      if (step_at(chain[i]).kind == StepKind::upgrade && step_at(chain[i]).build == build) return i + 1;
    }
    return 0;
  }

  /// The steps that the state of their server shows to be done: all up to its last such step.
  void find_evidence(const Chain& chain) {
    const ServerState& server = at(found_.servers, step_at(chain.front()).server);
    std::size_t done = after_upgrades(chain);
    for (std::size_t i = done; i < chain.size() && step_at(chain[i]).kind != StepKind::upgrade; ++i) {
      const Step& step = step_at(chain[i]);
      const bool is_drained = step.kind == StepKind::drain && !server.is_in_service();
      const bool is_there = step.kind == StepKind::ensure_folder && server.present.has(*step.folder) == Knowledge::yes;
      if (is_drained || is_there) done = i + 1;
    }
    for (std::size_t i = 0; i < done; ++i) done_[chain[i].value] = true;
  }

  /// What a done step comes after is done.
  void spread() {
    auto order = in_order_of_arrows(plan_);
    std::reverse(order.begin(), order.end());
    for (const StepIndex step : order) {
      if (!done_[step.value]) continue;
      for (const Arrow& arrow : at(plan_.steps, step).after) done_[arrow.step.value] = true;
    }
  }

  /// A server that serves has been recycled and returned, where all before that is done.
  void find_ends(const Chain& chain) {
    const ServerState& server = at(found_.servers, step_at(chain.front()).server);
    for (std::size_t i = 1; i < chain.size(); ++i) {
      if (!done_[chain[i - 1].value]) return;
      const StepKind kind = step_at(chain[i]).kind;
      const bool has_loaded = kind == StepKind::recycle && server.loaded == server.present;
      const bool is_back = kind == StepKind::return_to_service && server.is_in_service();
      if (has_loaded || is_back) done_[chain[i].value] = true;
    }
  }

  const Plan& plan_;
  State found_;
  std::vector<bool> done_;
  std::map<ServerId, Chain> chains_;
};

}  // namespace

Underway underway(const Organisation& now, const Plan& announced) {
  return Progressed(now, announced).run();
}

}  // namespace casplan::planner
