#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace casplan {

/// What the documentation leaves open (rules, section 6). The first value of each is the one that agrees with the KB.
/// A plan is safe only if it is safe under every combination that the policy leaves open.

/// Which folder the front needs: that of the target's running OWA version, or the highest folder that the target holds.
enum class FolderMatch { running, highest };
/// Whether a new folder counts only after OWA has restarted.
enum class FolderLoad { at_start, at_once };
/// Whether a service pack also removes folders that were copied by hand.
enum class ServicePackRemoves { all_earlier, installed_only };
/// Whether the folders of earlier versions survive a rollup.
enum class RollupKeeps { keeps, may_remove };
/// What becomes of a rollup's folder when the rollup is removed.
enum class RollupRemoval { folder_stays, folder_goes };
/// Whether a front that is older than its target can work when it has the target's folder.
enum class OlderFront { fails, needs_folder };

/// One combination of readings; the default is the one that agrees with the KB.
struct Readings {
  FolderMatch folder_match = FolderMatch::running;
  FolderLoad folder_load = FolderLoad::at_start;
  ServicePackRemoves service_pack_removes = ServicePackRemoves::all_earlier;
  RollupKeeps rollup_keeps = RollupKeeps::keeps;
  RollupRemoval rollup_removal = RollupRemoval::folder_stays;
  OlderFront older_front = OlderFront::fails;

  friend bool operator==(const Readings&, const Readings&) = default;
};

/// The readings that a policy has fixed; the others are open.
struct FixedReadings {
  std::optional<FolderMatch> folder_match;
  std::optional<FolderLoad> folder_load;
  std::optional<ServicePackRemoves> service_pack_removes;
  std::optional<RollupKeeps> rollup_keeps;
  std::optional<RollupRemoval> rollup_removal;
  std::optional<OlderFront> older_front;

  friend bool operator==(const FixedReadings&, const FixedReadings&) = default;
};

/// Every combination that is left open, the one that agrees with the KB first: 64 when nothing is fixed.
[[nodiscard]] std::vector<Readings> combinations(const FixedReadings& fixed);

/// The combination in which every open reading has its first value.
[[nodiscard]] Readings first_of(const FixedReadings& fixed);

/// A reading as text: its name and its two values, the one that agrees with the KB first.
struct ReadingName {
  std::string_view name;
  std::array<std::string_view, 2> values;
};

/// The six readings, in the order of the rules.
[[nodiscard]] const std::array<ReadingName, 6>& reading_names();

/// Which value (0 or 1) each reading has, in the order of `reading_names`.
[[nodiscard]] std::array<std::size_t, 6> values_of(const Readings& readings);

/// The same for fixed readings; empty where open.
[[nodiscard]] std::array<std::optional<std::size_t>, 6> values_of(const FixedReadings& fixed);

/// Fixes reading `reading` (0 to 5) at value `value` (0 or 1).
void fix(FixedReadings& fixed, std::size_t reading, std::size_t value);

}  // namespace casplan
