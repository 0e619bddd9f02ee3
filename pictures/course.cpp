#include "pictures/course.h"

#include <algorithm>

namespace casplan::pictures {
namespace {

using simulator::SiteCondition;

std::string event_code(const Cell& cell) {
  return std::to_string(cell.event) + (cell.has_more_events ? "+" : "");
}

std::string event_words(const Cell& cell) {
  constexpr int refused_logon = 401;
  const std::string name = cell.event == refused_logon ? "HTTP 401" : "Event " + std::to_string(cell.event);
  return name + (cell.has_more_events ? " and others" : "");
}

}  // namespace

Cell cell_of(const simulator::SiteStatus& status) {
  Cell cell;
  cell.condition = status.condition;
  cell.is_part = status.condition == SiteCondition::some_fail || status.share != Fraction{1, 1};
  if (status.events.empty()) return cell;
  const bool has_event46 = std::find(status.events.begin(), status.events.end(), event46) != status.events.end();
  cell.event = static_cast<std::uint16_t>(has_event46 ? event46 : status.events.front());
  cell.has_more_events = status.events.size() > 1;
  return cell;
}

bool is_served(const Cell& cell) {
  return cell.condition == SiteCondition::served || cell.condition == SiteCondition::redirected;
}

std::string code_of(const Cell& cell) {
  const std::string part = cell.is_part ? "p" : "";
  switch (cell.condition) {
    case SiteCondition::some_fail:
    case SiteCondition::broken: return part + event_code(cell);
    case SiteCondition::cannot_tell: return part + "?";
    case SiteCondition::planned_outage: return part + "-";
    case SiteCondition::redirected: return "R";
    case SiteCondition::served: return "S";
    case SiteCondition::nobody: break;
  }
  return ".";
}

std::string words_of(const Cell& cell) {
  const std::string who = cell.is_part ? "some users" : "all users";
  switch (cell.condition) {
    case SiteCondition::some_fail:
    case SiteCondition::broken: return who + " fail: " + event_words(cell);
    case SiteCondition::cannot_tell: return "of " + who + " it cannot be told";
    case SiteCondition::planned_outage: return "no server in service for " + who;
    case SiteCondition::redirected: return "redirected to the own site";
    case SiteCondition::served: return "served";
    case SiteCondition::nobody: break;
  }
  return "no users";
}

Course::Course(const Organisation& organisation) {
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    if (may_have_users(organisation.sites[i])) sites_.push_back(id_at<SiteId>(i));
  }
}

void Course::add(const simulator::PassingState& state, const std::vector<simulator::SiteStatus>& statuses) {
  periods_.push_back({state.after, state.start, state.end});
  std::vector<Cell> cells;
  cells.reserve(sites_.size());
  for (const SiteId site : sites_) cells.push_back(cell_of(at(statuses, site)));
  cells_.push_back(std::move(cells));
}

bool Course::is_served_throughout(std::size_t site) const {
  return std::all_of(cells_.begin(), cells_.end(), [&](const auto& period) { return is_served(period[site]); });
}

std::map<std::string, Cell> Course::codes(const std::vector<std::size_t>& sites) const {
  std::map<std::string, Cell> codes;
  for (const auto& period : cells_) {
    for (const std::size_t site : sites) codes.emplace(code_of(period[site]), period[site]);
  }
  return codes;
}

}  // namespace casplan::pictures
