#include "simulator/rehearsal.h"

#include "simulator/execution.h"

namespace casplan::simulator {

const std::array<std::string_view, figure_count>& figure_names() {
  static const auto names = [] {
    std::array<std::string_view, figure_count> all{};
    for (const Measure measure : all_measures()) all[static_cast<std::size_t>(measure)] = to_string(measure);
    all[broken_pages_figure] = "broken_page_user_minutes";
    all[first_logged_on_figure] = "event46_logged_on_user_minutes";
    all[first_logged_on_figure + 1] = "unavailable_logged_on_user_minutes";
    all[first_logged_on_figure + 2] = "feature_lag_logged_on_user_minutes";
    return all;
  }();
  return names;
}

Rehearsal::Rehearsal(const Organisation& organisation, const Plan& plan, const Policy& policy, const Readings& readings)
    : organisation_(organisation),
      plan_(plan),
      policy_(policy),
      readings_(readings),
      wanted_(wanted_builds(organisation, policy)),
      activity_(policy.activity),
      timetable_(plan),
      limits_(organisation, plan, policy),
      at_start_(initial_state(organisation)) {}

Rehearsal::Stage::Stage(const Rehearsal& of)
    : state_(of.at_start_),
      users_(of.organisation_, state_, of.readings_, of.wanted_, {&of.activity_, of.timetable_.start}) {}

RunFigures Rehearsal::run(const Faults& faults, Stage& stage, Log* log) const {
  stage.state_ = at_start_;
  stage.users_.restart();
  Conduct conduct;
  conduct.limits = &limits_;
  conduct.faults = &faults;
  conduct.frozen = &policy_.frozen;
  conduct.on_refusal = OnRefusal::go_on;
  conduct.log = log;
  Execution execution({organisation_, plan_, timetable_, readings_}, conduct, stage.state_,
                      [&](ServerId server, Minutes now) { stage.users_.update(server, now); });
  const Minutes end = *execution.run([](Minutes, Minutes) {});
  Measures measures = stage.users_.at_the_end(end);
  value(measures, Measure::copies) = execution.copies();
  if (execution.is_finished()) value(measures, Measure::makespan_minutes) = end.count();
  RunFigures result;
  std::copy(measures.begin(), measures.end(), result.figures.begin());
  result.figures[broken_pages_figure] = stage.users_.broken_pages();
  for (std::size_t i = 0; i < logged_on_measures.size(); ++i) {
    result.figures[first_logged_on_figure + i] = value(stage.users_.logged_on(), logged_on_measures[i]);
  }
  result.met_event46 = stage.users_.met_event46();
  result.is_finished = execution.is_finished();
  result.missed_window = execution.missed_window();
  result.final_draw = execution.final_draw() >> 1U;
  return result;
}

RunFigures Rehearsal::run(const Faults& faults, Log* log) const {
  Stage stage(*this);
  return run(faults, stage, log);
}

}  // namespace casplan::simulator
