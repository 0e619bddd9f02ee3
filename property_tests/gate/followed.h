#pragma once

#include <map>
#include <vector>

#include "property_tests/gate/case.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::gate {

/// The servers and paths that one case follows. Of an organisation with more than `most_watched` Client Access servers
/// it is a sample around the case's focus: some fronts, and any other servers.
struct Followed {
  Followed(const Subject& subject, const Case& drawn);

  static constexpr std::size_t most_watched = 16;
  static constexpr std::size_t most_fronts = 5;
  static constexpr std::size_t most_sources = 8;  ///< of one copy

  std::vector<Place> servers;                          ///< those that are watched, then those from which they may copy
  std::vector<oracle::Pair> paths;                     ///< between watched servers, of which the versions decide
  std::map<Place, std::vector<std::size_t>> paths_at;  ///< by server: places in `paths` of which it is an end

 private:
  void watch_all(const Subject& subject);
  void watch_some(const Subject& subject, const Case& drawn);
  void watch(Place server);
  void watch_paths(const Subject& subject);
  void follow_sources(const Subject& subject);
};

/// The servers from which an ensure_folder may copy, and which hold its folder for sure at some time; sorted. Of those
/// that are not named more than `most_sources` may be left out.
[[nodiscard]] std::vector<Place> possible_sources(const Subject& subject, const Step& ensure);

}  // namespace casplan::gate
