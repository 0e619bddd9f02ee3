#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace casplan {

/// A number of users, that is of mailboxes.
using UserCount = std::int64_t;

/// An exact part of a user count, not necessarily reduced. The denominator is positive.
struct Fraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  friend bool operator==(const Fraction&, const Fraction&) = default;
};

/// An exact sum of many fractions (users on a path, user-minutes). It is kept by denominator, because few different
/// denominators occur (100 x fronts x targets), while their common multiple may be huge.
class ExactSum {
 public:
  void add(Fraction part, std::int64_t times = 1);
  void add(const ExactSum& other, std::int64_t times = 1);

  /// The nearest integer to the sum times `scale` through `divisor`, which is positive; a half goes up. Scale 1000
  /// gives thousandths.
  [[nodiscard]] std::int64_t nearest(std::int64_t scale = 1, std::int64_t divisor = 1) const;

  /// The sum through `divisor`, which is positive, as a reduced fraction; empty where 64 bits are too few for it.
  [[nodiscard]] std::optional<Fraction> fraction(std::int64_t divisor = 1) const;

  /// Whether nothing was added but nothing. Amounts of users are never negative, so nothing cancels out.
  [[nodiscard]] bool is_zero() const;

 private:
  __extension__ using Wide = __int128;
  struct Term {
    std::int64_t denominator;
    Wide numerator;
  };
  void add_term(std::int64_t denominator, Wide numerator);

  std::vector<Term> terms_;  // by ascending denominator
};

}  // namespace casplan
