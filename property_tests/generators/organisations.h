#pragma once

#include <rapidcheck.h>

#include <vector>

#include "model/organisation.h"

namespace casplan {

/// A valid organisation of one to four sites with at most three CAS each, in which every fact may be missing and every
/// fault of a proxy path occurs. Most of them have something broken today.
[[nodiscard]] rc::Gen<Organisation> any_organisation();

/// The same with every fact that user counts are made of: mailboxes, shares, the site and the folders of each server.
[[nodiscard]] rc::Gen<Organisation> any_counted_organisation();

/// An organisation in which everything is known and every path works under every reading: https, Integrated Windows
/// authentication, all in service, fronts that are equal to each other and not older than any target, with the folder
/// of every target.
[[nodiscard]] rc::Gen<Organisation> any_plain_organisation();

/// A plain organisation with a single front, which is alone in its site.
[[nodiscard]] rc::Gen<Organisation> any_plain_organisation_with_one_front();

/// Whole shares, none negative, that sum to 100.
[[nodiscard]] rc::Gen<std::vector<int>> any_shares(int count);

}  // namespace casplan
