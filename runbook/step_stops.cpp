#include <algorithm>
#include <iterator>

#include "model/text.h"
#include "runbook/escape.h"
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

/// The steps that must have ended besides those before this one on the page and itself; and of those before it, the
/// ones that still run at its end.
std::vector<StepIndex> ended_too(const Course& course, const Stop& stop) {
  const auto& order = course.order();
  const auto here = order.begin() + static_cast<std::ptrdiff_t>(course.number(stop.step));
  std::vector<StepIndex> steps;
  std::copy_if(order.begin(), here, std::back_inserter(steps),
               [&](StepIndex other) { return course.end(other) > course.end(stop.step); });
  steps.insert(steps.end(), stop.also_ended.begin(), stop.also_ended.end());
  return steps;
}

/// `step 6 has`, `step 2, step 4 to step 9 and step 11 have`: the steps as the page numbers them, in its order.
std::string have(const Course& course, const std::vector<StepIndex>& steps) {
  std::vector<std::string> labels;
  for (std::size_t first = 0, last = 0; first < steps.size(); first = ++last) {
    while (last + 1 < steps.size() && course.number(steps[last + 1]) == course.number(steps[last]) + 1) ++last;
    labels.push_back(step_label(course, steps[first]));
    if (last == first) continue;
    if (last == first + 1) {
      labels.push_back(step_label(course, steps[last]));
    } else {
      labels.back() += " to " + step_label(course, steps[last]);
    }
  }
  const std::string last_label = labels.back();
  labels.pop_back();
  return (labels.empty() ? "" : joined(labels) + " and ") + last_label + (steps.size() == 1 ? " has" : " have");
}

/// The state of which an answer holds, where it is not just that after the steps so far; the begin of a sentence.
std::string once_ended(const Course& course, const Stop& stop) {
  const auto steps = ended_too(course, stop);
  return steps.empty() ? "" : "Once " + have(course, steps) + " ended too";
}

/// The next state in which the work may stop, as one more sentence.
std::string next_rest(const Course& course, const Stop& stop) {
  const auto ended = [&](const Stop& at) { return course.number(at.step) + at.also_ended.size(); };
  const Stop* rest = nullptr;
  for (const StepIndex step : course.order()) {
    const Stop* other = course.stop(step, StopTime::at_the_end);
    if (other->safety != Safety::safe || ended(*other) <= ended(stop)) continue;
    if (rest == nullptr || ended(*other) < ended(*rest)) rest = other;
  }
  if (rest == nullptr) return {};
  std::vector<StepIndex> steps = ended_too(course, *rest);
  steps.push_back(rest->step);
  std::sort(steps.begin(), steps.end(), [&](StepIndex a, StepIndex b) { return course.number(a) < course.number(b); });
  return " The work may stop again when " + have(course, steps) + " ended.";
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

std::vector<std::string> who_meets_event46(const Course& course, const Scene& scene, const Stop& stop) {
  const auto ended = ended_too(course, stop);
  std::vector<std::string> people;
  for (std::size_t i = 0; i < scene.users_after.paths.size(); ++i) {
    const simulator::PathAssessment& path = scene.users_after.paths[i];
    if (path.judgement.verdict != Verdict::event46 || !fails_today(course, i)) continue;
    const auto mended_by = event46_ends_by(course, scene, i);
    if (mended_by && std::find(ended.begin(), ended.end(), *mended_by) != ended.end()) continue;
    people.push_back("Users of AD site " + site_text(course, path.path.site) + " (" + figure_text(path.users) +
                     ") who are proxied from " + server_text(course, path.path.front) + " to " +
                     server_text(course, path.path.target) + " meet Event 46, as before the plan, " +
                     ended_by(course, mended_by) + ".");
  }
  return people;
}

std::string answer(const Course& course, const Stop& stop) {
  const bool last = course.number(stop.step) + stop.also_ended.size() == course.order().size();
  switch (stop.safety) {
    case Safety::safe:
      return last ? "**Yes, this is the end of the plan.** Nobody has it worse than before it."
                  : "**Yes.** Nobody has it worse than before the plan.";
    case Safety::unsafe: return "**No.**";
    case Safety::cannot_tell: break;
  }
  return "**It cannot be told**, because facts are missing.";
}

/// What a failed step leaves, as a sentence.
std::string what_is_left(const Course& course, const Scene& scene) {
  const std::string server = server_text(course, scene.planned.step.server);
  switch (scene.planned.step.kind) {
    case StepKind::upgrade: return server + " is left at the build that it had, and out of service.";
    case StepKind::ensure_folder:
      return "A part of folder " + to_string(*scene.planned.step.folder) + " is left on " + server + ".";
    case StepKind::drain:
    case StepKind::recycle:
    case StepKind::return_to_service: break;
  }
  return "The step has then changed nothing.";
}

std::string may_stay(Safety safety) {
  switch (safety) {
    case Safety::safe: return "may stop there: ";
    case Safety::unsafe: return "must not stop there:";
    case Safety::cannot_tell: break;
  }
  return "should not stop there:";
}

}  // namespace

std::string how_stops_are_meant(const Course& course) {
  if (course.report().stops.empty()) return {};
  const bool is_every_order = course.report().orders == verifier::Orders::all;
  return "What a section says about stopping holds when exactly these steps have ended: those of the sections before "
         "it, those that it names as ended too, and its own, unless that has failed. Where others have ended, or some "
         "of these have not, go on with the plan: that is what is proved, " +
         std::string(is_every_order ? "because in every order that the arrows permit nobody meets Event 46 anew"
                                    : "but for the order of this page only") +
         ".\n\n";
}

std::string may_stay_failed(const Course& course, const Scene& scene) {
  const Stop* stop = course.stop(scene.index, StopTime::in_the_middle);
  if (stop == nullptr) return {};
  const std::string once = once_ended(course, *stop);
  return "### If it stays failed\n\n" + what_is_left(course, scene) + (once.empty() ? " The" : " " + once + ", the") +
         " work " + may_stay(stop->safety) + (stop->safety == Safety::safe ? nobody_worse : "") + "\n\n" +
         items(who_has_it_worse(course, *stop)) + ways_out(course, *stop);
}

std::string may_stop(const Course& course, const Scene& scene) {
  const std::string head = "### May the work stop here?\n\n";
  const Stop* stop = course.stop(scene.index, StopTime::at_the_end);
  if (stop == nullptr) return head + "This was not judged.\n\n";
  auto people = who_has_it_worse(course, *stop);
  for (std::string& who : who_meets_event46(course, scene, *stop)) people.push_back(std::move(who));
  const std::string once = once_ended(course, *stop);
  return head + (once.empty() ? "" : once + ": ") + answer(course, *stop) + "\n\n" + items(people) +
         ways_out(course, *stop);
}

}  // namespace casplan::runbook
