#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/organisation.h"
#include "simulator/site_status.h"

/// Pictures of a plan for people: who meets what, when.
namespace casplan::pictures {

/// What the users of a site meet in a period, as short as a picture needs it.
struct Cell {
  simulator::SiteCondition condition = simulator::SiteCondition::nobody;
  std::uint16_t event = 0;  ///< of those who fail: 46 where some meet it, else the first; 0 for none
  bool has_more_events = false;
  bool is_part = false;  ///< not all users of the site meet the condition

  friend bool operator==(const Cell&, const Cell&) = default;
};

[[nodiscard]] Cell cell_of(const simulator::SiteStatus& status);

/// Whether the users are served, be it by a link to their own site.
[[nodiscard]] bool is_served(const Cell& cell);

/// `S`, `R`, `46`, `46+` (and other events), `p46` (some users), `-`, `p-`, `?`, `p?`.
[[nodiscard]] std::string code_of(const Cell& cell);

/// The same in words: `all users fail: Event 46`.
[[nodiscard]] std::string words_of(const Cell& cell);

/// The time between two events of a plan. Minutes count from the plan's start.
struct Period {
  std::optional<StepIndex> after;
  Minutes start;
  Minutes end;
};

/// What the users of all sites meet in all periods of a plan.
class Course {
 public:
  explicit Course(const Organisation& organisation);

  /// Adds the period that follows. `statuses` are by site.
  void add(const simulator::PassingState& state, const std::vector<simulator::SiteStatus>& statuses);
  /// This step of the plan was begun and could not be carried out.
  void add_refused(StepIndex step) { refused_.insert(step); }

  /// The sites that have, or may have, users; the others are in no picture.
  [[nodiscard]] const std::vector<SiteId>& sites() const { return sites_; }
  [[nodiscard]] const std::vector<Period>& periods() const { return periods_; }
  /// By the places in `periods` and `sites`.
  [[nodiscard]] const Cell& cell(std::size_t period, std::size_t site) const { return cells_[period][site]; }
  /// Whether the users of the site (by its place) are served or redirected all the time.
  [[nodiscard]] bool is_served_throughout(std::size_t site) const;
  /// The codes that occur in the rows of these sites, each with what it stands for.
  [[nodiscard]] std::map<std::string, Cell> codes(const std::vector<std::size_t>& sites) const;
  [[nodiscard]] bool is_refused(StepIndex step) const { return refused_.contains(step); }

 private:
  std::vector<SiteId> sites_;
  std::vector<Period> periods_;
  std::vector<std::vector<Cell>> cells_;
  std::set<StepIndex> refused_;
};

}  // namespace casplan::pictures
