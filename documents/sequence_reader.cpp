#include <algorithm>
#include <array>

#include "documents/names.h"
#include "documents/plan_document.h"
#include "documents/plan_words.h"
#include "documents/shown_text.h"
#include "documents/text_bytes.h"
#include "documents/vocabulary.h"
#include "documents/words.h"

namespace casplan::documents {
namespace {

Fault no_step() {
  return {"", "no step", "a step, such as \"drain HQCAS1\"", std::nullopt};
}

/// What people type for a kind of step, and what follows it.
struct Verb {
  std::string_view word;
  StepKind kind;
  std::string_view form;
};

constexpr std::string_view ensure_form = "ensure SERVER FOLDER from SERVER";
constexpr std::array<Verb, 6> verbs{{{"upgrade", StepKind::upgrade, "upgrade SERVER BUILD"},
                                     {"ensure", StepKind::ensure_folder, ensure_form},
                                     {"ensure_folder", StepKind::ensure_folder, ensure_form},
                                     {"recycle", StepKind::recycle, "recycle SERVER"},
                                     {"drain", StepKind::drain, "drain SERVER"},
                                     {"return", StepKind::return_to_service, "return SERVER"}}};

constexpr std::array<std::string_view, 6> verb_words{"upgrade", "ensure", "ensure_folder",
                                                     "recycle", "drain",  "return"};

/// Reads the words of one step, from left to right.
class StepReader {
 public:
  StepReader(const Phrase& phrase, const NameIndex& servers, FaultList& faults)
      : phrase_(phrase), servers_(servers), faults_(faults) {}

  /// The faults have no place yet.
  Result<Step> read() {
    Step step;
    if (phrase_.has_open_quote) {
      report("a name without its closing quote", "a \" behind it, on the same line");
      return tl::unexpected(std::move(found_));
    }
    read_verb(step);
    if (verb_ != nullptr || has_next()) read_server(step.server, "server");
    if (verb_ != nullptr) {
      read_what(step);
      read_end();
    }
    if (!found_.empty()) return tl::unexpected(std::move(found_));
    return step;
  }

 private:
  [[nodiscard]] bool has_next() const { return next_ < phrase_.words.size(); }
  [[nodiscard]] const Word& next() { return phrase_.words[next_++]; }
  [[nodiscard]] std::string form() const { return verb_ != nullptr ? shown(verb_->form) : "a step"; }

  void report(std::string found, std::string expected) {
    found_.push_back({"", std::move(found), std::move(expected), std::nullopt});
  }

  bool skip(std::string_view word) {
    const bool is_next = has_next() && !phrase_.words[next_].is_quoted && same_name(phrase_.words[next_].text, word);
    if (is_next) ++next_;
    return is_next;
  }

  void read_verb(Step& step) {
    const std::string& word = next().text;
    const auto* verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return same_name(v.word, word); });
    if (verb == verbs.end()) {
      found_.push_back({"", shown(word), "a step: " + alternatives(verb_words), faults_.nearest(word, verb_words)});
    } else {
      verb_ = verb;
      step.kind = verb->kind;
    }
  }

  /// Of the words that are missing only the first is reported.
  template <class Value, class Read>
  void read_word(Value& place, std::string_view what, Read read) {
    if (!has_next()) {
      if (!is_cut_short_) report("no " + std::string(what), form());
      is_cut_short_ = true;
      return;
    }
    auto value = read(next().text);
    if (value) {
      place = *value;
    } else {
      found_.push_back(std::move(value.error()));
    }
  }

  void read_server(ServerId& place, std::string_view what) {
    read_word(place, what, [&](const std::string& text) { return server_in(text, servers_, faults_); });
  }

  void read_what(Step& step) {
    if (step.kind == StepKind::upgrade) {
      skip("to");
      read_word(step.build, "build", [&](const std::string& text) { return build_in(text, faults_); });
    } else if (step.kind == StepKind::ensure_folder) {
      read_word(step.folder, "folder", [](const std::string& text) { return folder_in(text); });
      if (skip("from")) read_sources(step);
    }
  }

  void read_sources(Step& step) {
    do {
      ServerId source;
      read_server(source, "server behind \"from\"");
      step.sources.push_back(source);
    } while (has_next());
  }

  void read_end() {
    if (has_next()) report(shown(next().text) + " behind the step", "\";\" or a new line behind " + form());
  }

  const Phrase& phrase_;
  const NameIndex& servers_;
  FaultList& faults_;  // for nearest names
  Diagnostics found_;
  const Verb* verb_ = nullptr;
  std::size_t next_ = 0;
  bool is_cut_short_ = false;
};

}  // namespace

bool is_sequence(std::string_view text) {
  const auto checked = checked_text(text, no_step());
  if (!checked) return false;
  const char first = (*checked)[checked->find_first_not_of(" \t\r\n")];
  return first != '{' && first != '[' && first != '"';
}

Result<Plan> read_sequence(std::string_view text, const Organisation& organisation) {
  const auto checked = checked_text(text, no_step());
  if (!checked) return tl::unexpected(checked.error());
  const NamedOrganisation names(organisation);
  FaultList faults;
  Plan plan;
  Phrases phrases(*checked);
  while (const auto phrase = phrases.next()) {
    const std::size_t number = plan.steps.size() + 1;
    if (number > most_steps) {
      faults.add(number, {"", "more than " + std::to_string(most_steps) + " steps", "fewer steps", std::nullopt});
      break;
    }
    auto step = StepReader(*phrase, names.servers, faults).read();
    plan.steps.push_back({std::to_string(number), step.value_or(Step{}), "", {}, std::nullopt});
    if (number > 1) plan.steps.back().after = {{id_at<StepIndex>(number - 2), std::string(order_of_sequence)}};
    if (step) continue;
    for (Fault& fault : step.error()) {
      fault.place = "line " + std::to_string(phrase->line) + ", step " + std::to_string(number);
      faults.add(number, std::move(fault));
    }
  }
  if (plan.steps.empty()) faults.add(0, no_step());
  if (!faults.empty()) return tl::unexpected(faults.take());
  return plan;
}

Result<Plan> read_plan_or_sequence(std::string_view text, const Organisation& organisation) {
  return is_sequence(text) ? read_sequence(text, organisation) : read_plan(text, organisation);
}

}  // namespace casplan::documents
