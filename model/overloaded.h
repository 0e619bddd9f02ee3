#pragma once

namespace casplan {

/// Calls for `std::visit`, one for each alternative.
template <class... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};
template <class... Calls>
Overloaded(Calls...) -> Overloaded<Calls...>;

}  // namespace casplan
