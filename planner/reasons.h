#pragma once

#include <string>
#include <string_view>

namespace casplan::planner {

/// What an arrow of a plan is for. An arrow that follows from others is left out of a plan, so an order may rest on any
/// arrow for its safety, too: none may be ignored because of what it is for.
enum class Purpose {
  safety,   ///< without it, in some order a path that works fails with Event 46, or a step cannot be carried out
  mending,  ///< without it, a path that fails with Event 46 today may go on failing for longer
  service,  ///< without it, too few servers may be left for the users
  policy,   ///< the policy asks for it
};

/// The reason of an arrow as a plan states it. Those that are not for safety begin with `Mending: `, `Service: ` or
/// `Policy: `.
[[nodiscard]] std::string stated(Purpose purpose, std::string_view reason);

/// What an arrow is for, by the reason that a plan states.
[[nodiscard]] Purpose purpose_of(std::string_view reason);

}  // namespace casplan::planner
