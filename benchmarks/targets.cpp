#include "benchmarks/targets.h"

#include <benchmark/benchmark.h>

#include <iomanip>
#include <iostream>
#include <sstream>

namespace casplan::benchmarks {
namespace {

constexpr int wrong_usage = 30;

std::string measured(const benchmark::BenchmarkReporter::Run& run, const Target& target) {
  if (run.error_occurred) return "not measured: " + run.error_message;
  std::ostringstream text;
  const char* unit = benchmark::GetTimeUnitString(run.time_unit);
  text << std::setprecision(4) << run.GetAdjustedRealTime() << " " << unit;
  if (target.clock == Clock::wall_and_cpu) text << " (CPU " << run.GetAdjustedCPUTime() << " " << unit << ")";
  for (const std::string& name : target.counters) {
    const auto counter = run.counters.find(name);
    if (counter != run.counters.end()) text << ", " << name << " " << counter->second.value;
  }
  if (!run.report_label.empty()) text << ", " << run.report_label;
  return text.str();
}

std::string name_of(const benchmark::BenchmarkReporter::Run& run) {
  const auto& name = run.run_name;
  return name.args.empty() ? name.function_name : name.function_name + "/" + name.args;
}

/// Google Benchmark gives the fitted line the label of the first run.
bool is_fitted(const benchmark::BenchmarkReporter::Run& run) {
  return run.report_big_o || run.report_rms;
}

/// Prints what the console reporter of Google Benchmark prints, and keeps what was measured of the targets.
class Reporter : public benchmark::ConsoleReporter {
 public:
  explicit Reporter(const std::vector<Target>& targets) : ConsoleReporter(OO_Tabular), targets_(targets) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    std::vector<Run> shown = runs;
    for (Run& run : shown) {
      if (is_fitted(run)) run.report_label.clear();
    }
    ConsoleReporter::ReportRuns(shown);
    for (const Run& run : runs) {
      for (const Target& target : targets_) {
        if (name_of(run) == target.run && !is_fitted(run))
          lines_ += "target | " + target.wish + " | " + measured(run, target) + "\n";
      }
    }
  }

  void Finalize() override {
    ConsoleReporter::Finalize();
    GetOutputStream() << lines_;
  }

 private:
  const std::vector<Target>& targets_;
  std::string lines_;
};

}  // namespace

int run_benchmarks(int argument_count, char** arguments, const std::vector<Target>& targets) {
  benchmark::Initialize(&argument_count, arguments);
  if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return wrong_usage;
  Reporter reporter(targets);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}

}  // namespace casplan::benchmarks
