#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "model/ids.h"

namespace casplan::planner {

/// Servers, each once, ascending by id. Made for sets of many servers that are added in that order: each takes four
/// bytes, and adding one that comes after all others takes constant time.
class ServerSet {
 public:
  using value_type = ServerId;
  using const_iterator = std::vector<ServerId>::const_iterator;
  using iterator = const_iterator;

  void insert(ServerId server) {
    if (servers_.empty() || servers_.back() < server) return servers_.push_back(server);
    const auto place = std::lower_bound(servers_.begin(), servers_.end(), server);
    if (*place != server) servers_.insert(place, server);
  }
  void insert(const ServerSet& others) {
    std::vector<ServerId> all;
    std::set_union(begin(), end(), others.begin(), others.end(), std::back_inserter(all));
    servers_ = std::move(all);
  }
  void erase(const ServerSet& others) {
    std::vector<ServerId> left;
    std::set_difference(begin(), end(), others.begin(), others.end(), std::back_inserter(left));
    servers_ = std::move(left);
  }
  template <class Matches>
  void erase_if(Matches matches) {
    std::erase_if(servers_, matches);
  }

  [[nodiscard]] bool contains(ServerId server) const { return std::binary_search(begin(), end(), server); }
  [[nodiscard]] bool empty() const { return servers_.empty(); }
  [[nodiscard]] std::size_t size() const { return servers_.size(); }
  [[nodiscard]] const_iterator begin() const { return servers_.begin(); }
  [[nodiscard]] const_iterator end() const { return servers_.end(); }

 private:
  std::vector<ServerId> servers_;
};

}  // namespace casplan::planner
