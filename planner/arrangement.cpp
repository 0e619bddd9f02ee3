#include "planner/arrangement.h"

#include <algorithm>
#include <numeric>

namespace casplan::planner {
namespace {

using Order = std::vector<std::size_t>;

constexpr std::size_t most_ties_looked_at = 30'000'000;

Order by_ties(const Line& line) {
  std::vector<std::size_t> ties(line.minutes.size());
  for (const Tie& tie : line.ties) {
    ++ties[tie.first];
    ++ties[tie.second];
  }
  Order jobs(line.minutes.size());
  std::iota(jobs.begin(), jobs.end(), std::size_t{0});
  std::stable_sort(jobs.begin(), jobs.end(), [&](std::size_t a, std::size_t b) { return ties[a] > ties[b]; });
  return jobs;
}

void move(Order& order, std::size_t from, std::size_t to) {
  const auto at = [&](std::size_t place) { return order.begin() + static_cast<std::ptrdiff_t>(place); };
  if (from < to) {
    std::rotate(at(from), at(from + 1), at(to + 1));
  } else {
    std::rotate(at(to), at(from), at(from + 1));
  }
}

class Improver {
 public:
  Improver(const Line& line, Order order)
      : line_(line),
        order_(std::move(order)),
        price_(price(line, order_)),
        left_(most_ties_looked_at / (line.ties.size() + line.minutes.size() + 1)) {}

  Order run() {
    const Order jobs = by_ties(line_);
    for (bool is_better = true; is_better;) {
      is_better = false;
      for (const std::size_t job : jobs) is_better = place_better(job) || is_better;
    }
    return std::move(order_);
  }

 private:
  /// Tries every other place for the job, as long as it may, and keeps the best.
  bool place_better(std::size_t job) {
    const auto from = static_cast<std::size_t>(std::find(order_.begin(), order_.end(), job) - order_.begin());
    std::size_t best = from;
    for (std::size_t to = 0; to < order_.size() && left_ > 0; ++to) {
      if (to == from) continue;
      --left_;
      move(order_, from, to);
      const long double tried = price(line_, order_);
      move(order_, to, from);
      if (tried >= price_) continue;
      price_ = tried;
      best = to;
    }
    if (best != from) move(order_, from, best);
    return best != from;
  }

  const Line& line_;
  Order order_;
  long double price_;
  std::size_t left_;  // places that may still be tried
};

}  // namespace

long double price(const Line& line, const std::vector<std::size_t>& order) {
  std::vector<std::int64_t> start(order.size());
  std::int64_t clock = 0;
  for (const std::size_t job : order) {
    start[job] = clock;
    clock += line.minutes[job];
  }
  long double sum = 0;
  for (const Tie& tie : line.ties) {
    const bool is_in_order = start[tie.first] + line.minutes[tie.first] <= start[tie.second];
    const auto [earlier, later] = is_in_order ? std::pair(tie.first, tie.second) : std::pair(tie.second, tie.first);
    const std::int64_t between = start[later] - start[earlier] - line.minutes[earlier];
    sum += static_cast<long double>(is_in_order ? tie.in_order : tie.reversed) * static_cast<long double>(between);
  }
  return sum;
}

std::vector<std::size_t> improved(const Line& line, std::vector<std::size_t> order) {
  return Improver(line, std::move(order)).run();
}

}  // namespace casplan::planner
