#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/measures.h"
#include "model/organisation.h"
#include "model/plan.h"
#include "model/rules.h"
#include "simulator/trace.h"

/// What differs between two plans, each carried out on its own organisation. Ids of servers and sites are the same in
/// both organisations; steps are the same where their ids are.
namespace casplan::whatif {

/// What the users of a path meet while a plan is carried out.
struct PathCourse {
  Minutes event46{0};                           ///< how long it fails with Event 46
  Minutes faulty{0};                            ///< how long it fails for another reason
  std::optional<std::int64_t> user_minutes{0};  ///< of those who fail; empty: not known
  std::optional<std::int64_t> most_users{0};    ///< who fail at a time; empty: not known
  Verdict at_the_end = Verdict::works;

  friend bool operator==(const PathCourse&, const PathCourse&) = default;
};

/// A path that is in one of the two alone has no course in the other.
struct PathDifference {
  ServerId front;
  ServerId target;
  std::optional<PathCourse> before;
  std::optional<PathCourse> after;

  friend bool operator==(const PathDifference&, const PathDifference&) = default;
};

/// What the users of a site meet while a plan is carried out. Figures are empty where they are not known.
struct SiteCourse {
  Minutes failing{0};  ///< how long some of them fail, with Event 46 or otherwise
  std::optional<std::int64_t> failing_user_minutes{0};
  std::optional<std::int64_t> most_failing{0};  ///< at a time
  Minutes without_service{0};                   ///< how long some of them have no server
  std::optional<std::int64_t> unavailable_user_minutes{0};
  std::optional<std::int64_t> most_unavailable{0};

  friend bool operator==(const SiteCourse&, const SiteCourse&) = default;
};

struct SiteDifference {
  SiteId site;
  SiteCourse before;
  SiteCourse after;

  friend bool operator==(const SiteDifference&, const SiteDifference&) = default;
};

enum class StepChange {
  left_out,
  added,
  other_work,  ///< or, of a copy, from another server first
  starts_later,
  starts_earlier,
  other_length,  ///< from the same start
};

/// A step that is in one of the two plans alone, at another time, or does something else.
struct StepDifference {
  std::string id;
  StepChange change;
  std::optional<PlannedStep> before;
  std::optional<PlannedStep> after;

  friend bool operator==(const StepDifference&, const StepDifference&) = default;
};

struct Difference {
  std::vector<PathDifference> paths;  ///< those that differ, by front, then by target
  std::vector<SiteDifference> sites;  ///< those that differ, in the organisation's order
  std::vector<StepDifference> steps;  ///< those that differ: of the first plan in its order, then new ones in theirs

  [[nodiscard]] bool is_none() const { return paths.empty() && sites.empty() && steps.empty(); }
  friend bool operator==(const Difference&, const Difference&) = default;
};

/// A plan and what happens while it is carried out.
struct Played {
  const Plan& plan;
  const simulator::Trace& trace;
};

[[nodiscard]] Difference difference(const Played& before, const Played& after);

/// `starts_later`
[[nodiscard]] std::string_view to_string(StepChange change);

/// The steps alone.
[[nodiscard]] std::vector<StepDifference> step_differences(const Plan& before, const Plan& after);

}  // namespace casplan::whatif
