#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "planner/core.h"
#include "planner/effort.h"
#include "planner/fact.h"
#include "planner/remedy.h"

namespace casplan::planner {

/// Why a wish cannot be met, and what would allow it.
struct WhyNot {
  /// The facts that forbid a plan together. None, where the wish alone does.
  std::vector<Fact> facts;
  Extent extent = Extent::some;  ///< how few they are
  /// Of these any one allows a plan: that was tried for each. The best first (`is_better`), at most five.
  std::vector<Remedy> remedies;
};

/// Whether what is asked for has a plan.
using Attempt = std::function<Answer(const Organisation&, const Policy&)>;

/// How it is found out.
struct Attempts {
  enum class Guesses {
    proved,  ///< a guess is as good as a check
    likely,  ///< a guess that there is no plan is proved; that there is one is only likely
  };
  Guesses guesses = Guesses::proved;
  Attempt guess;
  Attempt check;                 ///< takes longer
  std::size_t most_guesses = 0;  ///< questions, of one or two guesses each
  std::size_t most_checks = 0;
};

/// Explains a wish that is proved to have no plan.
///
/// The facts are a smallest set that forbids a plan with all the others dropped, unless that takes too many guesses;
/// `extent` says so. There is a remedy for each fact of it that can be dropped: alone, or where that is not enough,
/// because other facts forbid the plan too, together with at most nine of those, of the same kind rather than of
/// others. A limit is not dropped but eased, by the least that suffices. Servers that the facts concern may also be
/// given another target, or none. Every remedy is checked.
///
/// Half of the guesses are for the facts, a quarter for what has to be dropped with each, a quarter for the least
/// amounts. Where these run out, the facts may be more than are needed, remedies may be missing, and amounts may be
/// larger than the least.
[[nodiscard]] WhyNot why_not(const Organisation& organisation, const Policy& policy, const Attempts& attempts);

/// The same with `make_plan`, so that it stays bearable: with 600 questions for small organisations and fewer for
/// larger ones, and none once the effort's time is over. For each, all plans are searched only where none is found
/// otherwise, and only a tenth as far as for the plan itself. Of organisations with more than 100 servers it is guessed
/// that there is a plan where the proxy paths allow one; then the facts are not called the smallest, and whether each
/// of them is needed is checked only up to some thousand servers. At least eight plans are made for the remedies.
[[nodiscard]] WhyNot why_not(const Organisation& organisation, const Policy& policy, const Effort& effort = {});

}  // namespace casplan::planner
