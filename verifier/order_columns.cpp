#include "verifier/order_columns.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "model/contracts.h"

namespace casplan::verifier {

OrderColumns::OrderColumns(const StepOrder& order, const StepsByServer& steps_at,
                           const std::vector<ServerId>& servers) {
  for (const ServerId server : servers) {
    const std::size_t count = words(at(steps_at, server).size());
    if (columns_.emplace(server, Column{width_, count}).second) width_ += count;
  }
  const auto& steps = order.topological();
  own_.resize(steps.size() * width_);
  before_.resize(own_.size());
  after_.resize(own_.size());
  for (const auto& [server, column] : columns_) mark_own(at(steps_at, server), column);
  if (width_ == 0) return;
  for (const StepIndex step : steps) {
    for (const StepIndex earlier : order.before(step)) add(before_, step, earlier);
  }
  std::for_each(steps.rbegin(), steps.rend(), [&](StepIndex step) {
    for (const StepIndex later : order.after(step)) add(after_, step, later);
  });
}

void OrderColumns::mark_own(const std::vector<StepIndex>& steps, const Column& column) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    own_[steps[i].value * width_ + column.first_word + i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

void OrderColumns::add(std::vector<std::uint64_t>& bits, StepIndex to, StepIndex from) const {
  std::uint64_t* own = &bits[to.value * width_];
  const std::uint64_t* more = &bits[from.value * width_];
  const std::uint64_t* itself = &own_[from.value * width_];
  for (std::size_t word = 0; word < width_; ++word) own[word] |= more[word] | itself[word];
}

OrderColumns::Column OrderColumns::column(ServerId server) const {
  const auto place = columns_.find(server);
  expects(place != columns_.end(), "a server is asked for whose column was made");
  return place->second;
}

StepSet to_set(OrderColumns::Words words) {
  StepSet set;
  for (std::size_t i = 0; i < words.size() * 64; ++i) set[i] = (words[i / 64] >> (i % 64) & 1U) != 0;
  return set;
}

namespace {

/// What the arrows between the steps of one server say alone.
std::vector<StepSet> order_by_own_arrows(const Plan& plan, const std::vector<StepIndex>& steps) {
  std::vector<StepSet> before(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const Arrow& arrow : at(plan.steps, steps[i]).after) {
      const auto place = std::lower_bound(steps.begin(), steps.end(), arrow.step);
      if (place != steps.end() && *place == arrow.step) before[i].set(static_cast<std::size_t>(place - steps.begin()));
    }
  }
  for (std::size_t middle = 0; middle < steps.size(); ++middle) {
    for (auto& row : before) {
      if (row[middle]) row |= before[middle];
    }
  }
  return before;
}

bool is_one_line(const std::vector<StepSet>& before) {
  std::size_t pairs = 0;
  for (const StepSet& row : before) pairs += row.count();
  return pairs == before.size() * (before.size() - 1) / 2;
}

/// Where more have to be followed, a pass over all arrows for several servers at a time is cheaper.
constexpr std::size_t arrows_followed_for_a_server = 2'000;
/// So many servers share a pass over the arrows.
constexpr std::size_t servers_at_a_time = 8;

}  // namespace

std::vector<std::vector<StepSet>> own_orders(const Plan& plan, const StepOrder& order, const StepsByServer& steps_at) {
  std::vector<std::vector<StepSet>> orders(steps_at.size());
  std::vector<ServerId> open;
  for (std::size_t i = 0; i < steps_at.size(); ++i) {
    if (steps_at[i].empty() || steps_at[i].size() > most_steps) continue;
    orders[i] = order_by_own_arrows(plan, steps_at[i]);
    if (is_one_line(orders[i])) continue;
    if (auto found = order.among(steps_at[i], arrows_followed_for_a_server)) {
      orders[i] = std::move(*found);
    } else {
      open.push_back(id_at<ServerId>(i));
    }
  }
  const std::size_t blocks = (open.size() + servers_at_a_time - 1) / servers_at_a_time;
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    const auto first = open.begin() + static_cast<std::ptrdiff_t>(block * servers_at_a_time);
    const auto last = open.end() - first < static_cast<std::ptrdiff_t>(servers_at_a_time)
                          ? open.end()
                          : first + static_cast<std::ptrdiff_t>(servers_at_a_time);
    const std::vector<ServerId> servers(first, last);
    const OrderColumns columns(order, steps_at, servers);
    for (const ServerId server : servers) {
      const auto column = columns.column(server);
      for (std::size_t i = 0; i < at(steps_at, server).size(); ++i) {
        at(orders, server)[i] = to_set(columns.before(at(steps_at, server)[i], column));
      }
    }
  });
  return orders;
}

}  // namespace casplan::verifier
