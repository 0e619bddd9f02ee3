#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "benchmarks/cpu_time.h"
#include "benchmarks/families.h"
#include "benchmarks/targets.h"
#include "documents/organisation_document.h"
#include "documents/policy_document.h"
#include "model/contracts.h"

/// The whole program on an organisation of a common size, each command as a process of its own, from the documents on
/// disk to the pages: what somebody waits for at the prompt.
namespace casplan::benchmarks {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t servers_of_a_typical_organisation = 40;  // in 20 sites

/// A folder with the documents of an organisation; it goes with this.
class Documents {
 public:
  explicit Documents(const Description& description) {
    std::string name = (fs::temp_directory_path() / "casplan-benchmark-XXXXXX").string();
    expects(mkdtemp(name.data()) != nullptr, "a folder for the documents can be made");
    folder_ = name;
    const Instance instance = make_instance(description);
    std::ofstream(organisation()) << documents::write_organisation(instance.organisation);
    std::ofstream(policy()) << documents::write_policy(instance.policy, instance.organisation);
  }
  Documents(const Documents&) = delete;
  Documents& operator=(const Documents&) = delete;
  ~Documents() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string organisation() const { return folder_ / "organisation.json"; }
  [[nodiscard]] std::string policy() const { return folder_ / "policy.json"; }
  [[nodiscard]] std::string plan() const { return folder_ / "plan.json"; }
  [[nodiscard]] std::string runbook() const { return folder_ / "runbook"; }

 private:
  fs::path folder_;
};

/// Runs casplan, and throws away what it prints. The exit code; -1 where it did not end by itself.
int run_casplan(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), CASPLAN_PROGRAM);
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  }
  pid_t process = 0;
  const int error = posix_spawn(&process, CASPLAN_PROGRAM, &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (error != 0 || waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

struct Command {
  std::string name;
  std::vector<std::string> arguments;
};

/// All commands, one after the other; what each of them takes stands in a counter, by the clock on
/// the wall, and what all take of the processor.
void run_all(benchmark::State& state, const std::vector<Command>& commands) {
  constexpr double milliseconds = 1'000;
  std::vector<std::chrono::duration<double, std::milli>> times(commands.size());
  const double before = cpu_seconds(TimeOf::its_children);
  for (auto _ : state) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      const int code = run_casplan(commands[i].arguments);
      times[i] += std::chrono::steady_clock::now() - start;
      if (code == 0) continue;
      const std::string message = "casplan " + commands[i].name + " ended with exit code " + std::to_string(code);
      return state.SkipWithError(message.c_str());
    }
  }
  const double cpu = cpu_seconds(TimeOf::its_children) - before;
  state.counters["cpu_ms"] = cpu * milliseconds / static_cast<double>(state.iterations());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    state.counters[commands[i].name + "_ms"] = times[i].count() / static_cast<double>(state.iterations());
  }
}

void Start(benchmark::State& state) {
  run_all(state, {{"version", {"--version"}}});
}

void PlanVerifyRunbook(benchmark::State& state, Family family) {
  Description description;
  description.family = family;
  description.servers = servers_of_a_typical_organisation;
  const Documents documents(description);
  const std::string organisation = documents.organisation();
  const std::string plan = documents.plan();
  const std::vector<std::string> policy{"--policy", documents.policy()};
  const auto with_policy = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), policy.begin(), policy.end());
    return arguments;
  };
  run_all(state, {{"plan", with_policy({"plan", organisation, "-o", plan})},
                  {"verify", with_policy({"verify", organisation, plan})},
                  {"runbook", with_policy({"runbook", organisation, plan, "-o", documents.runbook()})}});
}

BENCHMARK(Start)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(PlanVerifyRunbook, paired, Family::paired)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(PlanVerifyRunbook, array, Family::array)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  using casplan::benchmarks::Clock;
  using casplan::benchmarks::Target;
  const std::string wish = "plan, verify and runbook for 20 sites with 40 servers: in 100 ms";
  return casplan::benchmarks::run_benchmarks(
      argc, argv,
      {Target{wish, "PlanVerifyRunbook/paired", {"plan_ms", "verify_ms", "runbook_ms", "cpu_ms"}, Clock::wall}});
}
