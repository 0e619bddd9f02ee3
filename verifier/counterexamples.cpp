#include "verifier/counterexamples.h"

#include <algorithm>
#include <set>

#include "model/contracts.h"
#include "simulator/transition.h"

namespace casplan::verifier {
namespace {

std::vector<StepIndex> steps_of(const Excerpt& excerpt, const std::vector<std::size_t>& places) {
  std::vector<StepIndex> steps;
  for (const std::size_t place : places) steps.push_back(excerpt.steps[place]);
  return steps;
}

/// The steps that must precede what was met, or had begun.
std::vector<std::size_t> needed_for(const Exploration::Fault& met) {
  std::vector<std::size_t> needed = met.ended;
  needed.insert(needed.end(), met.running.begin(), met.running.end());
  if (met.last && std::find(needed.begin(), needed.end(), *met.last) == needed.end()) needed.push_back(*met.last);
  return needed;
}

}  // namespace

std::vector<StepIndex> Counterexamples::ended_steps(const Excerpt& excerpt, const Exploration::Fault& met) const {
  auto order = order_.completed(steps_of(excerpt, needed_for(met)));
  const auto ended = steps_of(excerpt, met.ended);
  std::set<StepIndex> not_ended;
  for (const std::size_t place : needed_for(met)) not_ended.insert(excerpt.steps[place]);
  for (const StepIndex step : ended) not_ended.erase(step);
  std::erase_if(order, [&](StepIndex step) { return not_ended.contains(step); });
  return order;
}

Counterexamples::Witness Counterexamples::shortest(const Excerpt& excerpt,
                                                   const std::vector<Witness>& witnesses) const {
  std::vector<std::vector<bool>> before;
  for (const StepIndex step : excerpt.steps) before.push_back(order_.preceding({step}));
  const auto length = [&](const Witness& witness) {
    std::vector<bool> all(order_.topological().size());
    const auto needed = needed_for(*witness.met);
    for (const std::size_t place : needed) {
      for (std::size_t step = 0; step < all.size(); ++step) all[step] = all[step] || before[place][step];
    }
    const auto count = static_cast<std::size_t>(std::count(all.begin(), all.end(), true));
    return count - (needed.size() - witness.met->ended.size());
  };
  std::set<std::vector<std::size_t>> known;
  const Witness* best = nullptr;
  std::size_t fewest = 0;
  for (const Witness& witness : witnesses) {
    auto needed = needed_for(*witness.met);
    std::sort(needed.begin(), needed.end());
    if (!known.insert(std::move(needed)).second) continue;
    const std::size_t steps = length(witness);
    if (best != nullptr && steps >= fewest) continue;
    best = &witness;
    fewest = steps;
  }
  return *best;
}

std::optional<MissingArrow> Counterexamples::missing_arrow(const Excerpt& excerpt, const Exploration::Fault& met,
                                                           const IsSafe& is_safe) const {
  auto too_early = needed_for(met);  // the last first
  std::reverse(too_early.begin(), too_early.end());
  for (const std::size_t later : too_early) {
    const auto its_end = std::find(met.ended.begin(), met.ended.end(), later);
    for (std::size_t earlier = 0; earlier < excerpt.steps.size(); ++earlier) {
      const bool is_kept = std::find(met.ended.begin(), its_end, earlier) != its_end;
      if (is_kept || !may_add_arrow(excerpt, earlier, later)) continue;
      if (is_safe(with_arrow(excerpt, earlier, later)))
        return MissingArrow{excerpt.steps[earlier], excerpt.steps[later]};
    }
  }
  return std::nullopt;
}

Counterexample Counterexamples::start(ViolationKind kind, const Excerpt& excerpt, const Witness& witness,
                                      const IsSafe& is_safe) const {
  Counterexample found{};
  found.kind = kind;
  found.readings = *witness.readings;
  if (witness.met->last) found.step = excerpt.steps[*witness.met->last];
  found.order = ended_steps(excerpt, *witness.met);
  found.missing_arrow = missing_arrow(excerpt, *witness.met, is_safe);
  return found;
}

void Counterexamples::refused(Counterexample& found, const State& state, StepIndex step,
                              const simulator::Refusal& refusal) const {
  const auto place = std::find(found.order.begin(), found.order.end(), step);
  if (place != found.order.end()) found.missing_arrow.reset();
  found.kind = ViolationKind::step_refused;
  found.order.erase(place, found.order.end());
  found.path.reset();
  found.step = step;
  found.refusal = refusal;
  found.server = at(state.servers, at(plan_.steps, step).step.server);
}

/// Whatever is shown to people was met by the simulator first. What it refuses on the way is a fault itself.
void Counterexamples::replay(Counterexample& found, const std::vector<StepIndex>& running) const {
  State state = found_;
  for (const StepIndex index : std::vector<StepIndex>(found.order)) {
    const Step& step = at(plan_.steps, index).step;
    if (const auto refusal = simulator::begin(state, step)) return refused(found, state, index, *refusal);
    simulator::finish(state, step, found.readings);
  }
  for (const StepIndex index : running) {
    if (const auto refusal = simulator::begin(state, at(plan_.steps, index).step)) {
      return refused(found, state, index, *refusal);
    }
  }
  if (!found.path) {
    const auto refusal = simulator::begin(state, at(plan_.steps, *found.step).step);
    expects(refusal.has_value(), "a refusal is met again in the simulator");
    return refused(found, state, *found.step, *refusal);
  }
  const PathEnd front{at(organisation_.servers, found.path->front), at(state.servers, found.path->front)};
  const PathEnd target{at(organisation_.servers, found.path->target), at(state.servers, found.path->target)};
  found.judgement = judge(front, target, found.readings);
  found.event = event46_sentence(front, target);
  expects(found.judgement->verdict == Verdict::event46, "a counterexample is met again in the simulator");
}

Counterexample Counterexamples::of(const ProxyPath& path, const Excerpt& excerpt,
                                   const std::vector<PathViolation>& faults, const IsSafe& is_safe) const {
  std::vector<Witness> witnesses;
  for (const PathViolation& fault : faults) witnesses.push_back({&fault.readings, &fault.met});
  const Witness witness = shortest(excerpt, witnesses);
  const auto fault = std::find_if(faults.begin(), faults.end(),
                                  [&](const PathViolation& candidate) { return &candidate.met == witness.met; });
  auto found = start(fault->is_at_the_end ? ViolationKind::event46_at_the_end : ViolationKind::event46_on_the_way,
                     excerpt, witness, is_safe);
  found.path = path;
  if (fault->is_at_the_end) {
    found.order.insert(found.order.end(), order_.topological().begin(), order_.topological().end());
    found.order = order_.completed(found.order);
  }
  replay(found, steps_of(excerpt, witness.met->running));
  return found;
}

Counterexample Counterexamples::of(const Excerpt& excerpt, const std::vector<StepViolation>& faults,
                                   const IsSafe& is_safe) const {
  std::vector<Witness> witnesses;
  for (const StepViolation& fault : faults) {
    if (fault.met.last == faults.front().met.last) witnesses.push_back({&fault.readings, &fault.met});
  }
  const Witness witness = shortest(excerpt, witnesses);
  auto found = start(ViolationKind::step_refused, excerpt, witness, is_safe);
  replay(found, steps_of(excerpt, witness.met->running));
  return found;
}

}  // namespace casplan::verifier
