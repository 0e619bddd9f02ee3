#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/ids.h"
#include "planner/amount.h"

namespace casplan::planner {

/// The only front of an entry point, which needs a copy: how long it is out of service for its change.
struct OnlyFront {
  ServerId server;
  std::int64_t share = 0;        ///< of all users, in percent
  std::int64_t minutes = 0;      ///< of a crew, copies included
  std::int64_t coming_back = 0;  ///< minutes after that until it is in service
};

/// Two of them, one after the other.
struct FrontsInTurn {
  OnlyFront first;
  OnlyFront last;
  /// Hundredths of a user for each user of a site with one CAS that is upgraded while the front comes back, and who is
  /// without service anyway: in the first one's case the site has to wait for the last one to be out. Times minutes.
  std::int64_t hidden_by_first = 0;
  std::int64_t hidden_by_last = 0;
};

/// Both orders, or the better one, where the other is seen to be worse. `most`, `second`: the users of the two sites
/// with the most. `returning`: minutes of a return.
[[nodiscard]] std::vector<FrontsInTurn> best_turns(const OnlyFront& a, const OnlyFront& b, std::int64_t most,
                                                   std::int64_t second, std::int64_t returning);

/// What is known of two only fronts that one crew changes, the best orders first, where targets have to wait for both.
struct Turns {
  std::vector<FrontsInTurn> best;
  std::int64_t most = 0;    ///< users of the two sites with the most
  std::int64_t second = 0;  ///< likewise
  Amount unavailable = 0;   ///< hundredths of user-minutes of a whole plan, at the least
};

/// What is hidden at the most, in hundredths of user-minutes.
[[nodiscard]] Amount hidden(const FrontsInTurn& fronts, std::int64_t most, std::int64_t second);

}  // namespace casplan::planner
