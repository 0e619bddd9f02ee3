#include "pictures/troubles.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "model/text.h"
#include "model/time_text.h"

namespace casplan::pictures {
namespace {

using simulator::SiteCondition;

constexpr std::size_t most_lines = 100;
constexpr std::size_t most_paths = 3;

bool is_trouble(SiteCondition condition) {
  return condition == SiteCondition::some_fail || condition == SiteCondition::broken ||
         condition == SiteCondition::cannot_tell || condition == SiteCondition::planned_outage;
}

/// Whether users of the path meet the condition of their site.
bool meets(const simulator::PathAssessment& path, SiteCondition condition) {
  if (!path.may_have_users()) return false;
  const Verdict verdict = path.judgement.verdict;
  if (condition == SiteCondition::cannot_tell) return verdict == Verdict::cannot_tell;
  return verdict == Verdict::event46 || verdict == Verdict::fault;
}

/// By site, in the order of the paths.
std::map<SiteId, std::vector<ProxyPath>> paths_in_trouble(const simulator::Assessment& assessment,
                                                          const std::vector<simulator::SiteStatus>& statuses) {
  std::map<SiteId, std::vector<ProxyPath>> paths;
  for (const simulator::PathAssessment& path : assessment.paths) {
    const auto& site = path.path.site;
    if (site && meets(path, at(statuses, *site).condition)) paths[*site].push_back(path.path);
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
  const std::vector<ProxyPath> before = std::move(paths);
  paths.clear();
  std::set_union(before.begin(), before.end(), other.paths.begin(), other.paths.end(), std::back_inserter(paths),
                 [](const ProxyPath& a, const ProxyPath& b) {
                   return std::pair(a.front, a.target) < std::pair(b.front, b.target);
                 });
}

void Troubles::add(const simulator::PassingState& state, const std::vector<simulator::SiteStatus>& statuses) {
  auto paths = paths_in_trouble(state.assessment, statuses);
  for (const simulator::SiteStatus& status : statuses) {
    if (!is_trouble(status.condition)) {
      open_.erase(status.site);
      continue;
    }
    Trouble now{status.site, state.start, state.end, cell_of(status), status.users, std::move(paths[status.site])};
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
