#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/calendar.h"
#include "planner/pools.h"
#include "planner/units.h"

namespace casplan::planner {

/// What stands in the way of a plan.
struct Obstacle {
  enum class Proof {
    proved,      ///< no plan gets around it
    not_proved,  ///< this planner found no way around it
  };
  std::string sentence;
  Proof proof = Proof::not_proved;
};

/// When each step of a draft runs, in the draft's order; or why some unit never runs.
struct Placement {
  std::vector<Schedule> schedules;
  std::optional<Obstacle> obstacle;
};

/// What placing needs of an organisation and a policy, which must live as long.
struct PlacementFacts {
  PlacementFacts(const Organisation& of, const Policy& under);

  const Organisation& organisation;
  const Policy& policy;
  Calendars calendars;
  std::vector<Pool> pools;
};

/// Places the units one by one, none before `begin`, each at the earliest time at which its arrows, the crews, the
/// windows and the servers that must stay in service allow. Where the last server of a site or of an entry point need
/// not go out together with another, it does not. Adds no arrows: `keep_in_service_in_every_order` does.
[[nodiscard]] Placement place(const PlacementFacts& facts, const Draft& draft, const std::vector<Unit>& units,
                              Moment begin);

}  // namespace casplan::planner
