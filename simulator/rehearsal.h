#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/measures.h"
#include "simulator/conduct.h"
#include "simulator/user_totals.h"

namespace casplan::simulator {

/// What a run comes to: the contract's measures; the user-minutes with broken pages that are no Event 46; and those of
/// the measures' user-minutes in which the users would have been logged on.
inline constexpr std::size_t broken_pages_figure = measure_count;
inline constexpr std::array<Measure, 3> logged_on_measures{
    Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::feature_lag_user_minutes};
inline constexpr std::size_t first_logged_on_figure = broken_pages_figure + 1;
inline constexpr std::size_t figure_count = first_logged_on_figure + logged_on_measures.size();
[[nodiscard]] const std::array<std::string_view, figure_count>& figure_names();
inline constexpr auto makespan_figure = static_cast<std::size_t>(Measure::makespan_minutes);

/// One run of a plan. User figures count to its end, and where it does not finish at least to the plan's; they are
/// empty where they are not known, and the makespan is, from the plan's start, where the run does not finish.
struct RunFigures {
  std::array<std::optional<std::int64_t>, figure_count> figures;
  std::optional<bool> met_event46;
  bool is_finished = false;
  bool missed_window = false;    ///< some step had to wait for another window, or none was left for it
  std::uint64_t final_draw = 0;  ///< that all draws bear on: a run that is repeated has the same; below 2^63

  friend bool operator==(const RunFigures&, const RunFigures&) = default;
};

/// What all runs of a plan have in common. Refers to all that it is made from.
class Rehearsal {
 public:
  /// A contract: the plan is scheduled.
  Rehearsal(const Organisation& organisation, const Plan& plan, const Policy& policy, const Readings& readings);

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] const Timetable& timetable() const { return timetable_; }

  /// What runs use one after the other, so that nothing is learnt twice: one for each thread.
  class Stage {
   public:
    explicit Stage(const Rehearsal& of);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

   private:
    friend class Rehearsal;
    State state_;
    UserTotals users_;
  };

  /// Carries the plan out once, with these faults.
  [[nodiscard]] RunFigures run(const Faults& faults, Stage& stage, Log* log = nullptr) const;
  [[nodiscard]] RunFigures run(const Faults& faults, Log* log = nullptr) const;

 private:
  const Organisation& organisation_;
  const Plan& plan_;
  const Policy& policy_;
  const Readings& readings_;
  WantedBuilds wanted_;
  ActivityTable activity_;
  Timetable timetable_;
  WorkLimits limits_;
  State at_start_;
};

}  // namespace casplan::simulator
