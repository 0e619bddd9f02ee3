#include "model/users.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "model/contracts.h"

namespace casplan {

void ExactSum::add_term(std::int64_t denominator, Wide numerator) {
  expects(denominator > 0, "a fraction has a positive denominator");
  const auto place = std::lower_bound(terms_.begin(), terms_.end(), denominator,
                                      [](const Term& term, std::int64_t wanted) { return term.denominator < wanted; });
  if (place != terms_.end() && place->denominator == denominator) {
    place->numerator += numerator;
  } else {
    terms_.insert(place, Term{denominator, numerator});
  }
}

void ExactSum::add(Fraction part, std::int64_t times) {
  if (part.numerator != 0 && times != 0) add_term(part.denominator, Wide{part.numerator} * times);
}

void ExactSum::add(const ExactSum& other, std::int64_t times) {
  if (times == 0) return;
  const auto terms = other.terms_;  // a copy, because a sum may be added to itself
  for (const Term& term : terms) add_term(term.denominator, term.numerator * times);
}

std::int64_t ExactSum::nearest(std::int64_t scale, std::int64_t divisor) const {
  using boost::multiprecision::cpp_int;
  using boost::multiprecision::cpp_rational;
  Wide whole = 0;
  cpp_rational rest = 0;
  bool is_whole = true;
  constexpr Wide most = Wide{1} << 62U;
  for (const Term& term : terms_) {
    const bool is_small = -most < term.numerator && term.numerator < most;
    const Wide parts = Wide{term.denominator} * divisor;
    if (is_small && term.numerator * scale % parts == 0) {
      whole += term.numerator * scale / parts;
      continue;
    }
    is_whole = false;
    rest += cpp_rational(cpp_int(term.numerator) * scale, cpp_int(parts));
  }
  if (is_whole) return static_cast<std::int64_t>(whole);
  const cpp_rational doubled = (rest + cpp_int(whole)) * 2 + 1;
  const cpp_int twice = denominator(doubled) * 2;
  cpp_int quotient = numerator(doubled) / twice;
  if (quotient * twice > numerator(doubled)) --quotient;
  return static_cast<std::int64_t>(quotient);
}

std::optional<Fraction> ExactSum::fraction(std::int64_t divisor) const {
  using boost::multiprecision::cpp_int;
  using boost::multiprecision::cpp_rational;
  cpp_rational sum = 0;
  for (const Term& term : terms_) sum += cpp_rational(cpp_int(term.numerator), cpp_int(term.denominator));
  sum /= divisor;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (abs(numerator(sum)) > most || denominator(sum) > most) return std::nullopt;
  return Fraction{static_cast<std::int64_t>(numerator(sum)), static_cast<std::int64_t>(denominator(sum))};
}

bool ExactSum::is_zero() const {
  return std::all_of(terms_.begin(), terms_.end(), [](const Term& term) { return term.numerator == 0; });
}

}  // namespace casplan
