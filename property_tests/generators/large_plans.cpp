#include "property_tests/generators/large_plans.h"

#include <array>
#include <map>
#include <string>
#include <vector>

#include "model/catalogue.h"
#include "model/contracts.h"

namespace casplan {
namespace {

constexpr BuildVersion front_build{{8, 1, 375, 2}};
constexpr BuildVersion goal{{8, 2, 176, 2}};
constexpr std::array<BuildVersion, 3> target_builds{{{{8, 0, 685, 25}}, {{8, 1, 240, 6}}, front_build}};

OwaVersion folder_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  expects(known != nullptr, "the builds of the benchmarks are in the catalogue");
  return known->owa_version;
}

Server server(const std::string& name, SiteId site, const BuildVersion& build) {
  Server server;
  server.name = name;
  server.fqdn = name + ".example.com";
  server.site = site;
  server.roles = {Role::client_access};
  server.build = build;
  server.folders = FolderList{{to_string(folder_of(build)), folder_of(build)}};
  server.internal_url = "https://" + name + ".example.com/owa";
  server.integrated_auth = true;
  server.in_service = true;
  return server;
}

class Maker {
 public:
  LargePlan make(std::size_t fronts, std::size_t targets) {
    add_fronts(fronts);
    for (std::size_t i = 0; i < targets; ++i) add_target(i);
    for (std::size_t i = 0; i < fronts; ++i) add_steps_of_front(id_at<ServerId>(i));
    for (std::size_t i = 0; i < targets; ++i) add_step_of_target(id_at<ServerId>(fronts + i));
    give_times();
    return std::move(made_);
  }

 private:
  Organisation& organisation() { return made_.organisation; }

  void add_fronts(std::size_t count) {
    organisation().name = "Contoso";
    organisation().sites.push_back({"Hub", 0, 0});
    organisation().entry_points.push_back({"mail.example.com", {}, 100});
    for (std::size_t i = 0; i < count; ++i) {
      Server front = server("front" + std::to_string(i), SiteId{0}, front_build);
      for (const BuildVersion& build : target_builds) {
        if (build != front_build) front.folders->push_back({to_string(folder_of(build)), folder_of(build)});
      }
      organisation().entry_points.front().fronts.push_back(id_at<ServerId>(organisation().servers.size()));
      organisation().servers.push_back(std::move(front));
    }
  }

  void add_target(std::size_t number) {
    if (number % 2 == 0) organisation().sites.push_back({"Site" + std::to_string(number / 2), 100, 0});
    const BuildVersion build = target_builds[number % target_builds.size()];
    const auto id = id_at<ServerId>(organisation().servers.size());
    organisation().servers.push_back(
        server("target" + std::to_string(number), id_at<SiteId>(organisation().sites.size() - 1), build));
    holder_.try_emplace(folder_of(build), id);
  }

  StepIndex add(Step step, const std::vector<StepIndex>& after) {
    PlannedStep planned;
    planned.id = std::to_string(made_.plan.steps.size() + 1);
    planned.step = std::move(step);
    for (const StepIndex before : after) planned.after.push_back({before, ""});
    made_.plan.steps.push_back(std::move(planned));
    return id_at<StepIndex>(made_.plan.steps.size() - 1);
  }

  void add_steps_of_front(ServerId front) {
    const StepIndex drain = add({StepKind::drain, front, {}, {}, {}}, {});
    const StepIndex upgrade = add({StepKind::upgrade, front, goal, {}, {}}, {drain});
    std::vector<StepIndex> ensures;
    for (const auto& [folder, holder] : holder_) {
      ensures.push_back(add({StepKind::ensure_folder, front, {}, folder, {holder}}, {upgrade}));
      ready_[folder].push_back(ensures.back());
    }
    const StepIndex recycle = add({StepKind::recycle, front, {}, {}, {}}, ensures);
    add({StepKind::return_to_service, front, {}, {}, {}}, {recycle});
  }

  void add_step_of_target(ServerId target) {
    const OwaVersion folder = folder_of(*at(organisation().servers, target).build);
    add({StepKind::upgrade, target, goal, {}, {}}, ready_.at(folder));
  }

  void give_times() {
    Moment clock{};
    for (PlannedStep& step : made_.plan.steps) {
      step.schedule = Schedule{clock, clock + Minutes(1)};
      clock += Minutes(1);
    }
  }

  LargePlan made_;
  std::map<OwaVersion, ServerId> holder_;
  std::map<OwaVersion, std::vector<StepIndex>> ready_;  // by folder: the steps that put it on the fronts
};

}  // namespace

LargePlan large_plan(std::size_t fronts, std::size_t targets) {
  return Maker().make(fronts, targets);
}

}  // namespace casplan
