#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "model/organisation.h"

namespace casplan {

/// What it costs to come from one site to another over the site links of Active Directory: the sum of the costs of the
/// links on the cheapest way. Where no link is known all sites are equally far, as if each way cost nothing.
class SiteDistances {
 public:
  /// Refers to the organisation, which must live as long.
  explicit SiteDistances(const Organisation& organisation) : organisation_(organisation) {}

  /// 0 in the same site. Empty where no links lead there, or the site of a server is not known.
  [[nodiscard]] std::optional<std::int64_t> between(ServerId from, ServerId to);

 private:
  using Costs = std::vector<std::optional<std::int64_t>>;  // by site

  [[nodiscard]] Costs costs_from(SiteId from) const;

  const Organisation& organisation_;
  std::map<SiteId, Costs> known_;
};

}  // namespace casplan
