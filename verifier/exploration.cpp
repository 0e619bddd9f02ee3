#include "verifier/exploration.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_set>

#include "model/contracts.h"
#include "simulator/transition.h"
#include "verifier/hashing.h"

namespace casplan::verifier {
namespace {

/// What two nodes must share to be the same situation.
struct Key {
  StepSet ended;
  StepSet running;
  std::vector<const ServerState*> states;  // by server
  std::uint64_t watched = 0;

  friend bool operator==(const Key&, const Key&) = default;
};

struct KeyHash {
  std::size_t operator()(const Key& key) const {
    Hash hash;
    hash.mix(std::hash<StepSet>()(key.ended));
    hash.mix(std::hash<StepSet>()(key.running));
    for (const ServerState* state : key.states) hash.mix(std::hash<const ServerState*>()(state));
    hash.mix(std::size_t{key.watched});
    return hash.value();
  }
};

}  // namespace

/// Breadth first.
class Exploration::Run {
 public:
  Run(const Exploration& of, const Readings& readings, const Visitor& visitor, Search search)
      : of_(of), readings_(readings), visitor_(visitor), search_(search), known_states_(of.excerpt_.servers.size()) {}

  Result run() {
    Key first;
    first.watched = ~std::uint64_t{0};
    for (std::size_t i = 0; i < known_states_.size(); ++i) {
      first.states.push_back(known(i, at(of_.found_.servers, of_.excerpt_.servers[i])));
    }
    reach(std::move(first), 0, std::nullopt);
    for (std::size_t next = 0; next < nodes_.size() && !is_over(); ++next) expand(next);
    return std::move(result_);
  }

 private:
  struct Node {
    const Key* key;
    std::size_t parent;
    std::optional<std::size_t> touched;  // the step that began or ended on the way from the parent
  };

  [[nodiscard]] bool is_over() const {
    return !result_.is_exhaustive || (search_ == Search::first_fault && !result_.faults.empty());
  }

  /// The one copy of a state of this server.
  const ServerState* known(std::size_t server, const ServerState& state) {
    return &*known_states_[server].insert(state).first;
  }

  [[nodiscard]] Situation situation(const Key& key) const {
    return {key.states, key.ended, key.running, key.watched, key.ended.count() == of_.excerpt_.steps.size()};
  }

  void reach(Key key, std::size_t parent, std::optional<std::size_t> touched) {
    if (is_over()) return;
    if (visitor_.watch) key.watched &= visitor_.watch(situation(key));
    const auto [place, is_new] = visited_.insert(std::move(key));
    if (!is_new) return;
    nodes_.push_back({&*place, parent, touched});
    if (nodes_.size() > of_.most_situations_) result_.is_exhaustive = false;
    if (!visitor_.judge) return;
    if (const auto what = visitor_.judge(situation(*place))) add_fault(*what, nodes_.size() - 1, touched);
  }

  void add_fault(std::size_t what, std::size_t node, std::optional<std::size_t> last) {
    Fault fault{what, {}, {}, last, situation(*nodes_[node].key).is_complete};
    for (std::size_t step = 0; step < of_.excerpt_.steps.size(); ++step) {
      if (nodes_[node].key->running[step]) fault.running.push_back(step);
    }
    for (; nodes_[node].touched; node = nodes_[node].parent) {
      if (nodes_[node].key->ended[*nodes_[node].touched]) fault.ended.push_back(*nodes_[node].touched);
    }
    std::reverse(fault.ended.begin(), fault.ended.end());
    result_.faults.push_back(std::move(fault));
  }

  [[nodiscard]] bool may_begin(const Key& key, std::size_t step) const {
    if (key.ended[step] || key.running[step] || (of_.excerpt_.before[step] & ~key.ended).any()) return false;
    if (key.running.none()) return true;
    for (std::size_t other = 0; other < of_.excerpt_.steps.size(); ++other) {
      if (key.running[other] && of_.server_of_[other] == of_.server_of_[step]) return false;
    }
    return true;
  }

  void expand(std::size_t node) {
    for (std::size_t step = 0; step < of_.excerpt_.steps.size() && !is_over(); ++step) {
      if (nodes_[node].key->running[step]) end(node, step);
      if (may_begin(*nodes_[node].key, step)) begin(node, step);
    }
  }

  void begin(std::size_t node, std::size_t step) {
    const Key& key = *nodes_[node].key;
    if (visitor_.may_begin) {
      if (const auto what = visitor_.may_begin(situation(key), step)) return add_fault(*what, node, step);
    }
    const Step& work = this->work(step);
    if (simulator::refuse(state(key, step), work)) return;
    if (work.kind != StepKind::upgrade) return end(node, step);
    ServerState server = state(key, step);
    simulator::begin(server, work);
    Key next = key;
    next.running.set(step);
    go_on(std::move(next), node, step, server);
  }

  void end(std::size_t node, std::size_t step) {
    ServerState server = state(*nodes_[node].key, step);
    simulator::finish(server, work(step), readings_);
    Key next = *nodes_[node].key;
    next.running.reset(step);
    next.ended.set(step);
    go_on(std::move(next), node, step, server);
  }

  void go_on(Key next, std::size_t node, std::size_t step, const ServerState& server) {
    next.states[of_.server_of_[step]] = known(of_.server_of_[step], server);
    reach(std::move(next), node, step);
  }

  [[nodiscard]] const Step& work(std::size_t step) const { return at(of_.plan_.steps, of_.excerpt_.steps[step]).step; }

  [[nodiscard]] const ServerState& state(const Key& key, std::size_t step) const {
    return *key.states[of_.server_of_[step]];
  }

  const Exploration& of_;
  const Readings& readings_;
  const Visitor& visitor_;
  Search search_;
  std::vector<std::unordered_set<ServerState, ServerStateHash>> known_states_;  // by server; elements stay in place
  std::unordered_set<Key, KeyHash> visited_;                                    // whose elements stay in place too
  std::vector<Node> nodes_;
  Result result_;
};

Exploration::Exploration(const State& found, const Plan& plan, const Excerpt& excerpt, std::size_t most_situations)
    : found_(found), plan_(plan), excerpt_(excerpt), most_situations_(most_situations) {
  expects(excerpt.steps.size() <= most_steps && excerpt.steps.size() == excerpt.before.size(),
          "an excerpt has few steps, each with what must precede it");
  expects(std::set<ServerId>(excerpt.servers.begin(), excerpt.servers.end()).size() == excerpt.servers.size(),
          "the servers of an excerpt are different ones");
  for (const StepIndex step : excerpt.steps) {
    const auto server = std::find(excerpt.servers.begin(), excerpt.servers.end(), at(plan.steps, step).step.server);
    expects(server != excerpt.servers.end(), "the steps of an excerpt are those of its servers");
    server_of_.push_back(static_cast<std::size_t>(server - excerpt.servers.begin()));
  }
}

Exploration::Result Exploration::run(const Readings& readings, const Visitor& visitor, Search search) const {
  return Run(*this, readings, visitor, search).run();
}

}  // namespace casplan::verifier
