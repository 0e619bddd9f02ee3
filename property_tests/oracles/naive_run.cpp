#include "property_tests/oracles/naive_run.h"

namespace casplan::oracle {
namespace {

/// Whether the deed keeps its server out of service in this minute: an upgrade does from its first try on.
bool keeps_out(const Deed& deed, std::int64_t minute) {
  return deed.step.kind == StepKind::upgrade && deed.begins <= minute && minute < deed.ends.value_or(deed.given_up);
}

/// What the deeds have left behind in this minute, without what users notice of the work itself. A server whose upgrade
/// is given up is out of service, until somebody returns it.
void take_effect(NaiveState& state, const std::vector<Deed>& deeds, std::int64_t minute, const Readings& readings) {
  for (const Deed& deed : deeds) {
    const bool is_given_up = !deed.ends && deed.given_up == minute;
    if (is_given_up && deed.step.kind == StepKind::upgrade) state[deed.step.server.value].in_service = false;
    if (deed.ends != minute || deed.remembered) continue;
    end_step(state, deed.step, readings);
    if (deed.copied_again) state[deed.step.server.value].partial.insert(*deed.step.folder);
  }
  for (const Deed& deed : deeds) {
    if (deed.remembered == minute) end_step(state, deed.step, readings);
    if (deed.copied_again == minute) state[deed.step.server.value].partial.erase(*deed.step.folder);
  }
}

/// The state as users meet it.
NaiveState as_met(NaiveState state, const std::vector<Deed>& deeds, const std::vector<Outage>& outages,
                  std::int64_t minute) {
  for (const Deed& deed : deeds) {
    if (keeps_out(deed, minute)) state[deed.step.server.value].in_service = false;
  }
  for (const Outage& outage : outages) {
    if (minute < outage.from || minute >= outage.to) continue;
    NaiveServer& server = state[outage.server];
    (outage.only_rotation ? server.in_rotation : server.in_service) = false;
  }
  return state;
}

}  // namespace

RunTotals live_through_run(const Organisation& organisation, const std::vector<Deed>& deeds,
                           const std::vector<Outage>& outages, std::int64_t end, const Readings& readings,
                           const Wanted& wanted) {
  RunTotals totals;
  NaiveState state = found(organisation);
  for (std::int64_t minute = 0; minute < end; ++minute) {
    take_effect(state, deeds, minute, readings);
    const NaiveState met = as_met(state, deeds, outages, minute);
    for (const SiteUsers& site : count_users(organisation, met, readings, wanted).sites) {
      totals.event46 += site.event46;
      totals.broken_pages += site.broken - site.event46;
      totals.unavailable += site.unavailable;
      totals.lagging += site.lagging;
    }
  }
  return totals;
}

}  // namespace casplan::oracle
