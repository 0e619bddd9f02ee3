#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/policy.h"
#include "property_tests/oracles/naive_measures.h"
#include "property_tests/oracles/server_life.h"

/// What is asked of single minutes by the search for the best plan, with memory, because it is asked millions of times.
namespace casplan::oracle {

/// One value for each measure of an objective, in its order, then zeros: users in parts that make all of them whole.
using WholeCost = std::array<std::int64_t, measure_count>;

/// Where a server stands in a minute, for its users.
struct Standing {
  std::uint16_t state = 0;  ///< of its life
  bool is_out = false;      ///< it is being upgraded
};

/// What a minute costs.
class MinuteCosts {
 public:
  MinuteCosts(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives);

  /// With one minute of makespan, and without copies.
  [[nodiscard]] const WholeCost& of(const std::vector<Standing>& standings);
  [[nodiscard]] WholeCost of_copies(int copies) const;
  [[nodiscard]] std::vector<Amount> exactly(const WholeCost& cost) const;

 private:
  [[nodiscard]] WholeCost whole(const std::array<Amount, measure_count>& values) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const std::vector<ServerLife>& lives_;
  Wanted wanted_;
  std::int64_t parts_ = 1;  ///< of a user
  std::unordered_map<std::string, WholeCost> known_;
};

/// A set of the combinations of readings that a policy leaves open, as bits.
using ReadingSet = std::uint64_t;

/// A path of which the versions decide.
struct VersionPath {
  Pair ends;
  ReadingSet failed_at_start = 0;
};

/// Under which readings paths fail with Event 46 when both ends are in service.
class PathFailures {
 public:
  PathFailures(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives);

  [[nodiscard]] const std::vector<VersionPath>& paths() const { return paths_; }
  [[nodiscard]] ReadingSet all_readings() const;
  /// With each end in one state of its life.
  [[nodiscard]] ReadingSet of(std::size_t path, std::size_t front, std::size_t target);

 private:
  const std::vector<ServerLife>& lives_;
  std::vector<Readings> readings_;
  std::vector<std::size_t> folders_of_;  ///< by reading: its place among those that decide about folders
  std::vector<VersionPath> paths_;
  std::vector<std::vector<std::optional<ReadingSet>>> known_;
};

/// The least in-service count of each site: what is asked for, or what there is today.
[[nodiscard]] std::vector<int> least_in_service(const Organisation& organisation, const Policy& policy);

}  // namespace casplan::oracle
