#pragma once

#include <string>
#include <vector>

#include "model/plan.h"
#include "model/policy.h"
#include "planner/draft.h"
#include "planner/make_plan.h"

/// What the planner's tests share: policies, and plans in words. Every organisation in them is modelled.
namespace casplan::planner {

[[nodiscard]] Policy policy_to(const BuildVersion& target);
[[nodiscard]] Policy policy_of(Goal goal);

/// Every reading as the KB has it.
[[nodiscard]] FixedReadings as_the_kb();

/// The plan that is made, which the verifier finds safe; fails the test and throws where there is none.
[[nodiscard]] Plan planned(const Organisation& organisation, const Policy& policy);

/// The sentences of a planning that found no plan; each fails the test and is empty where the planning is another.
[[nodiscard]] std::vector<std::string> why_infeasible(const Organisation& organisation, const Policy& policy);
[[nodiscard]] std::vector<std::string> why_not_found(const Organisation& organisation, const Policy& policy);
[[nodiscard]] std::vector<std::string> missing_facts(const Organisation& organisation, const Policy& policy);

/// `upgrade HQCAS1 8.1.240.6`
[[nodiscard]] std::string words(const Organisation& organisation, const Step& step);
[[nodiscard]] std::vector<std::string> words(const Organisation& organisation, const Plan& plan);
[[nodiscard]] std::vector<std::string> words(const Organisation& organisation, const Draft& draft);

/// `0-5 drain HQCAS1`, in minutes from the policy's start.
[[nodiscard]] std::vector<std::string> timetable(const Organisation& organisation, const Policy& policy,
                                                 const Plan& plan);

/// `drain HQCAS1 -> upgrade BRCAS1 8.1.240.6`, for each arrow.
[[nodiscard]] std::vector<std::string> arrows(const Organisation& organisation, const Plan& plan);
[[nodiscard]] std::vector<std::string> arrows(const Organisation& organisation, const Draft& draft);

/// The planned step with these words; fails the test and throws where there is none.
[[nodiscard]] const PlannedStep& step_of(const Organisation& organisation, const Plan& plan, const std::string& text);

}  // namespace casplan::planner
