#pragma once

#include <array>
#include <string_view>

#include "simulator/transition.h"
#include "verifier/verdict.h"

/// The words of verdicts in documents. Internal to this room.
namespace casplan::documents {

inline constexpr std::array<verifier::Safety, 3> all_safeties{verifier::Safety::safe, verifier::Safety::unsafe,
                                                              verifier::Safety::cannot_tell};

[[nodiscard]] std::string_view to_string(verifier::Safety safety);
[[nodiscard]] std::string_view to_string(verifier::Orders orders);
[[nodiscard]] std::string_view to_string(verifier::ViolationKind kind);
[[nodiscard]] std::string_view to_string(verifier::StopTime time);
[[nodiscard]] std::string_view to_string(verifier::WayOutKind kind);
[[nodiscard]] std::string_view to_string(simulator::RefusalReason reason);

}  // namespace casplan::documents
