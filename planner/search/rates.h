#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "planner/search/cost.h"
#include "planner/search/problem.h"
#include "simulator/assessment.h"

namespace casplan::planner {

/// What a minute in a situation costs, under the first value of each open reading.
struct Rate {
  Parts event46 = 0;
  Parts unavailable = 0;
  Parts lagging = 0;
  std::vector<Parts> lagging_by_site;  ///< in the organisation's order
};

/// Counts users in situations, each constellation of servers once. Where mailboxes or shares are not known, every site
/// counts as one user and every entry point the same.
class Rates {
 public:
  explicit Rates(const Problem& problem);
  Rates(const Rates&) = delete;
  Rates& operator=(const Rates&) = delete;

  [[nodiscard]] const Rate& at_situation(const Situation& situation);
  /// Who has nothing with the server out of service and everything else as it was found, or back in service.
  [[nodiscard]] Parts unavailable_without(ServerId server);
  [[nodiscard]] Parts parts_of_a_user() const { return unit_; }

 private:
  void set(ServerId server, const ServerState& state, Service service);
  void set_members(std::size_t place, const Slot& slot);
  void count_what_changed();
  void count_site(SiteId site);

  const Problem& problem_;
  Organisation counted_;  // with every figure known
  std::vector<ProxyPath> paths_;
  simulator::WantedBuilds wanted_;
  Readings readings_;
  Parts unit_ = 1;
  State state_;                                    // the one that was counted last
  std::vector<ServerId> changed_;                  // since then
  std::vector<std::optional<std::size_t>> turns_;  // by worked server: whose turn it was then; empty: not told
  std::optional<simulator::RunningAssessment> assessment_;
  Rate rate_;
  std::vector<Parts> event46_by_site_;
  std::vector<Parts> unavailable_by_site_;
  std::unordered_map<std::string, Rate> known_;
};

/// The least unit that makes every share of users a whole number; 0 where that is too small to count with.
[[nodiscard]] Parts parts_of_a_user(const Organisation& organisation);

}  // namespace casplan::planner
