#include <algorithm>

#include "runbook/escape.h"
#include "runbook/figures.h"
#include "runbook/outages.h"
#include "runbook/sections.h"
#include "verifier/stop_text.h"

namespace casplan::runbook {
namespace {

using verifier::Safety;
using verifier::Stop;
using verifier::StopTime;
using verifier::WayOut;
using verifier::WayOutKind;

constexpr const char* nobody_worse = "nobody has it worse than before the plan.";

std::string items(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += "- " + sentence + "\n";
  return text.empty() ? text : text + "\n";
}

std::vector<std::string> who_has_it_worse(const Course& course, const Stop& stop) {
  std::vector<std::string> text = verifier::who_has_it_worse(stop, course.organisation(), course.plan());
  for (std::string& sentence : text) sentence = markdown_text(sentence);
  return text;
}

/// The next step after which the work may stop.
std::string next_rest(const Course& course, const Stop& stop) {
  const auto& order = course.order();
  const auto later = order.begin() + static_cast<std::ptrdiff_t>(course.number(stop.step));
  const auto rest = std::find_if(later, order.end(), [&](StepIndex step) {
    return course.end(step) > course.end(stop.step) && course.stop(step, StopTime::at_the_end)->safety == Safety::safe;
  });
  return rest != order.end() ? " The work may stop again after " + step_label(course, *rest) + "." : "";
}

/// Where the work may stop, that it can also go on needs no saying.
bool needs_no_saying(const Stop& stop, const WayOut& way) {
  return stop.safety == Safety::safe && (way.kind == WayOutKind::repeat_step || way.kind == WayOutKind::go_on);
}

std::string ways_out(const Course& course, const Stop& stop) {
  std::vector<std::string> text;
  for (const WayOut& way : stop.ways_out) {
    if (needs_no_saying(stop, way)) continue;
    text.push_back(markdown_text(verifier::sentence(way, stop, course.organisation(), course.plan())) +
                   (way.kind == WayOutKind::go_on ? next_rest(course, stop) : ""));
  }
  if (text.empty()) return {};
  return (stop.safety == Safety::safe ? "If the plan is given up here:\n\n" : "The ways out:\n\n") + items(text);
}

bool fails_today(const Course& course, std::size_t path) {
  return course.today().assessment.paths[path].judgement.verdict == Verdict::event46;
}

std::vector<std::string> who_meets_event46(const Course& course, const Scene& scene) {
  std::vector<std::string> people;
  for (std::size_t i = 0; i < scene.users_after.paths.size(); ++i) {
    const simulator::PathAssessment& path = scene.users_after.paths[i];
    if (path.judgement.verdict != Verdict::event46 || !fails_today(course, i)) continue;
    people.push_back("Users of AD site " + site_text(course, path.path.site) + " (" + users_text(path.users) +
                     ") who are proxied from " + server_text(course, path.path.front) + " to " +
                     server_text(course, path.path.target) + " meet Event 46, as before the plan, " +
                     ended_by(course, event46_ends_by(course, scene, i)) + ".");
  }
  return people;
}

std::string running_text(const Course& course, const Scene& scene) {
  if (scene.running.empty()) return {};
  std::vector<std::string> labels;
  for (const StepIndex step : scene.running) labels.push_back(step_label(course, step));
  return "Let what is still running end first: " + joined(labels) + ". ";
}

std::string answer(const Course& course, const Scene& scene, const Stop& stop) {
  const bool last = course.number(scene.index) == course.order().size();
  switch (stop.safety) {
    case Safety::safe:
      return last ? "**Yes, this is the end of the plan.** Nobody has it worse than before it."
                  : "**Yes.** Nobody has it worse than before the plan.";
    case Safety::unsafe: return "**No.**";
    case Safety::cannot_tell: break;
  }
  return "**It cannot be told**, because facts are missing.";
}

/// What a failed step leaves, and the begin of the sentence whether that may stay so; empty where it is as before.
std::string what_is_left(const Course& course, const Scene& scene) {
  const std::string server = server_text(course, scene.planned.step.server);
  switch (scene.planned.step.kind) {
    case StepKind::upgrade: return server + " is left at the build that it had, and out of service. The work ";
    case StepKind::ensure_folder:
      return "A part of folder " + to_string(*scene.planned.step.folder) + " is left on " + server + ". The work ";
    case StepKind::drain:
    case StepKind::recycle:
    case StepKind::return_to_service: break;
  }
  return {};
}

std::string may_stay(Safety safety) {
  switch (safety) {
    case Safety::safe: return "may stop";
    case Safety::unsafe: return "must not stop";
    case Safety::cannot_tell: break;
  }
  return "should not stop";
}

}  // namespace

std::string may_stay_failed(const Course& course, const Scene& scene) {
  const Stop* stop = course.stop(scene.index, StopTime::in_the_middle);
  if (stop == nullptr) return {};
  const std::string left = what_is_left(course, scene);
  const bool safe = stop->safety == Safety::safe;
  const std::string head = "### If it stays failed\n\n";
  if (left.empty()) {
    return head + "Everything is then as before the step, and the work " + may_stay(stop->safety) +
           (safe ? std::string(": ") + nobody_worse : ".") + "\n\n";
  }
  return head + left + may_stay(stop->safety) + " there:" + (safe ? std::string(" ") + nobody_worse : "") + "\n\n" +
         items(who_has_it_worse(course, *stop)) + ways_out(course, *stop);
}

std::string may_stop(const Course& course, const Scene& scene) {
  const std::string head = "### May the work stop here?\n\n";
  const Stop* stop = course.stop(scene.index, StopTime::at_the_end);
  if (stop == nullptr) return head + "This was not judged.\n\n";
  auto people = who_has_it_worse(course, *stop);
  for (std::string& who : who_meets_event46(course, scene)) people.push_back(std::move(who));
  return head + running_text(course, scene) + answer(course, scene, *stop) + "\n\n" + items(people) +
         ways_out(course, *stop);
}

}  // namespace casplan::runbook
