#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "verifier/server_variants.h"
#include "verifier/stop.h"

namespace casplan::verifier {

/// Under which readings a path whose ends are both in service is worse than in the state that was found; a bit for each
/// place in the list of readings.
struct Worse {
  std::uint64_t event46 = 0;    ///< it meets Event 46, and did not (with an end out of service it did not either)
  std::uint64_t undecided = 0;  ///< whether it does cannot be told, and that is not as it was

  [[nodiscard]] bool is_any() const { return (event46 | undecided) != 0; }
};

/// Judges paths against the state that was found, whether or not their ends are in service now: so that it is known
/// what would be if they were. Refers to the organisation and the paths, which must live as long.
class Outlook {
 public:
  /// At most 64 readings.
  Outlook(const Organisation& organisation, const std::vector<ProxyPath>& paths, std::vector<Readings> readings);

  [[nodiscard]] const std::vector<Readings>& readings() const { return readings_; }
  [[nodiscard]] const State& found() const { return found_; }

  /// Whether the version rule decides the path, so that nothing but the states of its ends counts.
  [[nodiscard]] bool is_proxied(std::size_t path) const { return routing_[path] == Routing::proxied; }

  /// `path` is a place in the list of paths.
  [[nodiscard]] Worse worse(std::size_t path, const ServerVariants& front, const ServerVariants& target) const;

  /// The same as a fault: Event 46 before what cannot be told, the first reading before the others.
  [[nodiscard]] std::optional<PathFault> fault(std::size_t path, const ServerVariants& front,
                                               const ServerVariants& target) const;

  /// Whether users on the path would get pages from this folder of the front once Outlook Web Access restarts, which it
  /// does sooner or later: the fault that a part of the folder is.
  [[nodiscard]] std::optional<PathFault> relies_on(std::size_t path, const OwaVersion& folder,
                                                   const ServerVariants& front, const ServerVariants& target) const;

 private:
  enum class Routing { proxied, never_proxied, not_known };

  [[nodiscard]] static Routing routing_of(const RoutingFacts& front, const RoutingFacts& target);
  [[nodiscard]] Judgement judge_path(std::size_t path, const ServerState& front, const ServerState& target,
                                     const Readings& readings) const;
  [[nodiscard]] bool is_as_found(const ProxyPath& path, const ServerState& front, const ServerState& target) const;

  const Organisation& organisation_;
  const std::vector<ProxyPath>& paths_;
  std::vector<Readings> readings_;
  State found_;
  std::vector<Routing> routing_;  // by path
  std::vector<Worse> today_;      // by path
};

}  // namespace casplan::verifier
