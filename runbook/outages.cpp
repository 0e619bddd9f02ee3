#include "runbook/outages.h"

#include <algorithm>

namespace casplan::runbook {
namespace {

constexpr std::int64_t thousandths = 1000;

bool none_in_service(const State& state, const std::vector<ServerId>& servers) {
  return std::none_of(servers.begin(), servers.end(),
                      [&](ServerId server) { return at(state.servers, server).is_in_service(); });
}

/// Where the number of users is not known: whether an entry point has no front in service, or the site has Client
/// Access servers and none of them is.
bool may_be_unavailable(const Organisation& organisation, const State& state, SiteId site) {
  if (!may_have_users(at(organisation.sites, site))) return false;
  const auto own = client_access_servers(organisation, site);
  const auto& entries = organisation.entry_points;
  return (!own.empty() && none_in_service(state, own)) ||
         std::any_of(entries.begin(), entries.end(),
                     [&](const EntryPoint& entry) { return none_in_service(state, entry.fronts); });
}

void extend(SiteOutage& outage, const simulator::Users& users, Minutes length) {
  outage.length += length;
  if (!users) {
    outage.users.reset();
    outage.user_minutes.reset();
    return;
  }
  if (outage.user_minutes) outage.user_minutes->add(*users, length.count());
  if (outage.users && outage.users->nearest(thousandths) < users->nearest(thousandths)) outage.users = users;
}

}  // namespace

std::vector<ServerOutage> server_outages(const Course& course) {
  std::vector<ServerOutage> outages;
  for (const ServerId server : client_access_servers(course.organisation())) {
    std::optional<ServerOutage> outage;
    for (const simulator::TraceState& state : course.trace().states) {
      if (state.start == state.end || at(state.state.servers, server).is_in_service()) continue;
      if (!outage) outage = ServerOutage{server, state.start, Minutes(0)};
      outage->length += state.end - state.start;
    }
    if (outage) outages.push_back(*outage);
  }
  return outages;
}

std::vector<SiteOutage> site_outages(const Course& course) {
  std::vector<SiteOutage> outages;
  for (std::size_t i = 0; i < course.organisation().sites.size(); ++i) {
    SiteOutage outage{id_at<SiteId>(i), ExactSum(), Minutes(0), ExactSum()};
    for (const simulator::TraceState& state : course.trace().states) {
      const auto& site = state.assessment.sites[i];
      if (state.start == state.end || !is_unavailable(course.organisation(), state.state, site)) continue;
      extend(outage, site.unavailable, state.end - state.start);
    }
    if (outage.length.count() > 0) outages.push_back(outage);
  }
  return outages;
}

bool is_unavailable(const Organisation& organisation, const State& state, const simulator::SiteAssessment& site) {
  return site.unavailable ? !site.unavailable->is_zero() : may_be_unavailable(organisation, state, site.site);
}

bool is_less_available_than_today(const Course& course, const State& state, const simulator::SiteAssessment& site) {
  if (!is_unavailable(course.organisation(), state, site)) return false;
  const auto& today = course.today().assessment.sites[site.site.value];
  if (site.unavailable && today.unavailable) {
    return site.unavailable->nearest(thousandths) > today.unavailable->nearest(thousandths);
  }
  return !is_unavailable(course.organisation(), course.today().state, today);
}

std::optional<StepIndex> event46_ends_by(const Course& course, const Scene& scene, std::size_t path) {
  for (const simulator::TraceState& state : course.trace().states) {
    if (state.start <= course.end(scene.index)) continue;
    if (state.assessment.paths[path].judgement.verdict != Verdict::event46) return state.after;
  }
  return std::nullopt;
}

std::optional<StepIndex> available_by(const Course& course, const Scene& scene, SiteId site) {
  for (const simulator::TraceState& state : course.trace().states) {
    if (state.start <= course.end(scene.index)) continue;
    if (!is_less_available_than_today(course, state.state, state.assessment.sites[site.value])) return state.after;
  }
  return std::nullopt;
}

std::string ended_by(const Course& course, const std::optional<StepIndex>& step) {
  return step ? "until " + step_label(course, *step) + " has ended" : "until the end of the plan, and after it";
}

}  // namespace casplan::runbook
