#pragma once

#include <bitset>
#include <vector>

#include "model/ids.h"

namespace casplan::verifier {

/// The most steps of a few servers whose orders are followed.
inline constexpr std::size_t most_steps = 256;

/// Some of an excerpt's steps, by their places in it.
using StepSet = std::bitset<most_steps>;

/// The part of a plan that concerns a few servers: those of their steps that matter, and what the plan's arrows,
/// followed as far as they lead, say about any two of them. Leaving a step out means that it makes no difference.
struct Excerpt {
  std::vector<ServerId> servers;  ///< different ones
  std::vector<StepIndex> steps;   ///< at most `most_steps`, each of one of the servers
  std::vector<StepSet> before;    ///< by step: those that must have ended before it begins
};

/// Whether an arrow from `earlier` to `later` would say something new and close no circle.
[[nodiscard]] inline bool may_add_arrow(const Excerpt& excerpt, std::size_t earlier, std::size_t later) {
  return earlier != later && !excerpt.before[later][earlier] && !excerpt.before[earlier][later];
}

/// The same excerpt of a plan that has this arrow too.
[[nodiscard]] inline Excerpt with_arrow(Excerpt excerpt, std::size_t earlier, std::size_t later) {
  StepSet first = excerpt.before[earlier];
  first.set(earlier);
  for (std::size_t step = 0; step < excerpt.steps.size(); ++step) {
    if (step == later || excerpt.before[step][later]) excerpt.before[step] |= first;
  }
  return excerpt;
}

}  // namespace casplan::verifier
