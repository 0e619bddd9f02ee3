#include "inventory/claims.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "inventory/text.h"

namespace casplan::inventory {
namespace {

bool is_more_reliable(const Claim& a, const Claim& b) {
  return std::tie(a.basis, a.format, a.origin, a.value) < std::tie(b.basis, b.format, b.origin, b.value);
}

void settle_property(Settled& settled, const std::string& subject, std::string_view property,
                     std::vector<Claim> claims) {
  std::sort(claims.begin(), claims.end(), is_more_reliable);
  const Fact kept = make_fact(subject, property, claims.front());
  std::set<std::string> values{lower(claims.front().value)};
  for (const Claim& claim : claims) {
    const bool contradicts = claim.basis == Basis::stated && values.insert(lower(claim.value)).second;
    if (!contradicts) continue;
    settled.conflicts.push_back({subject, std::string(property), kept, make_fact(subject, property, claim)});
  }
  settled.facts.push_back(kept);
  settled.kept.emplace(property, std::move(claims.front()));
}

}  // namespace

Fact make_fact(std::string subject, std::string_view property, const Claim& claim) {
  return {std::move(subject), std::string(property), claim.value.empty() ? "none" : claim.value, claim.origin,
          claim.basis};
}

Settled settle(const std::string& subject, Claims&& claims) {
  Settled settled;
  for (auto& [property, values] : claims) {
    if (!values.empty()) settle_property(settled, subject, property, std::move(values));
  }
  return settled;
}

const Claim& most_reliable(const std::vector<Claim>& claims) {
  return *std::min_element(claims.begin(), claims.end(), is_more_reliable);
}

const std::string* find_value(const Settled& settled, std::string_view property) {
  const auto place = settled.kept.find(property);
  return place != settled.kept.end() ? &place->second.value : nullptr;
}

}  // namespace casplan::inventory
