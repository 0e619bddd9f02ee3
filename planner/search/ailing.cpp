#include "planner/search/ailing.h"

namespace casplan::planner {

MetEnd met_end(const Slot& slot) {
  const auto if_serving = slot.is_out ? std::nullopt : std::optional(slot.variant);
  if (slot.doing == Slot::Doing::return_to_service) return {{if_serving, slot.next}, 2};
  if (is_idle(slot) || slot.is_out) return {{if_serving, std::nullopt}, 1};
  return {{if_serving, slot.next}, 2};
}

MetEnd met_end(const Slot& slot, VariantId after) {
  return {{slot.is_out ? std::nullopt : std::optional(slot.variant), after}, 2};
}

bool go_on(Meetings& meetings, const ProxyPath& path, const MetEnd& front, const MetEnd& target, WorkedBefore& worked) {
  for (std::size_t f = 0; f < front.count; ++f) {
    for (std::size_t t = 0; t < target.count; ++t) {
      std::uint64_t& here = worked[f * 2 + t];
      if (f == 1) here |= worked[t];
      if (t == 1) here |= worked[f * 2];
      if (!front.met[f] || !target.met[t]) continue;
      const std::uint64_t faults = meetings.faults(*front.met[f], *target.met[t]);
      const std::uint64_t as_today = meetings.faults_as_today(path, *front.met[f], *target.met[t]);
      if ((faults & ~(as_today & ~here)) != 0) return false;
      here |= meetings.faults_today(path) & ~faults;
    }
  }
  return true;
}

void end_at_front(WorkedBefore& worked) {
  worked = {worked[2], worked[3], 0, 0};
}

void end_at_target(WorkedBefore& worked) {
  worked = {worked[1], 0, worked[3], 0};
}

}  // namespace casplan::planner
