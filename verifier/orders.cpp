#include "verifier/orders.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "model/contracts.h"
#include "verifier/allowed.h"
#include "verifier/copy_orders.h"
#include "verifier/counterexamples.h"
#include "verifier/order_columns.h"
#include "verifier/pair_excerpt.h"
#include "verifier/path_memory.h"
#include "verifier/path_orders.h"
#include "verifier/server_classes.h"
#include "verifier/step_orders.h"

namespace casplan::verifier {
namespace {

using Search = Exploration::Search;

/// So many words of columns share a pass over the arrows: a line of the cache in either direction.
constexpr std::size_t words_of_block = 8;
constexpr std::size_t servers_of_block = 64;
/// Paths that one task judges.
constexpr std::size_t paths_of_chunk = 4096;
/// Of so many paths that fail, the one that the fewest steps lead to is shown.
constexpr std::size_t most_candidates = 16;

/// The ways in which a step can fail alone: before it, done twice, and in the middle where it has one.
std::size_t failures_of(const Step& step) {
  return step.kind == StepKind::upgrade || step.kind == StepKind::ensure_folder ? 3 : 2;
}

StepsByServer steps_by_server(const Organisation& organisation, const Plan& plan) {
  StepsByServer steps(organisation.servers.size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    at(steps, plan.steps[i].step.server).push_back(id_at<StepIndex>(i));
  }
  return steps;
}

/// Each pair of classes may take its share of a bound on all: plans that people and planners make need a few hundred
/// situations for a pair, and a plan made to take for ever does not.
std::size_t situations_for_a_pair(const std::vector<ProxyPath>& paths, const std::vector<std::uint32_t>& classes) {
  constexpr std::size_t most_in_all = 2'000'000;
  std::set<std::uint32_t> fronts;
  std::vector<bool> targets(classes.size());
  for (const ProxyPath& path : paths) {
    fronts.insert(at(classes, path.front));
    targets[at(classes, path.target)] = true;
  }
  const auto pairs = fronts.size() * static_cast<std::size_t>(std::count(targets.begin(), targets.end(), true));
  return std::clamp<std::size_t>(most_in_all / std::max(pairs, classes.size() + 1), 10'000, 100'000);
}

/// What one task found. Places are in the list of paths, ascending.
struct ChunkFinding {
  bool is_exhaustive = true;
  std::vector<std::size_t> unsafe;  // not more than are looked at
  std::vector<std::pair<std::size_t, Judgement>> undecided;
  std::vector<std::size_t> failing_today;
};

class AllOrders {
 public:
  AllOrders(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
            const FixedReadings& fixed)
      : plan_(plan),
        paths_(paths),
        order_(plan),
        found_(initial_state(organisation)),
        steps_at_(steps_by_server(organisation, plan)),
        own_orders_(own_orders(plan, order_, steps_at_)),
        classes_(server_classes(organisation, found_, plan, steps_at_, own_orders_)),
        most_situations_(situations_for_a_pair(paths, classes_)),
        step_orders_(plan, found_, fixed, steps_at_, most_situations_),
        copy_orders_(plan, found_, fixed, steps_at_, own_orders_, order_, most_situations_),
        path_orders_(organisation, plan, found_, fixed, most_situations_),
        counterexamples_(organisation, plan, found_, order_),
        paths_from_(organisation.servers.size(), {0, 0}),
        doubtful_copies_(plan.steps.size()) {
    for (const PlannedStep& step : plan.steps) finding_.failures += failures_of(step.step);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      auto& range = at(paths_from_, paths[i].front);
      if (range.second == 0) range.first = i;
      expects(range.second == 0 || range.second == i, "the paths of a front stand together");
      range.second = i + 1;
    }
  }

  OrdersFinding run() {
    auto blocks = make_blocks();
    tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t block) { judge(blocks[block]); });
    collect(blocks);
    return std::move(finding_);
  }

 private:
  /// Servers whose columns are made at the same time, and what was found on paths of which they are the front.
  struct Block {
    std::vector<ServerId> servers;
    std::vector<ChunkFinding> chunks;
  };

  [[nodiscard]] const std::vector<StepIndex>& steps_at(ServerId server) const { return at(steps_at_, server); }
  [[nodiscard]] bool has_too_many_steps(ServerId server) const { return steps_at(server).size() > most_steps; }

  void judge_servers();
  [[nodiscard]] std::vector<Block> make_blocks() const;
  void judge(Block& block);
  void judge_ensures(const Block& block, const OrderColumns& columns);
  void judge_chunk(ChunkFinding& chunk, std::size_t first, std::size_t last, const OrderColumns& columns);
  [[nodiscard]] const PathFinding& judge_path(const ProxyPath& path, const OrderColumns& columns, PathMemory& memory);
  [[nodiscard]] StepsThatMatter steps_that_matter(const ProxyPath& path) const;
  [[nodiscard]] Excerpt excerpt_for_path(const ProxyPath& path, const StepsThatMatter& steps,
                                         const OrderColumns& columns) const;
  void collect(const std::vector<Block>& blocks);
  void judge_doubtful_copies();
  void show(Counterexample candidate);
  [[nodiscard]] Counterexample counterexample_on(const ProxyPath& path) const;

  const Plan& plan_;
  const std::vector<ProxyPath>& paths_;
  StepOrder order_;
  State found_;
  StepsByServer steps_at_;
  std::vector<std::vector<StepSet>> own_orders_;
  std::vector<std::uint32_t> classes_;
  std::size_t most_situations_;
  StepOrders step_orders_;
  CopyOrders copy_orders_;
  PathOrders path_orders_;
  Counterexamples counterexamples_;
  std::vector<std::pair<std::size_t, std::size_t>> paths_from_;  // by server: where its paths begin and end
  std::vector<char> doubtful_copies_;                            // by step; each is written by one task
  tbb::enumerable_thread_specific<PathMemory> memories_;
  OrdersFinding finding_;
};

/// Whether each step of a server fits the server in every order. Alike servers are alike in this too.
void AllOrders::judge_servers() {
  std::vector<bool> judged(classes_.size());
  for (std::size_t i = 0; i < steps_at_.size(); ++i) {
    if (has_too_many_steps(id_at<ServerId>(i))) finding_.is_exhaustive = false;
    if (steps_at_[i].empty() || steps_at_[i].size() > most_steps || judged[classes_[i]]) continue;
    judged[classes_[i]] = true;
    const Excerpt excerpt{{id_at<ServerId>(i)}, steps_at_[i], own_orders_[i]};
    const auto finding = step_orders_.unfit_steps(excerpt, Search::first_fault);
    finding_.is_exhaustive = finding_.is_exhaustive && finding.is_exhaustive;
    if (finding.faults.empty()) continue;
    const auto all = step_orders_.unfit_steps(excerpt, Search::all_faults);
    show(counterexamples_.of(excerpt, all.faults, [&](const Excerpt& changed) {
      return step_orders_.unfit_steps(changed, Search::first_fault).faults.empty();
    }));
    return;
  }
}

std::vector<AllOrders::Block> AllOrders::make_blocks() const {
  std::vector<Block> blocks;
  std::size_t words = 0;
  for (std::size_t i = 0; i < steps_at_.size(); ++i) {
    const auto server = id_at<ServerId>(i);
    const bool copies = std::any_of(steps_at_[i].begin(), steps_at_[i].end(), [&](StepIndex index) {
      return at(plan_.steps, index).step.kind == StepKind::ensure_folder;
    });
    const auto& range = paths_from_[i];
    if (range.second == 0 && !copies) continue;
    const std::size_t own_words = has_too_many_steps(server) ? 0 : OrderColumns::words(steps_at_[i].size());
    if (blocks.empty() || words + own_words > words_of_block || blocks.back().servers.size() == servers_of_block) {
      blocks.emplace_back();
      words = 0;
    }
    words += own_words;
    blocks.back().servers.push_back(server);
  }
  return blocks;
}

void AllOrders::judge(Block& block) {
  std::vector<ServerId> columns_for = block.servers;
  std::erase_if(columns_for, [&](ServerId server) { return has_too_many_steps(server); });
  const OrderColumns columns(order_, steps_at_, columns_for);
  judge_ensures(block, columns);
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  for (const ServerId server : block.servers) {
    const auto& range = at(paths_from_, server);
    for (std::size_t first = range.first; first < range.second; first += paths_of_chunk) {
      ranges.emplace_back(first, std::min(first + paths_of_chunk, range.second));
    }
  }
  block.chunks.resize(ranges.size());
  tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t chunk) {
    judge_chunk(block.chunks[chunk], ranges[chunk].first, ranges[chunk].second, columns);
  });
}

void AllOrders::judge_ensures(const Block& block, const OrderColumns& columns) {
  for (const ServerId server : block.servers) {
    if (has_too_many_steps(server)) continue;
    for (const StepIndex index : steps_at(server)) {
      if (at(plan_.steps, index).step.kind != StepKind::ensure_folder) continue;
      if (!copy_orders_.surely_finds_its_folder(index, columns)) doubtful_copies_[index.value] = 1;
    }
  }
}

void AllOrders::judge_chunk(ChunkFinding& chunk, std::size_t first, std::size_t last, const OrderColumns& columns) {
  PathMemory& memory = memories_.local();
  for (std::size_t i = first; i < last; ++i) {
    if (has_too_many_steps(paths_[i].front) || has_too_many_steps(paths_[i].target)) continue;
    const PathFinding& finding = judge_path(paths_[i], columns, memory);
    chunk.is_exhaustive = chunk.is_exhaustive && finding.is_exhaustive;
    if (!finding.is_safe && chunk.unsafe.size() < most_candidates) chunk.unsafe.push_back(i);
    if (finding.undecided) chunk.undecided.emplace_back(i, *finding.undecided);
    if (finding.fails_today) chunk.failing_today.push_back(i);
  }
}

StepsThatMatter AllOrders::steps_that_matter(const ProxyPath& path) const {
  StepsThatMatter matter;
  const auto needed = path_orders_.needed_folders(path.target, steps_at(path.target));
  matter.front_words.resize(OrderColumns::words(steps_at(path.front).size()));
  for (std::size_t i = 0; i < steps_at(path.front).size(); ++i) {
    if (!path_orders_.front_step_matters(steps_at(path.front)[i], needed)) continue;
    matter.of_front.push_back(i);
    matter.front_words[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  for (std::size_t i = 0; i < steps_at(path.target).size(); ++i) {
    if (path_orders_.target_step_matters(steps_at(path.target)[i], needed)) matter.of_target.push_back(i);
  }
  return matter;
}

const PathFinding& AllOrders::judge_path(const ProxyPath& path, const OrderColumns& columns, PathMemory& memory) {
  const std::uint64_t pair = std::uint64_t{at(classes_, path.front)} << 32U | at(classes_, path.target);
  auto matter = memory.steps.find(pair);
  if (matter == memory.steps.end()) matter = memory.steps.emplace(pair, steps_that_matter(path)).first;
  const StepsThatMatter& steps = matter->second;
  memory.key.assign(1, pair);
  const auto column = columns.column(path.front);
  for (const std::size_t place : steps.of_target) {
    const auto before = columns.before(steps_at(path.target)[place], column);
    const auto after = columns.after(steps_at(path.target)[place], column);
    for (std::size_t word = 0; word < before.size(); ++word) {
      memory.key.push_back(before[word] & steps.front_words[word]);
      memory.key.push_back(after[word] & steps.front_words[word]);
    }
  }
  auto known = memory.findings.find(memory.key);
  if (known != memory.findings.end()) return known->second;
  PathFinding finding;
  if (steps.of_front.size() + steps.of_target.size() > most_steps) {
    finding.is_exhaustive = false;
  } else {
    finding = path_orders_.judge(path, excerpt_for_path(path, steps, columns));
  }
  return memory.findings.emplace(memory.key, std::move(finding)).first->second;
}

Excerpt AllOrders::excerpt_for_path(const ProxyPath& path, const StepsThatMatter& steps,
                                    const OrderColumns& columns) const {
  return excerpt_of({path.front, path.target, steps.of_front, steps.of_target}, steps_at_, own_orders_, columns);
}

void AllOrders::collect(const std::vector<Block>& blocks) {
  std::vector<std::size_t> unsafe;
  std::vector<std::pair<std::size_t, Judgement>> undecided;
  std::vector<std::size_t> failing_today;
  for (const Block& block : blocks) {
    for (const ChunkFinding& chunk : block.chunks) {
      finding_.is_exhaustive = finding_.is_exhaustive && chunk.is_exhaustive;
      unsafe.insert(unsafe.end(), chunk.unsafe.begin(), chunk.unsafe.end());
      undecided.insert(undecided.end(), chunk.undecided.begin(), chunk.undecided.end());
      failing_today.insert(failing_today.end(), chunk.failing_today.begin(), chunk.failing_today.end());
    }
  }
  for (const auto& [path, judgement] : undecided) finding_.undecided.push_back({paths_[path], judgement});
  for (const std::size_t path : failing_today) finding_.failing_today.push_back(paths_[path]);
  if (unsafe.size() > most_candidates) unsafe.resize(most_candidates);
  for (const std::size_t path : unsafe) show(counterexample_on(paths_[path]));
  judge_doubtful_copies();
  judge_servers();
}

void AllOrders::judge_doubtful_copies() {
  std::vector<StepIndex> doubtful;
  for (std::size_t i = 0; i < doubtful_copies_.size(); ++i) {
    if (doubtful_copies_[i] != 0) doubtful.push_back(id_at<StepIndex>(i));
  }
  auto finding = copy_orders_.judge_together(doubtful, counterexamples_);
  finding_.is_exhaustive = finding_.is_exhaustive && finding.is_exhaustive;
  if (finding.counterexample) show(std::move(*finding.counterexample));
}

/// Of several counterexamples, the one that the fewest steps lead to is shown; of those, Event 46 before a refusal, and
/// what an arrow would prevent before what none would. What happens at the
/// end of the plan comes later, because a plan with a step that cannot be carried out may have no end; what fails only
/// for want of a fact comes last, because it proves nothing.
void AllOrders::show(Counterexample candidate) {
  const auto rank = [](const Counterexample& example) {
    const bool proves_nothing = example.refusal && is_for_want_of_a_fact(example.refusal->reason);
    return std::tuple(proves_nothing, example.kind == ViolationKind::event46_at_the_end, example.order.size(),
                      example.refusal.has_value(), !example.missing_arrow.has_value());
  };
  if (finding_.counterexample && rank(*finding_.counterexample) <= rank(candidate)) return;
  finding_.counterexample = std::move(candidate);
}

Counterexample AllOrders::counterexample_on(const ProxyPath& path) const {
  const StepsThatMatter matter = steps_that_matter(path);
  Excerpt excerpt{{path.front, path.target}, {}, {}};
  for (const std::size_t place : matter.of_front) excerpt.steps.push_back(steps_at(path.front)[place]);
  for (const std::size_t place : matter.of_target) excerpt.steps.push_back(steps_at(path.target)[place]);
  excerpt.before = order_.among(excerpt.steps);
  const auto faults = path_orders_.faults(path, excerpt);
  expects(!faults.empty(), "what the columns say of a path is what the arrows say");
  return counterexamples_.of(path, excerpt, faults,
                             [&](const Excerpt& changed) { return path_orders_.judge(path, changed).is_safe; });
}

}  // namespace

OrdersFinding judge_all_orders(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
                               const FixedReadings& fixed) {
  return AllOrders(organisation, plan, paths, fixed).run();
}

}  // namespace casplan::verifier
