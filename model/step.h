#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/version.h"

namespace casplan {

/// Durations are whole minutes.
using Minutes = std::chrono::duration<std::int64_t, std::ratio<60>>;
inline constexpr Minutes a_day{std::int64_t{24} * 60};
inline constexpr Minutes a_week = 7 * a_day;
/// A moment in UTC, to the minute.
using Moment = std::chrono::sys_time<Minutes>;

/// What a step does to its server (contract, "What a step does"). The effect is there at the step's end; only an
/// upgrade takes its server out of service from its start.
enum class StepKind {
  drain,              ///< the server goes out of service
  upgrade,            ///< new build and OWA version, or those from before rollups, which are removed; folders as rules
                      ///< section 4; everything present is loaded
  ensure_folder,      ///< the folder is present, copied from a source unless it is there already
  recycle,            ///< everything present is loaded; the server stays in service
  return_to_service,  ///< the server is in service again; loads no folders
};

/// One change of one server. Order exists only in a plan.
struct Step {
  StepKind kind = StepKind::recycle;
  ServerId server;
  std::optional<BuildVersion> build;  ///< what an upgrade installs, or goes back to; only there
  std::optional<OwaVersion> folder;   ///< what an ensure_folder puts in place; only there
  std::vector<ServerId> sources;      ///< from whom it may be copied, in order of preference; empty: any holder

  friend bool operator==(const Step&, const Step&) = default;
};

/// Whether an upgrade from one build to another removes rollups: the other is an earlier build of the same level
/// (rules, section 4). The kind of such a step is `upgrade` all the same.
[[nodiscard]] bool removes_rollups(const BuildVersion& from, const BuildVersion& to);

/// Whether a crew does such a step: an upgrade or a folder copy (contract, "Measures").
[[nodiscard]] bool needs_crew(StepKind kind);

/// Whether such a step moves users away from its server or back to it, and changes neither build nor folders.
[[nodiscard]] bool moves_users(StepKind kind);

/// The name of a step's kind in documents: `drain`, `upgrade`, `ensure_folder`, `recycle`, `return`.
[[nodiscard]] std::string_view to_string(StepKind kind);
[[nodiscard]] std::optional<StepKind> parse_step_kind(std::string_view text);
[[nodiscard]] const std::vector<StepKind>& all_step_kinds();

}  // namespace casplan
