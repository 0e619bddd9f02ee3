#include "runbook/outages.h"

#include <algorithm>

namespace casplan::runbook {
namespace {

constexpr std::int64_t thousandths = 1000;

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
      if (state.start == state.end || !is_unavailable(site)) continue;
      extend(outage, site.unavailable, state.end - state.start);
    }
    if (outage.length.count() > 0) outages.push_back(outage);
  }
  return outages;
}

bool is_unavailable(const simulator::SiteAssessment& site) {
  return site.fates.contains(simulator::Fate::unavailable);
}

std::optional<StepIndex> event46_ends_by(const Course& course, const Scene& scene, std::size_t path) {
  for (const simulator::TraceState& state : course.trace().states) {
    if (state.start <= course.end(scene.index)) continue;
    if (state.assessment.paths[path].judgement.verdict != Verdict::event46) return state.after;
  }
  return std::nullopt;
}

std::string ended_by(const Course& course, const std::optional<StepIndex>& step) {
  return step ? "until " + step_label(course, *step) + " has ended" : "until the end of the plan, and after it";
}

}  // namespace casplan::runbook
