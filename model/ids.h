#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace casplan {

/// A place in one of the organisation's or plan's lists. Ids of different lists do not mix, and an id means nothing
/// outside the organisation or plan that it was made for.
template <class List>
struct Index {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(const Index&, const Index&) = default;
};

using SiteId = Index<struct SiteList>;
using ServerId = Index<struct ServerList>;
using StepIndex = Index<struct StepList>;

/// The element that an id names.
template <class List, class Id>
constexpr auto& at(List& list, Id id) {
  return list[id.value];
}

/// The id of the element at a position of its list.
template <class Id>
constexpr Id id_at(std::size_t position) {
  return Id{static_cast<std::uint32_t>(position)};
}

}  // namespace casplan
