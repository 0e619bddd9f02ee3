#pragma once

#include <string>
#include <string_view>

#include "model/organisation.h"
#include "model/policy.h"

namespace casplan::documents {

/// SHA-256 as 64 hexadecimal digits, in small letters.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// The digest of the organisation's document as `write_organisation` writes it.
[[nodiscard]] std::string digest_of(const Organisation& organisation);

/// The digest of the policy's document as `write_policy` writes it.
[[nodiscard]] std::string digest_of(const Policy& policy, const Organisation& organisation);

}  // namespace casplan::documents
