#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "planner/fact.h"

/// What somebody could change so that a plan exists.
namespace casplan::planner {

/// The fact is dropped altogether.
struct Dropped {
  friend bool operator==(const Dropped&, const Dropped&) = default;
};
/// The copies that are allowed, the crews, or the CAS that must stay in service.
struct NewLimit {
  int limit = 0;
  friend bool operator==(const NewLimit&, const NewLimit&) = default;
};
/// How much longer a window is, or how much later the latest end.
struct MoreTime {
  Minutes minutes{0};
  friend bool operator==(const MoreTime&, const MoreTime&) = default;
};

/// A fact that asks less than it did.
struct EasedFact {
  Fact fact;
  std::variant<Dropped, NewLimit, MoreTime> by;

  friend bool operator==(const EasedFact&, const EasedFact&) = default;
};

/// A part of the wish that is given up: the server is brought to another build than the policy wants, or kept at the
/// one that it has.
struct OtherTarget {
  ServerId server;
  BuildVersion build;
  friend bool operator==(const OtherTarget&, const OtherTarget&) = default;
};

using Relaxation = std::variant<EasedFact, OtherTarget>;

/// What has to be changed together. Never empty.
struct Remedy {
  std::vector<Relaxation> parts;

  friend bool operator==(const Remedy&, const Remedy&) = default;
};

/// What is asked for once the remedy is applied.
[[nodiscard]] Problem remedied(Problem problem, const Remedy& remedy);

/// How a fact could ask less without being dropped: its `step`-th least relaxation (1: the least); empty where there
/// is no such one, because the fact then asks for nothing or is as weak as it can be.
[[nodiscard]] std::optional<EasedFact> eased(const Policy& policy, const Fact& fact, std::int64_t step);

/// Whether one remedy is to be offered before another, by
///  1. what it risks: one that keeps what the policy promises, before one that settles an open reading, which is a bet,
///     before one that permits Event 46;
///  2. how many things have to be changed;
///  3. how many servers get another build, or another way to their users, than was asked for;
///  4. what it disturbs: the order of the work (`before`), its time (windows, latest end), its means (copies, crews),
///     what servers run (frozen, own targets, another target), the capacity that is left (min_in_service), the address
///     that users see (redirection);
///  5. how much more of it there has to be, where both ease the same kind of fact.
/// Remedies that are equal in all of this keep their order.
[[nodiscard]] bool is_better(const Remedy& a, const Remedy& b);

}  // namespace casplan::planner
