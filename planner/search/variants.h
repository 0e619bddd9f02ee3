#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "model/readings.h"
#include "model/rules.h"
#include "model/state.h"
#include "model/step.h"
#include "model/topology.h"

namespace casplan::planner {

/// A place in `Variants`.
using VariantId = Index<struct VariantList>;

/// What can become of servers under the open readings: each variant is one server's state under each of them. Service
/// is left out; a variant is as in service. Two servers that are alike have the same variant.
class Variants {
 public:
  explicit Variants(const FixedReadings& fixed) : readings_(combinations(fixed)) {}

  /// The variant of a server as it was found.
  [[nodiscard]] VariantId found(const ServerState& state);

  /// What the end of an upgrade, an ensure_folder or a recycle makes of it.
  [[nodiscard]] VariantId after(VariantId variant, const Step& step);

  [[nodiscard]] const std::vector<Readings>& readings() const { return readings_; }
  /// The state under the reading with this place in `readings`.
  [[nodiscard]] const ServerState& state(VariantId variant, std::size_t reading) const {
    return at(variants_, variant)[reading];
  }
  /// Whether it holds the folder under every open reading.
  [[nodiscard]] bool surely_holds(VariantId variant, const OwaVersion& folder) const;
  /// Whether it holds, under some open reading, a folder that it has not loaded.
  [[nodiscard]] bool has_to_load(VariantId variant) const { return has_to_load_[variant.value]; }

 private:
  using Variant = std::vector<ServerState>;  // by reading
  VariantId id_of(Variant variant);

  std::vector<Readings> readings_;
  std::vector<Variant> variants_;
  std::vector<bool> has_to_load_;  // by variant
  mutable std::map<std::pair<VariantId, OwaVersion>, bool> surely_holds_;
  /// What a step does to its server, whichever that is.
  using Effect = std::tuple<StepKind, std::optional<BuildVersion>, std::optional<OwaVersion>>;
  std::map<std::pair<VariantId, Effect>, VariantId> after_;
};

/// Whether a path may be met on the way.
class Meetings {
 public:
  Meetings(Variants& variants, const State& found) : variants_(variants) {
    for (const ServerState& server : found.servers) {
      found_.push_back(variants.found(server));
      serves_today_.push_back(server.is_in_service());
    }
  }

  /// The readings, a bit for each, under which users may meet Event 46 with these ends, both in service.
  [[nodiscard]] std::uint64_t faults(VariantId front, VariantId target) { return judged(front, target).possible; }
  /// Those of them under which users may meet it today, too; or do, where it is certain that they do with these ends.
  [[nodiscard]] std::uint64_t faults_as_today(const ProxyPath& path, VariantId front, VariantId target);
  /// The faults with the ends as they were found.
  [[nodiscard]] std::uint64_t faults_today(const ProxyPath& path) {
    return faults(found(path.front), found(path.target));
  }
  /// Whether both ends were found in service.
  [[nodiscard]] bool are_met_today(const ProxyPath& path) const {
    return serves_today_[path.front.value] && serves_today_[path.target.value];
  }
  /// Whether nobody may meet Event 46.
  [[nodiscard]] bool works(VariantId front, VariantId target) { return faults(front, target) == 0; }
  /// The first judgement, under the open readings, for which nobody may meet Event 46 fails; empty where none does.
  [[nodiscard]] std::optional<Judgement> fault(VariantId front, VariantId target) const;
  /// The folders that the front needs for this target under some open reading, and may lack.
  [[nodiscard]] const std::vector<OwaVersion>& wanting(VariantId front, VariantId target);

  [[nodiscard]] VariantId found(ServerId server) const { return at(found_, server); }

 private:
  Variants& variants_;
  std::vector<VariantId> found_;    // by server
  std::vector<bool> serves_today_;  // likewise
  /// The readings, a bit for each, under which Event 46 is possible, and those of them under which it is certain.
  struct Faults {
    std::uint64_t possible = 0;
    std::uint64_t certain = 0;
  };
  [[nodiscard]] const Faults& judged(VariantId front, VariantId target);

  std::map<std::pair<VariantId, VariantId>, Faults> faults_;                    // by front and target
  std::map<std::pair<VariantId, VariantId>, std::vector<OwaVersion>> wanting_;  // likewise
};

}  // namespace casplan::planner
