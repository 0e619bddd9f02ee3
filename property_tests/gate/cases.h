#pragma once

#include <optional>
#include <vector>

#include "property_tests/gate/case.h"

namespace casplan::gate {

/// Which law a case is for.
enum class Law { permitted_orders, single_failures, wrong_facts };

/// Draws cases of one law.
class Cases {
 public:
  Cases(const Subject& subject, Law law);
  /// Whether there is anything to try.
  [[nodiscard]] bool exist() const;
  [[nodiscard]] Case draw(std::uint64_t seed) const;

 private:
  const Subject& subject_;
  Law law_;
  WrongFacts wrong_facts_;
};

/// Cases that are simpler than one that breaks its law, the simplest first: fewer steps, one after the other, readings
/// that agree with the KB. They need not break it too.
[[nodiscard]] std::vector<Case> simpler_cases(const Subject& subject, const Case& broken);

}  // namespace casplan::gate
