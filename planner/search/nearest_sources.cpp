#include "planner/search/nearest_sources.h"

#include <algorithm>
#include <limits>

namespace casplan::planner {

NearestSources::NearestSources(const Organisation& organisation, Variants& variants, const Meetings& meetings,
                               const std::vector<TimedStep>& steps)
    : organisation_(organisation),
      variants_(variants),
      meetings_(meetings),
      steps_(steps),
      distances_(organisation),
      steps_of_(organisation.servers.size()) {
  for (std::size_t i = 0; i < steps.size(); ++i) at(steps_of_, steps[i].step.server).push_back(i);
}

ServerId NearestSources::nearest(std::size_t copy) {
  const Step& step = steps_[copy].step;
  ServerId best = step.sources.front();
  Way least = way(step.server, best);
  const auto own = holding(best, copy);
  bool is_free = own && own->is_free();
  for (const auto& [its, holder] : ways_to_holders(step.server, *step.folder)) {
    if (its > least || (its == least && is_free)) break;
    const auto its_own = holder != step.server ? holding(holder, copy) : std::nullopt;
    if (!its_own || (its == least && !its_own->is_free())) continue;
    best = holder;
    least = its;
    is_free = its_own->is_free();
  }
  return best;
}

std::optional<Holding> NearestSources::holding(ServerId server, std::size_t copy) {
  const OwaVersion& folder = *steps_[copy].step.folder;
  VariantId variant = meetings_.found(server);
  bool holds = variants_.surely_holds(variant, folder);
  Holding holding;
  for (const std::size_t step : at(steps_of_, server)) {
    if (is_before(copy, step) && !holds) return std::nullopt;
    variant = after(variant, steps_[step].step);
    const bool holds_then = variants_.surely_holds(variant, folder);
    const bool is_meanwhile = !is_before(step, copy) && !is_before(copy, step);
    if (is_meanwhile && !(holds && holds_then)) return std::nullopt;
    if (!holds && holds_then) holding.gained_by = step;
    if (holds && !holds_then && is_before(copy, step)) {
      holding.lost_by = step;
      return holding;
    }
    holds = holds_then;
  }
  return holds ? std::optional(holding) : std::nullopt;
}

NearestSources::Way NearestSources::way(ServerId from, ServerId to) {
  const auto& site = at(organisation_.servers, from).site;
  if (site && site == at(organisation_.servers, to).site) return {false, 0};
  return {true, distances_.between(from, to).value_or(std::numeric_limits<std::int64_t>::max())};
}

const std::vector<NearestSources::WayTo>& NearestSources::ways_to_holders(ServerId front, const OwaVersion& folder) {
  const auto [place, is_new] = ways_.try_emplace({at(organisation_.servers, front).site, folder});
  if (!is_new) return place->second;
  for (const ServerId holder : holders_of(folder)) place->second.emplace_back(way(front, holder), holder);
  std::sort(place->second.begin(), place->second.end());
  return place->second;
}

/// The servers in service that hold the folder today, or get it.
const std::vector<ServerId>& NearestSources::holders_of(const OwaVersion& folder) {
  const auto [place, is_new] = holders_.try_emplace(folder);
  if (!is_new) return place->second;
  for (const ServerId id : client_access_servers(organisation_)) {
    const bool serves = at(organisation_.servers, id).was_found_in_service();
    if (serves && ever_holds(id, folder)) place->second.push_back(id);
  }
  return place->second;
}

bool NearestSources::ever_holds(ServerId server, const OwaVersion& folder) {
  VariantId variant = meetings_.found(server);
  bool holds = variants_.surely_holds(variant, folder);
  for (const std::size_t step : at(steps_of_, server)) {
    variant = after(variant, steps_[step].step);
    holds = holds || variants_.surely_holds(variant, folder);
  }
  return holds;
}

bool NearestSources::is_before(std::size_t first, std::size_t second) const {
  return first < second && steps_[first].schedule.end <= steps_[second].schedule.start;
}

VariantId NearestSources::after(VariantId variant, const Step& step) {
  return moves_users(step.kind) ? variant : variants_.after(variant, step);
}

std::vector<TimedStep> with_nearest_sources(Problem& problem, std::vector<TimedStep> steps) {
  const std::vector<TimedStep> found = steps;
  NearestSources sources(problem.organisation, problem.variants, problem.meetings, found);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Step& step = steps[i].step;
    if (step.kind == StepKind::ensure_folder && !step.sources.empty()) step.sources = {sources.nearest(i)};
  }
  return steps;
}

}  // namespace casplan::planner
