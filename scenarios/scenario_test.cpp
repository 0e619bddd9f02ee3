#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "documents/scenario_document.h"
#include "scenarios/comparison_fixture.h"
#include "scenarios/program_fixture.h"

namespace casplan::scenarios {
namespace {

using documents::read_scenario;

/// The folders of scenarios, which CMake lists.
constexpr auto folders = std::to_array<const char*>({
#include "scenarios/folders.inc"
});

/// The files of a scenario, and its commands on them.
class Files {
 public:
  explicit Files(const std::string& folder) : folder_(std::filesystem::path("scenarios") / folder) {}

  [[nodiscard]] std::string scenario() const { return read_bytes(folder_ / "scenario.json"); }
  [[nodiscard]] bool has_policy() const { return std::filesystem::exists(folder_ / "policy.json"); }
  [[nodiscard]] bool has_sequence() const { return std::filesystem::exists(folder_ / "plan.json"); }
  [[nodiscard]] bool has_written_plan() const { return std::filesystem::exists(written_plan()); }

  [[nodiscard]] Output check(const FixedReadings& readings) const {
    return run_program(with(readings, {"check", organisation()}));
  }
  [[nodiscard]] Output plan() const {
    return run_program(with_policy({"plan", organisation(), "-o", written_plan().string()}));
  }
  [[nodiscard]] Output verify() const { return verify(judged_plan()); }
  [[nodiscard]] Output verify_written_plan() const { return verify(written_plan().string()); }
  [[nodiscard]] Output simulate(const FixedReadings& readings) const {
    return run_program(with(readings, with_policy({"simulate", organisation(), judged_plan()})));
  }

 private:
  using Arguments = std::vector<std::string>;

  [[nodiscard]] std::string organisation() const { return (folder_ / "organisation.json").string(); }
  [[nodiscard]] std::filesystem::path written_plan() const { return written_.path() / "plan.json"; }
  [[nodiscard]] std::string judged_plan() const {
    return (has_sequence() ? folder_ / "plan.json" : written_plan()).string();
  }
  [[nodiscard]] Output verify(const std::string& plan) const {
    return run_program(with_policy({"verify", organisation(), plan}));
  }
  [[nodiscard]] Arguments with_policy(Arguments arguments) const {
    if (has_policy()) arguments.insert(arguments.end(), {"--policy", (folder_ / "policy.json").string()});
    return arguments;
  }
  [[nodiscard]] static Arguments with(const FixedReadings& readings, Arguments arguments) {
    const auto values = values_of(readings);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      const ReadingName& reading = reading_names()[i];
      arguments.insert(arguments.end(),
                       {"--reading", std::string(reading.name) + "=" + std::string(reading.values[*values[i]])});
    }
    return arguments;
  }

  std::filesystem::path folder_;
  TemporaryFolder written_;
};

class Scenario : public testing::TestWithParam<const char*> {
 protected:
  static void report(const Mismatches& mismatches) {
    for (const std::string& mismatch : mismatches) ADD_FAILURE() << GetParam() << ": " << mismatch;
  }
  /// A file that no expectation reads would seem to be tested.
  static void expect_no_idle_file(const Files& files, const documents::Scenario& scenario) {
    const bool judges = scenario.verify || scenario.simulate;
    EXPECT_TRUE(!files.has_policy() || scenario.plan || judges) << GetParam() << ": no expectation reads policy.json";
    EXPECT_TRUE(!files.has_sequence() || judges) << GetParam() << ": no expectation reads plan.json";
    EXPECT_TRUE(files.has_sequence() || scenario.plan || !judges)
        << GetParam() << ": there is no plan to judge; write plan.json, or expect something of the command plan";
  }
};

std::string text_of(const Diagnostics& faults) {
  std::string text;
  for (const Fault& fault : faults)
    text += fault.place + ": found " + fault.found + ", expected " + fault.expected + "\n";
  return text;
}

/// The exit codes of `plan` with which there is a plan document: done, infeasible, budget spent.
bool leaves_a_document(int exit) {
  return exit == 0 || exit == 10 || exit == 11;
}

TEST_P(Scenario, SaysWhatIsExpected) {
  const Files files(GetParam());
  const auto scenario = read_scenario(files.scenario());
  ASSERT_TRUE(scenario.has_value()) << GetParam() << "/scenario.json\n" << text_of(scenario.error());
  expect_no_idle_file(files, *scenario);
  if (scenario->check) report(compare(*scenario->check, files.check(scenario->readings)));
  if (scenario->plan) {
    const Output output = files.plan();
    report(compare(*scenario->plan, output));
    EXPECT_EQ(files.has_written_plan(), leaves_a_document(output.exit))
        << GetParam() << ": plan, the file that is written";
    if (scenario->plan->verify) report(compare(*scenario->plan->verify, files.verify_written_plan()));
  }
  if (scenario->verify) report(compare(*scenario->verify, files.verify()));
  if (scenario->simulate) report(compare(*scenario->simulate, files.simulate(scenario->readings)));
}

INSTANTIATE_TEST_SUITE_P(Folders, Scenario, testing::ValuesIn(folders),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
}  // namespace casplan::scenarios
