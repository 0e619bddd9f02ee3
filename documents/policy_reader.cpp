#include <algorithm>
#include <array>

#include "documents/formats.h"
#include "documents/json_reader.h"
#include "documents/json_text.h"
#include "documents/moment_text.h"
#include "documents/names.h"
#include "documents/policy_document.h"
#include "documents/policy_faults.h"
#include "documents/policy_limits.h"
#include "documents/policy_targets.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::array<std::string_view, 20> document_keys{
    "format",    "target",    "targets",        "frozen",  "roles",    "event46", "copies",
    "crews",     "durations", "min_in_service", "windows", "before",   "start",   "latest_end",
    "objective", "goal",      "readings",       "return",  "activity", "faults"};
constexpr std::array<std::string_view, 1> target_keys{"build"};

std::optional<BuildVersion> read_target(const Node& node) {
  const ObjectReader object(node, "an object with the key \"build\"", target_keys);
  const auto version = object.required("build");
  const auto build = version ? read_build(*version) : std::nullopt;
  auto fault = build ? fault_of_withdrawal(*build) : std::nullopt;
  if (!fault) return build;
  version->fault(*std::move(fault));
  return std::nullopt;
}

std::optional<int> read_copies(const Node& node) {
  if (std::holds_alternative<std::int64_t>(node.value().content)) {
    const auto count = node.integer(0, most_copies, "(folder copies)");
    return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
  }
  constexpr std::array<std::string_view, 2> words{copies_allowed, copies_forbidden};
  if (!std::holds_alternative<std::string_view>(node.value().content)) {
    node.unexpected(alternatives(words) + ", or a whole number of folder copies");
    return std::nullopt;
  }
  const auto choice = node.choice(words);
  return choice && words[*choice] == copies_forbidden ? std::optional(0) : std::nullopt;
}

std::optional<FixedReadings> read_policy_readings(const Node& node) {
  const auto* text = std::get_if<std::string_view>(&node.value().content);
  if (text == nullptr) return read_readings(node);
  constexpr std::array<std::string_view, 1> words{all_readings};
  return node.choice(words) ? std::optional(FixedReadings{}) : std::nullopt;
}

std::optional<std::vector<Measure>> read_objective(const Node& node) {
  std::vector<Measure> objective;
  const auto names = measure_names();
  const bool is_list = node.each("a list of measures", [&](const Node& element) {
    const auto choice = element.choice(names);
    if (!choice) return;
    const auto measure = all_measures()[*choice];
    if (std::find(objective.begin(), objective.end(), measure) != objective.end()) {
      return element.fault(shown(names[*choice]) + " once more", "each measure once");
    }
    objective.push_back(measure);
  });
  if (!is_list) return std::nullopt;
  if (std::get<JsonList>(node.value().content).empty()) node.fault("an empty list", "at least one measure");
  return objective;
}

/// The reader for one policy; its ids are those of the organisation.
class PolicyReader {
 public:
  explicit PolicyReader(const Organisation& organisation) : names_(organisation) {}

  Policy read(const Node& root) {
    if (!read_format(root, policy_format)) return {};
    const ObjectReader document(root, "a policy: an object", document_keys);
    if (!document) return {};
    read_aims(document);
    read_limits(document);
    return std::move(policy_);
  }

 private:
  void read_aims(const ObjectReader& document) {
    const auto goal = document.find("goal");
    const auto known_goal = goal ? word_reader(all_goals)(*goal) : std::optional(Goal::upgrade);
    policy_.goal = known_goal.value_or(Goal::upgrade);
    const bool is_upgrade = known_goal == Goal::upgrade;
    const auto target = is_upgrade ? document.required("target") : document.known("target");
    read_into(policy_.target, target, read_target);
    read_roles(document);
    if (const auto frozen = document.find("frozen")) read_frozen(*frozen);
    if (const auto to_return = document.find("return")) read_to_return(*to_return);
    if (const auto targets = document.find("targets")) read_targets(*targets);
    if (is_upgrade) {
      if (auto fault = fault_of_general_target(names_.organisation, policy_)) target->fault(*std::move(fault));
    }
    read_into(policy_.objective, document.find("objective"), read_objective);
    read_into(policy_.readings, document.find("readings"), read_policy_readings);
  }

  void read_limits(const ObjectReader& document) {
    read_into(policy_.event46, document.find("event46"), [](const Node& node) -> std::optional<Event46> {
      const auto choice = node.choice(event46_words);
      return choice ? std::optional(static_cast<Event46>(*choice)) : std::nullopt;
    });
    read_into(policy_.copies, document.find("copies"), read_copies);
    read_into(policy_.crews, document.find("crews"), [](const Node& node) -> std::optional<int> {
      const auto crews = node.integer(1, most_crews);
      return crews ? std::optional(static_cast<int>(*crews)) : std::nullopt;
    });
    read_into(policy_.durations, document.find("durations"), read_durations);
    const auto with_names = [&](auto reader) {
      return [this, reader](const Node& node) { return reader(node, names_); };
    };
    read_into(policy_.min_in_service, document.find("min_in_service"), with_names(read_min_in_service));
    read_into(policy_.windows, document.find("windows"), with_names(read_windows));
    read_into(policy_.before, document.find("before"), with_names(read_before));
    read_into(policy_.activity, document.find("activity"), with_names(read_activity));
    read_into(policy_.faults, document.find("faults"), read_faults);
    read_times(document);
  }

  /// Documents have years of four digits, and a plan may wait years for its windows.
  static constexpr Moment latest_start{std::chrono::sys_days{std::chrono::year{9900} / 1 / 1}};

  void read_times(const ObjectReader& document) {
    const auto start_node = document.find("start");
    const auto start = start_node ? read_moment(*start_node) : std::optional(default_start());
    policy_.start = start.value_or(default_start());
    const auto end_node = document.find("latest_end");
    if (end_node) policy_.latest_end = read_moment(*end_node);
    if (start && *start >= latest_start) {
      start_node->fault(shown(to_text(*start)) + ", from which a plan could not be written down",
                        "a time before " + to_text(latest_start));
    }
    if (!start || !policy_.latest_end || *start < *policy_.latest_end) return;
    end_node->fault(shown(to_text(*policy_.latest_end)) + ", which is not after the \"start\" (" + to_text(*start) +
                        (start_node ? ")" : ", the default)"),
                    "a time after \"start\"");
  }

  void read_roles(const ObjectReader& document) {
    const auto roles = document.find("roles");
    // Where the word is at fault, servers of all roles are let pass, so that they are no faults that follow from it.
    if (roles) policy_.roles = word_reader(all_upgraded_roles)(*roles).value_or(UpgradedRoles::all);
  }

  [[nodiscard]] bool is_upgraded_or_fault(ServerId id, const Node& node) const {
    auto fault = fault_of_roles(at(names_.organisation.servers, id), policy_.roles);
    if (fault) node.fault(*std::move(fault));
    return !fault;
  }

  void read_frozen(const Node& node) {
    node.each("a list of servers", [&](const Node& element) {
      const auto server = read_server_name(element, names_.servers);
      if (server && is_upgraded_or_fault(*server, element)) policy_.frozen.insert(*server);
    });
  }

  /// Only a Client Access server is drained and returned.
  void read_to_return(const Node& node) {
    node.each("a list of servers", [&](const Node& element) {
      const auto id = read_server_name(element, names_.servers);
      if (!id || !is_cas_or_fault(names_.organisation, *id, element)) return;
      const Server& server = at(names_.organisation.servers, *id);
      if (!server.in_service.value_or(true)) {
        policy_.to_return.insert(*id);
      } else {
        element.fault(shown(server.name) + ", which is in service", "a server that is out of service");
      }
    });
  }

  void read_targets(const Node& node) {
    node.each_member("an object with a target for some servers", [&](std::string_view name, const Node& value) {
      const auto server = resolve_server(name, value, names_.servers);
      const bool fits = server && is_upgraded_or_fault(*server, value);
      const auto build = read_target(value);
      if (!fits || !build) return;
      if (!policy_.targets.emplace(*server, *build).second) {
        return value.fault("the server " + shown(name) + " once more", "each server once; case does not count");
      }
      if (auto fault = fault_of_own_target(names_.organisation, policy_, *server)) value.fault(*std::move(fault));
    });
  }

  NamedOrganisation names_;
  Policy policy_;
};

}  // namespace

Result<Policy> read_policy(std::string_view text, const Organisation& organisation) {
  const auto document = parse_json(text);
  if (!document) return tl::unexpected(document.error());
  FaultList faults;
  Policy policy = PolicyReader(organisation).read(Node(document->root, faults));
  if (!faults.empty()) return tl::unexpected(faults.take());
  return policy;
}

}  // namespace casplan::documents
