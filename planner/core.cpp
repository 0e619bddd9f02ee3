#include "planner/core.h"

#include <algorithm>

namespace casplan::planner {
namespace {

using Facts = std::vector<std::size_t>;

/// How many facts that cannot be kept are looked for one by one; where there are more, the rest counts as dropped.
constexpr std::size_t most_singled_out = 16;
/// How many sets of facts are considered as the smallest that hits every set; the answer then is that it is not known.
constexpr std::size_t most_branches = 20'000;

Kept keeping(std::size_t count, const Facts& facts) {
  Kept kept(count, false);
  for (const std::size_t fact : facts) kept[fact] = true;
  return kept;
}

Facts joined(Facts a, const Facts& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Facts all_facts(std::size_t count) {
  Facts all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = i;
  return all;
}

/// Finds of `candidates` those that forbid a plan together with `background`. Contract: all of them do.
class Shrinker {
 public:
  Shrinker(std::size_t count, Probes& probes) : count_(count), probes_(probes) {}

  Facts run(const Facts& candidates) {
    if (forbids({})) return {};
    return shrink({}, candidates);
  }

 private:
  [[nodiscard]] bool forbids(const Facts& facts) { return probes_.of(keeping(count_, facts)) == Answer::no_plan; }

  Facts shrink(const Facts& background, const Facts& candidates) {
    if (candidates.size() <= 1) return candidates;
    const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(candidates.size() / 2);
    const Facts first(candidates.begin(), middle);
    const Facts second(middle, candidates.end());
    const Facts with_first = joined(background, first);
    const Facts of_second = forbids(with_first) ? Facts{} : shrink(with_first, second);
    const Facts with_second = joined(background, of_second);
    const Facts of_first = !of_second.empty() && forbids(with_second) ? Facts{} : shrink(with_second, first);
    return joined(of_first, of_second);
  }

  std::size_t count_;
  Probes& probes_;
};

/// Keeps as many more facts as a plan allows. Contract: what is kept allows one.
class Grower {
 public:
  Grower(Kept kept, std::size_t most_dropped, Probes& probes)
      : kept_(std::move(kept)), most_dropped_(most_dropped), probes_(probes) {}

  void add(const Facts& facts) {
    if (facts.empty() || dropped_.size() > most_dropped_) return;
    Kept more = kept_;
    for (const std::size_t fact : facts) more[fact] = true;
    if (probes_.allow_a_plan(more)) {
      kept_ = std::move(more);
    } else if (facts.size() == 1) {
      dropped_.push_back(facts.front());
    } else {
      const auto middle = facts.begin() + static_cast<std::ptrdiff_t>(facts.size() / 2);
      add(Facts(facts.begin(), middle));
      add(Facts(middle, facts.end()));
    }
  }

  [[nodiscard]] const Kept& kept() const { return kept_; }
  [[nodiscard]] const Facts& dropped() const { return dropped_; }
  [[nodiscard]] bool has_dropped_too_many() const { return dropped_.size() > most_dropped_; }

 private:
  Kept kept_;
  std::size_t most_dropped_;
  Probes& probes_;
  Facts dropped_;
};

Facts not_in(const Kept& kept) {
  Facts facts;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i]) facts.push_back(i);
  }
  return facts;
}

/// The smallest set that has a fact of each of some sets.
class HittingSet {
 public:
  void add(Facts facts) {
    const auto place =
        std::find_if(sets_.begin(), sets_.end(), [&](const Facts& s) { return s.size() > facts.size(); });
    sets_.insert(place, std::move(facts));
  }

  /// Empty where it is not below `limit` in size, or too many sets were considered to tell.
  std::optional<Facts> below(std::size_t limit) {
    branches_ = 0;
    for (std::size_t size = 0; size < limit; ++size) {
      chosen_.clear();
      if (choose(size)) return chosen_;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool was_cut_short() const { return branches_ > most_branches; }

 private:
  [[nodiscard]] bool is_hit(const Facts& facts) const {
    return std::any_of(facts.begin(), facts.end(), [&](std::size_t fact) {
      return std::find(chosen_.begin(), chosen_.end(), fact) != chosen_.end();
    });
  }

  bool choose(std::size_t more) {
    if (++branches_ > most_branches) return false;
    const auto open = std::find_if(sets_.begin(), sets_.end(), [&](const Facts& facts) { return !is_hit(facts); });
    if (open == sets_.end()) return true;
    if (more == 0) return false;
    for (const std::size_t fact : *open) {
      chosen_.push_back(fact);
      if (choose(more - 1)) return true;
      chosen_.pop_back();
    }
    return false;
  }

  std::vector<Facts> sets_;  // the smaller first
  Facts chosen_;
  std::size_t branches_ = 0;
};

/// Whether dropping any one of the core allows a plan.
bool is_irreducible(std::size_t count, const Facts& core, Probes& probes) {
  return std::all_of(core.begin(), core.end(), [&](std::size_t fact) {
    Kept kept = keeping(count, core);
    kept[fact] = false;
    return probes.allow_a_plan(kept);
  });
}

/// A set of facts that forbids the plan and is smaller than `known`; `known` where it is proved that there is none, and
/// nothing where neither is told.
std::optional<Facts> smallest(std::size_t count, const Facts& known, Probes& probes) {
  HittingSet hitting;
  while (!probes.are_spent()) {
    const auto candidate = hitting.below(known.size());
    if (!candidate) return hitting.was_cut_short() ? std::nullopt : std::optional(known);
    const Kept kept = keeping(count, *candidate);
    const Answer answer = probes.of(kept);
    if (answer == Answer::no_plan) return candidate;
    if (answer == Answer::not_told) return std::nullopt;
    Grower grower(kept, most_singled_out, probes);
    grower.add(not_in(kept));
    hitting.add(not_in(grower.kept()));
  }
  return std::nullopt;
}

}  // namespace

Answer Probes::of(const Kept& kept) {
  const auto known = answers_.find(kept);
  if (known != answers_.end()) return known->second;
  if (left_ == 0) return Answer::not_told;
  --left_;
  return answers_.emplace(kept, ask_(kept)).first->second;
}

Core find_core(std::size_t count, Probes& probes) {
  Core core{Shrinker(count, probes).run(all_facts(count)), Extent::some};
  const auto fewest = smallest(count, core.facts, probes);
  if (fewest) core.facts = *fewest;
  std::sort(core.facts.begin(), core.facts.end());
  if (is_irreducible(count, core.facts, probes)) core.extent = fewest ? Extent::smallest : Extent::irreducible;
  return core;
}

std::optional<std::vector<std::size_t>> least_to_drop(const Core& core, std::size_t fact,
                                                      const std::vector<std::size_t>& others, std::size_t most,
                                                      Probes& probes) {
  Kept kept = keeping(core.facts.size() + others.size(), core.facts);
  kept[fact] = false;
  if (!probes.allow_a_plan(kept)) return std::nullopt;
  Grower grower(std::move(kept), most - 1, probes);
  grower.add(others);
  if (grower.has_dropped_too_many() || probes.are_spent()) return std::nullopt;
  Facts together = grower.dropped();
  together.push_back(fact);
  std::sort(together.begin(), together.end());
  return together;
}

}  // namespace casplan::planner
