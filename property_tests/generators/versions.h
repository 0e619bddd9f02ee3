#pragma once

#include <rapidcheck.h>

#include <vector>

#include "model/catalogue.h"
#include "model/organisation.h"

namespace casplan {

/// Any four-part version, also of products that do not exist.
[[nodiscard]] rc::Gen<BuildVersion> any_build_version();

/// Any version that can be the name of a resource folder.
[[nodiscard]] rc::Gen<OwaVersion> any_folder_version();

/// A build of the catalogue.
[[nodiscard]] rc::Gen<Build> any_catalogue_build(Product product);

/// Two to four builds of Exchange 2007, ascending: few, so that servers often run the same one.
[[nodiscard]] rc::Gen<std::vector<Build>> any_palette();

/// The folder as it may be written on a disk: `8.1.240.5`, `08.01.0240.005`, or three groups where the fourth is 0.
[[nodiscard]] rc::Gen<ResourceFolder> any_spelling(OwaVersion version);

/// The builds of one product that can be targets, ascending: not withdrawn.
[[nodiscard]] std::vector<Build> installable_builds(Product product);

}  // namespace casplan
