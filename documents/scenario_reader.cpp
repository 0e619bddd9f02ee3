#include <array>
#include <charconv>
#include <limits>

#include "documents/formats.h"
#include "documents/json_reader.h"
#include "documents/json_text.h"
#include "documents/names.h"
#include "documents/plan_outcome.h"
#include "documents/scenario_document.h"
#include "documents/shown_text.h"
#include "documents/verdict_words.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::int64_t highest_exit = 255;
constexpr std::int64_t highest_event = 65535;
constexpr std::int64_t longest_plan = 1'000'000'000;  // minutes
constexpr std::int64_t most_expected_users = 1'000'000'000'000;

constexpr std::array<std::string_view, 8> document_keys{"format", "name",      "evidence", "source",
                                                        "story",  "reckoning", "readings", "expect"};
constexpr std::array<std::string_view, 4> expect_keys{"check", "plan", "verify", "simulate"};
constexpr std::array<std::string_view, 4> check_keys{"exit", "verdicts", "paths", "sites"};
constexpr std::array<std::string_view, 7> path_keys{"front", "target", "verdict", "event", "rule", "message", "users"};
constexpr std::array<std::string_view, 6> site_keys{
    "site", "served_users", "broken_users", "unavailable_users", "undecided_users", "level"};
constexpr std::array<std::string_view, 6> plan_keys{"exit", "status", "steps", "bound", "because", "verify"};
constexpr std::array<std::string_view, 2> verify_keys{"exit", "verdict"};
constexpr std::array<std::string_view, 5> simulate_keys{"exit", "ends_without_event46", "states", "moments", "totals"};
constexpr std::array<std::string_view, 4> state_keys{"after", "start", "end", "broken"};
constexpr std::array<std::string_view, 3> moment_keys{"minute", "broken", "sites"};
constexpr std::array<std::string_view, 3> evidence_words{"documented", "derived", "modelled"};
constexpr std::array<Verdict, 6> all_verdicts{Verdict::works, Verdict::event46, Verdict::redirect,
                                              Verdict::fault, Verdict::idle,    Verdict::cannot_tell};

std::optional<std::int64_t> read_total(const Node& node) {
  return node.integer(0, std::numeric_limits<std::int64_t>::max());
}

std::optional<int> read_small(const Node& node, std::int64_t highest) {
  const auto number = node.integer(0, highest);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<int> read_exit(const Node& node) {
  return read_small(node, highest_exit);
}

std::optional<int> read_event(const Node& node) {
  return read_small(node, highest_event);
}

/// The thousandths of a number such as 12.5, written without an exponent.
std::optional<std::int64_t> parse_thousandths(std::string_view text) {
  const auto point = text.find('.');
  std::string digits(text.substr(0, point));
  std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
  if (decimals.size() > 3) return std::nullopt;
  decimals.resize(3, '0');
  digits += decimals;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool complete = error == std::errc{} && end == digits.data() + digits.size();
  return complete && number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<ExpectedUsers> read_users(const Node& node) {
  if (node.is_null()) return ExpectedUsers{};
  const auto& content = node.value().content;
  if (const auto* whole = std::get_if<std::int64_t>(&content); whole && *whole >= 0 && *whole <= most_expected_users) {
    return ExpectedUsers{*whole * 1000};
  }
  if (const auto* number = std::get_if<OtherNumber>(&content)) {
    if (const auto thousandths = parse_thousandths(number->text)) return ExpectedUsers{*thousandths};
  }
  node.unexpected("a number of users with at most three decimals, or null");
  return std::nullopt;
}

template <class Element, class Read>
auto list_reader(std::string_view expected, Read read) {
  return [expected, read](const Node& node) -> std::optional<std::vector<Element>> {
    std::vector<Element> elements;
    const bool is_list = node.each(expected, [&](const Node& element) {
      if (auto one = read(element)) elements.push_back(*std::move(one));
    });
    return is_list ? std::optional(std::move(elements)) : std::nullopt;
  };
}

std::optional<ExpectedPath> read_path(const Node& node) {
  const ObjectReader object(node, "a path: an object", path_keys);
  if (!object) return std::nullopt;
  ExpectedPath path;
  read_into(path.front, object.required("front"), name_reader("of a server"));
  read_into(path.target, object.required("target"), name_reader("of a server"));
  read_into(path.verdict, object.required("verdict"), word_reader(all_verdicts));
  read_into(path.event, object.find("event"), read_event);
  read_into(path.rule, object.find("rule"), name_reader("of a rule"));
  read_into(path.message, object.find("message"), read_sentence);
  read_into(path.users, object.find("users"), read_users);
  return path;
}

std::optional<ExpectedSite> read_site(const Node& node) {
  const ObjectReader object(node, "a site: an object", site_keys);
  if (!object) return std::nullopt;
  ExpectedSite site;
  read_into(site.site, object.required("site"), name_reader("of a site"));
  read_into(site.served_users, object.find("served_users"), read_users);
  read_into(site.broken_users, object.find("broken_users"), read_users);
  read_into(site.unavailable_users, object.find("unavailable_users"), read_users);
  read_into(site.undecided_users, object.find("undecided_users"), read_users);
  read_into(site.level, object.find("level"), name_reader("of a level, such as SP1"));
  return site;
}

std::optional<std::map<Verdict, std::int64_t>> read_verdicts(const Node& node) {
  const auto words = words_of(all_verdicts);
  const ObjectReader object(node, "an object with a number of paths for each verdict that occurs", words);
  if (!object) return std::nullopt;
  std::map<Verdict, std::int64_t> verdicts;
  for (const Verdict verdict : all_verdicts) {
    read_into(verdicts[verdict], object.find(to_string(verdict)), read_total);
  }
  return verdicts;
}

std::optional<CheckExpectation> read_check(const Node& node) {
  const ObjectReader object(node, "what check says: an object", check_keys);
  if (!object) return std::nullopt;
  CheckExpectation check;
  read_into(check.exit, object.required("exit"), read_exit);
  read_into(check.verdicts, object.find("verdicts"), read_verdicts);
  read_into(check.paths, object.find("paths"), list_reader<ExpectedPath>("a list of paths", read_path));
  read_into(check.sites, object.find("sites"), list_reader<ExpectedSite>("a list of sites", read_site));
  return check;
}

/// Reads `["upgrade", "HQCAS1", "8.2.176.2"]`; the third is there where the kind has a build or a folder.
std::optional<ExpectedStep> read_step(const Node& node) {
  constexpr std::string_view expected =
      "a list of the step's kind, its server, and its build or folder where it has one";
  const JsonList* parts = node.list(expected);
  if (parts == nullptr) return std::nullopt;
  if (parts->empty()) {
    node.fault("an empty list", std::string(expected));
    return std::nullopt;
  }
  const auto kind = word_reader(all_step_kinds())(node.element(0));
  if (!kind) return std::nullopt;
  const bool has_third = *kind == StepKind::upgrade || *kind == StepKind::ensure_folder;
  if (parts->size() != (has_third ? 3U : 2U)) {
    node.fault("a list of " + std::to_string(parts->size()), std::string(expected));
    return std::nullopt;
  }
  ExpectedStep step;
  step.kind = *kind;
  read_into(step.server, std::optional(node.element(1)), name_reader("of a server"));
  if (*kind == StepKind::upgrade) step.build = read_build(node.element(2));
  if (*kind == StepKind::ensure_folder) step.folder = read_folder_name(node.element(2));
  return step;
}

std::optional<VerifyExpectation> read_verify(const Node& node) {
  const ObjectReader object(node, "what verify says: an object", verify_keys);
  if (!object) return std::nullopt;
  VerifyExpectation verify;
  read_into(verify.exit, object.required("exit"), read_exit);
  read_into(verify.verdict, object.find("verdict"), word_reader(all_safeties));
  return verify;
}

/// The measures among the keys of an object.
ExpectedMeasures read_measures(const ObjectReader& object) {
  ExpectedMeasures measures;
  for (const Measure measure : all_measures()) {
    const auto value = object.find(to_string(measure));
    if (value) measures[measure] = value->is_null() ? std::nullopt : read_total(*value);
  }
  return measures;
}

std::optional<ExpectedMeasures> read_totals(const Node& node) {
  const auto names = measure_names();
  const ObjectReader object(node, "an object with values of measures", names);
  return object ? std::optional(read_measures(object)) : std::nullopt;
}

/// The measures of the plan's objective are keys beside the others.
std::optional<PlanExpectation> read_plan_expectation(const Node& node) {
  std::vector<std::string_view> keys(plan_keys.begin(), plan_keys.end());
  for (const std::string_view name : measure_names()) keys.push_back(name);
  const ObjectReader object(node, "what plan says: an object", keys);
  if (!object) return std::nullopt;
  PlanExpectation plan;
  read_into(plan.exit, object.required("exit"), read_exit);
  read_into(plan.status, object.find("status"), word_reader(all_plan_statuses));
  read_into(plan.steps, object.find("steps"), list_reader<ExpectedStep>("a list of steps", read_step));
  plan.objective = read_measures(object);
  read_into(plan.bound, object.find("bound"), read_totals);
  read_into(plan.because, object.find("because"), read_sentences);
  read_into(plan.verify, object.find("verify"), read_verify);
  return plan;
}

std::optional<ExpectedBrokenPath> read_broken(const Node& node) {
  constexpr std::string_view expected = "a list of a front, a target and an event";
  const JsonList* parts = node.list(expected);
  if (parts == nullptr) return std::nullopt;
  if (parts->size() != 3) {
    node.fault("a list of " + std::to_string(parts->size()), std::string(expected));
    return std::nullopt;
  }
  ExpectedBrokenPath path;
  read_into(path.front, std::optional(node.element(0)), name_reader("of a server"));
  read_into(path.target, std::optional(node.element(1)), name_reader("of a server"));
  read_into(path.event, std::optional(node.element(2)), read_event);
  return path;
}

std::optional<Minutes> read_plan_minutes(const Node& node) {
  return read_minutes(node, 0, longest_plan);
}

std::optional<ExpectedState> read_state(const Node& node) {
  const ObjectReader object(node, "a state: an object", state_keys);
  if (!object) return std::nullopt;
  ExpectedState state;
  read_into(state.after, object.required_or_null("after"), name_reader("of a step, its id"));
  read_into(state.start, object.required("start"), read_plan_minutes);
  read_into(state.end, object.required("end"), read_plan_minutes);
  read_into(state.broken, object.required("broken"),
            list_reader<ExpectedBrokenPath>("a list of broken paths", read_broken));
  return state;
}

std::optional<ExpectedMoment> read_moment_of_plan(const Node& node) {
  const ObjectReader object(node, "a moment: an object", moment_keys);
  if (!object) return std::nullopt;
  ExpectedMoment moment;
  read_into(moment.minute, object.required("minute"), read_plan_minutes);
  read_into(moment.broken, object.find("broken"),
            list_reader<ExpectedBrokenPath>("a list of broken paths", read_broken));
  read_into(moment.sites, object.find("sites"), list_reader<ExpectedSite>("a list of sites", read_site));
  return moment;
}

std::optional<SimulateExpectation> read_simulate(const Node& node) {
  const ObjectReader object(node, "what simulate says: an object", simulate_keys);
  if (!object) return std::nullopt;
  SimulateExpectation simulate;
  read_into(simulate.exit, object.required("exit"), read_exit);
  read_into(simulate.ends_without_event46, object.find("ends_without_event46"),
            [](const Node& fact) { return fact.truth(); });
  read_into(simulate.states, object.find("states"), list_reader<ExpectedState>("a list of states", read_state));
  read_into(simulate.moments, object.find("moments"),
            list_reader<ExpectedMoment>("a list of moments", read_moment_of_plan));
  read_into(simulate.totals, object.find("totals"), read_totals);
  return simulate;
}

void read_expectations(const Node& node, Scenario& scenario) {
  const ObjectReader object(node, "what is expected: an object", expect_keys);
  if (!object) return;
  read_into(scenario.check, object.find("check"), read_check);
  read_into(scenario.plan, object.find("plan"), read_plan_expectation);
  read_into(scenario.verify, object.find("verify"), read_verify);
  read_into(scenario.simulate, object.find("simulate"), read_simulate);
  if (std::get<JsonObject>(node.value().content).empty()) {
    node.fault("an empty object", "at least one of the keys " + alternatives(expect_keys));
  }
}

Scenario read(const Node& root) {
  Scenario scenario;
  if (!read_format(root, scenario_format)) return scenario;
  const ObjectReader document(root, "a scenario: an object", document_keys);
  if (!document) return scenario;
  read_into(scenario.name, document.required("name"), name_reader("of the scenario"));
  read_into(scenario.evidence, document.required("evidence"), [](const Node& node) -> std::optional<ScenarioEvidence> {
    const auto choice = node.choice(evidence_words);
    return choice ? std::optional(static_cast<ScenarioEvidence>(*choice)) : std::nullopt;
  });
  read_into(scenario.source, document.required("source"), read_sentence);
  read_into(scenario.story, document.required("story"), read_sentence);
  read_into(scenario.reckoning, document.find("reckoning"), read_sentences);
  if (scenario.evidence == ScenarioEvidence::modelled && scenario.reckoning.empty()) {
    root.fault("a modelled scenario without reckoning", "the key \"reckoning\": how the expected figures come about");
  }
  read_into(scenario.readings, document.find("readings"), read_readings);
  if (const auto expect = document.required("expect")) read_expectations(*expect, scenario);
  return scenario;
}

}  // namespace

Result<Scenario> read_scenario(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return tl::unexpected(document.error());
  FaultList faults;
  Scenario scenario = read(Node(document->root, faults));
  if (!faults.empty()) return tl::unexpected(faults.take());
  return scenario;
}

}  // namespace casplan::documents
