#pragma once

#include <optional>
#include <vector>

#include "planner/search/crew_outages.h"
#include "planner/search/rates.h"

namespace casplan::planner {

/// What every way from a situation to the end costs at least, where several crews work, or windows limit the work. Each
/// measure's bound holds for ways that are as good as can be in those before it. Where users are not known, only that
/// of the makespan is told.
///
/// The lag counts the users of each site until the first of its CAS may have changed: in its windows, by the crews,
/// those with the most users first; and not before a front has changed by which they come, and none is left that may
/// not meet what has changed.
class CrewRemaining {
 public:
  /// A contract: no path may break, and the problem's servers are apart. Both must live as long.
  CrewRemaining(Problem& problem, Rates& rates);

  /// Empty where no way leads to the end: no window comes any more for something that is left to do, or none that is
  /// over before the policy's latest end.
  [[nodiscard]] std::optional<Cost> at_least(const Situation& situation);

 private:
  /// What was found out about a situation.
  struct View {
    std::vector<Minute> crews;  ///< when each is free
    Outages outages;
    std::vector<Minute> back;  ///< by entry point: when a changed front serves
    std::vector<bool> copies;  ///< by entry point: whether none does without another copy
    std::vector<Minute>
        released;  ///< by site: when what has changed there may be met, and leaves nobody without a front
  };
  /// A site of which no CAS has begun to change.
  struct Job {
    std::size_t site;
    Parts lagging;
    Minute length;  ///< of its quickest upgrade
    Minute tail;    ///< until it serves after that
    Minute out;     ///< when it may begin
  };

  void look_at_fronts(const Situation& situation, View& view);
  void look_at_entry(const Situation& situation, std::size_t entry, View& view);
  void look_at_releases(View& view) const;
  [[nodiscard]] std::vector<Minute> crews_for_sites(const Situation& situation, const View& view) const;
  [[nodiscard]] std::int64_t lag(const Situation& situation, const View& view);
  [[nodiscard]] std::int64_t lag_until(const Situation& situation, const View& view, std::size_t site, Minute end);
  [[nodiscard]] std::int64_t lag_beside(const Situation& situation, std::size_t site, Minute first);
  [[nodiscard]] std::int64_t lag_of_jobs(const Situation& situation, const View& view, std::size_t group,
                                         std::vector<Job> jobs);
  [[nodiscard]] Minute soonest(const Situation& situation, const View& view, std::size_t site, std::size_t cas) const;
  [[nodiscard]] bool returns(const Situation& situation, std::size_t cas) const;
  [[nodiscard]] std::optional<Job> job_at(const Situation& situation, std::size_t site) const;
  [[nodiscard]] Minute earliest_end(const Situation& situation, const View& view) const;
  [[nodiscard]] bool is_too_late(Minute end) const;

  Problem& problem_;
  Rates& rates_;
  CostOrder order_;
  ServedUsers served_;
  Prospects prospects_;
  CrewOutages outages_;
  bool users_come_before_lag_;
  bool users_come_before_copies_;
};

}  // namespace casplan::planner
