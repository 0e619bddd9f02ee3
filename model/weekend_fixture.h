#pragma once

#include "model/policy.h"

/// Times about the weekend in which a policy begins that says nothing else.
namespace casplan::modelled {

/// Saturday 2009-10-03, at a time of the day.
inline Moment saturday(int hour, int minute = 0) {
  return default_start() + Minutes(60 * hour + minute - 22 * 60);
}
inline Moment sunday(int hour, int minute = 0) {
  return saturday(24 + hour, minute);
}
inline constexpr Minutes week{7 * 24 * 60};

inline WeeklyTime weekly(unsigned day, int hour, int minutes, Minutes utc_offset = Minutes(0)) {
  return {day, Minutes(60 * hour), Minutes(minutes), utc_offset};
}

}  // namespace casplan::modelled
