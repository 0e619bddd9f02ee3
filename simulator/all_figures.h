#pragma once

#include <optional>
#include <vector>

#include "model/measures.h"
#include "simulator/activity_clock.h"
#include "simulator/assessment.h"

namespace casplan::simulator {

/// The user-minutes of one measure; empty as soon as one of its figures is not known.
class UserMinutes {
 public:
  void add(const Users& users, Minutes duration);
  [[nodiscard]] std::optional<std::int64_t> total(std::int64_t divisor = 1) const;

 private:
  ExactSum sum_;
  bool known_ = true;
};

/// Of each site's figures the sums that users are measured by.
class UserFigures {
 public:
  void add(const SiteAssessment& figures, Minutes duration);
  /// The measures that count user-minutes, through `divisor`; the others are empty.
  [[nodiscard]] Measures totals(std::int64_t divisor = 1) const;

 private:
  UserMinutes event46_;
  UserMinutes unavailable_;
  UserMinutes lagging_;
};

/// The figures of every path and site while servers change, and their totals over time. A site is counted when its
/// figures are about to change. Refers to all that it is made from.
class AllFigures {
 public:
  AllFigures(const Organisation& organisation, const State& state, const Readings& readings, const WantedBuilds& wanted,
             const ActivityClock& clock = {});

  [[nodiscard]] const Assessment& now() const { return assessment_.now(); }

  /// Counts what the users had until now, and then the change of the server in the state.
  void update(ServerId server, Minutes now);

  /// The user-minutes until the end. No update may follow.
  [[nodiscard]] Measures at_the_end(Minutes end);

  /// The same of those who would have been logged on; asked after `at_the_end`. Empty without a table of activity.
  [[nodiscard]] Measures logged_on() const;

 private:
  void count(SiteId site, Minutes time);

  std::vector<ProxyPath> paths_;
  RunningAssessment assessment_;
  std::vector<Minutes> counted_until_;  // by site
  ActivityClock clock_;
  UserFigures everybody_;
  UserFigures logged_on_;  // in percent-minutes
};

}  // namespace casplan::simulator
