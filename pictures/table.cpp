#include "pictures/table.h"

#include <algorithm>
#include <iterator>

#include "model/catalogue.h"
#include "model/text.h"
#include "model/time_text.h"
#include "simulator/trace.h"

namespace casplan::pictures {
namespace {

std::string safe(const std::string& cell) {
  constexpr std::string_view begins_formula = "=+-@\t\r";
  const bool is_formula = !cell.empty() && begins_formula.find(cell.front()) != std::string_view::npos;
  const std::string shown = is_formula ? "'" + cell : cell;
  if (shown.find_first_of(",\"\r\n") == std::string::npos) return shown;
  std::string quoted = "\"";
  for (const char c : shown) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string utc(Moment moment) {
  std::string text = moment_text(moment);
  std::replace(text.begin(), text.end(), ' ', 'T');
  return text + ":00Z";
}

std::string users(const simulator::Users& figure) {
  return figure ? figure_text(figure) : "";
}

std::string names(const std::vector<ServerId>& servers, const Organisation& organisation) {
  std::vector<std::string> all;
  std::transform(servers.begin(), servers.end(), std::back_inserter(all),
                 [&](ServerId id) { return at(organisation.servers, id).name; });
  return joined(all, " ");
}

std::string features(const simulator::SiteAssessment& site) {
  std::vector<std::string> shares;
  for (const auto& share : site.features) {
    shares.push_back(level_name(share.level) + (share.users ? ": " + users(share.users) : ""));
  }
  return joined(shares, "; ");
}

std::string feature_ids(const simulator::SiteAssessment& site) {
  std::vector<std::string> shares;
  for (const auto& share : site.features) {
    const auto ids = features_at(share.level);
    if (!ids) continue;
    shares.push_back(level_name(share.level) + ": " + joined({ids->begin(), ids->end()}, " "));
  }
  return joined(shares, "; ");
}

std::string events(const simulator::SiteStatus& status) {
  std::vector<std::string> all;
  for (const int event : status.events) all.push_back(std::to_string(event));
  return joined(all, " ");
}

std::string share(const simulator::SiteStatus& status) {
  if (!status.share) return {};
  return std::to_string(status.share->numerator) + " of " + std::to_string(status.share->denominator);
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> safe_cells;
  std::transform(cells.begin(), cells.end(), std::back_inserter(safe_cells), safe);
  return joined(safe_cells, ",") + "\r\n";
}

SiteTable::SiteTable(const Organisation& organisation, const Plan& plan)
    : organisation_(organisation),
      plan_(plan),
      start_(simulator::start_of(plan)),
      text_(csv_line({"site",           "from_utc",          "to_utc",          "start_minute",
                      "end_minute",     "after_step",        "condition",       "share",
                      "events",         "mailboxes",         "served_users",    "broken_users",
                      "event46_users",  "unavailable_users", "undecided_users", "lagging_users",
                      "users_by_level", "feature_ids",       "fronts",          "targets"})) {}

void SiteTable::add(const simulator::PassingState& state, const std::vector<ServerId>& fronts,
                    const std::vector<simulator::SiteStatus>& statuses) {
  const std::string from = utc(start_ + state.start);
  const std::string to = utc(start_ + state.end);
  const std::string after = state.after ? at(plan_.steps, *state.after).id : "";
  const std::string all_fronts = names(fronts, organisation_);
  for (const simulator::SiteStatus& status : statuses) {
    const Site& site = at(organisation_.sites, status.site);
    const simulator::SiteAssessment& figures = at(state.assessment.sites, status.site);
    text_ += csv_line({site.name,
                       from,
                       to,
                       std::to_string(state.start.count()),
                       std::to_string(state.end.count()),
                       after,
                       std::string(to_string(status.condition)),
                       share(status),
                       events(status),
                       site.mailboxes ? std::to_string(*site.mailboxes) : "",
                       users(figures.served),
                       users(figures.broken),
                       users(figures.event46),
                       users(figures.unavailable),
                       users(figures.undecided),
                       users(figures.lagging),
                       features(figures),
                       feature_ids(figures),
                       all_fronts,
                       names(status.targets, organisation_)});
  }
}

std::string event_table(const std::vector<simulator::Event46Record>& records, const Organisation& organisation) {
  std::string text =
      csv_line({"EventID", "MachineName", "Category", "EntryType", "Message", "Source", "TimeGenerated"});
  for (const simulator::Event46Record& record : records) {
    text += csv_line({std::to_string(event46), simulator::computer_of(record, organisation),
                      std::string(simulator::event46_category), std::string(simulator::event46_type), record.sentence,
                      std::string(simulator::event46_source), utc(record.time)});
  }
  return text;
}

}  // namespace casplan::pictures
