#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runbook/course.h"

namespace casplan::runbook {

/// How long a Client Access server is out of service while the plan runs.
struct ServerOutage {
  ServerId server;
  Minutes start;   ///< of the first time
  Minutes length;  ///< in all
};
[[nodiscard]] std::vector<ServerOutage> server_outages(const Course& course);

/// Users of a site whom no server serves while the plan runs.
struct SiteOutage {
  SiteId site;
  simulator::Users users;  ///< the most at a time
  Minutes length;          ///< in all
  simulator::Users user_minutes;
};
[[nodiscard]] std::vector<SiteOutage> site_outages(const Course& course);

/// Whether some users of a site, or perhaps some where their number is not known, have no server that serves them.
[[nodiscard]] bool is_unavailable(const simulator::SiteAssessment& site);

/// The step whose end, after the scene's, is the first at which the path does not fail with Event 46; empty where it
/// fails to the plan's end. `path` is a place in `course.paths()`.
[[nodiscard]] std::optional<StepIndex> event46_ends_by(const Course& course, const Scene& scene, std::size_t path);

/// `until step 4 (s4) has ended`, as Markdown.
[[nodiscard]] std::string ended_by(const Course& course, const std::optional<StepIndex>& step);

}  // namespace casplan::runbook
