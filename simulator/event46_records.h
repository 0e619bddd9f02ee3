#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/trace.h"

namespace casplan::simulator {

inline constexpr std::string_view event46_type = "Error";
inline constexpr std::string_view event46_source = "MSExchange OWA";
inline constexpr std::string_view event46_category = "Proxy";

/// An Event 46 as the front would log it: type Error, source MSExchange OWA, category Proxy (rules, section 3).
struct Event46Record {
  Moment time;
  ServerId front;
  ServerId target;
  std::string sentence;  ///< the first, with its insertions
};

/// The records of a plan, by time, then front, then target.
struct Event46Records {
  std::vector<Event46Record> records;
  std::int64_t left_off = 0;  ///< later ones that are not listed, because there are too many
};

/// Predicts the records while a plan is played. A front logs a target when users first meet the failing path, and then
/// again every 15 minutes as long as they do; less than 15 minutes after a record it stays silent, whatever happened in
/// between. The state at the plan's end counts for that one minute. Refers to the organisation.
class Event46Log {
 public:
  static constexpr std::size_t most_records = 100'000;

  Event46Log(const Organisation& organisation, Moment start);

  void add(const PassingState& state);
  [[nodiscard]] Event46Records take() { return std::move(log_); }

 private:
  void log(const PathAssessment& path, Minutes time, const State& state);

  const Organisation& organisation_;
  Moment start_;
  std::vector<Minutes> silent_until_;  // by place of the path
  Event46Records log_;
};

/// The computer that logs it, as the log names it.
[[nodiscard]] const std::string& computer_of(const Event46Record& record, const Organisation& organisation);

}  // namespace casplan::simulator
