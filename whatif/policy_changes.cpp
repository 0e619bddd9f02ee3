#include <algorithm>

#include "documents/moment_text.h"
#include "model/contracts.h"
#include "model/overloaded.h"
#include "model/time_text.h"
#include "planner/windows.h"
#include "whatif/make_change.h"
#include "whatif/windows.h"

namespace casplan::whatif {
namespace {

const std::string& name_of(const Situation& now, ServerId id) {
  return at(now.organisation.servers, id).name;
}

/// The most CAS that a site has; one whose site is not known may be in any.
int most_in_service(const Organisation& organisation, SiteId site) {
  const auto all = client_access_servers(organisation);
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](ServerId id) {
    const auto& place = at(organisation.servers, id).site;
    return !place || *place == site;
  }));
}

/// A window that is open longer than it can be, or still too short to be of any use.
Making misfit_of(const Window& window, const Policy& policy) {
  if (const auto* weekly = std::get_if<WeeklyTime>(&window.time)) {
    if (weekly->length <= a_week) return std::nullopt;
    return Misfit{"a window that would be open for more than a week", "one that is open for a week at most"};
  }
  const Moment end = std::get<DatedTime>(window.time).end;
  if (end >= documents::end_of_times)
    return Misfit{"a window that would be open beyond the year 9999", "fewer minutes"};
  if (!planner::is_over(window, policy)) return std::nullopt;
  return Misfit{"a window that would be over by " + utc_text(end) + ", before the work may begin",
                "a window that is open after " + utc_text(policy.start) + ", when it may"};
}

}  // namespace

Making make(const Freeze& change, Situation& now) {
  now.policy->frozen.insert(change.server);
  return std::nullopt;
}

Making make(const Unfreeze& change, Situation& now) {
  now.policy->frozen.erase(change.server);
  return std::nullopt;
}

Making make(const SetTarget& change, Situation& now) {
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
  if (change.where) {
    drop_windows(*now.policy, now.organisation, *change.where);
  } else {
    now.policy->windows.clear();
  }
  return std::nullopt;
}

Making make(const LengthenWindow& change, Situation& now) {
  expects(change.place < now.policy->windows.size(), "a window that is lengthened is one of the policy");
  Window window = now.policy->windows[change.place];
  std::visit(Overloaded{[&](WeeklyTime& weekly) { weekly.length += change.by; },
                        [&](DatedTime& dated) { dated.end += change.by; }},
             window.time);
  if (auto misfit = misfit_of(window, *now.policy)) return misfit;
  now.policy->windows[change.place] = std::move(window);
  return std::nullopt;
}

Making make(const SettleReading& change, Situation& now) {
  fix(now.policy ? now.policy->readings : now.settled, change.reading, change.value);
  return std::nullopt;
}

}  // namespace casplan::whatif
