#include "verifier/step_orders.h"

#include <algorithm>
#include <iterator>

#include "model/catalogue.h"
#include "simulator/transition.h"
#include "verifier/path_orders.h"

namespace casplan::verifier {

StepOrders::StepOrders(const Plan& plan, const State& found, const FixedReadings& fixed, const StepsByServer& steps_at,
                       std::size_t most_situations)
    : plan_(plan), found_(found), steps_at_(steps_at), most_situations_(most_situations) {
  for (const SameChanges& group : by_changes(fixed, plan, found)) changes_.push_back(group.front());
}

StepOrders::Finding StepOrders::unfit_steps(const Excerpt& excerpt, Exploration::Search search) const {
  Exploration::Visitor visitor;
  visitor.may_begin = [&](const Exploration::Situation& situation, std::size_t step) -> std::optional<std::size_t> {
    if (!simulator::refuse(*situation.servers.front(), at(plan_.steps, excerpt.steps[step]).step)) return std::nullopt;
    return 0;
  };
  auto result = Exploration(found_, plan_, excerpt, most_situations_).run(changes_.front(), visitor, search);
  Finding finding{result.is_exhaustive, {}};
  for (auto& met : result.faults) finding.faults.push_back({changes_.front(), std::move(met)});
  return finding;
}

StepOrders::Finding StepOrders::without_source(StepIndex ensure, const Excerpt& excerpt,
                                               Exploration::Search search) const {
  const Step& copy = at(plan_.steps, ensure).step;
  std::vector<std::size_t> holders;  // places in the excerpt's servers
  for (std::size_t i = 0; i < excerpt.servers.size(); ++i) {
    const bool is_source = copy.sources.empty() || std::find(copy.sources.begin(), copy.sources.end(),
                                                             excerpt.servers[i]) != copy.sources.end();
    if (is_source || excerpt.servers[i] == copy.server) holders.push_back(i);
  }
  Exploration::Visitor visitor;
  visitor.may_begin = [&](const Exploration::Situation& situation, std::size_t step) -> std::optional<std::size_t> {
    const bool finds_it =
        excerpt.steps[step] != ensure || std::any_of(holders.begin(), holders.end(), [&](std::size_t place) {
          return situation.servers[place]->present.has(*copy.folder) == Knowledge::yes;
        });
    return finds_it ? std::nullopt : std::optional<std::size_t>(0);
  };
  Finding finding;
  for (const Readings& readings : changes_) {
    auto result = Exploration(found_, plan_, excerpt, most_situations_).run(readings, visitor, search);
    finding.is_exhaustive = finding.is_exhaustive && result.is_exhaustive;
    for (auto& met : result.faults) finding.faults.push_back({readings, std::move(met)});
    if (search == Exploration::Search::first_fault && !finding.faults.empty()) break;
  }
  return finding;
}

std::vector<StepIndex> StepOrders::steps_that_change(ServerId server, const OwaVersion& folder) const {
  std::vector<StepIndex> steps;
  const auto& all = at(steps_at_, server);
  std::copy_if(all.begin(), all.end(), std::back_inserter(steps), [&](StepIndex index) {
    const Step& step = at(plan_.steps, index).step;
    return step.kind == StepKind::upgrade || step.folder == folder;
  });
  return steps;
}

bool StepOrders::may_hold(ServerId id, const OwaVersion& folder) const {
  if (at(found_.servers, id).present.has(folder) != Knowledge::no) return true;
  const auto& steps = at(steps_at_, id);
  return std::any_of(steps.begin(), steps.end(), [&](StepIndex index) {
    const Step& step = at(plan_.steps, index).step;
    const Build* build = step.build ? find_build(*step.build) : nullptr;
    return step.folder == folder || (build != nullptr && build->owa_version == folder);
  });
}

std::optional<std::vector<ServerId>> StepOrders::sources_that_change(StepIndex ensure) const {
  const Step& step = at(plan_.steps, ensure).step;
  std::vector<ServerId> sources = step.sources;
  if (sources.empty()) {
    for (std::size_t i = 0; i < steps_at_.size(); ++i) sources.push_back(id_at<ServerId>(i));
  }
  std::erase_if(sources, [&](ServerId id) { return id == step.server || !may_hold(id, *step.folder); });
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  std::vector<ServerId> changing;
  for (const ServerId source : sources) {
    if (!steps_that_change(source, *step.folder).empty()) {
      changing.push_back(source);
    } else if (at(found_.servers, source).present.has(*step.folder) == Knowledge::yes) {
      return std::nullopt;
    }
  }
  return changing;
}

}  // namespace casplan::verifier
