#pragma once

#include "model/organisation.h"
#include "model/policy.h"

/// Organisations and policies for which the best plan can be searched minute by minute. What is drawn may be drawn only
/// inside `rc::gen::exec` or a property.
namespace casplan {

struct Problem {
  Organisation organisation;
  Policy policy;
};

/// Up to four CAS that are upgraded, steps of one to four minutes, any limits, any readings, measures in any order.
[[nodiscard]] Problem draw_small_problem();

/// The same with one crew and no windows.
[[nodiscard]] Problem draw_small_problem_without_calendar();

/// The same; in almost all of them users meet Event 46 today, and often some CAS of sites with several must stay.
[[nodiscard]] Problem draw_small_problem_broken_today();

/// One CAS in each of so many sites, at most two fronts, one crew that may work at any time, steps of one to four
/// minutes, any readings.
[[nodiscard]] Problem draw_problem_with_a_cas_in_each_site(int sites);

/// One with one crew and no windows, or with one CAS in each of up to five sites, with at most one copy, and where
/// paths may break as often as not.
[[nodiscard]] Problem draw_small_problem_with_few_copies();

/// One that can be written for Z3, with up to six CAS, two fronts, crews, dated windows, and steps that take as long as
/// they do in reality or some minutes.
[[nodiscard]] Problem draw_problem_for_z3();

}  // namespace casplan
