#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/readings.h"
#include "property_tests/gate/check_properties.h"
#include "simulator/conduct.h"
#include "whatif/sweep.h"

namespace casplan::tools {

enum class Output { text, json };
enum class Colour { automatic, always, never };

struct ImportOptions {
  std::vector<std::string> files;
  std::optional<std::string> organisation_out;
};

struct CheckOptions {
  std::string organisation;
  FixedReadings readings;
};

struct PlanOptions {
  std::string organisation;
  std::string policy;
  std::optional<std::string> kept_plan;  ///< that was announced, and of which some steps may be done
  std::optional<std::string> plan_out;
  std::optional<std::string> explained_step;  ///< the id of a step of the plan
  std::optional<std::uint64_t> time_limit;    ///< seconds that may be spent on a better plan, or on a proof
};

/// Where a plan is to be read from.
struct PlanSource {
  std::string file;                     ///< a plan document or a sequence; empty where a sequence was typed
  std::optional<std::string> sequence;  ///< as it was typed
};

struct SimulateOptions {
  std::string organisation;
  PlanSource plan;
  std::optional<std::string> policy;
  FixedReadings readings;
  simulator::OnRefusal on_refusal = simulator::OnRefusal::stop;
};

struct VerifyOptions {
  std::string organisation;
  PlanSource plan;
  std::optional<std::string> policy;
  gate::GateOptions gate;  ///< 0 cases: the gate is left open
};

struct ExplainOptions {
  std::string organisation;
  std::string front;
  std::string target;
  FixedReadings readings;
};

struct RunbookOptions {
  std::string organisation;
  PlanSource plan;
  std::optional<std::string> policy;
  std::string folder_out;
  gate::GateOptions gate;  ///< 0 cases: the gate is left open
};

struct WhatIfOptions {
  std::string organisation;
  std::optional<std::string> plan;  ///< empty: the best one
  std::optional<std::string> policy;
  std::vector<std::string> changes;
  std::optional<whatif::SweepKind> sweep;  ///< instead of changes
  std::optional<std::string> plan_out;
  std::optional<std::string> organisation_out;  ///< that the written plan is for
  std::optional<std::string> policy_out;
};

using Command = std::variant<ImportOptions, CheckOptions, PlanOptions, SimulateOptions, VerifyOptions, ExplainOptions,
                             RunbookOptions, WhatIfOptions>;

/// A command line that was understood.
struct Invocation {
  Command command;
  Output output = Output::text;
  Colour colour = Colour::automatic;
  std::string log_level = "warning";
};

/// A command line that asks for nothing more than a text: help, the version, or why it was not understood.
struct Reply {
  std::string text;
  bool is_error = false;
};

[[nodiscard]] std::variant<Invocation, Reply> parse_command_line(int argument_count, const char* const* arguments);

}  // namespace casplan::tools
