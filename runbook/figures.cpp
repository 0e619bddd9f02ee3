#include "runbook/figures.h"

#include "model/text.h"

namespace casplan::runbook {

std::string minutes_text(Minutes minutes) {
  return counted(static_cast<std::size_t>(minutes.count()), "minute");
}

std::string row(const std::vector<std::string>& cells) {
  return "| " + joined(cells, " | ") + " |\n";
}

std::string table_head(const std::vector<std::string>& titles) {
  return row(titles) + row(std::vector<std::string>(titles.size(), "---"));
}

}  // namespace casplan::runbook
