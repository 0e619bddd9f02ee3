#include "planner/ring_order.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "model/contracts.h"

namespace casplan::planner {
namespace {

bool is_out(const Outage& outage, std::int64_t minute) {
  return outage.from <= minute && minute < outage.to;
}

std::int64_t minutes_of_all(const Ring& ring) {
  return std::accumulate(ring.fronts.begin(), ring.fronts.end(), std::int64_t{0},
                         [](std::int64_t sum, const RingFront& front) { return sum + front.minutes; });
}

/// Hundredths of users who have nothing at a minute: all who come by a front that is out, and those of its site.
Amount without_service(const Ring& ring, const std::vector<Outage>& outages, std::int64_t minute) {
  std::int64_t share = 0;
  UserCount users = 0;
  for (std::size_t i = 0; i < outages.size(); ++i) {
    if (!is_out(outages[i], minute)) continue;
    share += ring.fronts[i].share;
    users += ring.fronts[i].users;
  }
  const bool is_next_out = minute >= minutes_of_all(ring);
  const UserCount others = ring.all_users - (is_next_out ? ring.next_users : 0);
  return static_cast<Amount>(share * others) + static_cast<Amount>((percent - share) * users);
}

Amount unavailable(const Ring& ring, const std::vector<Outage>& outages) {
  std::set<std::int64_t> moments{minutes_of_all(ring)};
  for (const Outage& outage : outages) moments.insert({outage.from, outage.to});
  Amount sum = 0;
  for (auto moment = moments.begin(); std::next(moment) != moments.end(); ++moment) {
    sum += without_service(ring, outages, *moment) * static_cast<Amount>(*std::next(moment) - *moment);
  }
  return sum;
}

/// Who is proxied needs both ends.
Amount lag(const Ring& ring, const std::vector<Outage>& outages) {
  Amount sum = 0;
  for (std::size_t site = 0; site < outages.size(); ++site) {
    for (std::size_t entry = 0; entry < outages.size(); ++entry) {
      sum += static_cast<Amount>(ring.fronts[site].users * ring.fronts[entry].share) *
             static_cast<Amount>(std::max(outages[site].to, outages[entry].to));
    }
  }
  return sum;
}

/// Whether nobody returns before it has loaded: the others who are ahead do so at that moment.
bool is_possible(const Ring& ring, const RingOrder& order) {
  std::int64_t ready = 0;
  std::int64_t end = 0;
  for (std::size_t i = 0; i < order.before; ++i) {
    if (i + 1 == order.before && order.before > 1) break;
    end += ring.fronts[order.fronts[i]].minutes;
    ready = std::max(ready, end + ring.fronts[order.fronts[i]].loading);
  }
  const std::int64_t last = order.before > 1 ? ring.fronts[order.fronts[order.before - 1]].minutes : 0;
  return ready <= end + last + order.pause;
}

}  // namespace

std::vector<Outage> outages(const Ring& ring, const RingOrder& order) {
  std::vector<Outage> all(ring.fronts.size());
  std::int64_t begin = 0;
  std::int64_t turn = 0;
  for (std::size_t i = 0; i < order.before; ++i) turn += ring.fronts[order.fronts[i]].minutes;
  for (std::size_t i = 0; i < order.fronts.size(); ++i) {
    const RingFront& front = ring.fronts[order.fronts[i]];
    const std::int64_t end = begin + front.minutes;
    const bool is_before = i < order.before;
    const std::int64_t ready = is_before ? std::max(turn + order.pause, end + front.loading) : end + front.loading;
    const bool is_at_once = is_before || i == order.before;
    all[order.fronts[i]] = {is_at_once ? begin : turn + order.pause, ready + ring.coming_back};
    begin = end;
  }
  return all;
}

RingOrder best_ring_order(const Ring& ring) {
  expects(ring.fronts.size() >= 2 && ring.fronts.size() <= most_in_a_ring, "a ring has few fronts");
  RingOrder order;
  order.fronts.resize(ring.fronts.size());
  std::iota(order.fronts.begin(), order.fronts.end(), std::size_t{0});
  std::optional<RingOrder> best;
  do {
    for (order.before = 1; order.before <= order.fronts.size(); ++order.before) {
      for (const std::int64_t pause : {std::int64_t{0}, ring.fronts[order.fronts[order.before - 1]].loading}) {
        order.pause = pause;
        if (!is_possible(ring, order)) continue;
        const auto out = outages(ring, order);
        order.unavailable = unavailable(ring, out);
        order.lag = lag(ring, out);
        const auto rounded = [](const RingOrder& it) { return std::pair(to_measure(it.unavailable), it.lag); };
        if (!best || rounded(order) < rounded(*best)) best = order;
      }
    }
  } while (std::next_permutation(order.fronts.begin(), order.fronts.end()));
  return *best;
}

}  // namespace casplan::planner
