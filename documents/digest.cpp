#include "documents/digest.h"

#include <openssl/evp.h>

#include <array>

#include "documents/organisation_document.h"
#include "documents/policy_document.h"
#include "model/contracts.h"

namespace casplan::documents {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  expects(done == 1 && length == 32, "OpenSSL computes SHA-256");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 0xFU];
  }
  return text;
}

std::string digest_of(const Organisation& organisation) {
  return sha256(write_organisation(organisation));
}

std::string digest_of(const Policy& policy, const Organisation& organisation) {
  return sha256(write_policy(policy, organisation));
}

}  // namespace casplan::documents
