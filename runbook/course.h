#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runbook/input.h"
#include "simulator/reliance.h"

namespace casplan::runbook {

/// What there is between two steps: the state, and what users have in it.
struct Standstill {
  State state;
  simulator::Assessment assessment;
};

/// A step on its day: what there is when it starts, and what there is when it has ended and nothing else has begun.
struct Scene {
  StepIndex index;
  const PlannedStep& planned;
  const Server& server;  ///< on which the step works
  const State& before;   ///< at the step's start
  const State& after;    ///< at the step's end; a step that starts in the same minute has not begun
  const simulator::Assessment& users_after;
};

/// The plan on its way through the schedule: the numbers of its steps, and what there is around each of them.
/// Contract: each step has a schedule, and the trace is this plan's. Refers to the input, which must live as long.
class Course {
 public:
  explicit Course(const RunbookInput& input);

  [[nodiscard]] const Organisation& organisation() const { return input_.organisation; }
  [[nodiscard]] const Plan& plan() const { return input_.plan; }
  [[nodiscard]] const simulator::Trace& trace() const { return input_.trace; }
  [[nodiscard]] const verifier::Report& report() const { return input_.report; }
  [[nodiscard]] const Readings& readings() const { return input_.readings; }
  [[nodiscard]] const std::vector<std::string>& against_policy() const { return input_.against_policy; }

  /// The steps in the order of the schedule.
  [[nodiscard]] const std::vector<StepIndex>& order() const { return order_; }
  /// The step's place in `order`, from 1.
  [[nodiscard]] std::size_t number(StepIndex step) const { return numbers_[step.value]; }
  /// The build that the step's server runs when the step begins; empty where it is not known.
  [[nodiscard]] const std::optional<BuildVersion>& build_before(StepIndex step) const {
    return builds_before_[step.value];
  }
  /// Whether the step goes back to an earlier build by removing rollups.
  [[nodiscard]] bool is_removal(StepIndex step) const;
  /// Minutes from the plan's start.
  [[nodiscard]] Minutes start(StepIndex step) const;
  [[nodiscard]] Minutes end(StepIndex step) const;

  /// What it means that the work stops at the step for good; null where that was not judged.
  [[nodiscard]] const verifier::Stop* stop(StepIndex step, verifier::StopTime time) const;

  /// What there is before the first step.
  [[nodiscard]] const Standstill& today() const { return today_; }
  [[nodiscard]] const std::vector<ProxyPath>& paths() const { return paths_; }
  [[nodiscard]] const simulator::Reliances& reliances() const { return reliances_; }
  /// The paths of which the server is an end, as places in `paths`.
  [[nodiscard]] const std::vector<std::size_t>& paths_of(ServerId server) const { return paths_of_[server.value]; }

  /// Calls `tell` with the step's scene, which lives no longer than the call.
  template <class Tell>
  auto with_scene(StepIndex step, Tell tell) const {
    const auto standstill = standstill_after(step);
    const simulator::TraceState& recorded = recorded_at(end(step));
    const PlannedStep& planned = at(plan().steps, step);
    return tell(Scene{step, planned, at(organisation().servers, planned.step.server), recorded_at(start(step)).state,
                      standstill ? standstill->state : recorded.state,
                      standstill ? standstill->assessment : recorded.assessment});
  }

 private:
  [[nodiscard]] const simulator::TraceState& recorded_at(Minutes minute) const;
  /// Where an upgrade begins in the minute in which the step ends, what there is before that; else empty.
  [[nodiscard]] std::optional<Standstill> standstill_after(StepIndex step) const;

  const RunbookInput input_;
  Moment start_;
  std::vector<StepIndex> order_;
  std::vector<std::size_t> numbers_;
  std::vector<std::optional<BuildVersion>> builds_before_;  // by step
  std::vector<ProxyPath> paths_;
  std::vector<std::vector<std::size_t>> paths_of_;
  simulator::Reliances reliances_;
  Standstill today_;
};

/// The step's number and id, as Markdown: `step 3 (s3)`.
[[nodiscard]] std::string step_label(const Course& course, StepIndex step);

/// Names from the organisation, as Markdown.
[[nodiscard]] std::string server_text(const Course& course, ServerId server);
[[nodiscard]] std::string site_text(const Course& course, std::optional<SiteId> site);

/// Event 46's sentence for a path in a state, as plain text.
[[nodiscard]] std::string event46_text(const Course& course, const ProxyPath& path, const State& state);

}  // namespace casplan::runbook
