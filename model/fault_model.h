#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/contracts.h"
#include "model/step.h"

namespace casplan {

/// A probability from 0 to 1, exact to a millionth.
class Probability {
 public:
  static constexpr std::int64_t whole = 1'000'000;

  constexpr Probability() = default;  ///< 0: never
  /// A contract: from 0 to `whole`.
  constexpr explicit Probability(std::int64_t millionths) : millionths_(millionths) {
    if (millionths < 0 || millionths > whole) expects(false, "a probability is from 0 to 1");
  }

  [[nodiscard]] constexpr std::int64_t millionths() const { return millionths_; }

  friend constexpr auto operator<=>(const Probability&, const Probability&) = default;

 private:
  std::int64_t millionths_ = 0;
};

/// Reads `0`, `0.05` or `1.0`: a decimal number from 0 to 1 with at most six decimals. Nothing is rounded.
[[nodiscard]] std::optional<Probability> parse_probability(std::string_view text);

/// A step of some kind does not succeed, which is noticed at its end.
struct StepFault {
  Probability probability;  ///< of each try
  Minutes repair{0};        ///< until it can be tried again

  friend bool operator==(const StepFault&, const StepFault&) = default;
};

/// Something that goes wrong for a time.
struct PassingFault {
  Probability probability;
  Minutes minutes{0};

  friend bool operator==(const PassingFault&, const PassingFault&) = default;
};

/// What may go wrong while a plan is carried out, and how often. Nothing of it is documented; these defaults are the
/// product's, and inputs.
struct FaultModel {
  StepFault rollup{Probability(30'000), Minutes(60)};
  StepFault service_pack{Probability(50'000), Minutes(120)};
  StepFault ensure_folder{Probability(20'000), Minutes(15)};
  StepFault recycle{Probability(5'000), Minutes(10)};
  StepFault drain{Probability(5'000), Minutes(10)};
  StepFault return_to_service{Probability(10'000), Minutes(15)};
  int tries = 3;  ///< of one step, at least 1; when the last one fails too, the step is given up

  /// Of each copy: files are missing in the folder, until that is found and they have been copied again.
  PassingFault partial_copy{Probability(20'000), Minutes(60)};
  /// Of each recycle: it is taken for done, and is done so much later.
  PassingFault forgotten_recycle{Probability(30'000), Minutes(30)};
  /// Of each upgrade and each copy: it cannot begin before so many minutes after its planned start.
  PassingFault late_crew{Probability(100'000), Minutes(30)};
  /// Of each server and day: it is out of service for a time.
  PassingFault server_down{Probability(2'000), Minutes(45)};
  /// Of each front and day: no user arrives on it for a time.
  PassingFault front_out_of_rotation{Probability(2'000), Minutes(20)};

  friend bool operator==(const FaultModel&, const FaultModel&) = default;
};

/// The fault of a step on a server that runs `from` when it begins. The removal of rollups is a rollup.
[[nodiscard]] const StepFault& fault_of(const FaultModel& faults, const Step& step,
                                        const std::optional<BuildVersion>& from);

/// In which nothing goes wrong.
[[nodiscard]] FaultModel no_faults();

}  // namespace casplan
