#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The words of a hand-written sequence, before anybody asks what they mean. Internal to this room.
namespace casplan::documents {

/// Why a step of a hand-written sequence comes after the one before it.
inline constexpr std::string_view order_of_sequence = "The sequence has the steps in this order.";

/// Of a plan document or a sequence.
inline constexpr std::size_t most_steps = 10'000'000;

struct SequenceWord {
  std::string text;
  bool is_quoted = false;
};

/// What stands between two line ends or semicolons.
struct SequenceStep {
  std::size_t line = 1;
  std::vector<SequenceWord> words;  ///< at least one
  bool has_open_quote = false;      ///< the last word has no closing quote
};

/// Cuts a text into steps, one after the other; what holds no word is no step.
class SequenceSteps {
 public:
  explicit SequenceSteps(std::string_view text) : rest_(text) {}

  /// Empty at the end of the text.
  [[nodiscard]] std::optional<SequenceStep> next();

 private:
  [[nodiscard]] bool is_at(std::string_view characters) const;
  void read_step(SequenceStep& step);
  void read_plain(SequenceStep& step);
  void read_quoted(SequenceStep& step);
  void skip_comment();

  std::string_view rest_;
  std::size_t line_ = 1;
};

}  // namespace casplan::documents
