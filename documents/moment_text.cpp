#include "documents/moment_text.h"

#include <charconv>

#include "model/time_text.h"

namespace casplan::documents {
namespace {

/// Takes the text apart from the front; once something does not fit, nothing fits any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int digits(std::size_t count, int highest) {
    int number = 0;
    if (rest_.size() < count) return fail();
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + count, number);
    if (error != std::errc{} || end != rest_.data() + count || number < 0 || number > highest) return fail();
    rest_.remove_prefix(count);
    return number;
  }

  /// Takes one of these characters.
  char one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_[0]) == std::string_view::npos) {
      fail();
      return '\0';
    }
    const char taken = rest_[0];
    rest_.remove_prefix(1);
    return taken;
  }

  [[nodiscard]] bool complete() const { return fits_ && rest_.empty(); }

 private:
  int fail() {
    fits_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool fits_ = true;
};

Minutes scan_time_of_day(Scanner& scanner) {
  const int hours = scanner.digits(2, 23);
  scanner.one_of(":");
  return Minutes(hours * 60 + scanner.digits(2, 59));
}

std::chrono::year_month_day scan_date(Scanner& scanner) {
  const int year = scanner.digits(4, 9999);
  scanner.one_of("-");
  const int month = scanner.digits(2, 12);
  scanner.one_of("-");
  const int day = scanner.digits(2, 31);
  return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(static_cast<unsigned>(day))};
}

Minutes scan_offset(Scanner& scanner) {
  const char sign = scanner.one_of("Zz+-");
  if (sign != '+' && sign != '-') return Minutes(0);
  const Minutes offset = scan_time_of_day(scanner);
  return sign == '+' ? offset : -offset;
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  scanner.one_of("Tt");
  const Minutes time = scan_time_of_day(scanner);
  scanner.one_of(":");
  scanner.digits(2, 0);
  const Minutes offset = scan_offset(scanner);
  if (!scanner.complete() || !date.ok()) return std::nullopt;
  const Moment moment = Moment(std::chrono::sys_days(date)) + time - offset;
  if (moment < Moment{} || moment >= end_of_times) return std::nullopt;
  return moment;
}

std::string to_text(Moment moment) {
  return date_text(moment) + 'T' + clock_text(moment - std::chrono::floor<std::chrono::days>(moment)) + ":00Z";
}

std::optional<Minutes> parse_utc_offset(std::string_view text) {
  constexpr Minutes furthest{14 * 60};
  Scanner scanner(text);
  const bool ahead = scanner.one_of("+-") == '+';
  const Minutes distance = scan_time_of_day(scanner);
  if (!scanner.complete() || distance > furthest) return std::nullopt;
  return ahead ? distance : -distance;
}

std::optional<Minutes> parse_time_of_day(std::string_view text) {
  Scanner scanner(text);
  const Minutes time = scan_time_of_day(scanner);
  return scanner.complete() ? std::optional(time) : std::nullopt;
}

}  // namespace casplan::documents
