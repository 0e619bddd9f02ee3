#include "tools/casplan/whatif_differences.h"

#include <algorithm>

#include "model/text.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

using whatif::PathCourse;
using whatif::SiteCourse;

constexpr std::size_t most_shown = 25;  // rows of a table

/// A table of at most so many rows, and how many more there are.
template <class Rows, class Row>
void print_some(const std::string& title, std::vector<std::string> heading, const Rows& rows, Row row,
                Console& console) {
  Table table(std::move(heading));
  for (std::size_t i = 0; i < std::min(rows.size(), most_shown); ++i) table.add(row(rows[i]));
  if (table.is_empty()) return;
  std::string text = table.text();
  if (rows.size() > most_shown) {
    text += "  And " + std::to_string(rows.size() - most_shown) + " more; --json lists them all.\n";
  }
  console.print_section(Tone::heading, title, text);
}

std::string of_users(const std::optional<std::int64_t>& most, const std::optional<std::int64_t>& user_minutes) {
  if (!most || !user_minutes) return "";
  return " (" + std::to_string(*most) + (*most == 1 ? " user" : " users") + " at a time, " +
         std::to_string(*user_minutes) + " user-minutes)";
}

std::string at_the_end(Verdict verdict) {
  switch (verdict) {
    case Verdict::works: return "works";
    case Verdict::redirect: return "redirects";
    case Verdict::idle: return "nobody takes it";
    case Verdict::cannot_tell: return "cannot tell";
    case Verdict::event46:
    case Verdict::fault: break;
  }
  return "fails";
}

std::string course_words(const std::optional<PathCourse>& course, const Console& console) {
  if (!course) return "no path";
  const bool fails = course->at_the_end == Verdict::event46 || course->at_the_end == Verdict::fault;
  if (course->event46 == Minutes(0) && course->faulty == Minutes(0) && !fails) return at_the_end(course->at_the_end);
  std::string text;
  if (course->event46 > Minutes(0)) text = "EVENT 46 for " + std::to_string(course->event46.count()) + " min";
  if (course->faulty > Minutes(0)) {
    text += (text.empty() ? "" : ", ") + std::string("fails for ") + std::to_string(course->faulty.count()) + " min";
  }
  if (text.empty()) text = course->at_the_end == Verdict::event46 ? "EVENT 46" : "fails";
  text += of_users(course->most_users, course->user_minutes);
  return console.in(Tone::bad, text + (fails ? ", and at the end" : ", then " + at_the_end(course->at_the_end)));
}

/// The state in which the plan ends has no length.
std::string how_long(Minutes length) {
  return length == Minutes(0) ? "at the end" : "for " + std::to_string(length.count()) + " min";
}

std::string course_words(const SiteCourse& course, const Console& console) {
  std::string text;
  if (course.failing > Minutes(0) || course.most_failing.value_or(0) > 0) {
    text = console.in(Tone::bad,
                      "fails " + how_long(course.failing) + of_users(course.most_failing, course.failing_user_minutes));
  }
  if (course.without_service > Minutes(0) || course.most_unavailable.value_or(0) > 0) {
    text += (text.empty() ? "" : ", ") +
            console.in(Tone::doubtful, "no server " + how_long(course.without_service) +
                                           of_users(course.most_unavailable, course.unavailable_user_minutes));
  }
  return text.empty() ? "served" : text;
}

std::string times(const std::optional<PlannedStep>& step, Moment start) {
  if (!step) return "-";
  return std::to_string((step->schedule->start - start).count()) + "-" +
         std::to_string((step->schedule->end - start).count());
}

std::string becomes(whatif::StepChange change) {
  switch (change) {
    case whatif::StepChange::left_out: return "left out";
    case whatif::StepChange::added: return "new";
    case whatif::StepChange::other_work: return "changed";
    case whatif::StepChange::starts_later: return "later";
    case whatif::StepChange::starts_earlier: return "earlier";
    case whatif::StepChange::other_length: break;
  }
  return "other length";
}

/// Some of its users, or all.
bool is_not_served(const simulator::SiteAssessment& site) {
  return site.fates.contains(simulator::Fate::broken) || site.fates.contains(simulator::Fate::unavailable);
}

}  // namespace

std::string signed_difference(const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& after) {
  if (!before || !after) return "-";
  if (*before == *after) return "same";
  return (*after > *before ? "+" : "") + std::to_string(*after - *before);
}

void print_step_differences(const Organisation& organisation, const Plan& before,
                            const std::vector<whatif::StepDifference>& steps, Console& console) {
  const Moment start = simulator::start_of(before);
  print_some(
      "Steps that change (minutes from the start of the plan before)", {"Step", "Before", "Then", "", "What"}, steps,
      [&](const whatif::StepDifference& step) {
        const Step& what = (step.after ? step.after : step.before)->step;
        return std::vector<std::string>{step.id, times(step.before, start), times(step.after, start),
                                        becomes(step.change), runbook::describe(what, organisation)};
      },
      console);
}

void print_difference(const Organisation& organisation, const Plan& before, const whatif::Difference& difference,
                      Console& console) {
  if (difference.is_none()) console.print("  No path, site or step is other than before.");
  print_some(
      "Paths that change", {"Path", "Before", "Then"}, difference.paths,
      [&](const whatif::PathDifference& path) {
        return std::vector<std::string>{
            at(organisation.servers, path.front).name + " -> " + at(organisation.servers, path.target).name,
            course_words(path.before, console), course_words(path.after, console)};
      },
      console);
  print_some(
      "Sites whose users have it otherwise", {"Site", "Before", "Then"}, difference.sites,
      [&](const whatif::SiteDifference& site) {
        return std::vector<std::string>{at(organisation.sites, site.site).name, course_words(site.before, console),
                                        course_words(site.after, console)};
      },
      console);
  print_step_differences(organisation, before, difference.steps, console);
}

void print_steps_of(const Organisation& organisation, const Plan& plan, Console& console) {
  if (plan.steps.empty()) console.print("  Nothing has to be done.");
  const Moment start = simulator::start_of(plan);
  print_some(
      "Steps", {"Step", "Minutes", "What"}, plan.steps,
      [&](const PlannedStep& step) {
        return std::vector<std::string>{step.id, times(step, start), runbook::describe(step.step, organisation)};
      },
      console);
}

void print_state(const Organisation& organisation, const simulator::Assessment& today,
                 const simulator::Assessment& state, Console& console) {
  std::vector<std::size_t> failing;
  for (std::size_t i = 0; i < state.paths.size(); ++i) {
    const Verdict verdict = state.paths[i].judgement.verdict;
    const bool fails = verdict == Verdict::event46 || verdict == Verdict::fault || verdict == Verdict::cannot_tell;
    if (fails) failing.push_back(i);
  }
  print_some(
      "Paths that fail then", {"Path", "Users", "Then", "Today"}, failing,
      [&](std::size_t path) {
        return std::vector<std::string>{
            path_words(organisation, state.paths[path].path), figure_text(state.paths[path].users),
            verdict_words(state.paths[path].judgement, console), verdict_words(today.paths[path].judgement, console)};
      },
      console);
  std::vector<std::size_t> unserved;
  for (std::size_t i = 0; i < state.sites.size(); ++i) {
    if (is_not_served(state.sites[i])) unserved.push_back(i);
  }
  print_some(
      "Sites that are not served then (users)", {"Site", "Fail", "Without a server", "Served", "Served today"},
      unserved,
      [&](std::size_t site) {
        const simulator::SiteAssessment& then = state.sites[site];
        return std::vector<std::string>{organisation.sites[site].name, figure_text(then.broken),
                                        figure_text(then.unavailable), figure_text(then.served),
                                        figure_text(today.sites[site].served)};
      },
      console);
}

}  // namespace casplan::tools
