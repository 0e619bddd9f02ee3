#include "runbook/figures.h"

namespace casplan::runbook {
namespace {

std::string padded(std::int64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

}  // namespace

std::string users_text(const simulator::Users& users) {
  constexpr std::int64_t thousand = 1000;
  if (!users) return "not known";
  const std::int64_t thousandths = users->nearest(thousand);
  std::string text = std::to_string(thousandths / thousand);
  if (thousandths % thousand == 0) return text;
  text += "." + padded(thousandths % thousand, 3);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

std::string figure_text(const std::optional<std::int64_t>& figure) {
  return figure ? std::to_string(*figure) : "not known";
}

std::string moment_text(Moment moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(day);
  const std::int64_t minute = (moment - day).count();
  return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" + padded(unsigned{date.day()}, 2) +
         " " + padded(minute / 60, 2) + ":" + padded(minute % 60, 2);
}

std::string minutes_text(Minutes minutes) {
  return std::to_string(minutes.count()) + (minutes.count() == 1 ? " minute" : " minutes");
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string row(const std::vector<std::string>& cells) {
  return "| " + joined(cells, " | ") + " |\n";
}

std::string table_head(const std::vector<std::string>& titles) {
  return row(titles) + row(std::vector<std::string>(titles.size(), "---"));
}

}  // namespace casplan::runbook
