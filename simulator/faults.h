#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/fault_model.h"
#include "model/ids.h"

namespace casplan::simulator {

enum class FaultKind {
  step_fails,         ///< a step does not succeed; found at its end
  partial_copy,       ///< files are missing in a copied folder
  forgotten_recycle,  ///< a recycle is taken for done
  late_crew,          ///< an upgrade or a copy cannot begin in time
  server_down,
  front_out_of_rotation,
};

/// One thing that may go wrong in a run.
struct FaultId {
  FaultKind kind;
  std::uint32_t subject;  ///< the value of a `StepIndex`; of a `ServerId` for the faults of days
  std::uint32_t number;   ///< which try of the step, or which day since the plan's start; from 0

  friend bool operator==(const FaultId&, const FaultId&) = default;
};

/// The seed of a run: the first has the given seed itself, so that any run can be repeated alone. Below 2^63.
[[nodiscard]] std::uint64_t seed_of_run(std::uint64_t seed, std::uint64_t run);

/// What goes wrong in one run. Whether a fault happens depends on the seed and the fault alone, and on nothing that
/// happened before, so that a run can be repeated without one of its faults.
class Faults {
 public:
  Faults(const FaultModel& model, std::uint64_t seed) : model_(model), seed_(seed) {}

  [[nodiscard]] const FaultModel& model() const { return model_; }

  /// The number that decides whether a fault happens.
  [[nodiscard]] std::uint64_t draw(const FaultId& fault) const;
  [[nodiscard]] bool happens(const FaultId& fault, Probability probability) const;
  /// The minute of its day at which a fault of days begins.
  [[nodiscard]] Minutes minute_of_day(const FaultId& fault) const;

  /// The same run without this fault.
  [[nodiscard]] Faults without(const FaultId& fault) const;

 private:
  FaultModel model_;
  std::uint64_t seed_;
  std::optional<FaultId> spared_;
};

}  // namespace casplan::simulator
