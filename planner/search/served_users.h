#pragma once

#include <optional>
#include <vector>

#include "planner/search/cost.h"
#include "planner/search/problem.h"

namespace casplan::planner {

/// Who serves the users of a site. Servers are places in `Problem::worked`.
struct ServedSite {
  std::vector<std::size_t> cas;     ///< all of them; none where something is not done to one of them
  std::vector<Parts> by_entry;      ///< users by entry point, where they are known
  std::optional<std::size_t> only;  ///< the only one that serves, where it changes
  bool is_proxied = false;          ///< every front is elsewhere, and nobody is redirected there
  /// Fronts that no changed CAS of the site may meet as they were found, by paths that work today.
  std::vector<std::size_t> guards;

  [[nodiscard]] Parts users() const;
};

/// Who serves those who come by an entry point.
struct ServedEntry {
  std::vector<std::size_t> fronts;  ///< that serve in the end; none where not all of them change
  std::optional<std::size_t> only;  ///< the only one
  Parts users = 0;          ///< who have nothing without a front, but for those whose site has nobody then anyway
  bool is_apart = true;     ///< no front is one of another entry point, too
  bool is_seen = false;     ///< they come to more sites than crews could upgrade at the same time
  std::vector<bool> waits;  ///< by site: as long as no front has changed, nothing of a changed CAS is seen
};

/// What of users and servers does not depend on the situation.
struct ServedUsers {
  /// Users are counted in parts; not at all where some figure is not known. The problem's servers are apart.
  ServedUsers(Problem& problem, Parts parts_of_a_user);

  bool are_known;
  std::vector<ServedSite> sites;     ///< in the organisation's order
  std::vector<ServedEntry> entries;  ///< likewise
  std::int64_t longest_upgrade = 1;  ///< of a CAS that is the only one of its site, in minutes
};

}  // namespace casplan::planner
