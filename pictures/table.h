#pragma once

#include <string>
#include <vector>

#include "pictures/course.h"
#include "simulator/event46_records.h"

/// Comma-separated values (RFC 4180).
namespace casplan::pictures {

/// One line with its CRLF. A cell with a comma, quote or line end is quoted; before one that a spreadsheet would take
/// for a formula (it begins with = + - @, a tab or a carriage return) stands an apostrophe.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// A line for each site in each state of a plan, below a header: written while the plan is played.
class SiteTable {
 public:
  /// A contract: the plan is scheduled.
  SiteTable(const Organisation& organisation, const Plan& plan);

  void add(const simulator::PassingState& state, const std::vector<ServerId>& fronts,
           const std::vector<simulator::SiteStatus>& statuses);
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  const Organisation& organisation_;
  const Plan& plan_;
  Moment start_;
  std::string text_;
};

/// Event 46 as `Get-EventLog | Export-Csv` shows it, in the columns that can be predicted; times in UTC.
[[nodiscard]] std::string event_table(const std::vector<simulator::Event46Record>& records,
                                      const Organisation& organisation);

}  // namespace casplan::pictures
