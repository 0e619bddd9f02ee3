#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/organisation.h"
#include "model/policy.h"

namespace casplan::benchmarks {

/// Shapes of organisations. In each of them every fact is known, every path works today, mailboxes vary from site to
/// site, and every server is on one of so many builds (`Versions`); fronts are on the newest and hold every folder.
enum class Family {
  star,      ///< one front; every other server in a site of its own
  array,     ///< one entry point with up to eight fronts in a hub; branches as in a star
  regional,  ///< up to four entry points, each with two fronts at a hosting site of its own; branches as in a star
  global,    ///< 16 sites with 180,000 users; four of them host fronts, which redirect users of each other's sites
  frozen,    ///< an array of two fronts in which every fifth branch keeps its build
  ring,      ///< fronts at sites with mailboxes, which proxy to each other, and branches
  paired,    ///< two fronts in a hub; every other site has two servers, of which one carries the load of the other
  random,    ///< any number of entry points, fronts, servers of a site and frozen servers
};

inline constexpr std::array<Family, 8> all_families{Family::star,   Family::array, Family::regional, Family::global,
                                                    Family::frozen, Family::ring,  Family::paired,   Family::random};

/// The builds that are there today: on how many the branches are. All go to SP2.
enum class Versions {
  two,    ///< SP1 everywhere
  three,  ///< RTM and SP1
};

/// What limits the work.
enum class Calendar {
  one_crew_at_any_time,
  four_crews_in_weekly_windows,  ///< eight hours a week; sites are in four regions with a night each
};

struct Instance {
  Organisation organisation;
  Policy policy;
};

/// What an instance is made from. The same description gives the same instance on every machine.
struct Description {
  Family family = Family::star;
  std::size_t servers = 0;            ///< from 5 to 100,000; how many there are
  std::optional<std::size_t> fronts;  ///< of a hub (array, frozen, paired), another number than above
  Versions versions = Versions::two;
  Calendar calendar = Calendar::one_crew_at_any_time;
  std::uint64_t seed = 1;
};

[[nodiscard]] Instance make_instance(const Description& description);

/// The proxy paths of an instance: fronts times targets.
[[nodiscard]] std::size_t count_paths(const Instance& instance);

[[nodiscard]] std::string_view to_string(Family family);

}  // namespace casplan::benchmarks
