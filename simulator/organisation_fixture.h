#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

/// Modelled organisations and plans for the tests of the simulator and of the verifier; no real one looks like this.
namespace casplan::modelled {

inline constexpr BuildVersion rtm{{8, 0, 685, 25}};
inline constexpr BuildVersion rtm_ru5{{8, 0, 754, 0}};
inline constexpr BuildVersion sp1{{8, 1, 240, 6}};
inline constexpr BuildVersion sp1_ru5{{8, 1, 336, 1}};
inline constexpr BuildVersion sp1_ru9{{8, 1, 393, 1}};
inline constexpr BuildVersion sp2{{8, 2, 176, 2}};
inline constexpr BuildVersion sp3_ru1{{8, 3, 106, 2}};
inline constexpr BuildVersion exchange2010{{14, 0, 639, 21}};

/// The name of the resource folder that comes with a build of the catalogue.
inline OwaVersion folder_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  expects(known != nullptr, "a modelled server runs a known build");
  return known->owa_version;
}

inline FolderList folders_of(std::initializer_list<BuildVersion> builds) {
  FolderList folders;
  for (const BuildVersion& build : builds) folders.push_back({to_string(folder_of(build)), folder_of(build)});
  return folders;
}

/// An organisation that grows site by site and server by server.
struct Builder {
  Organisation organisation;

  SiteId site(const std::string& name, std::optional<UserCount> mailboxes) {
    organisation.sites.push_back({name, mailboxes, 0});
    return id_at<SiteId>(organisation.sites.size() - 1);
  }

  /// A CAS on which every proxy works as far as the version rule lets it. It holds the folder of its own build.
  ServerId cas(const std::string& name, SiteId site, const BuildVersion& build) {
    Server server;
    server.name = name;
    server.site = site;
    server.roles = {Role::client_access};
    server.build = build;
    server.folders = folders_of({build});
    server.internal_url = "https://" + name + "/owa";
    server.integrated_auth = true;
    organisation.servers.push_back(std::move(server));
    return id_at<ServerId>(organisation.servers.size() - 1);
  }

  void entry_point(const std::string& name, std::vector<ServerId> fronts, std::optional<int> share = 100) {
    organisation.entry_points.push_back({name, std::move(fronts), share});
  }

  Server& operator[](ServerId id) { return at(organisation.servers, id); }
};

/// The case of the KB: site HQ with 1200 users and the front HQCAS1, site Branch1 with 300 users and BRCAS1; all on
/// RTM.
struct TwoSites : Builder {
  SiteId hq = site("HQ", 1200);
  SiteId branch = site("Branch1", 300);
  ServerId front = cas("HQCAS1", hq, rtm);
  ServerId target = cas("BRCAS1", branch, rtm);

  TwoSites() { entry_point("mail.contoso.com", {front}); }

  void runs(ServerId server, const BuildVersion& build, std::initializer_list<BuildVersion> folders) {
    (*this)[server].build = build;
    (*this)[server].folders = folders_of(folders);
  }
};

inline Step drain(ServerId server) {
  return {StepKind::drain, server, std::nullopt, std::nullopt, {}};
}
inline Step return_to_service(ServerId server) {
  return {StepKind::return_to_service, server, std::nullopt, std::nullopt, {}};
}
inline Step recycle(ServerId server) {
  return {StepKind::recycle, server, std::nullopt, std::nullopt, {}};
}
inline Step upgrade(ServerId server, const BuildVersion& build) {
  return {StepKind::upgrade, server, build, std::nullopt, {}};
}
inline Step ensure_folder(ServerId server, const OwaVersion& folder, std::vector<ServerId> sources = {}) {
  return {StepKind::ensure_folder, server, std::nullopt, folder, std::move(sources)};
}

/// A step with the minutes, from the default start, in which it is planned.
struct Timed {
  Step step;
  int start;
  int end;
};

/// A plan of steps s1, s2, … that bear no arrows.
inline Plan timed(const std::vector<Timed>& steps) {
  Plan plan;
  for (const Timed& entry : steps) {
    const Schedule schedule{default_start() + Minutes(entry.start), default_start() + Minutes(entry.end)};
    plan.steps.push_back({"s" + std::to_string(plan.steps.size() + 1), entry.step, "", {}, schedule});
  }
  return plan;
}

/// A hand-written sequence: step by step without gaps, with the default durations.
inline Plan sequence(const std::vector<Step>& steps) {
  Plan plan;
  for (const Step& step : steps) {
    plan.steps.push_back({"s" + std::to_string(plan.steps.size() + 1), step, "", {}, std::nullopt});
    if (plan.steps.size() > 1) plan.steps.back().after = {{id_at<StepIndex>(plan.steps.size() - 2), "as written"}};
  }
  return scheduled(std::move(plan), Durations{}, default_start());
}

}  // namespace casplan::modelled
