#include "verifier/stop_text.h"

#include <algorithm>
#include <set>

#include "model/contracts.h"

namespace casplan::verifier {
namespace {

constexpr std::size_t names_shown = 5;

/// The names of what the ids name: `a, b and c`, or `a, b, c, d, e and 3 more`.
template <class List, class Id>
std::string names(const List& list, const std::vector<Id>& ids) {
  std::string text;
  const std::size_t shown = ids.size() <= names_shown + 1 ? ids.size() : names_shown;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == ids.size() ? " and " : ", ";
    text += at(list, ids[i]).name;
  }
  return shown == ids.size() ? text : text + " and " + std::to_string(ids.size() - shown) + " more";
}

std::string of_sites(const Organisation& organisation, const std::vector<SiteId>& sites) {
  return (sites.size() == 1 ? "AD site " : "AD sites ") + names(organisation.sites, sites);
}

const std::string& name_of(const Organisation& organisation, ServerId server) {
  return at(organisation.servers, server).name;
}

std::string folder_of(const Plan& plan, const Stop& stop) {
  const auto& folder = at(plan.steps, stop.step).step.folder;
  expects(folder.has_value(), "only an ensure_folder leaves a part of a folder");
  return "folder " + to_string(*folder);
}

std::string partial_sentence(const Stop& stop, const Organisation& organisation, const Plan& plan) {
  std::vector<ServerId> targets;
  for (const ProxyPath& path : stop.partial_folder_paths) targets.push_back(path.target);
  return "Users who are proxied from " + name_of(organisation, stop.partial_folder_paths.front().front) + " to " +
         names(organisation.servers, targets) +
         " get broken pages, at the latest when Outlook Web Access restarts: " + folder_of(plan, stop) +
         " is there only in part.";
}

std::string fault_sentence(const PathFault& fault, const Organisation& organisation) {
  const std::string ends =
      "from " + name_of(organisation, fault.path.front) + " to " + name_of(organisation, fault.path.target);
  return fault.judgement.verdict == Verdict::event46
             ? "Users who are proxied " + ends + " meet Event 46."
             : "Whether users who are proxied " + ends + " meet Event 46 cannot be told.";
}

/// What would happen on the path, without a capital and a full stop.
std::string reason(const PathFault& fault, const Organisation& organisation) {
  const std::string& front = name_of(organisation, fault.path.front);
  const std::string& target = name_of(organisation, fault.path.target);
  const std::string folder = fault.judgement.folder ? "folder " + to_string(*fault.judgement.folder) : "its folder";
  if (fault.judgement.verdict == Verdict::works) {
    return front + " would show broken pages to users who are proxied to " + target + ", because " + folder +
           " is there only in part";
  }
  if (fault.judgement.verdict != Verdict::event46) {
    return "whether " + front + " may proxy to " + target + " could not be told";
  }
  if (fault.judgement.rule == RuleId::newer_front_without_folder) {
    return front + " would proxy to " + target + ", which is older, without " + folder + " loaded";
  }
  return front + " would proxy to " + target + ", which is newer";
}

std::string because(const WayOut& way, const Organisation& organisation) {
  return way.forbidden_by ? ": " + reason(*way.forbidden_by, organisation) + "." : ".";
}

std::string return_sentence(const WayOut& way, const Organisation& organisation) {
  const std::string servers = names(organisation.servers, way.servers);
  if (way.safety != Safety::safe) {
    return "Do not return " + servers + " to service as " + (way.servers.size() == 1 ? "it is" : "they are") +
           because(way, organisation);
  }
  return "Return " + servers + " to service as " + (way.servers.size() == 1 ? "it is" : "they are") +
         "; no user meets Event 46 then who does not meet it today.";
}

std::string rollups_sentence(const WayOut& way, const Stop& stop, const Organisation& organisation) {
  const std::string rollups =
      (way.servers.size() == 1 ? "the rollup from " : "the rollups from ") + names(organisation.servers, way.servers);
  if (way.safety != Safety::safe) return "Do not remove " + rollups + because(way, organisation);
  return "Remove " + rollups + ", which brings back the " +
         (way.servers.size() == 1 ? "build before it" : "builds before them") +
         (stop.out_of_service.empty() ? "" : ", and return " + names(organisation.servers, stop.out_of_service)) +
         "; no user meets Event 46 then who does not meet it today.";
}

std::string obstacle_text(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::none: return "";
    case Obstacle::service_pack: return ", and a service pack cannot be removed";
    case Obstacle::still_failing:
      return ", and removing the rollups from all that are out was not found to make it safe to return them all";
    case Obstacle::not_judged: return ", and whether they could with the rollups removed was not judged";
  }
  return "";
}

bool goes_on(const WayOut& way) {
  return way.kind == WayOutKind::go_on || way.kind == WayOutKind::repeat_step;
}

/// Whether the plan ends with the servers in service, which were so when found.
bool ends_with_all_in_service(const Plan& plan, const std::vector<ServerId>& servers) {
  std::set<ServerId> drained;
  for (const StepIndex index : in_order_of_arrows(plan)) {
    const Step& step = at(plan.steps, index).step;
    if (step.kind == StepKind::drain) drained.insert(step.server);
    if (step.kind == StepKind::return_to_service) drained.erase(step.server);
  }
  return std::none_of(servers.begin(), servers.end(), [&](ServerId server) { return drained.contains(server); });
}

std::string stay_out_sentence(const WayOut& way, const Stop& stop, const Organisation& organisation, const Plan& plan) {
  const bool is_one = way.servers.size() == 1;
  const bool plan_brings_back =
      std::any_of(stop.ways_out.begin(), stop.ways_out.end(), goes_on) && ends_with_all_in_service(plan, way.servers);
  return names(organisation.servers, way.servers) + " cannot return as " + (is_one ? "it is" : "they are") +
         obstacle_text(way.obstacle) +
         (plan_brings_back ? std::string("; go on with the plan to bring ") + (is_one ? "it" : "them") + " back."
                           : ".");
}

}  // namespace

std::vector<std::string> who_has_it_worse(const Stop& stop, const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> text;
  if (!stop.entry_points_without_service.empty()) {
    text.push_back("Nobody who comes by " + names(organisation.entry_points, stop.entry_points_without_service) +
                   " is served: every front is out of service.");
  }
  if (!stop.sites_without_service.empty()) {
    text.push_back("Nobody of " + of_sites(organisation, stop.sites_without_service) + " is served.");
  }
  if (!stop.partial_folder_paths.empty()) text.push_back(partial_sentence(stop, organisation, plan));
  for (std::size_t i = 0; i < std::min(stop.faults.size(), names_shown); ++i) {
    text.push_back(fault_sentence(stop.faults[i], organisation));
  }
  return text;
}

std::string sentence(const WayOut& way, const Stop& stop, const Organisation& organisation, const Plan& plan) {
  switch (way.kind) {
    case WayOutKind::go_on: return "Go on with the plan.";
    case WayOutKind::repeat_step: return "Repeat step " + at(plan.steps, stop.step).id + ", and go on with the plan.";
    case WayOutKind::remove_partial_folder:
      return (way.safety == Safety::safe ? "Remove what there is of " : "Do not remove what there is of ") +
             folder_of(plan, stop) + " from " + names(organisation.servers, way.servers) +
             (way.safety == Safety::safe ? ", which leaves the server as it was before the step."
                                         : because(way, organisation));
    case WayOutKind::return_servers: return return_sentence(way, organisation);
    case WayOutKind::remove_rollups: return rollups_sentence(way, stop, organisation);
    case WayOutKind::stay_out: return stay_out_sentence(way, stop, organisation, plan);
  }
  return {};
}

}  // namespace casplan::verifier
