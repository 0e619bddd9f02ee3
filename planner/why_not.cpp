#include "planner/why_not.h"

#include <algorithm>
#include <set>

#include "planner/make_plan.h"
#include "planner/relations.h"

namespace casplan::planner {
namespace {

constexpr std::size_t most_remedies = 5;
constexpr std::size_t most_together = 10;
constexpr std::size_t most_other_targets = 8;  // servers that are tried with another target
constexpr std::size_t most_builds = 3;         // of each of them

class Inquiry {
 public:
  Inquiry(const Organisation& organisation, const Policy& policy, const Attempts& attempts)
      : problem_{organisation, policy},
        attempts_(attempts),
        facts_(facts_of(organisation, policy)),
        guesses_left_(attempts.most_guesses / 4),
        checks_left_(attempts.most_checks) {}

  WhyNot run() {
    Probes probes([&](const Kept& kept) { return answer_with(kept, attempts_.guess); }, attempts_.most_guesses / 2);
    const Core core = find_core(facts_.size(), probes);
    WhyNot result;
    result.extent = core.extent;
    for (const std::size_t fact : core.facts) result.facts.push_back(facts_[fact]);
    probes.add(attempts_.most_guesses / 4);
    add_least_drops(core, probes, result);
    add_other_targets(result);
    std::stable_sort(result.remedies.begin(), result.remedies.end(), is_better);
    keep_those_that_help(result.remedies);
    if (attempts_.guesses == Attempts::Guesses::likely) {
      result.extent = is_checked(core) ? Extent::irreducible : Extent::some;
    }
    return result;
  }

 private:
  [[nodiscard]] Answer answer_with(const Kept& kept, const Attempt& attempt) const;
  [[nodiscard]] bool is_checked(const Core& core);

  [[nodiscard]] bool may_help(const Remedy& remedy) {
    if (guesses_left_ == 0) return false;
    --guesses_left_;
    const Problem problem = remedied(problem_, remedy);
    return attempts_.guess(problem.organisation, problem.policy) == Answer::plan;
  }

  void keep_those_that_help(std::vector<Remedy>& remedies) {
    std::vector<Remedy> checked;
    for (Remedy& remedy : remedies) {
      if (checked.size() == most_remedies || checks_left_ == 0) break;
      --checks_left_;
      const Problem problem = remedied(problem_, remedy);
      if (attempts_.check(problem.organisation, problem.policy) == Answer::plan) checked.push_back(std::move(remedy));
    }
    remedies = std::move(checked);
  }

  static void add(std::vector<Remedy>& remedies, Remedy remedy) {
    if (std::find(remedies.begin(), remedies.end(), remedy) == remedies.end()) remedies.push_back(std::move(remedy));
  }

  void add_least_drops(const Core& core, Probes& probes, WhyNot& result);
  [[nodiscard]] std::vector<std::size_t> others_than(const Core& core, std::size_t fact) const;
  Remedy eased_as_little_as_possible(const std::vector<std::size_t>& together);
  [[nodiscard]] std::int64_t last_step(const Fact& fact, std::int64_t some, std::int64_t none) const;
  [[nodiscard]] bool helps_eased(Remedy remedy, std::size_t part, const Fact& fact, std::int64_t step);
  [[nodiscard]] std::optional<EasedFact> least_eased(const Remedy& remedy, std::size_t part, const Fact& fact);

  void add_other_targets(WhyNot& result);
  [[nodiscard]] std::vector<ServerId> servers_of(const std::vector<Fact>& facts) const;
  [[nodiscard]] std::vector<BuildVersion> lower_targets(ServerId server) const;

  Problem problem_;
  const Attempts& attempts_;
  std::vector<Fact> facts_;
  std::size_t guesses_left_;  // for amounts and other targets
  std::size_t checks_left_;
};

/// The facts that are not in the core, those of the same kind as `fact` last: what is dropped besides it had better be
/// of its kind.
std::vector<std::size_t> Inquiry::others_than(const Core& core, std::size_t fact) const {
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    if (!std::binary_search(core.facts.begin(), core.facts.end(), i)) others.push_back(i);
  }
  std::stable_partition(others.begin(), others.end(),
                        [&](std::size_t i) { return facts_[i].index() != facts_[fact].index(); });
  return others;
}

void Inquiry::add_least_drops(const Core& core, Probes& probes, WhyNot& result) {
  for (const std::size_t fact : core.facts) {
    const auto together = least_to_drop(core, fact, others_than(core, fact), most_together, probes);
    if (together) add(result.remedies, eased_as_little_as_possible(*together));
  }
}

/// A server that nothing holds back any more may be left as it is or brought to its target. Of these many possibilities
/// two are tried: only those that some path asks for are brought there, or all of them.
Answer Inquiry::answer_with(const Kept& kept, const Attempt& attempt) const {
  std::vector<Fact> dropped;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    if (!kept[i]) dropped.push_back(facts_[i]);
  }
  Problem some = problem_;
  drop_where_needed(some, dropped);
  const Answer answer = attempt(some.organisation, some.policy);
  if (answer == Answer::plan) return answer;
  Problem all = problem_;
  drop(all, dropped);
  if (all.policy == some.policy) return answer;
  const Answer other = attempt(all.organisation, all.policy);
  return other == Answer::no_plan ? answer : other;
}

/// Whether it was checked that dropping any one of the core allows a plan.
bool Inquiry::is_checked(const Core& core) {
  if (core.extent == Extent::some || core.facts.size() > checks_left_) return false;
  return std::all_of(core.facts.begin(), core.facts.end(), [&](std::size_t fact) {
    Kept kept(facts_.size());
    for (const std::size_t other : core.facts) kept[other] = other != fact;
    return answer_with(kept, attempts_.check) == Answer::plan;
  });
}

/// Drops the facts, and then keeps of each as much as still allows a plan.
Remedy Inquiry::eased_as_little_as_possible(const std::vector<std::size_t>& together) {
  Remedy remedy;
  for (const std::size_t fact : together) remedy.parts.emplace_back(EasedFact{facts_[fact], Dropped{}});
  for (std::size_t part = 0; part < together.size(); ++part) {
    if (const auto least = least_eased(remedy, part, facts_[together[part]])) remedy.parts[part] = *least;
  }
  return remedy;
}

bool Inquiry::helps_eased(Remedy remedy, std::size_t part, const Fact& fact, std::int64_t step) {
  const auto fewer = eased(problem_.policy, fact, step);
  if (!fewer) return false;
  remedy.parts[part] = *fewer;
  return may_help(remedy);
}

/// The last step by which a fact can be eased. It can be by `some` steps, and cannot by `none`.
std::int64_t Inquiry::last_step(const Fact& fact, std::int64_t some, std::int64_t none) const {
  while (some + 1 < none) {
    const std::int64_t middle = some + (none - some) / 2;
    (eased(problem_.policy, fact, middle) ? some : none) = middle;
  }
  return some;
}

std::optional<EasedFact> Inquiry::least_eased(const Remedy& remedy, std::size_t part, const Fact& fact) {
  std::int64_t too_little = 0;
  std::int64_t enough = 1;
  while (eased(problem_.policy, fact, enough) && !helps_eased(remedy, part, fact, enough)) {
    too_little = enough;
    enough *= 2;
  }
  if (!eased(problem_.policy, fact, enough)) {
    enough = last_step(fact, too_little, enough);
    if (enough == too_little || !helps_eased(remedy, part, fact, enough)) return std::nullopt;
  }
  while (too_little + 1 < enough) {
    const std::int64_t middle = too_little + (enough - too_little) / 2;
    (helps_eased(remedy, part, fact, middle) ? enough : too_little) = middle;
  }
  return eased(problem_.policy, fact, enough);
}

/// The servers of which the facts speak and whose build the policy wants changed.
std::vector<ServerId> Inquiry::servers_of(const std::vector<Fact>& facts) const {
  const Organisation& organisation = problem_.organisation;
  const Policy& policy = problem_.policy;
  std::set<ServerId> servers;
  for (const Fact& fact : facts) {
    if (const auto* proxied = std::get_if<Proxied>(&fact)) {
      for (const ProxyPath& path : version_paths(organisation, policy)) {
        if (path.target == proxied->target) servers.insert({path.front, path.target});
      }
    } else if (const auto* window = std::get_if<WorkWindow>(&fact)) {
      const auto all = concerned(organisation, policy.windows[window->place]);
      servers.insert(all.begin(), all.end());
    } else if (const auto* least = std::get_if<LeastInService>(&fact)) {
      const auto all = client_access_servers(organisation, least->site);
      servers.insert(all.begin(), all.end());
    } else if (const auto* pair = std::get_if<BeforePair>(&fact)) {
      servers.insert({pair->first, pair->second});
    }
  }
  std::erase_if(servers, [&](ServerId id) {
    const auto& build = at(organisation.servers, id).build;
    const auto wanted = wanted_build(organisation, policy, id);
    return !build || !wanted || !(*build < *wanted || removes_rollups(*build, *wanted));
  });
  return {servers.begin(), servers.end()};
}

/// Builds short of the one that is wanted of a server, the highest first: those that the servers which it proxies with
/// are to have, and its own of today.
std::vector<BuildVersion> Inquiry::lower_targets(ServerId server) const {
  const Organisation& organisation = problem_.organisation;
  const BuildVersion today = *at(organisation.servers, server).build;
  const BuildVersion wanted = *wanted_build(organisation, problem_.policy, server);
  std::set<BuildVersion> builds;
  for (const ProxyPath& path : version_paths(organisation, problem_.policy)) {
    if (path.front != server && path.target != server) continue;
    const auto build = wanted_build(organisation, problem_.policy, path.front == server ? path.target : path.front);
    if (build && today < *build && *build < wanted) builds.insert(*build);
  }
  std::vector<BuildVersion> all(builds.rbegin(), builds.rend());
  if (all.size() > most_builds - 1) all.resize(most_builds - 1);
  all.push_back(today);
  return all;
}

void Inquiry::add_other_targets(WhyNot& result) {
  if (problem_.policy.goal != Goal::upgrade) return;
  auto servers = servers_of(result.facts);
  if (servers.size() > most_other_targets) servers.resize(most_other_targets);
  for (const ServerId server : servers) {
    for (const BuildVersion& build : lower_targets(server)) {
      const Remedy remedy{{OtherTarget{server, build}}};
      if (!may_help(remedy)) continue;
      add(result.remedies, remedy);
      break;
    }
  }
}

Answer answer_of(const Planning& planning) {
  if (std::holds_alternative<Plan>(planning)) return Answer::plan;
  return std::holds_alternative<Infeasible>(planning) ? Answer::no_plan : Answer::not_told;
}

/// Any plan will do, so all plans are searched only where none is found otherwise.
Answer answer_of_make_plan(const Organisation& organisation, const Policy& policy, const Effort& effort) {
  constexpr std::size_t most_situations = 2'000;
  Effort little{0, effort.is_out_of_time, {}};
  const Answer answer = answer_of(make_plan(organisation, policy, little));
  if (answer != Answer::not_told) return answer;
  little.most_situations = std::min(effort.most_situations, most_situations);
  return answer_of(make_plan(organisation, policy, little));
}

constexpr std::size_t large = 100;  // servers

/// What the proxy paths alone say, whatever the time that is left for the work.
Answer answer_of_paths(const Organisation& organisation, const Policy& policy) {
  if (policy.goal != Goal::upgrade) return Answer::not_told;
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(organisation, policy, missing);
  const PhaseTable phases(organisation, changes, policy.readings);
  const Relations relations = relations_of(organisation, policy, version_paths(organisation, policy), phases);
  if (!missing.empty()) return Answer::not_told;
  if (!relations.because.empty()) return Answer::no_plan;
  return relations.missing.empty() ? Answer::plan : Answer::not_told;
}

/// As many questions as take about as long for any organisation, where the time for one grows with this power of the
/// number of servers.
std::size_t bearable(std::size_t servers, std::size_t fewest, std::size_t power) {
  constexpr std::size_t most = 600;
  constexpr std::size_t small = 100;  // servers
  std::size_t number = most;
  for (std::size_t i = 0; i < power; ++i) number = number * small / std::max(servers, small);
  return std::max(number, fewest);
}

}  // namespace

WhyNot why_not(const Organisation& organisation, const Policy& policy, const Attempts& attempts) {
  return Inquiry(organisation, policy, attempts).run();
}

WhyNot why_not(const Organisation& organisation, const Policy& policy, const Effort& effort) {
  const auto unless_late = [&effort](const auto& answer) -> Attempt {
    return [&effort, answer](const Organisation& o, const Policy& p) {
      const bool is_late = effort.is_out_of_time && effort.is_out_of_time();
      return is_late ? Answer::not_told : answer(o, p);
    };
  };
  const Attempt planned =
      unless_late([&effort](const Organisation& o, const Policy& p) { return answer_of_make_plan(o, p, effort); });
  const std::size_t servers = organisation.servers.size();
  const bool guess_by_paths = servers > large && answer_of_paths(organisation, policy) == Answer::no_plan;
  const std::size_t most_checks = bearable(servers, 8, 2);
  if (guess_by_paths) {
    return why_not(
        organisation, policy,
        {Attempts::Guesses::likely, unless_late(answer_of_paths), planned, bearable(servers, 60, 1), most_checks});
  }
  return why_not(organisation, policy, {Attempts::Guesses::proved, planned, planned, most_checks, most_checks});
}

}  // namespace casplan::planner
