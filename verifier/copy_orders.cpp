#include "verifier/copy_orders.h"

#include <algorithm>
#include <set>

#include "verifier/pair_excerpt.h"

namespace casplan::verifier {
namespace {

using Search = Exploration::Search;

/// So many sources are looked at one by one, each not for long, before all are looked at together.
constexpr std::size_t most_single_sources = 16;
constexpr std::size_t situations_for_a_single_source = 1'000;
/// Of so many copies all sources are looked at together; the plan of who needs more is not proved.
constexpr std::size_t most_joint_copies = 16;

std::vector<std::size_t> places_in(const std::vector<StepIndex>& all, const std::vector<StepIndex>& some) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::binary_search(some.begin(), some.end(), all[i])) places.push_back(i);
  }
  return places;
}

}  // namespace

CopyOrders::CopyOrders(const Plan& plan, const State& found, const FixedReadings& fixed, const StepsByServer& steps_at,
                       const std::vector<std::vector<StepSet>>& own_orders, const StepOrder& order,
                       std::size_t most_situations)
    : plan_(plan),
      steps_at_(steps_at),
      own_orders_(own_orders),
      order_(order),
      step_orders_(plan, found, fixed, steps_at, most_situations),
      single_sources_(plan, found, fixed, steps_at, situations_for_a_single_source) {}

/// Whether some single source holds the folder whenever the step may begin; mostly one does.
bool CopyOrders::surely_finds_its_folder(StepIndex ensure, const OrderColumns& columns) const {
  auto sources = step_orders_.sources_that_change(ensure);
  if (!sources) return true;
  if (sources->size() > most_single_sources) sources->resize(most_single_sources);
  return std::any_of(sources->begin(), sources->end(), [&](ServerId source) {
    if (at(steps_at_, source).size() > most_steps) return false;
    const Excerpt excerpt = excerpt_for_copy(ensure, source, columns);
    if (excerpt.steps.size() > most_steps) return false;
    const auto finding = single_sources_.without_source(ensure, excerpt, Search::first_fault);
    return finding.is_exhaustive && finding.faults.empty();
  });
}

Excerpt CopyOrders::excerpt_for_copy(StepIndex ensure, ServerId source, const OrderColumns& columns) const {
  const Step& step = at(plan_.steps, ensure).step;
  const auto own = places_in(at(steps_at_, step.server), step_orders_.steps_that_change(step.server, *step.folder));
  const auto others = places_in(at(steps_at_, source), step_orders_.steps_that_change(source, *step.folder));
  return excerpt_of({step.server, source, own, others}, steps_at_, own_orders_, columns);
}

/// The servers that decide whether an ensure_folder finds its folder: its own, its sources, and the sources of the
/// copies that would bring the folder to one of them.
Excerpt CopyOrders::excerpt_for_folder(StepIndex ensure) const {
  const OwaVersion folder = *at(plan_.steps, ensure).step.folder;
  Excerpt excerpt{{at(plan_.steps, ensure).step.server}, {}, {}};
  std::set<ServerId> known(excerpt.servers.begin(), excerpt.servers.end());
  for (std::size_t next = 0; next < excerpt.servers.size(); ++next) {
    for (const StepIndex index : step_orders_.steps_that_change(excerpt.servers[next], folder)) {
      excerpt.steps.push_back(index);
      if (at(plan_.steps, index).step.folder != folder) continue;
      for (const ServerId source : step_orders_.sources_that_change(index).value_or(std::vector<ServerId>{})) {
        if (known.insert(source).second) excerpt.servers.push_back(source);
      }
    }
  }
  return excerpt;
}

bool CopyOrders::finds_every_folder(const Excerpt& excerpt) const {
  return std::all_of(excerpt.steps.begin(), excerpt.steps.end(), [&](StepIndex index) {
    return at(plan_.steps, index).step.kind != StepKind::ensure_folder || !step_orders_.sources_that_change(index) ||
           step_orders_.without_source(index, excerpt, Search::first_fault).faults.empty();
  });
}

/// Looks at all sources of an ensure_folder together where no single one always holds the folder.
CopyOrders::Finding CopyOrders::judge_together(const std::vector<StepIndex>& ensures,
                                               const Counterexamples& counterexamples) const {
  Finding found;
  std::size_t looked_at = 0;
  for (const StepIndex ensure : ensures) {
    Excerpt excerpt = excerpt_for_folder(ensure);
    if (excerpt.steps.size() > most_steps || ++looked_at > most_joint_copies) {
      found.is_exhaustive = false;
      continue;
    }
    excerpt.before = order_.among(excerpt.steps);
    const auto finding = step_orders_.without_source(ensure, excerpt, Search::all_faults);
    found.is_exhaustive = found.is_exhaustive && finding.is_exhaustive;
    if (finding.faults.empty()) continue;
    found.counterexample = counterexamples.of(excerpt, finding.faults,
                                              [&](const Excerpt& changed) { return finds_every_folder(changed); });
    break;
  }
  return found;
}

}  // namespace casplan::verifier
