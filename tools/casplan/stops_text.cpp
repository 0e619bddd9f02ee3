#include "tools/casplan/stops_text.h"

#include <algorithm>

#include "model/text.h"
#include "runbook/steps_text.h"
#include "tools/casplan/console.h"
#include "verifier/stop_text.h"

namespace casplan::tools {
namespace {

using verifier::Safety;
using verifier::Stop;
using verifier::StopTime;

constexpr std::size_t stops_shown = 10;
constexpr std::size_t ids_shown = 3;

bool is_safe(const Stop& stop) {
  return stop.safety == Safety::safe;
}

/// `, with step 7 ended too`, `, with the 6 steps from 7 to 12 ended too`: what the state supposes besides.
std::string ended_too(const Plan& plan, const Stop& stop) {
  if (stop.also_ended.empty()) return {};
  std::vector<std::string> ids;
  for (const StepIndex step : stop.also_ended) ids.push_back(at(plan.steps, step).id);
  if (ids.size() == 1) return ", with step " + ids.front() + " ended too";
  if (ids.size() <= ids_shown) return ", with steps " + listed(ids) + " ended too";
  return ", with the " + std::to_string(ids.size()) + " steps from " + ids.front() + " to " + ids.back() + " ended too";
}

std::string stop_words(const Organisation& organisation, const Plan& plan, const Stop& stop) {
  const PlannedStep& step = at(plan.steps, stop.step);
  const std::string name = "step " + step.id + " (" + runbook::describe(step.step, organisation) + ")";
  std::string text =
      std::string(stop.safety == Safety::unsafe ? "Do not stop " : "It cannot be told whether the work may stop ") +
      (stop.time == StopTime::at_the_end ? "after " + name : "with " + name + " failed in the middle") +
      ended_too(plan, stop) + ":";
  for (const std::string& sentence : verifier::who_has_it_worse(stop, organisation, plan)) text += " " + sentence;
  text += " Ways out:";
  for (const verifier::WayOut& way : stop.ways_out) {
    text += " " + verifier::sentence(way, stop, organisation, plan);
  }
  return text;
}

}  // namespace

std::vector<std::string> stops_text(const Organisation& organisation, const Plan& plan,
                                    const std::vector<Stop>& stops) {
  if (stops.empty()) return {};
  const auto safe = static_cast<std::size_t>(std::count_if(stops.begin(), stops.end(), is_safe));
  std::vector<std::string> text{
      "The work may stop for good in " + std::to_string(safe) + " of the " + counted(stops.size(), "state", "states") +
      " that the steps leave behind when they end or fail in the middle. Such an answer holds when exactly the steps "
      "before it in the schedule have ended, and those that it names. Where others have ended, go on with the plan: in "
      "every order that the arrows permit nobody meets Event 46 anew."};
  std::size_t hidden = 0;
  for (const Stop& stop : stops) {
    if (is_safe(stop)) continue;
    if (text.size() > stops_shown) {
      ++hidden;
    } else {
      text.push_back(stop_words(organisation, plan, stop));
    }
  }
  if (hidden > 0) text.push_back("And " + counted(hidden, "more state", "more states") + " in which it may not stop.");
  return text;
}

}  // namespace casplan::tools
