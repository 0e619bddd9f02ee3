#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casplan::inventory {

/// Which server a name belongs to. Names and FQDNs are compared without regard to case; what shares one of them is one
/// server. Numbers are stable only when all servers have been added.
class ServerTable {
 public:
  /// At least one of the two is not empty.
  std::size_t add(std::string_view name, std::string_view fqdn);

  /// The server with this FQDN, name, or first label of a name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name);

  [[nodiscard]] std::size_t representative(std::size_t server);

 private:
  std::size_t node(const std::string& key);

  std::map<std::string, std::size_t> nodes_;
  std::vector<std::size_t> parents_;
};

}  // namespace casplan::inventory
