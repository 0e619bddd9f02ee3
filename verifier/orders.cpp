#include "verifier/orders.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>
#include <utility>

#include "model/contracts.h"
#include "verifier/counterexamples.h"
#include "verifier/order_columns.h"
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
/// So many sources are looked at one by one before all are looked at together.
constexpr std::size_t most_single_sources = 64;

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
  return std::clamp<std::size_t>(most_in_all / std::max(pairs, classes.size() + 1), 2'000, 100'000);
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
        path_orders_(organisation, plan, found_, fixed, most_situations_),
        counterexamples_(organisation, plan, found_, order_),
        paths_from_(organisation.servers.size(), {0, 0}),
        faulty_ensures_(plan.steps.size()) {
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
  [[nodiscard]] bool always_finds_its_folder(StepIndex ensure, const OrderColumns& columns) const;
  [[nodiscard]] Excerpt excerpt_for_copy(StepIndex ensure, ServerId source, const OrderColumns& columns) const;
  void judge_chunk(ChunkFinding& chunk, std::size_t first, std::size_t last, const OrderColumns& columns);
  [[nodiscard]] const PathFinding& judge_path(const ProxyPath& path, const OrderColumns& columns, PathMemory& memory);
  [[nodiscard]] StepsThatMatter steps_that_matter(const ProxyPath& path) const;
  [[nodiscard]] Excerpt excerpt_for_path(const ProxyPath& path, const StepsThatMatter& steps,
                                         const OrderColumns& columns) const;
  void collect(const std::vector<Block>& blocks);
  void show_missing_source();
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
  PathOrders path_orders_;
  Counterexamples counterexamples_;
  std::vector<std::pair<std::size_t, std::size_t>> paths_from_;  // by server: where its paths begin and end
  std::vector<char> faulty_ensures_;                             // by step; each is written by one task
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
      if (!always_finds_its_folder(index, columns)) faulty_ensures_[index.value] = 1;
    }
  }
}

/// Whether some single source holds the folder whenever the step may begin; mostly one does.
bool AllOrders::always_finds_its_folder(StepIndex ensure, const OrderColumns& columns) const {
  auto sources = step_orders_.sources_that_change(ensure);
  if (!sources) return true;
  if (sources->size() > most_single_sources) sources->resize(most_single_sources);
  return std::any_of(sources->begin(), sources->end(), [&](ServerId source) {
    if (has_too_many_steps(source)) return false;
    const Excerpt excerpt = excerpt_for_copy(ensure, source, columns);
    if (excerpt.steps.size() > most_steps) return false;
    const auto finding = step_orders_.without_source(ensure, excerpt, Search::first_fault);
    return finding.is_exhaustive && finding.faults.empty();
  });
}

/// Which of the steps named by places in a list are set, as places in the excerpt, where the list's steps begin at
/// `offset`.
StepSet places_of(const StepSet& steps, const std::vector<std::size_t>& places, std::size_t offset) {
  StepSet set;
  for (std::size_t i = 0; i < places.size(); ++i) set[offset + i] = steps[places[i]];
  return set;
}

/// The excerpt of two servers. Of the first a column was made; `first` and `second` are places in their lists of steps.
struct TwoServers {
  ServerId first;
  ServerId second;
  const std::vector<std::size_t>& of_first;
  const std::vector<std::size_t>& of_second;
};

Excerpt excerpt_of(const TwoServers& ends, const StepsByServer& steps_at,
                   const std::vector<std::vector<StepSet>>& own_orders, const OrderColumns& columns) {
  Excerpt excerpt{{ends.first, ends.second}, {}, {}};
  const std::size_t offset = ends.of_first.size();
  for (const std::size_t place : ends.of_first) {
    excerpt.steps.push_back(at(steps_at, ends.first)[place]);
    excerpt.before.push_back(places_of(at(own_orders, ends.first)[place], ends.of_first, 0));
  }
  if (ends.of_second.empty()) return excerpt;
  const auto column = columns.column(ends.first);
  for (std::size_t i = 0; i < ends.of_second.size(); ++i) {
    const StepIndex step = at(steps_at, ends.second)[ends.of_second[i]];
    excerpt.steps.push_back(step);
    excerpt.before.push_back(places_of(at(own_orders, ends.second)[ends.of_second[i]], ends.of_second, offset) |
                             places_of(to_set(columns.before(step, column)), ends.of_first, 0));
    const StepSet later = places_of(to_set(columns.after(step, column)), ends.of_first, 0);
    for (std::size_t front = 0; front < offset; ++front) {
      if (later[front]) excerpt.before[front].set(offset + i);
    }
  }
  return excerpt;
}

std::vector<std::size_t> places_in(const std::vector<StepIndex>& all, const std::vector<StepIndex>& some) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::binary_search(some.begin(), some.end(), all[i])) places.push_back(i);
  }
  return places;
}

Excerpt AllOrders::excerpt_for_copy(StepIndex ensure, ServerId source, const OrderColumns& columns) const {
  const Step& step = at(plan_.steps, ensure).step;
  const auto own = places_in(steps_at(step.server), step_orders_.steps_that_change(step.server, *step.folder));
  const auto others = places_in(steps_at(source), step_orders_.steps_that_change(source, *step.folder));
  return excerpt_of({step.server, source, own, others}, steps_at_, own_orders_, columns);
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
  show_missing_source();
  judge_servers();
}

/// Of several counterexamples, the one that the fewest steps lead to is shown; of those, the first. What happens at the
/// end of the plan comes last, because a plan with a step that cannot be carried out may have no end.
void AllOrders::show(Counterexample candidate) {
  const auto rank = [](const Counterexample& example) {
    return std::pair(example.kind == ViolationKind::event46_at_the_end, example.order.size());
  };
  if (finding_.counterexample && rank(*finding_.counterexample) <= rank(candidate)) return;
  finding_.counterexample = std::move(candidate);
}

/// Looks at all sources of an ensure_folder together where no single one always holds the folder.
void AllOrders::show_missing_source() {
  for (std::size_t i = 0; i < faulty_ensures_.size(); ++i) {
    if (faulty_ensures_[i] == 0) continue;
    const auto ensure = id_at<StepIndex>(i);
    const Step& step = plan_.steps[i].step;
    Excerpt excerpt{{step.server}, {}, {}};
    const auto sources = step_orders_.sources_that_change(ensure).value_or(std::vector<ServerId>{});
    excerpt.servers.insert(excerpt.servers.end(), sources.begin(), sources.end());
    for (const ServerId server : excerpt.servers) {
      const auto steps = step_orders_.steps_that_change(server, *step.folder);
      excerpt.steps.insert(excerpt.steps.end(), steps.begin(), steps.end());
    }
    if (excerpt.steps.size() > most_steps) {
      finding_.is_exhaustive = false;
      continue;
    }
    excerpt.before = order_.among(excerpt.steps);
    const auto finding = step_orders_.without_source(ensure, excerpt, Search::all_faults);
    finding_.is_exhaustive = finding_.is_exhaustive && finding.is_exhaustive;
    if (finding.faults.empty()) continue;
    show(counterexamples_.of(excerpt, finding.faults, [&](const Excerpt& changed) {
      return std::all_of(changed.steps.begin(), changed.steps.end(), [&](StepIndex other) {
        return at(plan_.steps, other).step.kind != StepKind::ensure_folder ||
               step_orders_.without_source(other, changed, Search::first_fault).faults.empty();
      });
    }));
    return;
  }
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
