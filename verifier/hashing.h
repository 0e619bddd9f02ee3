#pragma once

#include <cstddef>

#include "model/state.h"

namespace casplan::verifier {

/// Mixes hashes of several parts into one.
class Hash {
 public:
  void mix(std::size_t part) { value_ = (value_ ^ (part + (value_ >> 29U))) * 0x9E3779B97F4A7C15ULL; }

  template <class Kind>
  void mix(const FourPartVersion<Kind>& version) {
    for (const std::uint16_t part : version.parts) mix(std::size_t{part});
  }

  void mix(const FolderSet& folders) {
    mix(folders.known().size());
    for (const OwaVersion& folder : folders.known()) mix(folder);
  }

  void mix(const ServerState& server) {
    if (server.build) mix(*server.build);
    mix(static_cast<std::size_t>(server.service));
    mix(server.present);
    mix(server.loaded);
  }

  [[nodiscard]] std::size_t value() const { return value_ ^ (value_ >> 32U); }

 private:
  std::size_t value_ = 0;
};

struct ServerStateHash {
  std::size_t operator()(const ServerState& server) const {
    Hash hash;
    hash.mix(server);
    return hash.value();
  }
};

}  // namespace casplan::verifier
