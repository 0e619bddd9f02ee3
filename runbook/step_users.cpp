#include "model/catalogue.h"
#include "model/text.h"
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
    const std::string users = site.features.size() > 1 ? " (" + figure_text(share.users) + ")" : "";
    shares.push_back(level_name(share.level) + users);
  }
  return shares.empty() ? "-" : joined(shares);
}

std::string site_row(const Course& course, const simulator::SiteAssessment& site) {
  return row({site_text(course, site.site), figure_text(site.served), figure_text(site.broken),
              figure_text(site.unavailable), figure_text(site.undecided), features_text(site)});
}

bool is_shown(const Course& course, const Scene& scene, const simulator::SiteAssessment& site) {
  return course.organisation().sites.size() <= sites_shown || scene.server.site == site.site || is_some(site.broken) ||
         is_some(site.undecided) || is_unavailable(site);
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

}  // namespace casplan::runbook
