#include "model/time_text.h"
#include "runbook/commands.h"
#include "runbook/escape.h"
#include "runbook/sections.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

std::string when(const Course& course, const Scene& scene) {
  const Schedule& schedule = *scene.planned.schedule;
  return "- **When:** " + moment_text(schedule.start) + " to " + moment_text(schedule.end) + " UTC, minute " +
         std::to_string(course.start(scene.index).count()) + " to " + std::to_string(course.end(scene.index).count()) +
         " of the plan.\n";
}

std::string where(const Course& course, const Scene& scene) {
  const Server& server = scene.server;
  const std::string fqdn = server.fqdn ? " (" + markdown_text(*server.fqdn) + ")" : "";
  return "- **Where:** on " + markdown_text(server.name) + fqdn + ", AD site " + site_text(course, server.site) +
         ", roles " + roles_text(server) + ".\n";
}

std::string why(const Course& course, const Scene& scene) {
  std::string text = "- **Why now:** " +
                     (scene.planned.why.empty() ? "the plan states no reason." : markdown_text(scene.planned.why)) +
                     "\n";
  for (const Arrow& arrow : scene.planned.after) {
    text += "  - After " + step_label(course, arrow.step) + ": " +
            (arrow.reason.empty() ? "the plan states no reason." : markdown_text(arrow.reason)) + "\n";
  }
  return text;
}

std::string instruction_text(const Instruction& instruction) {
  std::string text = instruction.text + "\n\n";
  if (instruction.script) text += instruction.script->text() + "\n";
  if (!instruction.expected.empty()) text += "You must see: " + instruction.expected + "\n\n";
  return text;
}

std::string part(const std::string& title, const std::vector<Instruction>& todo) {
  if (todo.empty()) return {};
  std::string text = "### " + title + "\n\n";
  for (const Instruction& instruction : todo) text += instruction_text(instruction);
  return text;
}

}  // namespace

std::string step_section(const Course& course, const Scene& scene) {
  const Instructions todo = instructions(course, scene);
  std::string label = step_label(course, scene.index);
  label.front() = 'S';
  return "## " + label + ": " +
         markdown_text(describe(scene.planned.step, course.organisation(), course.build_before(scene.index))) + "\n\n" +
         when(course, scene) + where(course, scene) + why(course, scene) + "\n" + part("Check before", todo.before) +
         part("Do", todo.change) + part("Check after", todo.after) + users_after(course, scene) +
         events_to_look_for(course, scene) + part("If it fails", todo.failure) + may_stay_failed(course, scene) +
         may_stop(course, scene);
}

}  // namespace casplan::runbook
