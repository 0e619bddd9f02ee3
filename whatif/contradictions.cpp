#include "whatif/contradictions.h"

#include <map>
#include <set>
#include <utility>

#include "whatif/subjects.h"
#include "whatif/windows.h"

namespace casplan::whatif {
namespace {

constexpr const char* no_contradiction = "changes that do not contradict each other: leave one of the two out";

Diagnostics clashes(const Situation& situation, const std::vector<Stated>& changes) {
  struct Settled {
    std::size_t change;
    bool adds_up;
  };
  Diagnostics faults;
  std::map<std::string, Settled> settled;  // by what: the first change that settles it
  for (std::size_t i = 0; i < changes.size(); ++i) {
    std::set<std::size_t> clashing{i};
    for (const auto& [what, adds_up] : subjects_of(changes[i].change, situation)) {
      const Settled& first = settled.try_emplace(what, Settled{i, adds_up}).first->second;
      if ((first.adds_up && adds_up) || !clashing.insert(first.change).second) continue;
      faults.push_back({changes[i].place,
                        "a change that settles " + what + ", as " + changes[first.change].place + " does",
                        no_contradiction, std::nullopt});
    }
  }
  return faults;
}

/// The place whose windows are no longer those of the policy.
std::optional<Workplace> place_without_old_windows(const Change& change) {
  if (const auto* window = std::get_if<OpenWindow>(&change)) return window->where;
  if (const auto* drop = std::get_if<DropWindows>(&change)) return drop->where;
  return std::nullopt;
}

/// A window that is to be open longer, and that other changes take away.
std::optional<Fault> loss_of(const LengthenWindow& longer, const std::string& place, const Situation& situation,
                             const std::vector<Stated>& changes) {
  Policy policy;
  policy.windows = {situation.policy->windows.at(longer.place)};
  for (const Stated& stated : changes) {
    const auto where = place_without_old_windows(stated.change);
    if (!where) continue;
    drop_windows(policy, situation.organisation, *where);
    if (!policy.windows.empty()) continue;
    return Fault{
        stated.place,
        "a change that takes window " + std::to_string(longer.place + 1) + " away, which is open longer by " + place,
        no_contradiction, std::nullopt};
  }
  return std::nullopt;
}

Diagnostics losses(const Situation& situation, const std::vector<Stated>& changes) {
  Diagnostics faults;
  for (const Stated& stated : changes) {
    const auto* longer = std::get_if<LengthenWindow>(&stated.change);
    if (longer == nullptr) continue;
    if (auto fault = loss_of(*longer, stated.place, situation, changes)) faults.push_back(std::move(*fault));
  }
  return faults;
}

}  // namespace

Diagnostics contradictions(const Situation& situation, const std::vector<Stated>& changes) {
  Diagnostics faults = clashes(situation, changes);
  return faults.empty() ? losses(situation, changes) : faults;
}

}  // namespace casplan::whatif
