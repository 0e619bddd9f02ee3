#include "tools/casplan/step_explanation.h"

#include <nlohmann/json.hpp>

#include "model/text.h"
#include "model/time_text.h"
#include "planner/waits.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

constexpr std::size_t most_shown = 20;  // sentences about what would fail

/// The consequences in sentences for one policy.
class Teller {
 public:
  Teller(const Organisation& organisation, const Policy& policy, const Plan& plan)
      : organisation_(organisation), policy_(policy), plan_(plan) {}

  [[nodiscard]] std::vector<std::string> sentences(const planner::Consequences& consequences) const {
    std::vector<std::string> all;
    for (const planner::FailingPath& path : consequences.paths) all.push_back(sentence(path));
    for (const planner::FailingStep& step : consequences.steps) all.push_back(sentence(step));
    return all;
  }

 private:
  [[nodiscard]] std::string sentence(const planner::FailingPath& failing) const {
    const Judgement& judgement = failing.judgement;
    std::string text = path_words(organisation_, failing.path) + " would fail";
    if (judgement.event)
      text += (*judgement.event == 401 ? " with HTTP " : " with Event ") + std::to_string(*judgement.event);
    if (judgement.folder && judgement.rule == RuleId::newer_front_without_folder) {
      text += " for want of folder " + to_string(*judgement.folder);
    }
    return text + when_read(failing.readings) + ".";
  }

  [[nodiscard]] std::string sentence(const planner::FailingStep& failing) const {
    const PlannedStep& step = at(plan_.steps, failing.step);
    return "Step " + step.id + " could not be carried out: " +
           simulator::sentence(failing.refusal, step.step, failing.server, organisation_);
  }

  /// The readings that differ from those of the KB, or of the policy.
  [[nodiscard]] std::string when_read(const Readings& readings) const {
    const auto usual = values_of(first_of(policy_.readings));
    const auto values = values_of(readings);
    std::vector<std::string> others;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == usual[i]) continue;
      const ReadingName& name = reading_names().at(i);
      others.push_back(std::string(name.name) + "=" + std::string(name.values.at(values[i])));
    }
    return others.empty() ? "" : ", if the documentation is read as " + listed(others);
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Plan& plan_;
};

std::string lines(const std::vector<std::string>& sentences, const std::string& indent) {
  std::string text;
  for (std::size_t i = 0; i < std::min(sentences.size(), most_shown); ++i) text += indent + sentences[i] + "\n";
  if (sentences.size() > most_shown) {
    text += indent + "And " + std::to_string(sentences.size() - most_shown) + " more; --json lists them all.\n";
  }
  return text;
}

/// What a plan's step is, as `3: Upgrade HQCAS1 to 8.2.176.2 (Exchange Server 2007 SP2)`.
std::string numbered(const Organisation& organisation, const Plan& plan, StepIndex index) {
  const PlannedStep& step = at(plan.steps, index);
  return step.id + ": " + runbook::describe(step.step, organisation);
}

std::string arrows_text(const Organisation& organisation, const Plan& plan, const std::vector<ExplainedArrow>& arrows,
                        const Teller& teller) {
  std::string text;
  for (const ExplainedArrow& arrow : arrows) {
    text += "  " + numbered(organisation, plan, arrow.other) + "\n     because " + arrow.reason + "\n";
    if (arrow.otherwise.are_none()) continue;
    text += "     in the other order:\n" + lines(teller.sentences(arrow.otherwise), "       ");
  }
  return text;
}

nlohmann::ordered_json arrows_json(const Plan& plan, const std::vector<ExplainedArrow>& arrows, const Teller& teller) {
  auto all = nlohmann::ordered_json::array();
  for (const ExplainedArrow& arrow : arrows) {
    all.push_back({{"step", at(plan.steps, arrow.other).id},
                   {"reason", arrow.reason},
                   {"in_the_other_order", teller.sentences(arrow.otherwise)}});
  }
  return all;
}

}  // namespace

StepExplanation explain_step(const Organisation& organisation, const Policy& policy, const Plan& plan, StepIndex step) {
  const planner::Alternatives alternatives(organisation, plan, policy.readings);
  StepExplanation result;
  result.step = step;
  result.start = in_words(planner::waits_of(organisation, policy, plan), step, organisation, policy, plan);
  for (const Arrow& arrow : at(plan.steps, step).after) {
    result.after.push_back({arrow.step, arrow.reason, alternatives.before(step, arrow.step)});
  }
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const Arrow& arrow : plan.steps[i].after) {
      const auto later = id_at<StepIndex>(i);
      if (arrow.step == step) result.before.push_back({later, arrow.reason, alternatives.before(later, step)});
    }
  }
  result.left_out = alternatives.without(step);
  return result;
}

void print_step(const Organisation& organisation, const Policy& policy, const Plan& plan,
                const StepExplanation& explanation, Console& console) {
  const PlannedStep& step = at(plan.steps, explanation.step);
  const Teller teller(organisation, policy, plan);
  const Moment start = simulator::start_of(plan);
  console.print(console.in(Tone::heading, "Step " + numbered(organisation, plan, explanation.step)));
  console.print("  " + step.why);
  console.print("  From minute " + std::to_string((step.schedule->start - start).count()) + " to " +
                std::to_string((step.schedule->end - start).count()) + " of the plan, " +
                utc_text(step.schedule->start) + " to " + utc_text(step.schedule->end) + ".");
  console.print("  It " + explanation.start + ".");
  console.print_section(Tone::heading, "It comes after", arrows_text(organisation, plan, explanation.after, teller));
  console.print_section(Tone::heading, "It comes before", arrows_text(organisation, plan, explanation.before, teller));
  const std::string left_out = lines(teller.sentences(explanation.left_out), "  ");
  console.print_section(
      Tone::heading, "If it were left out",
      left_out.empty() ? "  No path would fail, and every other step could be carried out.\n" : left_out);
}

std::string step_to_json(const Organisation& organisation, const Policy& policy, const Plan& plan,
                         const StepExplanation& explanation) {
  const PlannedStep& step = at(plan.steps, explanation.step);
  const Teller teller(organisation, policy, plan);
  const Moment start = simulator::start_of(plan);
  const nlohmann::ordered_json result{{"id", step.id},
                                      {"kind", to_string(step.step.kind)},
                                      {"server", at(organisation.servers, step.step.server).name},
                                      {"what", runbook::describe(step.step, organisation)},
                                      {"why", step.why},
                                      {"start", (step.schedule->start - start).count()},
                                      {"end", (step.schedule->end - start).count()},
                                      {"starts_then_because", "It " + explanation.start + "."},
                                      {"after", arrows_json(plan, explanation.after, teller)},
                                      {"before", arrows_json(plan, explanation.before, teller)},
                                      {"if_left_out", teller.sentences(explanation.left_out)}};
  return result.dump(2) + "\n";
}

}  // namespace casplan::tools
