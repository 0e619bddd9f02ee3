#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "model/site_links.h"
#include "planner/search/problem.h"
#include "planner/search/timed_step.h"
#include "planner/search/variants.h"

namespace casplan::planner {

/// Between which steps a server surely holds a folder.
struct Holding {
  std::optional<std::size_t> gained_by;  ///< empty: since today
  std::optional<std::size_t> lost_by;    ///< empty: for good

  /// Whether nothing has to wait for a step of the server.
  [[nodiscard]] bool is_free() const { return !gained_by && !lost_by; }
};

/// From where the copies of scheduled steps are taken best: a server in the front's own site, else the one with the
/// least cost by site links. Refers to what it is made from, which must live as long; the steps are by start.
class NearestSources {
 public:
  NearestSources(const Organisation& organisation, Variants& variants, const Meetings& meetings,
                 const std::vector<TimedStep>& steps);

  /// The nearest server in service that holds the folder all the while, of those in the same distance one for whose
  /// steps nothing has to wait; the step's own source where none is better. A contract: the step is a copy and has a
  /// source.
  [[nodiscard]] ServerId nearest(std::size_t copy);

  /// How long the server holds the copy's folder about the time of the copy; empty where it does not surely hold it.
  [[nodiscard]] std::optional<Holding> holding(ServerId server, std::size_t copy);

 private:
  /// Whether it leads to another site, and its cost. Sites to which no links lead are the furthest.
  using Way = std::pair<bool, std::int64_t>;
  using WayTo = std::pair<Way, ServerId>;

  [[nodiscard]] Way way(ServerId from, ServerId to);
  const std::vector<WayTo>& ways_to_holders(ServerId front, const OwaVersion& folder);
  const std::vector<ServerId>& holders_of(const OwaVersion& folder);
  [[nodiscard]] bool ever_holds(ServerId server, const OwaVersion& folder);
  [[nodiscard]] bool is_before(std::size_t first, std::size_t second) const;
  [[nodiscard]] VariantId after(VariantId variant, const Step& step);

  const Organisation& organisation_;
  Variants& variants_;
  const Meetings& meetings_;
  const std::vector<TimedStep>& steps_;
  SiteDistances distances_;
  std::vector<std::vector<std::size_t>> steps_of_;                                   // by server
  std::map<OwaVersion, std::vector<ServerId>> holders_;                              // at some time
  std::map<std::pair<std::optional<SiteId>, OwaVersion>, std::vector<WayTo>> ways_;  // by front's site; nearest first
};

/// The same steps with the nearest sources. Where one loses the folder later in these steps, it has to wait for the
/// copy in every other order, too (`recorded`).
[[nodiscard]] std::vector<TimedStep> with_nearest_sources(Problem& problem, std::vector<TimedStep> steps);

}  // namespace casplan::planner
