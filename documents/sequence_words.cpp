#include "documents/sequence_words.h"

#include <algorithm>

namespace casplan::documents {
namespace {

constexpr std::string_view gaps = " \t\r,";
constexpr std::string_view step_ends = ";\n";
constexpr std::string_view word_ends = " \t\r,;\n\"";

}  // namespace

bool SequenceSteps::is_at(std::string_view characters) const {
  return !rest_.empty() && characters.find(rest_.front()) != std::string_view::npos;
}

std::optional<SequenceStep> SequenceSteps::next() {
  while (!rest_.empty()) {
    SequenceStep step;
    step.line = line_;
    read_step(step);
    if (is_at("\n")) ++line_;
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (!step.words.empty()) return step;
  }
  return std::nullopt;
}

void SequenceSteps::read_step(SequenceStep& step) {
  while (!rest_.empty() && !is_at(step_ends)) {
    if (is_at(gaps)) {
      rest_.remove_prefix(1);
    } else if (is_at("#")) {
      skip_comment();
    } else if (is_at("\"")) {
      read_quoted(step);
    } else {
      read_plain(step);
    }
  }
}

void SequenceSteps::skip_comment() {
  rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
}

void SequenceSteps::read_plain(SequenceStep& step) {
  const std::size_t length = std::min(rest_.find_first_of(word_ends), rest_.size());
  step.words.push_back({std::string(rest_.substr(0, length)), false});
  rest_.remove_prefix(length);
}

/// Up to the closing quote, of which two stand for one, or to the end of the line.
void SequenceSteps::read_quoted(SequenceStep& step) {
  SequenceWord word{"", true};
  rest_.remove_prefix(1);
  while (!rest_.empty() && !is_at("\n")) {
    const bool is_quote = is_at("\"");
    const bool is_doubled = rest_.starts_with("\"\"");
    if (!is_quote || is_doubled) word.text += rest_.front();
    rest_.remove_prefix(is_doubled ? 2 : 1);
    if (is_quote && !is_doubled) return step.words.push_back(std::move(word));
  }
  step.has_open_quote = true;
  step.words.push_back(std::move(word));
}

}  // namespace casplan::documents
