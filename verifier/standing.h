#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/topology.h"
#include "verifier/outlook.h"
#include "verifier/server_variants.h"
#include "verifier/service_count.h"

namespace casplan::verifier {

/// How an organisation stands on the way: its servers, who is out of service, which paths are worse than today. A
/// change of a server costs as much as there are paths at it. Refers to the organisation and the paths.
class Standing {
 public:
  Standing(const Organisation& organisation, const std::vector<ProxyPath>& paths, std::vector<Readings> readings);

  [[nodiscard]] const Outlook& outlook() const { return outlook_; }
  [[nodiscard]] const ServiceCount& service() const { return service_; }
  [[nodiscard]] const ServerVariants& server(ServerId id) const { return at(servers_, id); }
  [[nodiscard]] const ProxyPath& path(std::size_t place) const { return paths_[place]; }
  /// The paths of which the server is an end, as places in the list.
  [[nodiscard]] const std::vector<std::size_t>& paths_at(ServerId id) const { return at(paths_at_, id); }

  /// The servers that are out of service and were not when found, ascending.
  [[nodiscard]] const std::vector<ServerId>& out_of_service() const { return out_of_service_; }
  /// The paths with both ends in service that are worse than today.
  [[nodiscard]] const std::set<std::size_t>& worse_paths() const { return worse_paths_; }
  /// Whether the path would be worse than today with both ends in service.
  [[nodiscard]] bool would_be_worse(std::size_t place) const { return worse_[place].is_any(); }
  [[nodiscard]] std::optional<PathFault> fault(std::size_t place) const;

  void set(ServerId id, ServerVariants server);

  /// Servers of the same kind are alike in everything that a path depends on but service.
  [[nodiscard]] std::uint32_t kind(ServerId id) const { return at(kinds_, id); }

 private:
  /// What decides how a path is, where the version rule does: the ends as they were found, and as they are.
  struct Alike {
    std::uint32_t found_front;
    std::uint32_t found_target;
    std::uint32_t front;
    std::uint32_t target;
    bool was_idle;

    friend auto operator<=>(const Alike&, const Alike&) = default;
  };

  [[nodiscard]] Worse judge_path(std::size_t place);
  void set_service(ServerId id, const ServerVariants& server);

  const std::vector<ProxyPath>& paths_;
  Outlook outlook_;
  ServiceCount service_;
  std::vector<ServerVariants> servers_;
  ServerKinds numbers_;
  std::vector<std::uint32_t> found_kinds_;  // by server
  std::vector<std::uint32_t> kinds_;        // by server
  std::map<Alike, Worse> judged_;
  std::vector<std::vector<std::size_t>> paths_at_;  // by server
  std::vector<Worse> worse_;                        // by path
  std::vector<ServerId> out_of_service_;
  std::set<std::size_t> worse_paths_;
};

}  // namespace casplan::verifier
