#pragma once

#include <utility>
#include <vector>

#include "model/organisation.h"
#include "planner/changes.h"

namespace casplan::planner {

/// Pairs of servers that change, of which the first is upgraded before the second, because the roles of a site follow
/// each other: Client Access, Hub Transport, Unified Messaging, Mailbox (rules, section 5). Only between a role
/// and the next one that changes in the site: the other pairs follow. By site, then by role, then by server.
[[nodiscard]] std::vector<std::pair<ServerId, ServerId>> order_of_roles(const Organisation& organisation,
                                                                        const Changes& changes);

}  // namespace casplan::planner
