#include "documents/json_writer.h"
#include "documents/moment_text.h"
#include "documents/runs_result.h"
#include "model/contracts.h"

namespace casplan::documents {
namespace {

using simulator::Distribution;
using simulator::FaultKind;

/// Figures by name.
void write_figures(JsonWriter& out, const simulator::RunFigures& run) {
  out.object([&] {
    for (std::size_t i = 0; i < simulator::figure_count; ++i) out.member(simulator::figure_names()[i], run.figures[i]);
  });
}

/// What the faults together, or one of them, add to each figure; null where that is not known, or has no end.
void write_cost(JsonWriter& out, const simulator::RunFigures& with, const simulator::RunFigures& without) {
  out.object([&] {
    for (std::size_t i = 0; i < simulator::figure_count; ++i) {
      const auto& [a, b] = std::pair(with.figures[i], without.figures[i]);
      out.member(simulator::figure_names()[i], a && b ? std::optional(*a - *b) : std::nullopt);
    }
  });
}

void write_distribution(JsonWriter& out, const Distribution& distribution) {
  out.member("p5", distribution.p5);
  out.member("p50", distribution.p50);
  out.member("p95", distribution.p95);
  out.member("worst", distribution.worst);
  out.member("seed_of_worst", static_cast<std::int64_t>(distribution.seed_of_worst));
}

void write_ends(JsonWriter& out, const simulator::Timetable& timetable, const simulator::Runs& runs) {
  const auto& makespan = runs.figures[simulator::makespan_figure];
  const auto end = [&](const Distribution::Value& minutes) {
    return minutes ? std::optional(to_text(timetable.start + Minutes(*minutes))) : std::nullopt;
  };
  out.object([&] {
    out.member("planned", to_text(timetable.start + timetable.end));
    out.member("without_faults", end(runs.without_faults.figures[simulator::makespan_figure]));
    out.member("p5", end(makespan.p5));
    out.member("p50", end(makespan.p50));
    out.member("p95", end(makespan.p95));
    out.member("worst", end(makespan.worst));
  });
}

std::int64_t number(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

void write_tries(JsonWriter& out, const Plan& plan, const simulator::Log& log) {
  out.key("tries").list(log.tries, [&](const simulator::Try& attempt) {
    out.object([&] {
      out.member("step", at(plan.steps, attempt.step).id);
      out.member("start", attempt.start.count());
      out.member("end", attempt.end.count());
      out.member("succeeds", attempt.succeeds);
    });
  });
  out.key("given_up").list(log.abandoned, [&](const simulator::AbandonedStep& step) {
    out.object([&] {
      out.member("step", at(plan.steps, step.step).id);
      out.member("why", to_string(step.why));
      out.member("minute", step.at.count());
    });
  });
}

bool is_of_a_day(FaultKind kind) {
  return kind == FaultKind::server_down || kind == FaultKind::front_out_of_rotation;
}

void write_effect(JsonWriter& out, const Organisation& organisation, const Plan& plan, const simulator::Story& story,
                  const simulator::Effect& effect) {
  const simulator::Incident& incident = effect.incident;
  out.object([&] {
    out.member("fault", to_string(incident.fault.kind));
    out.member("server", at(organisation.servers, incident.server).name);
    if (!is_of_a_day(incident.fault.kind)) out.member("step", at(plan.steps, StepIndex{incident.fault.subject}).id);
    out.member("start", incident.start.count());
    out.member("end", incident.end.count());
    out.key("cost");
    effect.without ? write_cost(out, story.figures, *effect.without) : out.null();
  });
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::step_fails: return "step_fails";
    case FaultKind::partial_copy: return "partial_copy";
    case FaultKind::forgotten_recycle: return "forgotten_recycle";
    case FaultKind::late_crew: return "late_crew";
    case FaultKind::server_down: return "server_down";
    case FaultKind::front_out_of_rotation: return "front_out_of_rotation";
  }
  expects(false, "every fault has a word");
  return {};
}

std::string_view to_string(simulator::Abandoned why) {
  using simulator::Abandoned;
  switch (why) {
    case Abandoned::tried_too_often: return "tried_too_often";
    case Abandoned::no_window: return "no_window";
    case Abandoned::refused: return "refused";
    case Abandoned::waits_forever: return "waits_forever";
    case Abandoned::no_end: return "no_end";
  }
  expects(false, "every reason has a word");
  return {};
}

std::string write_runs_result(const simulator::Rehearsal& rehearsal, const simulator::RunSeries& series,
                              const simulator::Runs& runs) {
  JsonWriter out;
  out.object([&] {
    out.member("runs", number(series.runs));
    out.member("seed", static_cast<std::int64_t>(series.seed));
    out.member("final_draw", static_cast<std::int64_t>(runs.final_draw));
    out.key("figures").object([&] {
      for (std::size_t i = 0; i < simulator::figure_count; ++i) {
        out.key(simulator::figure_names()[i]).object([&] {
          out.member("without_faults", runs.without_faults.figures[i]);
          write_distribution(out, runs.figures[i]);
        });
      }
    });
    write_ends(out.key("end"), rehearsal.timetable(), runs);
    out.key("runs_that").object([&] {
      out.member("do_not_finish", number(runs.unfinished));
      out.member("end_after_the_plan", number(runs.late));
      if (rehearsal.policy().latest_end) out.member("end_after_latest_end", number(runs.after_latest_end));
      out.member("miss_a_window", number(runs.missed_window));
      out.member("meet_event46", runs.event46 ? std::optional(number(*runs.event46)) : std::nullopt);
    });
  });
  return out.take();
}

std::string write_story_result(const Organisation& organisation, const simulator::Rehearsal& rehearsal,
                               std::uint64_t seed, const simulator::Story& story) {
  JsonWriter out;
  out.object([&] {
    out.member("runs", 1);
    out.member("seed", static_cast<std::int64_t>(seed));
    out.member("final_draw", static_cast<std::int64_t>(story.figures.final_draw));
    out.member("finished", story.figures.is_finished);
    out.member("missed_a_window", story.figures.missed_window);
    write_figures(out.key("figures"), story.figures);
    write_figures(out.key("without_faults"), story.without_faults);
    out.key("faults").list(story.effects, [&](const simulator::Effect& effect) {
      write_effect(out, organisation, rehearsal.plan(), story, effect);
    });
    write_tries(out, rehearsal.plan(), story.log);
  });
  return out.take();
}

}  // namespace casplan::documents
