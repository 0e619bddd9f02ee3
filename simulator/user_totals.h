#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "model/measures.h"
#include "model/organisation.h"
#include "model/rules.h"
#include "model/state.h"
#include "model/step.h"
#include "model/users.h"
#include "simulator/activity_clock.h"
#include "simulator/assessment.h"

namespace casplan::simulator {

/// What the users have over time, in total, while servers change: the same as the figures of all sites added up,
/// without a figure for any path or site. Servers are one kind if they are in the same state and everything that counts
/// is the same. Sites whose servers are of the same kinds are counted together, because each of their users has the
/// same; so are fronts of one kind. Refers to all that it is made from.
class UserTotals {
 public:
  UserTotals(const Organisation& organisation, const State& state, const Readings& readings, const WantedBuilds& wanted,
             const ActivityClock& clock = {});

  /// Counts from `now` on what users have since this server changed in the state. A contract: time never goes back.
  void update(ServerId server, Minutes now);

  /// The user-minutes until now; empty where some figure is not known. No update may follow.
  [[nodiscard]] Measures at_the_end(Minutes now);
  /// After that: the user-minutes with broken pages or failed proxies that are no Event 46; empty likewise.
  [[nodiscard]] std::optional<std::int64_t> broken_pages() const;
  /// After that: whether anybody met Event 46, be it less than half a user-minute.
  [[nodiscard]] std::optional<bool> met_event46() const;

  /// Counts anew from minute 0 on, with the state as it is now. What is known of kinds of servers is kept, so this is
  /// faster than a new one.
  void restart();

  /// The same of those who would have been logged on; asked after `at_the_end`. Empty without a table of activity.
  [[nodiscard]] Measures logged_on() const { return logged_on_; }

 private:
  using KindId = std::uint32_t;
  struct Kind {
    RoutingFacts routing;  ///< its site is known, or is not, and differs from that of a front
    ServerState state;
    std::optional<BuildVersion> wanted;

    friend auto operator<=>(const Kind&, const Kind&) = default;
  };
  /// How many CAS of each kind a site has; and the site, where it holds fronts.
  using Makeup = std::pair<std::optional<SiteId>, std::map<KindId, std::int64_t>>;
  /// What the users of sites have in common who are counted together.
  struct Common {
    Makeup makeup;
    Minutes utc_offset;  ///< where it is not asked who is logged on: 0

    friend auto operator<=>(const Common&, const Common&) = default;
  };
  /// For one user.
  struct Rates {
    ExactSum event46;
    ExactSum broken_pages;
    ExactSum unavailable;
    ExactSum lagging;

    void add(const Rates& other, std::int64_t times);
    [[nodiscard]] Measures nearest(std::int64_t divisor = 1) const;
  };
  struct Group {
    const Common* common;
    UserCount users = 0;
    Minutes since{0};
    std::int64_t user_minutes = 0;  ///< until `since`, since fronts changed the last time
    std::int64_t logged_on = 0;     ///< of these the percent-minutes of users who are logged on
  };
  /// The fronts of an entry point that are in service.
  struct Fronts {
    std::int64_t count = 0;
    std::map<std::pair<std::optional<SiteId>, KindId>, std::int64_t> by_kind;  ///< and by site
  };
  class Counter;

  [[nodiscard]] KindId kind_of(ServerId server);
  [[nodiscard]] std::size_t group_of(SiteId site);
  void move(SiteId site, Minutes now);
  void settle(Group& group, Minutes now);
  void count_all(Minutes now);
  void find_fronts_in_service();
  [[nodiscard]] Verdict verdict(KindId front, KindId target);
  [[nodiscard]] bool lags(KindId renderer) const;

  const Organisation& organisation_;
  const State& state_;
  const Readings& readings_;
  const WantedBuilds& wanted_;
  bool is_known_;                              ///< whether all figures are
  std::vector<bool> is_front_;                 // by server
  std::vector<bool> holds_fronts_;             // by site
  std::vector<std::vector<ServerId>> cas_of_;  // by site
  std::vector<RoutingFacts> routing_;          // by server
  std::map<Kind, KindId> kinds_;
  std::vector<const Kind*> kind_;                        // by id
  std::vector<KindId> kind_of_;                          // by server
  std::unordered_map<std::uint64_t, Verdict> verdicts_;  // by kinds of front and target
  std::map<Common, std::size_t> group_with_;
  std::vector<Group> groups_;
  std::vector<std::size_t> group_of_;  // by site
  std::vector<Fronts> fronts_;         // by entry point
  ActivityClock clock_;
  Rates totals_;
  Rates logged_on_totals_;  // in percent-minutes
  Measures logged_on_;
};

}  // namespace casplan::simulator
