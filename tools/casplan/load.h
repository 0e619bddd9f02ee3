#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"
#include "tools/casplan/console.h"

namespace casplan::tools {

/// A value, or the exit code after the faults were printed.
template <class Value>
using Loaded = tl::expected<Value, ExitCode>;

[[nodiscard]] Loaded<Organisation> load_organisation(Console& console, const std::string& path);
[[nodiscard]] Loaded<Policy> load_policy(Console& console, const std::string& path, const Organisation& organisation);
/// A plan document that was found, or a hand-written sequence, which a file's content tells.
[[nodiscard]] Loaded<Plan> load_plan(Console& console, const PlanSource& source, const Organisation& organisation);

/// The same; a hand-written sequence gets the times that it has by this policy.
[[nodiscard]] Loaded<Plan> load_scheduled_plan(Console& console, const PlanSource& source,
                                               const Organisation& organisation, const Policy& policy);

/// An organisation, a plan for it, and the policy where one was named.
struct PlanInput {
  Organisation organisation;
  Plan plan;                   ///< scheduled
  std::string plan_name;       ///< for messages: the file, or `--sequence`
  bool has_own_times = false;  ///< the plan states when each step starts and ends; else the steps were laid end to end
  std::optional<Policy> policy;

  [[nodiscard]] FixedReadings fixed_readings() const { return policy ? policy->readings : FixedReadings{}; }
};

/// Whether a plan that was made for another organisation or policy is a fault.
enum class OtherOrigin { fault, warning };

[[nodiscard]] Loaded<PlanInput> load_plan_input(Console& console, const std::string& organisation_path,
                                                const PlanSource& plan, const std::optional<std::string>& policy_path,
                                                OtherOrigin other);

}  // namespace casplan::tools
