#include <algorithm>
#include <array>
#include <unordered_map>

#include "documents/cycles.h"
#include "documents/formats.h"
#include "documents/json_reader.h"
#include "documents/json_text.h"
#include "documents/names.h"
#include "documents/plan_document.h"
#include "documents/plan_outcome.h"
#include "documents/plan_words.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::size_t longest_id = 256;

constexpr std::array<std::string_view, 5> document_keys{"format", "goal", "steps", "outcome", "digest"};
constexpr std::array<std::string_view, 11> step_keys{"id",  "kind",  "server",  "build", "folder", "sources",
                                                     "why", "after", "reasons", "start", "end"};

std::optional<std::string> read_id(const Node& node) {
  const std::string expected =
      "an id: text of 1 to " + std::to_string(longest_id) + " bytes without control characters";
  const auto id = node.text(expected);
  if (!id) return std::nullopt;
  if (!id->empty() && id->size() <= longest_id && is_free_of_controls(*id)) return std::string(*id);
  node.fault(shown(*id), expected);
  return std::nullopt;
}

/// Which keys the steps of a document have: a sequence has none of these.
struct KeysInUse {
  std::size_t after = 0;
  std::size_t times = 0;
};

/// The reader for one plan; its ids are those of the organisation.
class PlanReader {
 public:
  explicit PlanReader(const Organisation& organisation) : names_(organisation) {}

  Plan read(const Node& root) {
    if (!read_format(root, plan_format)) return {};
    const ObjectReader document(root, "a plan: an object", document_keys);
    if (!document) return {};
    read_into(plan_.goal, document.find("goal"), word_reader(all_goals));
    if (const auto steps = document.required("steps")) read_steps(*steps);
    read_into(plan_.outcome, document.known("outcome"), read_outcome);
    read_into(plan_.digests, document.known("digest"), read_digests);
    return std::move(plan_);
  }

 private:
  void read_steps(const Node& node) {
    const JsonList* steps = node.list("a list of steps");
    if (steps == nullptr) return;
    if (steps->size() > most_steps) {
      return node.fault(std::to_string(steps->size()) + " steps", "at most " + std::to_string(most_steps) + " steps");
    }
    plan_.steps.resize(steps->size());
    read_ids(node);
    for (std::size_t i = 0; i < steps->size(); ++i) read_step(node.element(i), plan_.steps[i]);
    check_schedule(node);
    if (in_use_.after == 0 && in_use_.times == 0) {
      chain();
    } else {
      report_cycles(node);
    }
  }

  /// Ids come first, because an arrow may point to a later step. A key that cannot be read is left to `read_step`.
  void read_ids(const Node& node) {
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const auto* members = std::get_if<JsonObject>(&node.element(i).value().content);
      plan_.steps[i].id = std::to_string(i + 1);
      if (members == nullptr) continue;
      const auto given = std::find_if(members->begin(), members->end(), [](const auto& m) { return m.key == "id"; });
      if (given == members->end()) continue;
      const auto* id = std::get_if<std::string_view>(&given->value.content);
      if (id != nullptr) plan_.steps[i].id = *id;
    }
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const auto [place, added] = positions_.emplace(plan_.steps[i].id, id_at<StepIndex>(i));
      if (added) {
        ids_.push_back(place->first);
      } else {
        node.element(i).fault("the id " + shown(plan_.steps[i].id) + ", which step /steps/" +
                                  std::to_string(place->second.value) + " has",
                              "an id that no other step has");
      }
    }
  }

  void read_step(const Node& node, PlannedStep& planned) {
    const ObjectReader object(node, "a step: an object", step_keys);
    if (!object) return;
    if (const auto id = object.find("id")) (void)read_id(*id);
    const auto kind_node = object.required("kind");
    const auto kind = kind_node ? word_reader(all_step_kinds())(*kind_node) : std::nullopt;
    if (kind) {
      planned.step.kind = *kind;
      read_own_keys(object, planned.step);
      if (*kind == StepKind::upgrade && plan_.goal == Goal::heal_by_copy) {
        kind_node->fault("an upgrade in a plan whose goal is \"heal_by_copy\"",
                         "no upgrade: with that goal no server changes its build");
      }
    }
    read_into(planned.step.server, object.required("server"),
              [&](const Node& name) { return read_server_name(name, names_.servers); });
    read_into(planned.why, object.find("why"), read_sentence);
    read_arrows(object, planned);
    read_schedule(object, planned);
  }

  /// The keys that only some kinds of steps have.
  void read_own_keys(const ObjectReader& object, Step& step) {
    const bool upgrades = step.kind == StepKind::upgrade;
    const bool ensures = step.kind == StepKind::ensure_folder;
    read_into(step.build, upgrades ? object.required("build") : refused(object, "build", step.kind), read_build);
    read_into(step.folder, ensures ? object.required("folder") : refused(object, "folder", step.kind),
              read_folder_name);
    const auto sources = ensures ? object.find("sources") : refused(object, "sources", step.kind);
    if (!sources) return;
    sources->each("a list of servers", [&](const Node& element) {
      if (const auto source = read_server_name(element, names_.servers)) step.sources.push_back(*source);
    });
  }

  static std::optional<Node> refused(const ObjectReader& object, std::string_view key, StepKind kind) {
    if (const auto node = object.find(key)) {
      node->fault("the key " + shown(key) + " in a step of the kind " + shown(to_string(kind)), "no such key there");
    }
    return std::nullopt;
  }

  void read_arrows(const ObjectReader& object, PlannedStep& planned) {
    const auto after = object.find("after");
    std::size_t arrows = 0;
    if (after) {
      ++in_use_.after;
      after->each("a list of ids of steps", [&](const Node& element) {
        ++arrows;
        if (const auto step = read_step_reference(element)) planned.after.push_back({*step, ""});
      });
    }
    const auto reasons_node = object.find("reasons");
    if (!reasons_node) return;
    const auto reasons = read_sentences(*reasons_node);
    if (!reasons) return;
    if (reasons->size() != arrows) {
      return reasons_node->fault(
          std::to_string(reasons->size()) + " reasons for " + std::to_string(arrows) + " ids in \"after\"",
          "as many reasons as ids");
    }
    for (std::size_t i = 0; i < planned.after.size(); ++i) planned.after[i].reason = (*reasons)[i];
  }

  std::optional<StepIndex> read_step_reference(const Node& node) {
    const auto id = node.text("the id of a step");
    if (!id) return std::nullopt;
    const auto place = positions_.find(std::string(*id));
    if (place != positions_.end()) return place->second;
    node.fault(shown(*id) + ", which is the id of no step", "the id of a step", node.faults().nearest(*id, ids_));
    return std::nullopt;
  }

  void read_schedule(const ObjectReader& object, PlannedStep& planned) {
    const auto start_node = object.known("start");
    const auto end_node = object.known("end");
    if (!start_node && !end_node) return;
    ++in_use_.times;
    if (!start_node || !end_node) {
      return object.node().fault(start_node ? "a start without an end" : "an end without a start",
                                 "\"start\" and \"end\", or neither");
    }
    const auto start = read_moment(*start_node);
    const auto end = read_moment(*end_node);
    if (!start || !end) return;
    if (*end < *start) end_node->fault("an end before the start", "the start or a later time");
    planned.schedule = Schedule{*start, *end};
  }

  void check_schedule(const Node& node) {
    if (in_use_.times == 0 || in_use_.times == plan_.steps.size()) return;
    node.fault("times for " + std::to_string(in_use_.times) + " of " + std::to_string(plan_.steps.size()) + " steps",
               "times for every step, or for none");
  }

  void chain() {
    for (std::size_t i = 1; i < plan_.steps.size(); ++i) {
      plan_.steps[i].after = {{id_at<StepIndex>(i - 1), std::string(order_of_sequence)}};
    }
  }

  void report_cycles(const Node& node) {
    Predecessors after(plan_.steps.size());
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      for (const Arrow& arrow : plan_.steps[i].after) after[i].push_back(arrow.step.value);
    }
    const auto id = [&](std::size_t step) { return plan_.steps[step].id; };
    for (const auto& cycle : find_cycles(after)) {
      node.fault("the cycle " + cycle_in_words(cycle, id), "an order without cycles: remove one of these arrows");
    }
  }

  NamedOrganisation names_;
  Plan plan_;
  std::unordered_map<std::string, StepIndex> positions_;
  std::vector<std::string_view> ids_;  // the keys of positions_, in the order of the steps
  KeysInUse in_use_;
};

}  // namespace

Result<Plan> read_plan(std::string_view text, const Organisation& organisation) {
  const auto document = parse_json(text);
  if (!document) return tl::unexpected(document.error());
  FaultList faults;
  Plan plan = PlanReader(organisation).read(Node(document->root, faults));
  if (!faults.empty()) return tl::unexpected(faults.take());
  return plan;
}

}  // namespace casplan::documents
