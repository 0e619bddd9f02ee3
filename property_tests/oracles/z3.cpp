#include "property_tests/oracles/z3.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "property_tests/oracles/child_process.h"

namespace casplan::oracle {
namespace {

/// The numbers of `((name number) (name number))`.
Z3Optimum values_of(std::string text) {
  for (char& c : text) c = c == '(' || c == ')' ? ' ' : c;
  std::istringstream words(text);
  Z3Optimum values;
  std::string name;
  std::int64_t value = 0;
  while (words >> name >> value) values.push_back(value);
  return values;
}

tl::expected<Z3Answer, std::string> answer_of(const Ended& ended) {
  if (ended.code == exit_not_found) {
    return tl::unexpected(
        std::string("z3 is not installed, so the plans cannot be compared with its optimum. Run "
                    "tools/setup --tests, then run this again."));
  }
  const std::size_t line = ended.output.find('\n');
  const std::string verdict = ended.output.substr(0, line);
  // It stops in the middle of things when its work is spent.
  const auto says = [&](std::string_view words) { return verdict.find(words) != std::string::npos; };
  if (says("canceled") || says("resource limit exceeded")) return Z3OutOfTime{};
  if (verdict == "unsat") return Z3NoPlan{};
  if (verdict == "timeout" || verdict == "unknown") return Z3OutOfTime{};
  if (verdict == "sat") return values_of(ended.output.substr(line));
  return tl::unexpected("z3 ended with exit code " + std::to_string(ended.code) + ": " + ended.output);
}

}  // namespace

tl::expected<Z3Answer, std::string> ask_z3(const std::string& problem, const Z3Limit& limit) {
  const auto folder = make_folder_for("z3");
  if (!folder)
    return tl::unexpected(
        std::string("A folder for Z3's files cannot be made. Set TMPDIR to a folder that can be written to."));
  std::ofstream(*folder / "problem.smt2", std::ios::binary) << problem;
  const Ended ended = run_in(*folder, "z3 smt.arith.solver=2 -T:" + std::to_string(limit.seconds) +
                                          " rlimit=" + std::to_string(limit.work) + " problem.smt2");
  std::error_code ignored;
  std::filesystem::remove_all(*folder, ignored);
  return answer_of(ended);
}

}  // namespace casplan::oracle
