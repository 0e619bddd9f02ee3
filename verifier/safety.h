#pragma once

namespace casplan::verifier {

/// What was found out about a plan, or about a state on its way.
enum class Safety {
  safe,         ///< nobody meets Event 46 who does not meet it today; of a plan also: in every order, and at the end
                ///< nobody does
  unsafe,       ///< there is a counterexample
  cannot_tell,  ///< facts are missing; of a plan also: it has more orders than were followed
};

}  // namespace casplan::verifier
