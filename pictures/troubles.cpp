#include "pictures/troubles.h"

#include <algorithm>

#include "model/text.h"
#include "model/time_text.h"

namespace casplan::pictures {
namespace {

using simulator::SiteCondition;

constexpr std::size_t most_lines = 100;
constexpr std::size_t most_paths = 3;

const simulator::Users& users_of(const simulator::SiteAssessment& site, SiteCondition condition) {
  if (condition == SiteCondition::planned_outage) return site.unavailable;
  return condition == SiteCondition::cannot_tell ? site.undecided : site.broken;
}

bool is_trouble(SiteCondition condition) {
  return condition == SiteCondition::some_fail || condition == SiteCondition::broken ||
         condition == SiteCondition::cannot_tell || condition == SiteCondition::planned_outage;
}

/// By site, in the order of the paths.
std::map<SiteId, std::vector<ProxyPath>> failing_paths(const simulator::Assessment& assessment) {
  std::map<SiteId, std::vector<ProxyPath>> paths;
  for (const simulator::PathAssessment& path : assessment.paths) {
    const Verdict verdict = path.judgement.verdict;
    const bool fails = verdict == Verdict::event46 || verdict == Verdict::fault || verdict == Verdict::cannot_tell;
    const bool has_users = !path.users || !path.users->is_zero();
    if (fails && has_users && path.path.site) paths[*path.path.site].push_back(path.path);
  }
  return paths;
}

std::optional<Fraction> exact(const simulator::Users& users) {
  return users ? users->fraction() : std::nullopt;
}

}  // namespace

bool Trouble::goes_on_as(const Trouble& other) const {
  return cell == other.cell && exact(users) == exact(other.users);
}

void Trouble::go_on(const Trouble& other) {
  end = other.end;
  for (const ProxyPath& path : other.paths) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
}

void Troubles::add(const simulator::PassingState& state, const std::vector<simulator::SiteStatus>& statuses) {
  auto paths = failing_paths(state.assessment);
  for (const simulator::SiteStatus& status : statuses) {
    if (!is_trouble(status.condition)) {
      open_.erase(status.site);
      continue;
    }
    Trouble now{status.site,
                state.start,
                state.end,
                cell_of(status),
                users_of(at(state.assessment.sites, status.site), status.condition),
                std::move(paths[status.site])};
    const auto open = open_.find(status.site);
    if (open != open_.end() && all_[open->second].goes_on_as(now)) {
      all_[open->second].go_on(now);
    } else {
      open_[status.site] = all_.size();
      all_.push_back(std::move(now));
    }
  }
}

std::string Troubles::text(Moment start) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(all_.size(), most_lines); ++i) text += line(all_[i], start);
  if (all_.size() > most_lines) text += "  and " + std::to_string(all_.size() - most_lines) + " more times\n";
  return text;
}

std::string Troubles::line(const Trouble& trouble, Moment start) const {
  const auto open = open_.find(trouble.site);
  const bool is_left = open != open_.end() && &all_[open->second] == &trouble;
  std::string text = "  " + at(organisation_.sites, trouble.site).name + ", from " +
                     moment_text(start + trouble.start) + " (minute " + std::to_string(trouble.start.count());
  text += is_left ? "), also at the end: " : " to " + std::to_string(trouble.end.count()) + "): ";
  if (trouble.users) text += figure_text(trouble.users) + " users; ";
  return text + words_of(trouble.cell) + paths_text(trouble) + "\n";
}

std::string Troubles::paths_text(const Trouble& trouble) const {
  if (trouble.cell.condition == SiteCondition::planned_outage || trouble.paths.empty()) return {};
  std::string text;
  for (std::size_t i = 0; i < std::min(trouble.paths.size(), most_paths); ++i) {
    text += (i == 0 ? " (" : ", ") + at(organisation_.servers, trouble.paths[i].front).name + " -> " +
            at(organisation_.servers, trouble.paths[i].target).name;
  }
  if (trouble.paths.size() > most_paths) {
    text += " and " + counted(trouble.paths.size() - most_paths, "other pair");
  }
  return text + ")";
}

}  // namespace casplan::pictures
