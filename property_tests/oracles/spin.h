#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace casplan::oracle {

/// What SPIN met in any execution of one plan of a model that `promela_model` wrote.
struct SpinFinding {
  bool all_ended = false;  ///< in some execution every step ended without a failure
  bool step_refused = false;
  bool event46_on_the_way = false;
  bool event46_at_the_end = false;

  [[nodiscard]] bool is_safe() const {
    return all_ended && !step_refused && !event46_on_the_way && !event46_at_the_end;
  }
};

/// A complete search: one that was cut short is an error.
struct SpinSearch {
  std::vector<SpinFinding> findings;  ///< by plan
  std::uint64_t states = 0;           ///< that were stored, of all plans
};

/// How the C compiler treats what SPIN has made: the larger the model, the longer it optimises.
enum class PanBuild { quick, optimised };

/// The program that SPIN makes of a model, compiled, in a folder of its own that goes with it. Every error is a
/// sentence, which says what to install where a program is missing.
class Pan {
 public:
  [[nodiscard]] static tl::expected<Pan, std::string> compile(const std::string& model, std::size_t plans,
                                                              PanBuild build = PanBuild::quick);

  Pan(const Pan&) = delete;
  Pan& operator=(const Pan&) = delete;
  Pan(Pan&& other) noexcept;
  Pan& operator=(Pan&& other) = delete;
  ~Pan();

  /// More transitions than any execution of a plan of some dozens of steps has.
  static constexpr std::size_t depth_for_all = 100'000;

  /// Searches all executions of all plans. An error where one is longer than `depth` transitions, or where the memory
  /// (16 GiB) or the program ends before the search.
  [[nodiscard]] tl::expected<SpinSearch, std::string> run(std::size_t depth = depth_for_all) const;

 private:
  Pan(std::filesystem::path folder, std::size_t plans);

  std::filesystem::path folder_;  ///< empty after a move
  std::size_t plans_;
};

}  // namespace casplan::oracle
