#include <algorithm>

#include "model/catalogue.h"
#include "runbook/escape.h"
#include "runbook/figures.h"
#include "runbook/outages.h"
#include "runbook/sections.h"

namespace casplan::runbook {
namespace {

/// An organisation with more sites than this gets only the sites in which something is not as it should be, or which
/// the step's server belongs to.
constexpr std::size_t sites_shown = 20;

bool is_some(const simulator::Users& users) {
  return users && !users->is_zero();
}

std::string features_text(const simulator::SiteAssessment& site) {
  std::vector<std::string> shares;
  for (const simulator::FeatureShare& share : site.features) {
    const std::string users = site.features.size() > 1 ? " (" + users_text(share.users) + ")" : "";
    shares.push_back(level_name(share.level) + users);
  }
  return shares.empty() ? "-" : joined(shares);
}

std::string site_row(const Course& course, const simulator::SiteAssessment& site) {
  return row({site_text(course, site.site), users_text(site.served), users_text(site.broken),
              users_text(site.unavailable), users_text(site.undecided), features_text(site)});
}

bool is_shown(const Course& course, const Scene& scene, const simulator::SiteAssessment& site) {
  return course.organisation().sites.size() <= sites_shown || scene.server.site == site.site || is_some(site.broken) ||
         is_some(site.undecided) || is_unavailable(site);
}

bool fails_today(const Course& course, std::size_t path) {
  return course.today().assessment.paths[path].judgement.verdict == Verdict::event46;
}

std::vector<std::string> people_without_mail(const Course& course, const Scene& scene) {
  std::vector<std::string> people;
  for (std::size_t i = 0; i < scene.users_after.paths.size(); ++i) {
    const simulator::PathAssessment& path = scene.users_after.paths[i];
    if (path.judgement.verdict != Verdict::event46) continue;
    people.push_back("Users of AD site " + site_text(course, path.path.site) + " (" + users_text(path.users) +
                     ") who are proxied from " + server_text(course, path.path.front) + " to " +
                     server_text(course, path.path.target) + " meet Event 46" +
                     (fails_today(course, i) ? ", as before the plan, " : " ") +
                     ended_by(course, event46_ends_by(course, scene, i)) + ".");
  }
  for (const simulator::SiteAssessment& site : scene.users_after.sites) {
    if (!is_less_available_than_today(course, site)) continue;
    people.push_back("Users of AD site " + site_text(course, site.site) + " (" + users_text(site.unavailable) +
                     ") have no server that serves them " + ended_by(course, available_by(course, scene, site.site)) +
                     ".");
  }
  return people;
}

std::string running_text(const Course& course, const Scene& scene) {
  if (scene.running.empty()) return {};
  std::vector<std::string> labels;
  for (const StepIndex step : scene.running) labels.push_back(step_label(course, step));
  return "Let what is still running end first: " + joined(labels) + ". ";
}

}  // namespace

std::string users_after(const Course& course, const Scene& scene) {
  std::string text = "### What users have then\n\n" + table_head({"AD site", "Served", "Proxy fails",
                                                                  "No server serves them", "Cannot tell", "Features"});
  std::size_t hidden = 0;
  for (const simulator::SiteAssessment& site : scene.users_after.sites) {
    if (at(course.organisation().sites, site.site).mailboxes == 0) continue;
    const bool shown = is_shown(course, scene, site);
    if (shown) text += site_row(course, site);
    if (!shown) ++hidden;
  }
  if (hidden > 0) text += "\nIn " + counted(hidden, "other AD site") + " every user is served.\n";
  return text + "\n";
}

std::string may_stop(const Course& course, const Scene& scene) {
  const auto people = people_without_mail(course, scene);
  const bool last = course.number(scene.index) == course.order().size();
  std::string text = "### May the work stop here?\n\n" + running_text(course, scene);
  if (people.empty()) {
    return text + (last ? "**Yes, this is the end of the plan.**" : "**Yes.**") +
           " No path fails with Event 46, and nobody is worse served than before the plan.\n\n";
  }
  text += "**No.**\n\n";
  for (const std::string& who : people) text += "- " + who + "\n";
  return text + "\n";
}

}  // namespace casplan::runbook
