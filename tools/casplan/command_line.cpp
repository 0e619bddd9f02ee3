#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <sstream>

#include "simulator/runs.h"
#include "tools/casplan/options.h"
#include "whatif/change_words.h"

namespace casplan::tools {
namespace {

constexpr const char* about =
    "casplan finds, proves and writes out the order in which the Client Access servers of an Exchange 2007\n"
    "organisation are upgraded, so that no user of Outlook Web Access meets Event 46 (Microsoft KB 947168).";

constexpr const char* exit_codes =
    "Exit codes: 0 done; 10 proved infeasible; 11 budget spent; 12 Event 46 predicted, or the plan is unsafe;\n"
    "13 cannot tell, facts are missing; 30 wrong usage; 31 bad input; 39 internal error.";

/// `folder_load=at_once` fixes one reading, which must not have another value already; an error text otherwise.
std::string fix_reading(FixedReadings& fixed, const std::string& text) {
  const auto known = values_of(fixed);
  const auto equals = text.find('=');
  std::string names;
  for (std::size_t i = 0; i < reading_names().size(); ++i) {
    const ReadingName& reading = reading_names()[i];
    for (std::size_t value = 0; value < 2; ++value) {
      names += "\n  " + std::string(reading.name) + "=" + std::string(reading.values[value]);
      if (equals == std::string::npos || text.substr(0, equals) != reading.name) continue;
      if (text.substr(equals + 1) != reading.values[value]) continue;
      if (known[i].value_or(value) != value) return "Both values of " + std::string(reading.name) + " are asked for.";
      fix(fixed, i, value);
      return {};
    }
  }
  return "There is no reading \"" + text + "\". A reading is one of:" + names;
}

/// A week.
constexpr std::uint64_t most_seconds = 604'800;

/// Reads a whole number from `least` to `most`; throws a sentence that says what it is for otherwise.
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t most,
                           std::uint64_t least = 0) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault == std::errc() && stop == end && number >= least && number <= most) return number;
  throw CLI::ValidationError(option, "\"" + text + "\" cannot be used. Write a whole number from " +
                                         std::to_string(least) + " to " + std::to_string(most) + ".");
}

void add_gate(CLI::App& command, gate::GateOptions& options) {
  command
      .add_option_function<std::string>(
          "--cases",
          [&options](const std::string& text) { options.cases = whole_number("--cases", text, gate::most_cases); },
          "How many random cases of each law the plan has to pass besides the proof; 0 for none")
      ->type_name("N")
      ->default_str(std::to_string(options.cases));
  command
      .add_option_function<std::string>(
          "--seed",
          [&options](const std::string& text) { options.seed = whole_number("--seed", text, gate::greatest_seed); },
          "What the random cases are drawn from: the same seed draws the same cases")
      ->type_name("S")
      ->default_str(std::to_string(options.seed));
}

void add_readings(CLI::App& command, FixedReadings& fixed) {
  command
      .add_option_function<std::vector<std::string>>(
          "--reading",
          [&fixed](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              const std::string error = fix_reading(fixed, text);
              if (!error.empty()) throw CLI::ValidationError("--reading", error);
            }
          },
          "How to read what the documentation leaves open; may be repeated. Otherwise the value that agrees with the "
          "KB")
      ->type_name("NAME=VALUE")
      ->take_all()
      ->allow_extra_args(false);
}

/// A whole number from `least` to `most` as an option.
template <class Number>
CLI::Option* add_number(CLI::App& command, const std::string& option, Number& number, std::uint64_t least,
                        std::uint64_t most, const char* description) {
  return command
      .add_option_function<std::string>(
          option,
          [option, &number, least, most](const std::string& text) { number = whole_number(option, text, most, least); },
          description)
      ->type_name("N");
}

void add_runs(CLI::App& command, RunsOptions& options) {
  constexpr std::uint64_t most_threads = 1024;
  constexpr std::uint64_t greatest_seed = std::numeric_limits<std::int64_t>::max();
  CLI::Option* runs = add_number(command, "--runs", options.runs, 1, simulator::most_runs,
                                 "Carry the plan out so often with the faults of the policy, and show how the figures "
                                 "spread; 1 tells the story of one run");
  runs->needs(command.get_option("--policy"));
  add_number(command, "--seed", options.seed, 0, greatest_seed, "What the faults are drawn from")
      ->needs(runs)
      ->default_str(std::to_string(options.seed));
  add_number(command, "--threads", options.threads, 1, most_threads,
             "How many threads carry out runs; the result is the same")
      ->needs(runs);
}

std::string change_help() {
  std::string text = "What is supposed; may be repeated. One of:";
  for (const whatif::Form& form : whatif::all_forms()) {
    text += "\n  " + std::string(form.usage) + ": " + std::string(form.meaning);
  }
  return text;
}

std::string sweep_names() {
  std::string names;
  for (const whatif::SweepKind kind : whatif::all_sweep_kinds) {
    names += (names.empty() ? "" : ", ") + std::string(to_string(kind));
  }
  return names;
}

whatif::SweepKind read_sweep(const std::string& text) {
  for (const whatif::SweepKind kind : whatif::all_sweep_kinds) {
    if (to_string(kind) == text) return kind;
  }
  throw CLI::ValidationError("--sweep", "\"" + text + "\" cannot be swept. Write one of " + sweep_names() + ".");
}

/// Whether the options ask something that can be answered; throws a sentence otherwise.
void check_question(const WhatIfOptions& options) {
  if (options.changes.empty() && !options.sweep) {
    throw CLI::ValidationError("whatif", "Nothing is asked: add --change \"CHANGE\" or --sweep KIND.");
  }
  if (options.sweep && !options.policy) throw CLI::ValidationError("--sweep", "A sweep needs --policy.");
  if (!options.plan && !options.policy) {
    throw CLI::ValidationError("whatif", "Without a PLAN, --policy is needed to make the best one.");
  }
}

/// The steps themselves, or where they are; throws a sentence where no file is named behind the @.
void read_sequence_option(PlanSource& source, const std::string& text) {
  if (text == "@") throw CLI::ValidationError("--sequence", "No file is named behind the @. Write @FILE.");
  if (text.starts_with('@')) {
    source.file = text.substr(1);
  } else {
    source.sequence = text;
  }
}

class Parser {
 public:
  Parser() : app_(about, "casplan") {
    app_.footer(exit_codes);
    app_.set_version_flag("--version", "casplan 1.0");
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_flag("--json", json_, "Put one JSON document on standard output instead of text");
    app_.add_option("--color", colour_, "Colours in the text: auto, always or never (NO_COLOR is heeded)")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    app_.add_option("--log-level", invocation_.log_level, "What goes to standard error besides faults")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
        ->type_name("LEVEL");
    add_import();
    add_check();
    add_plan();
    add_simulate();
    add_verify();
    add_explain();
    add_runbook();
    add_whatif();
  }

  std::variant<Invocation, Reply> parse(int argument_count, const char* const* arguments) {
    try {
      app_.parse(argument_count, arguments);
    } catch (const CLI::ParseError& stop) {
      if (argument_count > 1 && is_unknown_command(arguments[1])) return unknown_command(arguments[1]);
      std::ostringstream out;
      std::ostringstream error;
      const bool is_error = app_.exit(stop, out, error) != 0;
      return Reply{is_error ? error.str() : out.str(), is_error};
    }
    invocation_.output = json_ ? Output::json : Output::text;
    invocation_.colour = colour_ == "always" ? Colour::always : colour_ == "never" ? Colour::never : Colour::automatic;
    invocation_.command = chosen_();
    return invocation_;
  }

 private:
  [[nodiscard]] bool is_unknown_command(const std::string& word) const {
    const auto commands = app_.get_subcommands([](const CLI::App*) { return true; });
    return !word.empty() && word.front() != '-' &&
           std::none_of(commands.begin(), commands.end(), [&](const CLI::App* c) { return c->get_name() == word; });
  }

  [[nodiscard]] Reply unknown_command(const std::string& word) const {
    std::string names;
    for (const CLI::App* c : app_.get_subcommands([](const CLI::App*) { return true; })) {
      names += (names.empty() ? "" : ", ") + c->get_name();
    }
    return {"There is no command \"" + word + "\". The commands are " + names + ". casplan --help says more.\n", true};
  }

  template <class Options>
  CLI::App& command(const char* name, const char* description, const char* example, Options& options) {
    CLI::App* added = app_.add_subcommand(name, description);
    added->footer(std::string("Example:\n  ") + example);
    added->callback([this, &options] { chosen_ = [&options]() -> Command { return options; }; });
    return *added;
  }

  static void add_organisation(CLI::App& command, std::string& option) {
    command.add_option("ORG", option, "Organisation document")->required()->type_name("FILE");
  }
  static void add_plan_source(CLI::App& command, PlanSource& source) {
    auto* file = command.add_option("PLAN", source.file, "Plan document, or a hand-written sequence, one step a line");
    auto* typed = command.add_option_function<std::string>(
        "--sequence", [&source](const std::string& text) { read_sequence_option(source, text); },
        "Instead of PLAN: \"upgrade SERVER BUILD; ensure SERVER FOLDER from SERVER; recycle SERVER; drain SERVER; "
        "return SERVER\", in any order, or @FILE");
    file->type_name("FILE");
    typed->type_name("STEPS")->excludes(file);
    command.parse_complete_callback([file, typed] {
      if (file->empty() && typed->empty()) throw CLI::RequiredError("PLAN or --sequence");
    });
  }

  void add_import() {
    auto& c =
        command("import", "Turn exports of the Exchange Management Shell and folder listings into an organisation",
                "casplan import servers.xml owa.csv folders.txt -o contoso.json", import_);
    c.add_option("FILE", import_.files, "Exports, in any order; each is recognised by its content")
        ->required()
        ->type_name("FILE");
    c.add_option("-o,--output", import_.organisation_out, "Write the organisation document here")->type_name("ORG");
  }

  void add_check() {
    auto& c = command("check", "Judge every proxy path as it is today, and predict Event 46",
                      "casplan check contoso.json --reading folder_load=at_once", check_);
    add_organisation(c, check_.organisation);
    add_readings(c, check_.readings);
  }

  void add_plan() {
    auto& c = command("plan", "Find the order of upgrades and copies in which nobody meets Event 46",
                      "casplan plan contoso.json --policy sp2.json -o plan.json", plan_);
    add_organisation(c, plan_.organisation);
    c.add_option("--policy", plan_.policy,
                 "Policy document: target, roles, windows, latest end, crews, copies, frozen servers")
        ->required()
        ->type_name("FILE");
    c.add_option(
         "--keep", plan_.kept_plan,
         "Plan the rest of this plan, from the organisation as it is now, also after a failure; what it announced "
         "is kept where that costs nothing")
        ->type_name("PLAN");
    c.add_option("-o,--output", plan_.plan_out, "Write the plan document here")->type_name("PLAN");
    c.add_option_function<std::string>(
         "--time-limit",
         [this](const std::string& text) { plan_.time_limit = whole_number("--time-limit", text, most_seconds); },
         "Search up to so many seconds for a better plan or a proof. The plan may then depend on the machine. Exit "
         "code "
         "11 where the proof was not found in time")
        ->type_name("SECONDS");
    c.add_option("--explain", plan_.explained_step,
                 "Show, instead of the plan, why this step is there, what it waits for, and what would fail without it")
        ->type_name("STEP");
  }

  void add_simulate() {
    auto& c = command("simulate", "Replay a plan or a hand-written sequence, state by state",
                      "casplan simulate contoso.json plan.json --policy sp2.json", simulate_);
    add_organisation(c, simulate_.organisation);
    add_plan_source(c, simulate_.plan);
    c.add_option("--policy", simulate_.policy, "Policy: its durations, and the builds that it wants (feature lag)")
        ->type_name("FILE");
    c.add_flag_callback(
        "--lenient", [this] { simulate_.on_refusal = simulator::OnRefusal::go_on; },
        "Record a step that cannot be carried out as failed, and go on without its effect");
    c.add_option("--csv", simulate_.csv_out, "Write a table here: a line for each AD site in each state")
        ->type_name("FILE");
    c.add_option("--svg", simulate_.svg_out, "Draw the steps and what users meet over time, as SVG")->type_name("FILE");
    c.add_option("--events", simulate_.events_out,
                 "Write the Event 46 records that the fronts would log here, as CSV with the columns of Get-EventLog")
        ->type_name("FILE");
    add_runs(c, simulate_.runs);
    add_readings(c, simulate_.readings);
  }

  void add_verify() {
    auto& c = command(
        "verify", "Judge a plan in every order, under every reading of the documentation, after every single failure",
        "casplan verify contoso.json plan.json --policy sp2.json", verify_);
    add_organisation(c, verify_.organisation);
    add_plan_source(c, verify_.plan);
    c.add_option("--policy", verify_.policy, "Policy: its durations, and the readings that it leaves open")
        ->type_name("FILE");
    add_gate(c, verify_.gate);
  }

  void add_explain() {
    auto& c = command("explain", "Say why a proxy path works or fails, rule by rule",
                      "casplan explain contoso.json HQCAS1 BRCAS1", explain_);
    add_organisation(c, explain_.organisation);
    c.add_option("FRONT", explain_.front, "The server on which the request arrives")->required()->type_name("SERVER");
    c.add_option("TARGET", explain_.target, "The Client Access server of the user's site")
        ->required()
        ->type_name("SERVER");
    add_readings(c, explain_.readings);
  }

  void add_runbook() {
    auto& c = command("runbook", "Verify a plan, then write what the administrators do, step by step",
                      "casplan runbook contoso.json plan.json -o runbook/", runbook_);
    add_organisation(c, runbook_.organisation);
    add_plan_source(c, runbook_.plan);
    c.add_option("--policy", runbook_.policy, "Policy: its durations, and the readings that it leaves open")
        ->type_name("FILE");
    c.add_option("-o,--output", runbook_.folder_out, "The folder to write runbook.md to; made where it is missing")
        ->required()
        ->type_name("DIR");
    add_gate(c, runbook_.gate);
  }

  void add_whatif() {
    auto& c = command("whatif", "Say what a change would make different: of this plan, and of the best one",
                      "casplan whatif contoso.json plan.json --policy sp2.json --change \"freeze BRCAS1\" "
                      "--change \"crews 2\"",
                      whatif_);
    add_organisation(c, whatif_.organisation);
    c.add_option("PLAN", whatif_.plan, "Plan document, or a hand-written sequence; otherwise the best plan")
        ->type_name("FILE");
    c.add_option("--policy", whatif_.policy, "Policy: what a plan is made anew for")->type_name("FILE");
    auto* changes = c.add_option("--change", whatif_.changes, change_help())
                        ->type_name("CHANGE")
                        ->take_all()
                        ->allow_extra_args(false);
    auto* sweep =
        c.add_option_function<std::string>(
             "--sweep", [this](const std::string& text) { whatif_.sweep = read_sweep(text); },
             "Try every single change of this kind, and rank them by the policy's objective: " + sweep_names())
            ->type_name("KIND")
            ->excludes(changes);
    for (auto [name, option, help] :
         {std::tuple{"-o,--output", &whatif_.plan_out,
                     "Write the plan of the answer that decides on the exit code here"},
          std::tuple{"--organisation-out", &whatif_.organisation_out,
                     "Write the organisation that this plan is for here"},
          std::tuple{"--policy-out", &whatif_.policy_out, "Write the policy that this plan is for here"}}) {
      c.add_option(name, *option, help)->type_name("FILE")->excludes(sweep);
    }
    c.parse_complete_callback([this] { check_question(whatif_); });
  }

  CLI::App app_;
  Invocation invocation_;
  bool json_ = false;
  std::string colour_ = "auto";
  ImportOptions import_;
  CheckOptions check_;
  PlanOptions plan_;
  SimulateOptions simulate_;
  VerifyOptions verify_;
  ExplainOptions explain_;
  RunbookOptions runbook_;
  WhatIfOptions whatif_;
  std::function<Command()> chosen_;
};

}  // namespace

std::variant<Invocation, Reply> parse_command_line(int argument_count, const char* const* arguments) {
  return Parser().parse(argument_count, arguments);
}

}  // namespace casplan::tools
