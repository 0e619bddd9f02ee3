#include "model/text.h"

namespace casplan {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string counted(std::size_t count, std::string_view noun) {
  return counted(count, noun, std::string(noun) + "s");
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string listed(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return joined(parts);
  return joined({parts.begin(), parts.end() - 1}) + " and " + parts.back();
}

std::string padded(std::int64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string figure_text(const std::optional<std::int64_t>& figure) {
  return figure ? std::to_string(*figure) : "not known";
}

std::string figure_text(const std::optional<ExactSum>& users) {
  constexpr std::int64_t thousand = 1000;
  if (!users) return "not known";
  const std::int64_t thousandths = users->nearest(thousand);
  std::string text = std::to_string(thousandths / thousand);
  if (thousandths % thousand == 0) return text;
  text += "." + padded(thousandths % thousand, 3);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

}  // namespace casplan
