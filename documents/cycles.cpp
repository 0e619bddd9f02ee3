#include "documents/cycles.h"

#include <algorithm>

#include "documents/shown_text.h"

namespace casplan::documents {
namespace {

constexpr std::size_t most_cycles = 100;
constexpr std::size_t most_named = 100;

enum class Mark : unsigned char { untouched, on_the_way, done };

/// Depth-first search with its own stack.
class Search {
 public:
  explicit Search(const Predecessors& after) : after_(after), marks_(after.size(), Mark::untouched) {}

  void from(std::size_t start) {
    if (marks_[start] != Mark::untouched) return;
    enter(start);
    while (!way_.empty() && cycles_.size() < most_cycles) advance();
  }

  std::vector<std::vector<std::size_t>> take() { return std::move(cycles_); }

 private:
  struct Visit {
    std::size_t element;
    std::size_t next = 0;  // of its predecessors
  };

  void enter(std::size_t element) {
    marks_[element] = Mark::on_the_way;
    way_.push_back({element});
  }

  void advance() {
    Visit& visit = way_.back();
    const auto& earlier = after_[visit.element];
    if (visit.next == earlier.size()) {
      marks_[visit.element] = Mark::done;
      way_.pop_back();
      return;
    }
    const std::size_t element = earlier[visit.next++];
    if (marks_[element] == Mark::untouched) {
      enter(element);
    } else if (marks_[element] == Mark::on_the_way) {
      keep_cycle(element);
    }
  }

  void keep_cycle(std::size_t closing) {
    std::vector<std::size_t> cycle;
    for (auto visit = way_.rbegin(); visit->element != closing; ++visit) cycle.push_back(visit->element);
    cycle.push_back(closing);
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
    cycles_.push_back(std::move(cycle));
  }

  const Predecessors& after_;
  std::vector<Mark> marks_;
  std::vector<Visit> way_;
  std::vector<std::vector<std::size_t>> cycles_;
};

}  // namespace

std::vector<std::vector<std::size_t>> find_cycles(const Predecessors& after) {
  Search search(after);
  for (std::size_t element = 0; element < after.size(); ++element) search.from(element);
  return search.take();
}

std::string cycle_in_words(const std::vector<std::size_t>& cycle, const std::function<std::string(std::size_t)>& name) {
  std::string words;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (cycle.size() > most_named && i == most_named / 2) {
      words += "(" + std::to_string(cycle.size() - most_named) + " others) before ";
      i += cycle.size() - most_named;
    }
    words += shown(name(cycle[i])) + " before ";
  }
  return words + shown(name(cycle.front()));
}

}  // namespace casplan::documents
