#pragma once

#include "model/measures.h"
#include "planner/bound_facts.h"

namespace casplan::planner {

/// The bound of plans of one crew that works at any time, raised by what it costs that fronts come first: it is about
/// plans in which as few users are without service as the bound says, where that counts more than the feature lag.
///
/// In such a plan every entry point with several fronts keeps one in service all the time. Before a target comes back
/// that is too new for unchanged fronts, one front of each of these entry points has come back, with the folders that
/// unchanged targets need (`copies_to_spare_users`). So the crew upgrades and fills these fronts first; then the sites
/// follow, those with the most users for their time first (Smith's rule). A site with one CAS waits until the last of
/// the fronts is in service; the others may be begun before that, and held out.
///
/// One or two more entry points may have a single front that needs a copy. These go last of the fronts. While one comes
/// back, a site with one CAS is upgraded, whose users have nothing anyway.
///
/// `late_copies`: so many are needed by any such plan, and each of them after the upgrade of its server. A contract:
/// mailboxes and shares are known.
[[nodiscard]] Measures with_fronts_first(const BoundFacts& facts, std::int64_t late_copies, Measures bound);

}  // namespace casplan::planner
