#pragma once

#include <boost/rational.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "model/plan.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::oracle {

/// Exact users. The denominators divide 100 x fronts x targets, which are few.
using Amount = boost::rational<std::int64_t>;

/// The nearest integer; a half goes up.
[[nodiscard]] std::int64_t rounded(const Amount& amount);

/// The users of one site, each in one group (contract, "Measures").
struct SiteUsers {
  Amount served;
  Amount broken;
  Amount event46;
  Amount unavailable;
  Amount undecided;
  Amount lagging;

  [[nodiscard]] Amount all() const { return served + broken + unavailable + undecided; }
};

struct AllUsers {
  std::map<Pair, Amount> on_pair;
  std::vector<SiteUsers> sites;
};

/// The build that is wanted for each server, in the organisation's order; empty: nothing is wanted, nobody lags.
using Wanted = std::vector<std::optional<BuildVersion>>;

/// Counts every user once. Asks for an organisation in which mailboxes, shares and sites are known.
[[nodiscard]] AllUsers count_users(const Organisation& organisation, const NaiveState& state, const Readings& readings,
                                   const Wanted& wanted);

struct Totals {
  std::int64_t event46_user_minutes = 0;
  std::int64_t unavailable_user_minutes = 0;
  std::int64_t copies = 0;
  std::int64_t feature_lag_user_minutes = 0;
  std::int64_t makespan_minutes = 0;
};

/// The same before rounding.
struct ExactTotals {
  Amount event46;
  Amount unavailable;
  Amount lagging;
  std::int64_t copies = 0;
  std::int64_t makespan = 0;
};

/// What part of a site's users counts at a minute.
using Part = std::function<Amount(SiteId, Moment)>;

/// Lives through a scheduled plan minute by minute; empty where a step cannot be begun when its time comes. Asks for
/// steps of at least one minute, of which those of one server do not overlap.
[[nodiscard]] std::optional<ExactTotals> live_exactly_through(const Organisation& organisation, const Plan& plan,
                                                              const Readings& readings, const Wanted& wanted);

/// The same, with a part of the users.
[[nodiscard]] std::optional<ExactTotals> live_exactly_through(const Organisation& organisation, const Plan& plan,
                                                              const Readings& readings, const Wanted& wanted,
                                                              const Part& part);

/// The same with all users, rounded.
[[nodiscard]] std::optional<Totals> live_through(const Organisation& organisation, const Plan& plan,
                                                 const Readings& readings, const Wanted& wanted);

}  // namespace casplan::oracle
