#pragma once

#include <string>

#include "runbook/course.h"

/// The parts of the runbook, each a piece of Markdown that ends with an empty line.
namespace casplan::runbook {

/// Today's paths that fail with Event 46, and what each server runs.
[[nodiscard]] std::string situation(const Course& course);
/// What the plan does, in two sentences.
[[nodiscard]] std::string summary(const Course& course);
/// Facts that the administrator must know before the first step.
[[nodiscard]] std::string risks(const Course& course);
/// What has to be at hand before the first step.
[[nodiscard]] std::string preparations(const Course& course);
[[nodiscard]] std::string table_of_steps(const Course& course);
/// What the verifier has proved, and of which documents.
[[nodiscard]] std::string statement(const Course& course);

[[nodiscard]] std::string step_section(const Course& course, const Scene& scene);
/// What users have in each AD site after the step.
[[nodiscard]] std::string users_after(const Course& course, const Scene& scene);
/// The Event 46 sentences that would tell that the step went wrong, and the command that looks for them.
[[nodiscard]] std::string events_to_look_for(const Course& course, const Scene& scene);
/// For which state the next two say whether the work may stop; empty where that was not judged.
[[nodiscard]] std::string how_stops_are_meant(const Course& course);
/// What is left when the step fails in the middle, whether the work may stop there, and how one gets out.
[[nodiscard]] std::string may_stay_failed(const Course& course, const Scene& scene);
/// Whether the work may stop after the step, for whom it may not, and how one gets out.
[[nodiscard]] std::string may_stop(const Course& course, const Scene& scene);

}  // namespace casplan::runbook
