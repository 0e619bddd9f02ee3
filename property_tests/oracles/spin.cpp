#include "property_tests/oracles/spin.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "property_tests/oracles/child_process.h"

namespace casplan::oracle {
namespace {

namespace fs = std::filesystem;

/// Safety alone is asked for. No state is left out: no partial-order reduction, no hashing of states into bits. Beyond
/// the limit of memory (in MiB) pan ends the search and says so.
constexpr std::string_view compile_pan = "gcc -w -DSAFETY -DNOREDUCE -DMEMLIM=16384 -o pan pan.c";
constexpr std::string_view optimise = " -O2";
/// -E: a model may stop anywhere; -n: nothing about unreached code; -m: how long an execution may be that is followed.
constexpr std::string_view run_pan = "./pan -E -n -m";

std::string failure(std::string_view program, const Ended& ended) {
  if (ended.code == exit_not_found) {
    return std::string(program) +
           " is not installed, so the plans cannot be judged with SPIN. Run tools/setup --tests, " +
           "then run this again.";
  }
  return std::string(program) + " ended with exit code " + std::to_string(ended.code) + ": " + ended.output;
}

/// `N casplan:` lines and pan's own summary.
class Output {
 public:
  explicit Output(std::string_view output, std::size_t plans) {
    search_.findings.resize(plans);
    std::istringstream lines{std::string(output)};
    for (std::string line; std::getline(lines, line);) read(line);
  }

  [[nodiscard]] bool is_complete() const { return has_no_errors_ && !is_truncated_; }
  [[nodiscard]] SpinSearch search() && { return std::move(search_); }

 private:
  void read(const std::string& line) {
    const auto says = [&](std::string_view words) { return line.find(words) != std::string::npos; };
    if (says("errors: 0")) has_no_errors_ = true;
    if (says("Search not completed") || says("too small")) is_truncated_ = true;
    if (says("states, stored")) search_.states = std::strtoull(line.c_str(), nullptr, 10);
    if (line.rfind("casplan: ", 0) == 0) read_finding(line);
  }

  void read_finding(const std::string& line) {
    std::istringstream in(line.substr(std::string_view("casplan: ").size()));
    std::size_t plan = 0;
    int kind = -1;
    if (!(in >> plan >> kind) || plan >= search_.findings.size()) {
      is_truncated_ = true;
      return;
    }
    SpinFinding& finding = search_.findings[plan];
    if (kind == 0) finding.all_ended = true;
    if (kind == 1) finding.step_refused = true;
    if (kind == 2) finding.event46_on_the_way = true;
    if (kind == 3) finding.event46_at_the_end = true;
  }

  SpinSearch search_;
  bool has_no_errors_ = false;
  bool is_truncated_ = false;
};

}  // namespace

Pan::Pan(fs::path folder, std::size_t plans) : folder_(std::move(folder)), plans_(plans) {}

Pan::Pan(Pan&& other) noexcept : folder_(std::exchange(other.folder_, {})), plans_(other.plans_) {}

Pan::~Pan() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

tl::expected<Pan, std::string> Pan::compile(const std::string& model, std::size_t plans, PanBuild build) {
  const auto folder = make_folder_for("spin");
  if (!folder)
    return tl::unexpected(
        std::string("A folder for SPIN's files cannot be made. Set TMPDIR to a folder that can be written to."));
  Pan pan(*folder, plans);
  std::ofstream(*folder / "model.pml", std::ios::binary) << model;
  const Ended generated = run_in(*folder, "spin -a model.pml");
  if (generated.code != 0) return tl::unexpected(failure("spin", generated));
  const Ended compiled =
      run_in(*folder, std::string(compile_pan) + std::string(build == PanBuild::optimised ? optimise : ""));
  if (compiled.code != 0) return tl::unexpected(failure("gcc", compiled));
  return pan;
}

tl::expected<SpinSearch, std::string> Pan::run(std::size_t depth) const {
  const Ended ended = run_in(folder_, std::string(run_pan) + std::to_string(depth));
  Output output(ended.output, plans_);
  if (ended.code != 0 || !output.is_complete()) {
    return tl::unexpected("SPIN did not search everything, so it says nothing: " + ended.output);
  }
  return std::move(output).search();
}

}  // namespace casplan::oracle
