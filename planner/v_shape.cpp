#include "planner/v_shape.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "model/contracts.h"

namespace casplan::planner {
namespace {

using Amount = long double;

constexpr std::size_t most_pairs = 8'000'000;

/// The jobs from the centre outwards.
std::vector<std::size_t> outwards(const std::vector<VJob>& jobs) {
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return static_cast<Amount>(jobs[a].weight) * static_cast<Amount>(jobs[b].minutes) >
           static_cast<Amount>(jobs[b].weight) * static_cast<Amount>(jobs[a].minutes);
  });
  return order;
}

/// Distances, ends, and minutes of the whole work.
using Costs = std::array<Amount, 3>;

Costs plus(const Costs& a, const Costs& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

enum class Side : std::uint8_t { before, after };

class Divider {
 public:
  Divider(const std::vector<VJob>& jobs, const VExtras& extras) : jobs_(jobs), extras_(extras), order_(outwards(jobs)) {
    for (const VJob& job : jobs) {
      unit_ = std::gcd(unit_, job.minutes);
      minutes_ += job.minutes;
      weight_ += static_cast<Amount>(job.weight);
    }
    weight_ += static_cast<Amount>(extras.waiting);
    const bool have_one_length =
        std::all_of(jobs.begin(), jobs.end(), [&](const VJob& job) { return job.minutes == unit_; });
    expects(have_one_length || (extras.apart == 0 && extras.lead == 0), "extras are for jobs of one length");
  }

  VShape run() {
    const std::size_t times = unit_ == 0 ? 1 : static_cast<std::size_t>(minutes_ / unit_) + 1;
    std::vector<Side> sides;
    const bool is_least = times <= most_pairs / (jobs_.size() + 1);
    if (is_least) {
      sides = best_sides(times);
    } else {
      sides = shorter_sides();
    }
    VShape shape = shaped(sides);
    shape.is_least = is_least;
    if (!is_least) shape.distances = least_distances_in_pieces();
    return shape;
  }

 private:
  [[nodiscard]] const VJob& job(std::size_t place) const { return jobs_[order_[place]]; }
  [[nodiscard]] std::size_t units(std::size_t place) const {
    return static_cast<std::size_t>(job(place).minutes / unit_);
  }

  /// What a job costs that lies so far from the centre. The second one of a side makes the whole work longer.
  [[nodiscard]] Costs cost(const VJob& job, Side side, std::int64_t distance) const {
    const auto weight = static_cast<Amount>(job.weight);
    const auto length = static_cast<Amount>(job.minutes);
    const auto away = static_cast<Amount>(distance);
    const Amount apart = distance > 0 ? static_cast<Amount>(extras_.apart) : 0;
    const bool is_second = distance == unit_;
    const Amount lead = is_second ? static_cast<Amount>(extras_.lead) : 0;
    if (side == Side::before) return {weight * away, weight_ * (length + lead), lead};
    return {weight * (away + apart), weight * (away + length + apart), is_second ? apart : 0};
  }

  [[nodiscard]] std::vector<Side> best_sides(std::size_t times) const;
  [[nodiscard]] std::vector<Side> shorter_sides() const;
  [[nodiscard]] VShape shaped(const std::vector<Side>& sides) const;
  [[nodiscard]] Amount least_distances_in_pieces() const;

  const std::vector<VJob>& jobs_;
  VExtras extras_;
  std::vector<std::size_t> order_;
  std::int64_t unit_ = 0;  // of which each length is a multiple
  std::int64_t minutes_ = 0;
  Amount weight_ = 0;
};

/// By the time before the centre that the jobs up to some place take: the least costs, and the side of the last of
/// them.
std::vector<Side> Divider::best_sides(std::size_t times) const {
  constexpr Costs never{std::numeric_limits<Amount>::infinity(), 0, 0};
  std::vector<Costs> costs(times, never);
  costs[0] = {};
  std::vector<std::vector<Side>> last(jobs_.size(), std::vector<Side>(times, Side::after));
  std::size_t sum = 0;
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    std::vector<Costs> next(times, never);
    const auto consider = [&](std::size_t from, std::size_t to, Side side, std::size_t distance) {
      const Costs all = plus(costs[from], cost(job(i), side, static_cast<std::int64_t>(distance) * unit_));
      if (all < next[to]) {
        next[to] = all;
        last[i][to] = side;
      }
    };
    for (std::size_t before = 0; before <= sum; ++before) {
      if (costs[before] == never) continue;
      consider(before, before, Side::after, sum - before);
      consider(before, before + units(i), Side::before, before);
    }
    costs = std::move(next);
    sum += units(i);
  }
  auto before = static_cast<std::size_t>(std::min_element(costs.begin(), costs.end()) - costs.begin());
  std::vector<Side> sides(jobs_.size());
  for (std::size_t i = jobs_.size(); i-- > 0;) {
    sides[i] = last[i][before];
    if (sides[i] == Side::before) before -= units(i);
  }
  return sides;
}

std::vector<Side> Divider::shorter_sides() const {
  std::vector<Side> sides;
  std::int64_t before = 0;
  std::int64_t after = 0;
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    sides.push_back(before < after ? Side::before : Side::after);
    (sides.back() == Side::before ? before : after) += job(i).minutes;
  }
  return sides;
}

VShape Divider::shaped(const std::vector<Side>& sides) const {
  VShape shape;
  std::int64_t before = 0;
  std::int64_t after = 0;
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    std::int64_t& distance = sides[i] == Side::before ? before : after;
    const Costs added = cost(job(i), sides[i], distance);
    shape.distances += added[0];
    shape.ends += added[1];
    shape.extra_minutes += static_cast<std::int64_t>(added[2]);
    (sides[i] == Side::before ? shape.before : shape.after).push_back(order_[i]);
    distance += job(i).minutes;
  }
  std::reverse(shape.before.begin(), shape.before.end());
  return shape;
}

/// A job's near end is half of it closer than its middle.
Amount Divider::least_distances_in_pieces() const {
  Amount halves = 0;
  for (const VJob& job : jobs_) halves += static_cast<Amount>(job.weight) * static_cast<Amount>(job.minutes) / 2;
  return std::max<Amount>(0, least_distances_of_middles(jobs_, 1) - halves);
}

}  // namespace

VShape v_shape(const std::vector<VJob>& jobs, const VExtras& extras) {
  return Divider(jobs, extras).run();
}

/// In pieces, the jobs lie on both sides at once, those with the greatest weight for their length the closest.
Amount least_distances_of_middles(const std::vector<VJob>& jobs, int crews) {
  Amount sum = 0;
  std::int64_t closer = 0;
  for (const std::size_t place : outwards(jobs)) {
    const VJob& job = jobs[place];
    const auto middle = static_cast<Amount>(2 * closer + job.minutes) / static_cast<Amount>(4 * crews);
    sum += static_cast<Amount>(job.weight) * middle;
    closer += job.minutes;
  }
  return sum;
}

}  // namespace casplan::planner
