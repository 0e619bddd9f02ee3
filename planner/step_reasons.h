#pragma once

#include <string>

#include "model/organisation.h"
#include "model/policy.h"
#include "planner/changes.h"

/// Why a step is in a plan, and why one comes after another: the sentences that do not depend on how a plan was found.
/// Those of steps end with a full stop, those of arrows do not.
namespace casplan::planner {

/// Of an upgrade to one of the hops of its server.
[[nodiscard]] std::string why_upgraded(const Organisation& organisation, const Policy& policy, ServerId server,
                                       const BuildVersion& build, const Hops& hops);
/// Of the drain of a server whose users others carry.
[[nodiscard]] std::string why_relieved(const Server& server);
/// Of the copy of a folder to a front that needs it for these targets, whose names are given.
[[nodiscard]] std::string why_copied(const Server& front, const std::string& targets, const OwaVersion& folder);
[[nodiscard]] std::string why_loaded(const Server& server);
[[nodiscard]] std::string why_returned(const Server& server);

/// Why the upgrades of a server begin after those of another one: the policy names the two, or else the roles of their
/// site follow each other.
[[nodiscard]] std::string reason_of_order(const Organisation& organisation, const Policy& policy, ServerId first,
                                          ServerId second);

[[nodiscard]] std::string reason_users_have_left(const Server& server);
[[nodiscard]] std::string reason_level_is_there();
[[nodiscard]] std::string reason_upgrade_is_finished(const Server& server);
[[nodiscard]] std::string reason_upgrade_may_remove_folders(const Server& server);
[[nodiscard]] std::string reason_folder_is_in_place();
[[nodiscard]] std::string reason_folders_are_loaded(const Server& server);
[[nodiscard]] std::string reason_serves_again(const Server& server);

/// Why a copy comes after the step that brings its source the folder.
[[nodiscard]] std::string reason_source_gets_folder(const Server& source, const OwaVersion& folder);
/// Why a copy comes before the step that may take the folder from its source.
[[nodiscard]] std::string reason_source_loses_folder(const Server& source, const OwaVersion& folder);

}  // namespace casplan::planner
