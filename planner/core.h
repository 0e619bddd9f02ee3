#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

/// Which of many facts forbid a plan together: a search that knows of the facts only how many they are, and asks what
/// becomes of the wish when some are kept and the others dropped. It takes for granted that dropping a fact never
/// forbids a plan.
namespace casplan::planner {

enum class Answer {
  plan,      ///< there is one
  no_plan,   ///< proved
  not_told,  ///< neither found nor proved impossible
};

/// By fact: whether it is kept.
using Kept = std::vector<bool>;

/// Asks at most so many different questions; each costs a planning. What is asked beyond that is not told.
class Probes {
 public:
  Probes(std::function<Answer(const Kept&)> ask, std::size_t most) : ask_(std::move(ask)), left_(most) {}

  [[nodiscard]] Answer of(const Kept& kept);
  [[nodiscard]] bool allow_a_plan(const Kept& kept) { return of(kept) == Answer::plan; }
  [[nodiscard]] bool are_spent() const { return left_ == 0; }
  /// Permits so many more.
  void add(std::size_t more) { left_ += more; }

 private:
  std::function<Answer(const Kept&)> ask_;
  std::size_t left_;
  std::map<Kept, Answer> answers_;
};

/// How few the facts of a core are.
enum class Extent {
  smallest,     ///< dropping any one allows a plan, and no smaller set of facts forbids it
  irreducible,  ///< dropping any one allows a plan; elsewhere a smaller set may forbid it
  some,         ///< together they forbid it, but perhaps not all of them are needed
};

/// Facts, ascending, that forbid a plan on their own: that is proved with all the others dropped.
struct Core {
  std::vector<std::size_t> facts;
  Extent extent = Extent::some;
};

/// A core of `count` facts of which it is proved that all together forbid a plan. First an irreducible set is found by
/// halving (QuickXplain; about 2 k log(n/k) questions for k of n facts), then smaller ones are looked for: a set that
/// forbids it has a fact of each set whose dropping allows a plan, so the smallest set that does is asked for, until it
/// forbids the plan or is as large as the one that is known.
[[nodiscard]] Core find_core(std::size_t count, Probes& probes);

/// Facts that allow a plan when they are dropped together, and not when one of them is kept: `fact`, none other of the
/// core, and as few as possible of `others`, which are all that are not in the core; those that come first are kept
/// rather than those that come last. Empty where these would be more than `most`, or probes were spent.
[[nodiscard]] std::optional<std::vector<std::size_t>> least_to_drop(const Core& core, std::size_t fact,
                                                                    const std::vector<std::size_t>& others,
                                                                    std::size_t most, Probes& probes);

}  // namespace casplan::planner
