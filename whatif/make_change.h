#pragma once

#include <optional>
#include <string>

#include "whatif/change.h"
#include "whatif/situation.h"

/// Each change by itself, for `apply_changes`. Where one does not fit, nothing is changed; nor is it where what is
/// asked for is so already.
namespace casplan::whatif {

/// Why a change does not fit, as in `Fault`.
struct Misfit {
  std::string found;
  std::string expected;
};

using Making = std::optional<Misfit>;

/// The changes of the policy, which is there.
[[nodiscard]] Making make(const Freeze& change, Situation& now);
[[nodiscard]] Making make(const Unfreeze& change, Situation& now);
[[nodiscard]] Making make(const SetTarget& change, Situation& now);
[[nodiscard]] Making make(const LimitCopies& change, Situation& now);
[[nodiscard]] Making make(const SetCrews& change, Situation& now);
[[nodiscard]] Making make(const SetMinInService& change, Situation& now);
[[nodiscard]] Making make(const SetLatestEnd& change, Situation& now);
[[nodiscard]] Making make(const OpenWindow& change, Situation& now);
[[nodiscard]] Making make(const DropWindows& change, Situation& now);
[[nodiscard]] Making make(const LengthenWindow& change, Situation& now);
/// Of the policy's readings, or of those that are settled without one.
[[nodiscard]] Making make(const SettleReading& change, Situation& now);

/// The changes of the organisation.
[[nodiscard]] Making make(const SetExternalUrl& change, Situation& now);
[[nodiscard]] Making make(const AddFront& change, Situation& now);
[[nodiscard]] Making make(const RemoveFront& change, Situation& now);
[[nodiscard]] Making make(const SetUsers& change, Situation& now);
[[nodiscard]] Making make(const ScaleUsers& change, Situation& now);
[[nodiscard]] Making make(const SetFolder& change, Situation& now);
[[nodiscard]] Making make(const SetService& change, Situation& now);

/// The changes of the plan's order. Where the steps are upgrades of two servers, the policy asks for it too.
[[nodiscard]] Making make(const MoveStep& change, Situation& now);
[[nodiscard]] Making make(const SwapSteps& change, Situation& now);

}  // namespace casplan::whatif
