#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/json_reader.h"
#include "model/organisation.h"

/// Names of sites and servers, in documents and in words.
namespace casplan::documents {

/// Finds names without regard to case. The texts must outlive it.
class NameIndex {
 public:
  /// Registers a name; where it is taken already, the position that has it.
  std::optional<std::uint32_t> add(std::string_view name, std::uint32_t position);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// In the order in which they were added.
  [[nodiscard]] const std::vector<std::string_view>& names() const { return names_; }

 private:
  std::unordered_map<std::string, std::uint32_t> positions_;
  std::vector<std::string_view> names_;
};

/// An organisation, with its names at hand.
struct NamedOrganisation {
  explicit NamedOrganisation(const Organisation& named);

  const Organisation& organisation;
  NameIndex sites;
  NameIndex servers;
};

/// Reads a name: 1 to 256 bytes without control characters. `what` says whose: `of a site`.
[[nodiscard]] std::optional<std::string_view> read_name(const Node& node, std::string_view what);

/// A function that reads such a name.
[[nodiscard]] inline auto name_reader(std::string_view what) {
  return [what](const Node& node) -> std::optional<std::string> {
    const auto name = read_name(node, what);
    return name ? std::optional(std::string(*name)) : std::nullopt;
  };
}

[[nodiscard]] std::optional<SiteId> read_site_name(const Node& node, const NameIndex& sites);
[[nodiscard]] std::optional<ServerId> read_server_name(const Node& node, const NameIndex& servers);
/// The same for keys of an object; `node` is the value of the key.
[[nodiscard]] std::optional<SiteId> resolve_site(std::string_view name, const Node& node, const NameIndex& sites);
[[nodiscard]] std::optional<ServerId> resolve_server(std::string_view name, const Node& node, const NameIndex& servers);

/// The same for names that stand in no JSON document. The fault has no place yet.
[[nodiscard]] tl::expected<SiteId, Fault> site_in(std::string_view name, const NameIndex& sites, FaultList& faults);
[[nodiscard]] tl::expected<ServerId, Fault> server_in(std::string_view name, const NameIndex& servers,
                                                      FaultList& faults);

/// Reports a server that is no CAS where only a CAS has a meaning.
[[nodiscard]] bool is_cas_or_fault(const Organisation& organisation, ServerId server, const Node& node);

}  // namespace casplan::documents
