#include "property_tests/judged_plans.h"

#include <algorithm>
#include <string>
#include <utility>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/steps.h"
#include "property_tests/generators/versions.h"
#include "property_tests/plan_facts.h"

namespace casplan {
namespace {

constexpr std::size_t most_steps = 10;

/// A CAS on which only the version rule decides, with every fact known: its own folder or not, some of the palette's,
/// loaded or not, copied by hand or not.
Server draw_cas(const std::string& name, SiteId site, const std::vector<Build>& palette) {
  if (draw::once_in(3)) return plain_cas(name, site, draw::one_of(palette), draw::some_of(palette));
  const Build build = draw::one_of(palette);
  Server server = plain_cas(name, site, build, {});
  server.folders = *any_folders(build, palette);
  if (draw::once_in(5)) server.loaded_folders = draw::some_of(*server.folders);
  if (draw::once_in(5)) server.hand_copied_folders = draw::some_of(*server.folders);
  server.in_service = !draw::once_in(10);
  return server;
}

/// Leaves few combinations open, often one.
FixedReadings fix_more(FixedReadings fixed) {
  const auto values = values_of(fixed);
  for (std::size_t reading = 0; reading < values.size(); ++reading) {
    if (!values[reading] && !draw::once_in(5)) fix(fixed, reading, static_cast<std::size_t>(draw::below(2)));
  }
  return fixed;
}

/// Mostly one between two servers: without one between the steps of a server, most plans cannot be carried out.
void remove_an_arrow(Plan& plan) {
  auto arrows = arrows_of(plan);
  const bool any_will_do = draw::once_in(4);
  std::erase_if(arrows, [&](const ArrowPlace& place) {
    const StepIndex earlier = at(plan.steps, place.step).after[place.arrow].step;
    return !any_will_do && at(plan.steps, earlier).step.server == at(plan.steps, place.step).step.server;
  });
  if (!arrows.empty()) plan = without_arrow(std::move(plan), draw::one_of(arrows));
}

/// From a step to one that may come after it.
void add_an_arrow(Plan& plan) {
  if (plan.steps.size() < 2) return;
  const auto order = in_order_of_arrows(plan);
  const auto later = static_cast<std::size_t>(draw::between(1, static_cast<int>(order.size()) - 1));
  const auto earlier = static_cast<std::size_t>(draw::below(static_cast<int>(later)));
  at(plan.steps, order[later]).after.push_back({order[earlier], "drawn"});
}

Plan without_times(const std::vector<Step>& steps) {
  Plan plan;
  for (const Step& step : steps) {
    plan.steps.push_back({"s" + std::to_string(plan.steps.size() + 1), step, "", {}, std::nullopt});
  }
  return plan;
}

void draw_arrows(Plan& plan) {
  const int one_in = draw::between(2, 4);
  for (std::size_t later = 1; later < plan.steps.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool same_server = plan.steps[earlier].step.server == plan.steps[later].step.server;
      if (same_server ? !draw::once_in(12) : draw::once_in(one_in))
        plan.steps[later].after.push_back({id_at<StepIndex>(earlier), "drawn"});
    }
  }
}

std::optional<Case> try_to_plan() {
  const Organisation organisation = draw_small_organisation();
  const Policy policy = draw_policy(organisation);
  auto plan = plan_for(organisation, policy);
  if (!plan || plan->steps.empty() || plan->steps.size() > most_steps) return std::nullopt;
  return Case{organisation, std::move(*plan), fix_more(policy.readings)};
}

}  // namespace

Organisation draw_small_organisation() {
  Organisation organisation;
  organisation.name = "Contoso";
  const auto palette = *any_palette();
  const auto sites = static_cast<std::size_t>(draw::between(2, 3));
  for (std::size_t i = 0; i < sites; ++i) organisation.sites.push_back({"Site" + std::to_string(i + 1), 100, 0});
  const int servers = draw::between(static_cast<int>(sites), 5);
  for (std::size_t i = 0; i < static_cast<std::size_t>(servers); ++i) {
    const auto site = id_at<SiteId>(i < sites ? i : static_cast<std::size_t>(draw::below(static_cast<int>(sites))));
    organisation.servers.push_back(draw_cas("CAS" + std::to_string(i + 1), site, palette));
  }
  std::vector<ServerId> fronts{ServerId{0}};
  if (draw::once_in(2)) fronts.push_back(id_at<ServerId>(static_cast<std::size_t>(draw::between(1, servers - 1))));
  organisation.entry_points.push_back({"mail.example.com", fronts, 100});
  return organisation;
}

Policy draw_policy(const Organisation& organisation) {
  switch (draw::below(5)) {
    case 0: return *any_policy(organisation);
    case 1: return *any_heal_policy(organisation, Goal::heal_by_copy);
    case 2: return *any_heal_policy(organisation, Goal::heal_by_patch);
    default: return *any_generous_policy(organisation);
  }
}

std::optional<Case> draw_planned() {
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (auto drawn = try_to_plan()) return drawn;
  }
  return std::nullopt;
}

std::optional<Case> draw_changed(Arrows arrows) {
  auto drawn = draw_planned();
  if (!drawn) return std::nullopt;
  if (arrows == Arrows::one_removed || arrows == Arrows::two_removed) remove_an_arrow(drawn->plan);
  if (arrows == Arrows::two_removed) remove_an_arrow(drawn->plan);
  if (arrows == Arrows::one_added) add_an_arrow(drawn->plan);
  return drawn;
}

Case draw_hand_made(int most) {
  const Organisation organisation = draw_small_organisation();
  Plan plan = without_times(*any_steps(organisation, 1, most));
  draw_arrows(plan);
  const bool upgrades = std::any_of(plan.steps.begin(), plan.steps.end(),
                                    [](const PlannedStep& step) { return step.step.kind == StepKind::upgrade; });
  plan.goal = !upgrades && draw::once_in(2) ? Goal::heal_by_copy : Goal::upgrade;
  return {organisation, plan, fix_more({})};
}

Plan one_after_the_other(Plan plan) {
  Moment clock = default_start();
  for (const StepIndex step : in_order_of_arrows(plan)) {
    at(plan.steps, step).schedule = Schedule{clock, clock + Minutes(1)};
    clock += Minutes(1);
  }
  return plan;
}

std::vector<ArrowPlace> arrows_of(const Plan& plan) {
  std::vector<ArrowPlace> arrows;
  for (std::size_t step = 0; step < plan.steps.size(); ++step) {
    for (std::size_t arrow = 0; arrow < plan.steps[step].after.size(); ++arrow) {
      arrows.push_back({id_at<StepIndex>(step), arrow});
    }
  }
  return arrows;
}

Plan without_arrow(Plan plan, const ArrowPlace& place) {
  auto& after = at(plan.steps, place.step).after;
  after.erase(after.begin() + static_cast<std::ptrdiff_t>(place.arrow));
  return plan;
}

}  // namespace casplan
