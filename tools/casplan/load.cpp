#include "tools/casplan/load.h"

#include <algorithm>

#include "documents/digest.h"
#include "documents/organisation_document.h"
#include "documents/plan_document.h"
#include "documents/policy_document.h"
#include "tools/casplan/files.h"
#include "tools/casplan/log.h"

namespace casplan::tools {
namespace {

template <class Value, class Read>
Loaded<Value> load(Console& console, const std::string& path, Read read) {
  log_info("reading " + path);
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(console.fail(path, bytes.error()));
  auto value = read(*bytes);
  if (!value) return tl::unexpected(console.fail(path, value.error()));
  return std::move(*value);
}

/// The first difference between what the plan was made for and what it is used with; empty where there is none.
std::optional<Fault> other_origin(const PlanInput& input) {
  if (!input.plan.digests) return std::nullopt;
  if (input.plan.digests->organisation != documents::digest_of(input.organisation)) {
    return Fault{"/digest/organisation", "the digest of another organisation",
                 "a plan for this one; plan again, because the organisation has changed since", std::nullopt};
  }
  if (input.policy && input.plan.digests->policy != documents::digest_of(*input.policy, input.organisation)) {
    return Fault{"/digest/policy", "the digest of another policy",
                 "a plan for this one; plan again, because the policy has changed since", std::nullopt};
  }
  return std::nullopt;
}

std::string name_of(const PlanSource& source) {
  return source.sequence ? "--sequence" : source.file;
}

/// Whether the file says that there is no plan, rather than that nothing has to be done.
bool is_without_plan(const Plan& plan) {
  if (!plan.outcome || !plan.steps.empty()) return false;
  return plan.outcome->status == PlanStatus::infeasible || plan.outcome->status == PlanStatus::budget;
}

}  // namespace

Loaded<Organisation> load_organisation(Console& console, const std::string& path) {
  return load<Organisation>(console, path, [](const std::string& text) { return documents::read_organisation(text); });
}

Loaded<Policy> load_policy(Console& console, const std::string& path, const Organisation& organisation) {
  return load<Policy>(console, path,
                      [&](const std::string& text) { return documents::read_policy(text, organisation); });
}

Loaded<Plan> load_plan(Console& console, const PlanSource& source, const Organisation& organisation) {
  const auto read = [&](const std::string& text) { return documents::read_plan_or_sequence(text, organisation); };
  if (source.sequence) {
    auto typed = documents::read_sequence(*source.sequence, organisation);
    if (!typed) return tl::unexpected(console.fail(name_of(source), typed.error()));
    return std::move(*typed);
  }
  auto plan = load<Plan>(console, source.file, read);
  if (!plan || !is_without_plan(*plan)) return plan;
  return tl::unexpected(
      console.fail(name_of(source),
                   {{"/outcome/status", "\"" + std::string(to_string(plan->outcome->status)) + "\", so this is no plan",
                     "a plan that was found; its `because` says what stood in the way", std::nullopt}}));
}

Loaded<Plan> load_scheduled_plan(Console& console, const PlanSource& source, const Organisation& organisation,
                                 const Policy& policy) {
  auto plan = load_plan(console, source, organisation);
  if (!plan) return plan;
  return scheduled(std::move(*plan), organisation, policy.durations, policy.start);
}

Loaded<PlanInput> load_plan_input(Console& console, const std::string& organisation_path, const PlanSource& source,
                                  const std::optional<std::string>& policy_path, OtherOrigin other) {
  PlanInput input;
  input.plan_name = name_of(source);
  auto organisation = load_organisation(console, organisation_path);
  if (!organisation) return tl::unexpected(organisation.error());
  input.organisation = std::move(*organisation);
  if (policy_path) {
    auto policy = load_policy(console, *policy_path, input.organisation);
    if (!policy) return tl::unexpected(policy.error());
    input.policy = std::move(*policy);
  }
  auto plan = load_plan(console, source, input.organisation);
  if (!plan) return tl::unexpected(plan.error());
  input.has_own_times = std::all_of(plan->steps.begin(), plan->steps.end(),
                                    [](const PlannedStep& step) { return step.schedule.has_value(); });
  Policy unnamed;
  unnamed.start = default_start();
  const Policy& policy = input.policy ? *input.policy : unnamed;
  input.plan = scheduled(std::move(*plan), input.organisation, policy.durations, policy.start);
  if (const auto fault = other_origin(input)) {
    if (other == OtherOrigin::fault) return tl::unexpected(console.fail(input.plan_name, {*fault}));
    console.warn(input.plan_name + ": " + fault->place + ": this is " + fault->found + ".");
  }
  return input;
}

}  // namespace casplan::tools
