#include <algorithm>
#include <iterator>

#include "documents/assessment_writer.h"
#include "documents/moment_text.h"
#include "documents/refused_steps_writer.h"
#include "documents/simulation_result.h"

namespace casplan::documents {
namespace {

std::vector<simulator::PathAssessment> broken_paths(const simulator::Assessment& assessment) {
  std::vector<simulator::PathAssessment> broken;
  std::copy_if(assessment.paths.begin(), assessment.paths.end(), std::back_inserter(broken), [](const auto& path) {
    return path.judgement.verdict == Verdict::event46 || path.judgement.verdict == Verdict::fault;
  });
  return broken;
}

/// Those of the contract that users are counted for.
void write_logged_on(JsonWriter& out, const Measures& logged_on) {
  out.key("logged_on").object([&] {
    for (const Measure measure :
         {Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::feature_lag_user_minutes}) {
      out.member(to_string(measure), value(logged_on, measure));
    }
  });
}

void write_record(JsonWriter& out, const Organisation& organisation, const simulator::Event46Record& record) {
  out.object([&] {
    out.member("time", to_text(record.time));
    out.member("computer", simulator::computer_of(record, organisation));
    out.member("source", simulator::event46_source);
    out.member("category", simulator::event46_category);
    out.member("id", event46);
    out.member("type", simulator::event46_type);
    out.member("message", record.sentence);
  });
}

}  // namespace

SimulationResult::SimulationResult(const Organisation& organisation, const Plan& plan)
    : organisation_(organisation), plan_(plan) {
  out_.open_object();
  out_.key("states").open_list();
}

void SimulationResult::add(const simulator::PassingState& state, const std::vector<ServerId>& fronts,
                           const std::vector<simulator::SiteStatus>& statuses) {
  out_.object([&] {
    out_.member("after", state.after ? std::optional(at(plan_.steps, *state.after).id) : std::nullopt);
    out_.member("start", state.start.count());
    out_.member("end", state.end.count());
    out_.key("broken_paths").list(broken_paths(state.assessment), [&](const simulator::PathAssessment& path) {
      out_.object([&] {
        write_path_ends(out_, organisation_, path.path);
        out_.member("event", path.judgement.event);
      });
    });
    out_.key("fronts").line(fronts, [&](ServerId id) { out_.value(at(organisation_.servers, id).name); });
    write_sites(out_, organisation_, state.assessment.sites, statuses);
  });
}

std::string SimulationResult::take(const simulator::Totals& totals, const simulator::Event46Records& records) {
  out_.close_list();
  out_.key("totals").object([&] {
    for (const Measure measure : all_measures()) out_.member(to_string(measure), value(totals.all, measure));
  });
  write_logged_on(out_, totals.logged_on);
  out_.key("event46_records").list(records.records, [&](const simulator::Event46Record& record) {
    write_record(out_, organisation_, record);
  });
  out_.member("event46_records_left_off", records.left_off);
  write_refused_steps(out_, organisation_, plan_, totals.refused);
  out_.close_object();
  return out_.take();
}

}  // namespace casplan::documents
