#include "property_tests/gate/subject.h"

#include <algorithm>

#include "model/catalogue.h"
#include "property_tests/oracles/naive_state.h"

namespace casplan::gate {
namespace {

void sort_each_once(std::map<OwaVersion, std::vector<Place>>& holders) {
  for (auto& [folder, servers] : holders) {
    std::sort(servers.begin(), servers.end());
    servers.erase(std::unique(servers.begin(), servers.end()), servers.end());
  }
}

}  // namespace

std::optional<OwaVersion> version_after(const Step& step) {
  const Build* build = step.build ? find_build(*step.build) : nullptr;
  return build == nullptr ? std::nullopt : std::optional(build->owa_version);
}

Subject::Subject(const Organisation& its_organisation, const Plan& its_plan, const FixedReadings& fixed)
    : organisation(its_organisation),
      plan(its_plan),
      fixed_readings(fixed),
      readings(combinations(fixed)),
      possible_folders(oracle::folders_that_may_exist(its_organisation)),
      followers(its_plan.steps.size()),
      arrows(its_plan.steps.size()),
      steps_of(its_organisation.servers.size()),
      is_front(its_organisation.servers.size()) {
  for (Place server = 0; server < organisation.servers.size(); ++server) {
    if (organisation.servers[server].is_cas()) cas.push_back(server);
    for (const OwaVersion& folder : oracle::found(organisation.servers[server], {}).present.sure) {
      holders_today[folder].push_back(server);
    }
  }
  for (const ServerId front : casplan::fronts(organisation)) {
    fronts.push_back(front.value);
    is_front[front.value] = true;
  }
  holders_ever = holders_today;
  for (Place place = 0; place < plan.steps.size(); ++place) {
    steps_of[step(place).server.value].push_back(place);
    arrows[place] = plan.steps[place].after.size();
    for (const Arrow& arrow : plan.steps[place].after) followers[arrow.step.value].push_back(place);
    if (step(place).folder) holders_ever[*step(place).folder].push_back(step(place).server.value);
    const bool brings_a_folder = at(organisation.servers, step(place).server).is_cas();
    const auto own = version_after(step(place));
    if (own && brings_a_folder) holders_ever[*own].push_back(step(place).server.value);
  }
  sort_each_once(holders_ever);
}

}  // namespace casplan::gate
