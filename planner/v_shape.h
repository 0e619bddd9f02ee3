#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casplan::planner {

/// A job of one crew, and what a minute costs between it and the centre.
struct VJob {
  std::int64_t weight = 0;   ///< not negative
  std::int64_t minutes = 0;  ///< at least one
};

/// What is paid besides the distances.
struct VExtras {
  std::int64_t waiting = 0;  ///< a weight that waits for the centre alone
  /// Minutes that each job after the centre waits until it is done, but for the first of them, and minutes before the
  /// first of several jobs before the centre. Only where all jobs have one length.
  std::int64_t apart = 0;
  std::int64_t lead = 0;
};

/// Jobs on both sides of a centre: work that takes place at some moment, before which some of the jobs are done and
/// after which the others are. Between a job and the centre lie the jobs that are closer to it.
struct VShape {
  std::vector<std::size_t> before;  ///< places of jobs, in the order of work
  std::vector<std::size_t> after;   ///< likewise
  /// Weights times minutes between the jobs and the centre, and `apart`. Not exact, but below the least, where
  /// `is_least` is false.
  long double distances = 0;
  /// Of all jobs, weights times minutes from the beginning until they are done and the centre is reached. The least of
  /// those with the least distances, where `is_least`.
  long double ends = 0;
  std::int64_t extra_minutes =
      0;  ///< of the whole work, for `lead` and `apart`; the least of those with the least ends
  bool is_least = false;
};

/// The order around the centre with the least distances (rules, 7.6: V-shaped, because on each side the jobs with the
/// greatest weight for their length are the closest).
///
/// Every division of the jobs into two sides is compared, by dynamic programming over the time that lies before the
/// centre, as long as there are at most some million of pairs of jobs and times. Beyond, each job goes to the side that
/// is shorter, and the distances are those of jobs that may be cut into pieces and worked on at both sides at once.
[[nodiscard]] VShape v_shape(const std::vector<VJob>& jobs, const VExtras& extras = {});

/// No order of the jobs has smaller distances, counted to the middle of each job, where so many crews work at a time.
[[nodiscard]] long double least_distances_of_middles(const std::vector<VJob>& jobs, int crews);

}  // namespace casplan::planner
