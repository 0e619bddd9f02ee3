#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/names.h"
#include "whatif/change.h"
#include "whatif/situation.h"

namespace casplan::whatif {

/// What changes are about, and what is at fault with them.
struct Question {
  explicit Question(const Situation& asked_about) : situation(asked_about), names(asked_about.organisation) {}

  const Situation& situation;
  documents::NamedOrganisation names;
  documents::FaultList faults;
};

/// Where a change stands in a question.
struct Place {
  std::size_t number;  ///< from 1
  std::string text;    ///< `change 2 ("freeze HQCAS1")`
};

/// Reads the words of one change, one after the other. What cannot be read is a fault, and empty; after a fault nothing
/// more is read.
class ChangeReader {
 public:
  ChangeReader(std::vector<std::string> words, Place place, Question& question)
      : words_(std::move(words)), place_(std::move(place)), question_(question) {}

  [[nodiscard]] const Situation& situation() const { return question_.situation; }
  [[nodiscard]] bool has_failed() const { return has_failed_; }
  [[nodiscard]] bool is_at_end() const { return next_ == words_.size(); }
  /// Whether the next word is this one, whatever its case; then it is taken.
  [[nodiscard]] bool takes(std::string_view word);
  /// Whether this is the last word but `more`.
  [[nodiscard]] bool has_more_than(std::size_t more) const { return words_.size() - next_ > more; }

  /// The next word; `expected` says what it should be, where there is none.
  [[nodiscard]] std::optional<std::string> word(const std::string& expected);
  [[nodiscard]] std::optional<ServerId> server();
  [[nodiscard]] std::optional<ServerId> client_access_server();
  [[nodiscard]] std::optional<SiteId> site();
  /// A site, or else a server, of that name.
  [[nodiscard]] std::optional<Workplace> workplace();
  [[nodiscard]] std::optional<std::size_t> entry_point();
  [[nodiscard]] std::optional<StepIndex> step();
  /// Text that an organisation can hold as an address.
  [[nodiscard]] std::optional<std::string> address();
  /// A build of the catalogue.
  [[nodiscard]] std::optional<BuildVersion> build();
  [[nodiscard]] std::optional<OwaVersion> folder();
  /// `instead`: words that may stand for it.
  [[nodiscard]] std::optional<std::int64_t> number(std::int64_t lowest, std::int64_t highest, const std::string& what,
                                                   const std::vector<std::string_view>& instead = {});
  [[nodiscard]] std::optional<Moment> moment();
  /// When a window is open: a day, a time of the day, minutes, and the distance from UTC where there is one; or a
  /// moment and minutes.
  [[nodiscard]] std::optional<std::variant<WeeklyTime, DatedTime>> window_time();
  /// One of these words, whatever its case; its place among them.
  [[nodiscard]] std::optional<std::size_t> choice(const std::vector<std::string_view>& words,
                                                  const std::string& expected);

  /// Reports that the last word that was taken is at fault.
  void fault(const std::string& why, const std::string& expected, const std::vector<std::string_view>& valid = {});
  void fault(Fault without_place);
  /// Reports words that nobody asked for.
  void expect_end(const std::string& form);

 private:
  /// What was read; else its fault is reported.
  template <class Value>
  [[nodiscard]] std::optional<Value> value_or_fault(tl::expected<Value, Fault> read);
  [[nodiscard]] std::optional<WeeklyTime> weekly_time(unsigned day);

  std::vector<std::string> words_;
  Place place_;
  Question& question_;
  std::size_t next_ = 0;
  bool has_failed_ = false;
};

}  // namespace casplan::whatif
