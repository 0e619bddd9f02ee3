#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "verifier/hashing.h"
#include "verifier/path_orders.h"

namespace casplan::verifier {

/// The steps of a path's ends that matter to it, by their places in the lists of the two servers.
struct StepsThatMatter {
  std::vector<std::size_t> of_front;
  std::vector<std::size_t> of_target;
  std::vector<std::uint64_t> front_words;  ///< `of_front` as bits
};

/// What was found of paths that are alike: their ends are of the same classes, and the arrows say the same about the
/// steps that matter.
struct PathMemory {
  using Key = std::vector<std::uint64_t>;

  struct KeyHash {
    std::size_t operator()(const Key& words) const {
      Hash hash;
      for (const std::uint64_t word : words) hash.mix(std::size_t{word});
      return hash.value();
    }
  };

  std::unordered_map<std::uint64_t, StepsThatMatter> steps;  ///< by the classes of front and target
  std::unordered_map<Key, PathFinding, KeyHash> findings;
  Key key;  ///< of the path that is looked at
};

}  // namespace casplan::verifier
