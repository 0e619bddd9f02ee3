#include <algorithm>

#include "model/catalogue.h"
#include "model/time_text.h"
#include "planner/remedy.h"
#include "whatif/make_change.h"
#include "whatif/places.h"

namespace casplan::whatif {
namespace {

const std::string& name_of(const Situation& now, ServerId id) {
  return at(now.organisation.servers, id).name;
}

std::string name_of(const Situation& now, const Workplace& where) {
  return std::visit(Overloaded{[&](SiteId id) { return at(now.organisation.sites, id).name; },
                               [&](ServerId id) { return at(now.organisation.servers, id).name; }},
                    where);
}

/// The most CAS that a site has; one whose site is not known may be in any.
int most_in_service(const Organisation& organisation, SiteId site) {
  const auto all = client_access_servers(organisation);
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](ServerId id) {
    const auto& place = at(organisation.servers, id).site;
    return !place || *place == site;
  }));
}

}  // namespace

Making make(const Freeze& change, Situation& now) {
  if (now.policy->frozen.insert(change.server).second) return std::nullopt;
  return Misfit{name_of(now, change.server) + ", which is frozen already", "a server that is not frozen"};
}

Making make(const Unfreeze& change, Situation& now) {
  if (now.policy->frozen.erase(change.server) == 1) return std::nullopt;
  return Misfit{name_of(now, change.server) + ", which is not frozen", "a server that is"};
}

Making make(const SetTarget& change, Situation& now) {
  const Build* build = find_build(change.build);
  if (build != nullptr && build->withdrawn) {
    return Misfit{to_string(change.build) + ", which Microsoft withdrew", "a build that was not withdrawn"};
  }
  if (!change.server) {
    if (now.policy->goal != Goal::upgrade) {
      return Misfit{"a target for the goal " + std::string(to_string(now.policy->goal)), "a policy with goal upgrade"};
    }
    now.policy->target = change.build;
    return std::nullopt;
  }
  if (now.policy->frozen.contains(*change.server)) {
    return Misfit{name_of(now, *change.server) + ", which is frozen", "a server that is not: unfreeze it first"};
  }
  now.policy->targets[*change.server] = change.build;
  return std::nullopt;
}

Making make(const LimitCopies& change, Situation& now) {
  now.policy->copies = change.most;
  return std::nullopt;
}

Making make(const SetCrews& change, Situation& now) {
  now.policy->crews = change.crews;
  return std::nullopt;
}

Making make(const SetMinInService& change, Situation& now) {
  if (!change.site) {
    now.policy->min_in_service.default_count = change.count;
    return std::nullopt;
  }
  const int most = most_in_service(now.organisation, *change.site);
  if (change.count > most) {
    return Misfit{std::to_string(change.count) + ", more than the Client Access servers of " +
                      at(now.organisation.sites, *change.site).name,
                  "a whole number from 0 to " + std::to_string(most)};
  }
  now.policy->min_in_service.sites[*change.site] = change.count;
  return std::nullopt;
}

Making make(const SetLatestEnd& change, Situation& now) {
  if (change.end && *change.end <= now.policy->start) {
    return Misfit{utc_text(*change.end) + ", which is not after the policy's start",
                  "a time after " + utc_text(now.policy->start)};
  }
  now.policy->latest_end = change.end;
  return std::nullopt;
}

Making make(const OpenWindow& change, Situation& now) {
  open_window(*now.policy, change);
  return std::nullopt;
}

Making make(const DropWindows& change, Situation& now) {
  if (!change.where) {
    if (now.policy->windows.empty()) return Misfit{"a policy without windows", "a policy that has some"};
    now.policy->windows.clear();
    return std::nullopt;
  }
  if (!has_windows(*now.policy, now.organisation, *change.where)) {
    return Misfit{name_of(now, *change.where) + ", which may be worked on at any time",
                  "a site or server with windows"};
  }
  drop_windows(*now.policy, now.organisation, *change.where);
  return std::nullopt;
}

Making make(const LengthenWindow& change, Situation& now) {
  const planner::WorkWindow window{change.place};
  const auto eased = planner::eased(*now.policy, window, change.by.count());
  if (!eased) return Misfit{"a window that would be open for more than a week", "fewer minutes"};
  now.policy = planner::remedied({now.organisation, *now.policy}, {{*eased}}).policy;
  return std::nullopt;
}

Making make(const SettleReading& change, Situation& now) {
  fix(now.policy ? now.policy->readings : now.settled, change.reading, change.value);
  return std::nullopt;
}

}  // namespace casplan::whatif
