#include "documents/verdict_words.h"

#include "model/contracts.h"

namespace casplan::documents {
namespace {

std::string_view without_word() {
  expects(false, "every value has a word");
  return {};
}

}  // namespace

std::string_view to_string(verifier::Safety safety) {
  switch (safety) {
    case verifier::Safety::safe: return "safe";
    case verifier::Safety::unsafe: return "unsafe";
    case verifier::Safety::cannot_tell: return "cannot_tell";
  }
  return without_word();
}

std::string_view to_string(verifier::Orders orders) {
  switch (orders) {
    case verifier::Orders::schedule: return "schedule";
    case verifier::Orders::all: return "all";
  }
  return without_word();
}

std::string_view to_string(verifier::ViolationKind kind) {
  using verifier::ViolationKind;
  switch (kind) {
    case ViolationKind::event46_on_the_way: return "event46_on_the_way";
    case ViolationKind::event46_at_the_end: return "event46_at_the_end";
    case ViolationKind::step_refused: return "step_refused";
    case ViolationKind::order_violated: return "order_violated";
    case ViolationKind::steps_overlap: return "steps_overlap";
  }
  return without_word();
}

std::string_view to_string(verifier::StopTime time) {
  switch (time) {
    case verifier::StopTime::in_the_middle: return "in_the_middle";
    case verifier::StopTime::at_the_end: return "at_the_end";
  }
  return without_word();
}

std::string_view to_string(verifier::WayOutKind kind) {
  using verifier::WayOutKind;
  switch (kind) {
    case WayOutKind::go_on: return "go_on";
    case WayOutKind::repeat_step: return "repeat_step";
    case WayOutKind::remove_partial_folder: return "remove_partial_folder";
    case WayOutKind::return_servers: return "return_servers";
    case WayOutKind::remove_rollups: return "remove_rollups";
    case WayOutKind::stay_out: return "stay_out";
  }
  return without_word();
}

std::string_view to_string(simulator::RefusalReason reason) {
  using simulator::RefusalReason;
  switch (reason) {
    case RefusalReason::already_drained: return "already_drained";
    case RefusalReason::already_in_service: return "already_in_service";
    case RefusalReason::upgrade_in_progress: return "upgrade_in_progress";
    case RefusalReason::step_in_progress: return "step_in_progress";
    case RefusalReason::build_not_known: return "build_not_known";
    case RefusalReason::build_not_catalogued: return "build_not_catalogued";
    case RefusalReason::not_an_upgrade: return "not_an_upgrade";
    case RefusalReason::service_pack_stays: return "service_pack_stays";
    case RefusalReason::other_product: return "other_product";
    case RefusalReason::rollup_for_other_level: return "rollup_for_other_level";
    case RefusalReason::no_source: return "no_source";
    case RefusalReason::source_not_known: return "source_not_known";
    case RefusalReason::frozen: return "frozen";
  }
  return without_word();
}

}  // namespace casplan::documents
