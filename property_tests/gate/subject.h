#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"

namespace casplan::gate {

/// A server or a step, by its place in the organisation or plan.
using Place = std::size_t;

/// An organisation and a plan, laid out so that one case of many costs little. Refers to both, which must live as long.
struct Subject {
  Subject(const Organisation& its_organisation, const Plan& its_plan, const FixedReadings& fixed);

  [[nodiscard]] const Step& step(Place place) const { return plan.steps[place].step; }

  const Organisation& organisation;
  const Plan& plan;
  FixedReadings fixed_readings;
  std::vector<Readings> readings;                          ///< every combination that is open
  std::set<OwaVersion> possible_folders;                   ///< that some server may hold
  std::vector<std::vector<Place>> followers;               ///< by step: the steps that bear an arrow from it
  std::vector<std::size_t> arrows;                         ///< by step: how many it bears
  std::vector<std::vector<Place>> steps_of;                ///< by server
  std::vector<Place> cas;                                  ///< the Client Access servers
  std::vector<Place> fronts;                               ///< behind an entry point, each once
  std::vector<bool> is_front;                              ///< by server
  std::map<OwaVersion, std::vector<Place>> holders_today;  ///< the servers that hold a folder for sure, sorted
  std::map<OwaVersion, std::vector<Place>> holders_ever;   ///< also those to which a step brings it
};

/// The OWA version that the catalogue has for the build of an upgrade; empty for other steps and unknown builds.
[[nodiscard]] std::optional<OwaVersion> version_after(const Step& step);

}  // namespace casplan::gate
