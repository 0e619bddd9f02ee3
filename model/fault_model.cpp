#include "model/fault_model.h"

#include <algorithm>

#include "model/catalogue.h"

namespace casplan {
namespace {

constexpr std::size_t most_decimals = 6;

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Probability> parse_probability(std::string_view text) {
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  const auto decimals = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if ((whole != "0" && whole != "1") || decimals.empty() || !are_digits(decimals)) return std::nullopt;
  const auto end_of_digits = decimals.find_last_not_of('0') + 1;
  if (end_of_digits > most_decimals) return std::nullopt;
  std::int64_t millionths = whole == "1" ? 1 : 0;
  for (std::size_t i = 0; i < most_decimals; ++i) {
    millionths = 10 * millionths + (i < end_of_digits ? decimals[i] - '0' : 0);
  }
  return millionths <= Probability::whole ? std::optional(Probability(millionths)) : std::nullopt;
}

const StepFault& fault_of(const FaultModel& faults, const Step& step, const std::optional<BuildVersion>& from) {
  switch (step.kind) {
    case StepKind::drain: return faults.drain;
    case StepKind::ensure_folder: return faults.ensure_folder;
    case StepKind::recycle: return faults.recycle;
    case StepKind::return_to_service: return faults.return_to_service;
    case StepKind::upgrade: break;
  }
  const Build* build = step.build ? find_build(*step.build) : nullptr;
  const bool is_removal = from && step.build && removes_rollups(*from, *step.build);
  return is_removal || (build != nullptr && build->is_rollup()) ? faults.rollup : faults.service_pack;
}

FaultModel no_faults() {
  FaultModel faults;
  for (StepFault* fault : {&faults.rollup, &faults.service_pack, &faults.ensure_folder, &faults.recycle, &faults.drain,
                           &faults.return_to_service}) {
    fault->probability = Probability();
  }
  for (PassingFault* fault : {&faults.partial_copy, &faults.forgotten_recycle, &faults.late_crew, &faults.server_down,
                              &faults.front_out_of_rotation}) {
    fault->probability = Probability();
  }
  return faults;
}

}  // namespace casplan
