#include "verifier/exploration.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "model/contracts.h"
#include "simulator/transition.h"

namespace casplan::verifier {

/// Breadth first, so that the way to what stops it is a shortest one.
class Exploration::Run {
 public:
  Run(const Exploration& of, const Readings& readings, const Visitor& visitor)
      : of_(of), readings_(readings), visitor_(visitor), known_states_(of.servers_.size()) {}

  Result run() {
    if (of_.steps_.size() > most_steps) {
      result_.is_exhaustive = false;
      return std::move(result_);
    }
    Node first{std::string(of_.steps_.size(), waiting), {}, ~std::uint64_t{0}, 0, std::nullopt};
    for (std::size_t i = 0; i < of_.servers_.size(); ++i) {
      first.states.push_back(state_id(i, at(of_.found_.servers, of_.servers_[i])));
    }
    reach(std::move(first));
    for (std::size_t next = 0; next < nodes_.size() && !result_.is_stopped && result_.is_exhaustive; ++next) {
      expand(next);
    }
    return std::move(result_);
  }

 private:
  struct Node {
    std::string progress;
    std::vector<std::uint16_t> states;  // by server: a place in known_states_
    std::uint64_t watched;
    std::size_t parent;
    std::optional<std::size_t> touched;  // the step that began or ended on the way from the parent
  };

  std::uint16_t state_id(std::size_t server, const ServerState& state) {
    auto& known = known_states_[server];
    const auto place = std::find(known.begin(), known.end(), state);
    const auto id = static_cast<std::size_t>(place - known.begin());
    expects(id < 65'535, "a server has few states");
    if (place == known.end()) known.push_back(state);
    return static_cast<std::uint16_t>(id);
  }

  const std::vector<ServerState>& servers_of(const Node& node) {
    servers_.clear();
    for (std::size_t i = 0; i < node.states.size(); ++i) servers_.push_back(known_states_[i][node.states[i]]);
    return servers_;
  }

  Situation situation(const Node& node) {
    const bool complete = node.progress.find_first_not_of(static_cast<char>(ended)) == std::string::npos;
    return {servers_of(node), node.progress, node.watched, complete};
  }

  static std::string key_of(const Node& node) {
    std::string key = node.progress;
    key.append(reinterpret_cast<const char*>(node.states.data()), node.states.size() * sizeof(std::uint16_t));
    key.append(reinterpret_cast<const char*>(&node.watched), sizeof node.watched);
    return key;
  }

  void reach(Node node) {
    if (result_.is_stopped || !result_.is_exhaustive) return;
    if (visitor_.watch) node.watched &= visitor_.watch(situation(node));
    if (!visited_.insert(key_of(node)).second) return;
    nodes_.push_back(std::move(node));
    if (nodes_.size() > most_situations) result_.is_exhaustive = false;
    if (visitor_.judge && visitor_.judge(situation(nodes_.back())) == Verdict::stop) {
      stop(nodes_.size() - 1, nodes_.back().touched);
    }
  }

  void stop(std::size_t node, std::optional<std::size_t> last) {
    result_.is_stopped = true;
    if (last) result_.last = of_.steps_[*last];
    for (std::size_t i = 0; i < nodes_[node].progress.size(); ++i) {
      if (nodes_[node].progress[i] == running) result_.running.push_back(of_.steps_[i]);
    }
    for (; nodes_[node].touched; node = nodes_[node].parent) {
      if (nodes_[node].progress[*nodes_[node].touched] == ended)
        result_.ended.push_back(of_.steps_[*nodes_[node].touched]);
    }
    std::reverse(result_.ended.begin(), result_.ended.end());
  }

  [[nodiscard]] bool may_begin(const Node& node, std::size_t step) const {
    if (node.progress[step] != waiting) return false;
    const auto& before = of_.preceding_[step];
    if (!std::all_of(before.begin(), before.end(), [&](std::size_t b) { return node.progress[b] == ended; }))
      return false;
    for (std::size_t other = 0; other < node.progress.size(); ++other) {
      if (node.progress[other] == running && of_.server_of_[other] == of_.server_of_[step]) return false;
    }
    return true;
  }

  void expand(std::size_t index) {
    for (std::size_t step = 0; step < of_.steps_.size() && !result_.is_stopped; ++step) {
      if (nodes_[index].progress[step] == running) end(index, step);
      if (may_begin(nodes_[index], step)) begin(index, step);
    }
  }

  void begin(std::size_t index, std::size_t step) {
    if (visitor_.may_begin && visitor_.may_begin(situation(nodes_[index]), of_.steps_[step]) == Verdict::stop) {
      return stop(index, step);
    }
    ServerState server = server_state(index, step);
    const Step& work = at(of_.plan_.steps, of_.steps_[step]).step;
    if (simulator::refuse(server, work)) return;
    if (work.kind != StepKind::upgrade) return end(index, step);
    simulator::begin(server, work);
    reach(next(index, step, server, running));
  }

  void end(std::size_t index, std::size_t step) {
    const Step& work = at(of_.plan_.steps, of_.steps_[step]).step;
    ServerState server = server_state(index, step);
    simulator::finish(server, work, readings_);
    reach(next(index, step, server, ended));
  }

  [[nodiscard]] ServerState server_state(std::size_t index, std::size_t step) const {
    const std::size_t server = of_.server_of_[step];
    return known_states_[server][nodes_[index].states[server]];
  }

  Node next(std::size_t index, std::size_t step, const ServerState& server, Progress progress) {
    Node node = nodes_[index];
    node.parent = index;
    node.touched = step;
    node.progress[step] = progress;
    node.states[of_.server_of_[step]] = state_id(of_.server_of_[step], server);
    return node;
  }

  const Exploration& of_;
  const Readings& readings_;
  const Visitor& visitor_;
  std::vector<std::vector<ServerState>> known_states_;  // by server
  std::vector<ServerState> servers_;                    // of the situation that is looked at
  std::vector<Node> nodes_;
  std::unordered_set<std::string> visited_;
  Result result_;
};

Exploration::Exploration(const State& found, const Plan& plan, const StepOrder& order, std::vector<ServerId> servers,
                         std::vector<StepIndex> steps)
    : found_(found), plan_(plan), servers_(std::move(servers)), steps_(std::move(steps)), preceding_(steps_.size()) {
  expects(std::set<ServerId>(servers_.begin(), servers_.end()).size() == servers_.size(),
          "the servers of an exploration are different ones");
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    const auto server = std::find(servers_.begin(), servers_.end(), at(plan.steps, steps_[step]).step.server);
    expects(server != servers_.end(), "the steps of an exploration are those of its servers");
    server_of_.push_back(static_cast<std::size_t>(server - servers_.begin()));
    for (std::size_t other = 0; other < steps_.size() && steps_.size() <= most_steps; ++other) {
      if (order.precedes(steps_[other], steps_[step])) preceding_[step].push_back(other);
    }
  }
}

Exploration::Result Exploration::run(const Readings& readings, const Visitor& visitor) const {
  return Run(*this, readings, visitor).run();
}

}  // namespace casplan::verifier
