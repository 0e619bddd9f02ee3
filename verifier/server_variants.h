#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/readings.h"
#include "model/state.h"
#include "verifier/hashing.h"

namespace casplan::verifier {

/// A server under each of several readings; held once where they make no difference to it.
class ServerVariants {
 public:
  explicit ServerVariants(ServerState state) : states_{std::move(state)} {}

  /// `reading` is a place in the list of readings.
  [[nodiscard]] const ServerState& under(std::size_t reading) const {
    return states_.size() == 1 ? states_.front() : states_[reading];
  }
  /// Service does not depend on readings.
  [[nodiscard]] bool is_in_service() const { return states_.front().is_in_service(); }

  /// Whether they are alike in everything that a path depends on but service.
  [[nodiscard]] bool is_alike(const ServerVariants& other) const {
    return std::equal(states_.begin(), states_.end(), other.states_.begin(), other.states_.end(),
                      [](ServerState a, const ServerState& b) {
                        a.service = b.service;
                        return a == b;
                      });
  }

  /// The server after `change(ServerState&, place of the reading)`.
  template <class Change>
  [[nodiscard]] ServerVariants changed(std::size_t readings, Change change) const {
    ServerVariants next(*this);
    next.states_.clear();
    for (std::size_t reading = 0; reading < readings; ++reading) {
      next.states_.push_back(under(reading));
      change(next.states_.back(), reading);
    }
    const bool same = std::all_of(next.states_.begin(), next.states_.end(),
                                  [&](const ServerState& state) { return state == next.states_.front(); });
    if (same) next.states_.resize(1, next.states_.front());
    return next;
  }

  [[nodiscard]] const std::vector<ServerState>& states() const { return states_; }

  friend bool operator==(const ServerVariants&, const ServerVariants&) = default;

 private:
  std::vector<ServerState> states_;
};

/// Numbers for servers that are alike in everything that a path depends on but service: the same number, the same kind.
class ServerKinds {
 public:
  [[nodiscard]] std::uint32_t of(const ServerVariants& server) {
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    return numbers_
        .try_emplace(server.changed(server.states().size(),
                                    [](ServerState& state, std::size_t) { state.service = Service::in_service; }),
                     next)
        .first->second;
  }

 private:
  struct HashOf {
    std::size_t operator()(const ServerVariants& server) const {
      Hash hash;
      for (const ServerState& state : server.states()) hash.mix(state);
      return hash.value();
    }
  };

  std::unordered_map<ServerVariants, std::uint32_t, HashOf> numbers_;
};

}  // namespace casplan::verifier
