#include <algorithm>
#include <iterator>

#include "documents/assessment_writer.h"
#include "documents/refused_steps_writer.h"
#include "documents/result_documents.h"

namespace casplan::documents {
namespace {

std::vector<simulator::PathAssessment> broken_paths(const simulator::Assessment& assessment) {
  std::vector<simulator::PathAssessment> broken;
  std::copy_if(assessment.paths.begin(), assessment.paths.end(), std::back_inserter(broken), [](const auto& path) {
    return path.judgement.verdict == Verdict::event46 || path.judgement.verdict == Verdict::fault;
  });
  return broken;
}

void write_state(JsonWriter& out, const Organisation& organisation, const Plan& plan,
                 const simulator::TraceState& state) {
  out.object([&] {
    out.member("after", state.after ? std::optional(at(plan.steps, *state.after).id) : std::nullopt);
    out.member("start", state.start.count());
    out.member("end", state.end.count());
    out.key("broken_paths").list(broken_paths(state.assessment), [&](const simulator::PathAssessment& path) {
      out.object([&] {
        write_path_ends(out, organisation, path.path);
        out.member("event", path.judgement.event);
      });
    });
    write_sites(out, organisation, state.assessment.sites);
  });
}

}  // namespace

std::string write_simulation_result(const Organisation& organisation, const Plan& plan, const simulator::Trace& trace) {
  JsonWriter out;
  out.object([&] {
    out.key("states").list(trace.states, [&](const auto& state) { write_state(out, organisation, plan, state); });
    out.key("totals").object([&] {
      for (const Measure measure : all_measures()) out.member(to_string(measure), value(trace.totals, measure));
    });
    write_refused_steps(out, organisation, plan, trace.refused);
  });
  return out.take();
}

}  // namespace casplan::documents
