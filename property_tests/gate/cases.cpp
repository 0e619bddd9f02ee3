#include "property_tests/gate/cases.h"

#include <algorithm>
#include <set>

#include "model/contracts.h"
#include "property_tests/gate/execution.h"
#include "property_tests/gate/followed.h"

namespace casplan::gate {
namespace {

using Steps = std::vector<Place>;

Failure draw_failure(const Subject& subject, Dice& dice) {
  using Kind = Failure::Kind;
  const Place step = dice.below(subject.plan.steps.size());
  const StepKind kind = subject.step(step).kind;
  const bool has_a_middle = kind == StepKind::upgrade || kind == StepKind::ensure_folder || kind == StepKind::recycle;
  const std::vector<Kind> kinds = has_a_middle ? std::vector{Kind::before, Kind::done_twice, Kind::in_the_middle}
                                               : std::vector{Kind::before, Kind::done_twice};
  return {kinds[dice.below(kinds.size())], step};
}

/// The steps, and all that must come before them, ascending.
Steps with_all_before(const Subject& subject, const Steps& wanted) {
  std::set<Place> all;
  Steps open = wanted;
  while (!open.empty()) {
    const Place step = open.back();
    open.pop_back();
    if (!all.insert(step).second) continue;
    for (const Arrow& arrow : subject.plan.steps[step].after) open.push_back(arrow.step.value);
  }
  return {all.begin(), all.end()};
}

/// Those of the steps after which none of the others must come.
Steps last_of(const Subject& subject, const Steps& steps) {
  std::set<Place> last(steps.begin(), steps.end());
  for (const Place step : steps) {
    for (const Arrow& arrow : subject.plan.steps[step].after) last.erase(arrow.step.value);
  }
  return {last.begin(), last.end()};
}

Steps without(const Steps& steps, const Steps& dropped) {
  Steps left;
  std::set_difference(steps.begin(), steps.end(), dropped.begin(), dropped.end(), std::back_inserter(left));
  return left;
}

class Simplifier {
 public:
  Simplifier(const Subject& subject, const Case& broken) : subject_(subject), broken_(broken) {}

  std::vector<Case> all() {
    const auto violation = carry_out(subject_, broken_);
    expects(violation.has_value(), "a case that is made simpler breaks its law");
    if (violation->kind != Violation::Kind::event46_at_the_end) {
      if (broken_.kept) {
        drop_steps();
      } else {
        keep_steps_around(*violation);
      }
    }
    take_one_after_the_other();
    read_as_the_kb_does();
    return std::move(simpler_);
  }

 private:
  void add(Steps kept) {
    simpler_.push_back(broken_);
    simpler_.back().kept = std::move(kept);
  }

  /// At first the steps of the path's two ends; else all that were begun.
  void keep_steps_around(const Violation& violation) {
    Steps begun;
    for (const Event& event : violation.events) {
      if (event.kind == Event::Kind::begin) begun.push_back(event.step);
    }
    Steps at_ends;
    for (const Place step : begun) {
      const Place server = subject_.step(step).server.value;
      if (server == violation.path.first || server == violation.path.second) at_ends.push_back(step);
    }
    if (violation.kind == Violation::Kind::event46_on_the_way) add(with_all_before(subject_, at_ends));
    add(with_all_before(subject_, begun));
  }

  /// Steps that nothing else waits for: all but few, then fewer and fewer, then one by one.
  void drop_steps() {
    const Steps last = last_of(subject_, *broken_.kept);
    for (std::size_t size = last.size(); size > 0; size /= 2) {
      for (std::size_t first = 0; first < last.size(); first += size) {
        const auto begin = last.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = static_cast<std::ptrdiff_t>(std::min(size, last.size() - first));
        add(without(*broken_.kept, Steps(begin, begin + count)));
      }
    }
  }

  void take_one_after_the_other() {
    if (broken_.spacing == Case::Spacing::one_after_the_other) return;
    simpler_.push_back(broken_);
    simpler_.back().spacing = Case::Spacing::one_after_the_other;
  }

  void read_as_the_kb_does() {
    const auto fixed = values_of(subject_.fixed_readings);
    const auto values = values_of(broken_.readings);
    for (std::size_t reading = 0; reading < values.size(); ++reading) {
      if (fixed[reading] || values[reading] == 0) continue;
      FixedReadings one;
      for (std::size_t i = 0; i < values.size(); ++i) fix(one, i, i == reading ? 0 : values[i]);
      simpler_.push_back(broken_);
      simpler_.back().readings = first_of(one);
    }
  }

  const Subject& subject_;
  const Case& broken_;
  std::vector<Case> simpler_;
};

}  // namespace

Cases::Cases(const Subject& subject, Law law) : subject_(subject), law_(law), wrong_facts_(subject) {}

bool Cases::exist() const {
  Dice dice(0);
  switch (law_) {
    case Law::permitted_orders: return !subject_.organisation.servers.empty();
    case Law::single_failures: return !subject_.plan.steps.empty();
    case Law::wrong_facts: break;
  }
  return !subject_.plan.steps.empty() && wrong_facts_.draw(dice).has_value();
}

Case Cases::draw(std::uint64_t seed) const {
  Dice dice(seed);
  Case drawn;
  drawn.seed = dice.next();
  drawn.readings = subject_.readings[dice.below(subject_.readings.size())];
  if (law_ == Law::single_failures) drawn.failure = draw_failure(subject_, dice);
  if (law_ == Law::wrong_facts) drawn.wrong_fact = wrong_facts_.draw(dice);
  if (drawn.wrong_fact) {
    drawn.focus = drawn.wrong_fact->server;
  } else if (!subject_.plan.steps.empty()) {
    const Place step = drawn.failure ? drawn.failure->step : dice.below(subject_.plan.steps.size());
    drawn.focus = subject_.step(step).server.value;
  }
  return drawn;
}

std::vector<Case> simpler_cases(const Subject& subject, const Case& broken) {
  return Simplifier(subject, broken).all();
}

}  // namespace casplan::gate
