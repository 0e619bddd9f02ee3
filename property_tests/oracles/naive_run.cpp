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

void add(RunUsers& users, const SiteUsers& site, const Amount& part) {
  users.event46 += site.event46 * part;
  users.broken_pages += (site.broken - site.event46) * part;
  users.unavailable += site.unavailable * part;
  users.lagging += site.lagging * part;
}

std::int64_t copies_of(const std::vector<Deed>& deeds) {
  std::int64_t copies = 0;
  for (const Deed& deed : deeds) {
    if (deed.step.kind != StepKind::ensure_folder) continue;
    copies += deed.tries;
    if (deed.copied_again) ++copies;
  }
  return copies;
}

}  // namespace

RunTotals live_through_run(const Organisation& organisation, const RunRecord& run, const Readings& readings,
                           const Wanted& wanted, const Part& part) {
  RunTotals totals;
  totals.copies = copies_of(run.deeds);
  NaiveState state = found(organisation);
  for (std::int64_t minute = 0; minute < run.end; ++minute) {
    take_effect(state, run.deeds, minute, readings);
    const NaiveState met = as_met(state, run.deeds, run.outages, minute);
    const auto sites = count_users(organisation, met, readings, wanted).sites;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      add(totals.all, sites[i], Amount(1));
      add(totals.part, sites[i], part(id_at<SiteId>(i), run.start + Minutes(minute)));
    }
  }
  return totals;
}

}  // namespace casplan::oracle
