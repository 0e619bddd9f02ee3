#include "runbook/markdown.h"

#include "runbook/escape.h"
#include "runbook/sections.h"

namespace casplan::runbook {
namespace {

std::string how_to_use() {
  return "## How to use this page\n\n"
         "Carry out the steps in this order, one section after the other; steps whose times overlap may run side by "
         "side. When a step takes longer than planned, the later ones move, and the order stays. In each section go on "
         "only when what you see is what is written after \"You must see\"; otherwise go "
         "to \"If it fails\".\n\n"
         "Type the commands on the server that the section names, in a 64-bit PowerShell that was started with "
         "\"Run as administrator\" (Windows Server 2008). When you have pasted a block that ends with a closing brace, "
         "press Enter on an empty line. "
         "Use a new PowerShell window for each server. User figures hold for the rules as KB 947168 states them.\n\n";
}

std::string warning(const verifier::Report& report) {
  switch (report.safety) {
    case verifier::Safety::safe: return {};
    case verifier::Safety::unsafe:
      return "**Do not carry out this plan. The verifier has found a way in which it goes wrong.**\n\n";
    case verifier::Safety::cannot_tell:
      return "**Do not carry out this plan yet. Facts are missing, so it cannot be told whether it is safe.**\n\n";
  }
  return {};
}

}  // namespace

std::string markdown(const RunbookInput& input) {
  const Course course(input);
  std::string page = "# Runbook: " + markdown_text(input.organisation.name) + "\n\n" + warning(input.report);
  page += summary(course) + statement(course) + situation(course) + risks(course) + preparations(course);
  page += table_of_steps(course) + how_to_use() + how_stops_are_meant(course);
  for (const StepIndex step : course.order()) {
    page += course.with_scene(step, [&](const Scene& scene) { return step_section(course, scene); });
  }
  return page;
}

}  // namespace casplan::runbook
