#pragma once

#include <optional>
#include <vector>

#include "model/ids.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "verifier/safety.h"

/// What it means for people when the work on a plan stops for good, as data.
namespace casplan::verifier {

using EntryPointId = Index<struct EntryPointList>;

/// When the work stops, seen from a step.
enum class StopTime {
  in_the_middle,  ///< the step failed: an upgrade left its server at the old build and out of service, an ensure_folder
                  ///< a part of the folder; any other step has done nothing
  at_the_end,     ///< the step has ended
};

/// A path that is worse than today, and why: it meets Event 46; it cannot be told (a fact is missing); or the rules let
/// it through (`Verdict::works`), but its front shows pages of a folder that is there only in part.
struct PathFault {
  ProxyPath path;
  Judgement judgement;
  Readings readings;  ///< the first of the open ones under which it is so

  friend bool operator==(const PathFault&, const PathFault&) = default;
};

enum class WayOutKind {
  go_on,                  ///< with the plan
  repeat_step,            ///< the one that failed, and go on with the plan
  remove_partial_folder,  ///< which leaves the server as it was before the step
  return_servers,         ///< to service, as they are
  remove_rollups,         ///< which brings back the builds before them, and return what is out
  stay_out,               ///< not a way: servers that cannot return as they are, and the obstacle to removing what was
                          ///< installed. Ways of another kind, as to copy a folder, are not judged
};

/// Why a build cannot be taken back.
enum class Obstacle {
  none,
  service_pack,   ///< it cannot be removed
  still_failing,  ///< without the rollups of all that are out, and all of them back, a path would be worse than today
  not_judged,     ///< more servers are out than are judged for it
};

/// A way from a state in which the work stopped, judged under every open reading.
struct WayOut {
  WayOutKind kind;
  Safety safety;
  std::vector<ServerId> servers{};          ///< that it returns or changes, or that have to stay out
  std::optional<PathFault> forbidden_by{};  ///< what would happen then, where it is not safe
  Obstacle obstacle = Obstacle::none;       ///< of `stay_out`

  friend bool operator==(const WayOut&, const WayOut&) = default;
};

/// The state when the work stops at a step for good: exactly those steps have ended that are before it in the order of
/// the schedule, `also_ended`, and the step itself unless it failed. Of a state in which others have ended, or some of
/// these have not, it says nothing.
struct Stop {
  StepIndex step;
  StopTime time;
  /// Those that had begun by the step's end, though they come after it in the order of the schedule; in that order,
  /// without a gap from the step on.
  std::vector<StepIndex> also_ended;
  /// Safe: nobody has it worse than today. No path meets Event 46 under any open reading that does not today, nobody
  /// is without a server who had one, no pages come from a folder that is there in part.
  Safety safety;
  std::vector<ServerId> out_of_service;                    ///< of those that were in service when found
  std::vector<SiteId> sites_without_service;               ///< nobody of these sites is served, and somebody was
  std::vector<EntryPointId> entry_points_without_service;  ///< every front is out, and one was not
  std::vector<PathFault> faults;                           ///< Event 46 or unknown; none where the plan is proved safe
  std::vector<ProxyPath> partial_folder_paths;             ///< no Event 46, but broken pages (rules, section 4)
  std::vector<WayOut> ways_out;

  friend bool operator==(const Stop&, const Stop&) = default;
};

}  // namespace casplan::verifier
