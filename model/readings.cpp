#include "model/readings.h"

#include "model/contracts.h"

namespace casplan {
namespace {

template <class Value>
Value chosen(const std::optional<Value>& fixed, unsigned bit) {
  return fixed.value_or(static_cast<Value>(bit));
}

template <class Value>
std::optional<std::size_t> index_of(const std::optional<Value>& value) {
  return value ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
}

Readings combination(const FixedReadings& fixed, unsigned bits) {
  return {chosen(fixed.folder_match, bits >> 0U & 1U),         chosen(fixed.folder_load, bits >> 1U & 1U),
          chosen(fixed.service_pack_removes, bits >> 2U & 1U), chosen(fixed.rollup_keeps, bits >> 3U & 1U),
          chosen(fixed.rollup_removal, bits >> 4U & 1U),       chosen(fixed.older_front, bits >> 5U & 1U)};
}

}  // namespace

std::vector<Readings> combinations(const FixedReadings& fixed) {
  unsigned fixed_bits = 0;
  const auto values = values_of(fixed);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) fixed_bits |= 1U << i;
  }
  std::vector<Readings> all;
  for (unsigned bits = 0; bits < 1U << values.size(); ++bits) {
    if ((bits & fixed_bits) == 0) all.push_back(combination(fixed, bits));
  }
  return all;
}

Readings first_of(const FixedReadings& fixed) {
  return combination(fixed, 0);
}

const std::array<ReadingName, 6>& reading_names() {
  static constexpr std::array<ReadingName, 6> names{{{"folder_match", {"running", "highest"}},
                                                     {"folder_load", {"at_start", "at_once"}},
                                                     {"service_pack_removes", {"all_earlier", "installed_only"}},
                                                     {"rollup_keeps", {"keeps", "may_remove"}},
                                                     {"rollup_removal", {"folder_stays", "folder_goes"}},
                                                     {"older_front", {"fails", "needs_folder"}}}};
  return names;
}

std::array<std::size_t, 6> values_of(const Readings& readings) {
  return {static_cast<std::size_t>(readings.folder_match),         static_cast<std::size_t>(readings.folder_load),
          static_cast<std::size_t>(readings.service_pack_removes), static_cast<std::size_t>(readings.rollup_keeps),
          static_cast<std::size_t>(readings.rollup_removal),       static_cast<std::size_t>(readings.older_front)};
}

std::array<std::optional<std::size_t>, 6> values_of(const FixedReadings& fixed) {
  return {index_of(fixed.folder_match), index_of(fixed.folder_load),    index_of(fixed.service_pack_removes),
          index_of(fixed.rollup_keeps), index_of(fixed.rollup_removal), index_of(fixed.older_front)};
}

void fix(FixedReadings& fixed, std::size_t reading, std::size_t value) {
  expects(reading < 6 && value < 2, "there are six readings with two values each");
  switch (reading) {
    case 0: fixed.folder_match = static_cast<FolderMatch>(value); break;
    case 1: fixed.folder_load = static_cast<FolderLoad>(value); break;
    case 2: fixed.service_pack_removes = static_cast<ServicePackRemoves>(value); break;
    case 3: fixed.rollup_keeps = static_cast<RollupKeeps>(value); break;
    case 4: fixed.rollup_removal = static_cast<RollupRemoval>(value); break;
    default: fixed.older_front = static_cast<OlderFront>(value); break;
  }
}

}  // namespace casplan
