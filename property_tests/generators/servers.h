#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "model/catalogue.h"
#include "model/organisation.h"

namespace casplan {

/// What may be written in InternalURL, not known among it: mostly a good https address, sometimes http, sometimes no
/// address at all.
[[nodiscard]] rc::Gen<std::optional<std::string>> any_internal_url(std::string host);

/// A folder list of a server that runs `own`: nearly always its own folder, and some of the palette's and the
/// catalogue's, seldom one that is named after the build. Each version once.
[[nodiscard]] rc::Gen<FolderList> any_folders(std::optional<Build> own, std::vector<Build> palette);

/// A Client Access server with one of the palette's builds and every kind of gap in what is known about it.
[[nodiscard]] rc::Gen<Server> any_cas(std::string name, SiteId site, std::vector<Build> palette);

/// A server without the Client Access role.
[[nodiscard]] rc::Gen<Server> any_other_server(std::string name, SiteId site, std::vector<Build> palette);

/// A Client Access server of which everything is known and nothing stands in the way of a proxy: https, Integrated
/// Windows authentication, in service, its own folder and those of `others` listed and loaded.
[[nodiscard]] Server plain_cas(std::string name, SiteId site, const Build& build, const std::vector<Build>& others);

}  // namespace casplan
