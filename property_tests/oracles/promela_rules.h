#pragma once

#include <string_view>

namespace casplan::oracle {

/// The part of every Promela model that is the same: the rules (rules, sections 3, 4 and 6; contract, "What a step
/// does") as macros of the variables that `promela_model` declares. C's preprocessor, which SPIN runs first, puts the
/// numbers of servers, steps and paths into their names.
inline constexpr std::string_view promela_rules = R"promela(
/* Everything that can happen while a plan is carried out.
 *
 * OWA versions and the folders that are named after them are numbers, by rank: 0 is the lowest. A set of folders has
 * bit n for folder n. Builds are numbers by rank, too. Of server s:
 *   version_s, build_s   what it runs
 *   present_s, loaded_s  the folders that are there, and those that OWA has loaded
 *   copied_s             the folders that were copied by hand
 *   drained_s            out until its return
 *   upgrading_s          out because of an upgrade that runs, or that failed in the middle
 *   busy_s               a step of it is running
 * Of path p: excused_p, it has failed with Event 46 whenever anybody took it, from the start. */

/* What a step is. One that has failed stays so; what comes after it never begins. */
#define waiting 0
#define running 1
#define ended 2
#define failed 3
#define to_be_repeated 4
#define running_again 5

/* What is reported of a plan. */
#define all_ended 0
#define step_refused 1
#define event46_on_the_way 2
#define event46_at_the_end 3
#define REPORT(kind) c_code { report(now.plan, kind); }

c_decl {
  static char reported[256][4];
  static void report(int plan, int kind) {
    if (reported[plan][kind]) return;
    reported[plan][kind] = 1;
    printf("casplan: %d %d\n", plan, kind);
  }
}

/* The version rule. */
#define IN_SERVICE(s) (!drained_##s && !upgrading_##s)
#define NEEDED(t) ((highest_counts && present_##t != 0) -> HIGHEST(present_##t) : version_##t)
#define COUNTING(f) (loaded_at_once -> present_##f : loaded_##f)
#define LACKS(f, t) (((COUNTING(f) >> NEEDED(t)) & 1) == 0)
#define OLDER(f, t) (version_##f < version_##t)
#define BREAKS_RULE(f, t) (version_##f != version_##t && ((OLDER(f, t) && !older_may_work) || LACKS(f, t)))
#define IDLE(f, t) (!IN_SERVICE(f) || !IN_SERVICE(t))
#define EVENT46(f, t) (!IDLE(f, t) && BREAKS_RULE(f, t))

#define START(p, f, t) excused_##p = EVENT46(f, t)
#define JUDGE(p, f, t) \
  if \
  :: IDLE(f, t) \
  :: else -> \
     if \
     :: BREAKS_RULE(f, t) -> if :: excused_##p :: else -> REPORT(event46_on_the_way) fi \
     :: else -> excused_##p = 0 \
     fi \
  fi
/* A path that is not excused has been reported on the way. `beyond`: no copy mends it, and the goal is to copy. */
#define JUDGE_END(p, f, t, beyond) \
  if \
  :: EVENT46(f, t) && excused_##p && !(beyond) -> REPORT(event46_at_the_end) \
  :: else \
  fi
#define NO_COPY_MENDS(f, t, all_present) (OLDER(f, t) || (((all_present) >> NEEDED(t)) & 1) == 0)

/* What steps ask for, and what they do. `from`: the builds that an upgrade fits, as a set; `kept`: the folders that are
 * not of a level before the service pack's. */
#define ALWAYS true
#define CAN_DRAIN(s) IN_SERVICE(s)
#define CAN_RETURN(s) (!IN_SERVICE(s))
#define CAN_UPGRADE(s, from) (((from) >> build_##s) & 1)
#define CAN_ENSURE(folder, held) (((held) >> folder) & 1)

#define NOTHING skip
#define BEGIN_UPGRADE(s) drained_##s = drained_##s || upgrading_##s; upgrading_##s = 1
#define INSTALLED(s, own, its_build) \
  present_##s = present_##s | (1 << own); \
  copied_##s = copied_##s & present_##s & ~(1 << own); \
  loaded_##s = present_##s; \
  version_##s = own; \
  build_##s = its_build; \
  upgrading_##s = 0
#define END_ROLLUP(s, own, its_build) \
  present_##s = (rollup_clears -> 0 : present_##s); \
  INSTALLED(s, own, its_build)
#define END_SERVICE_PACK(s, own, its_build, kept) \
  present_##s = (present_##s & kept) | (copies_survive -> present_##s & copied_##s : 0); \
  INSTALLED(s, own, its_build)
/* `above`: the folders above the one that comes back, as a set. Those up to the running version are the rollups' own, but
 * for copies; that of the running version never is a copy. */
#define UP_TO(folder) ((2 << (folder)) - 1)
#define OF_ROLLUPS(s, above) ((above) & UP_TO(version_##s) & ~(copied_##s & ~(1 << version_##s)))
#define END_REMOVAL(s, own, its_build, above) \
  present_##s = (folder_goes -> present_##s & ~OF_ROLLUPS(s, above) : present_##s); \
  INSTALLED(s, own, its_build)
/* What is there already cannot be installed or removed once more. */
#define END_UPGRADE(s, its_build, its_install, its_removal) \
  if \
  :: build_##s < its_build -> its_install \
  :: build_##s > its_build -> its_removal \
  :: else -> upgrading_##s = 0 \
  fi
#define END_ENSURE(s, folder) \
  copied_##s = copied_##s | ((1 << folder) & ~present_##s); \
  present_##s = present_##s | (1 << folder)
#define END_RECYCLE(s) loaded_##s = present_##s
#define END_DRAIN(s) drained_##s = 1
#define END_RETURN(s) drained_##s = 0; upgrading_##s = 0

/* What can happen to step i of server s. */
#define MAY_BEGIN(i, s, after) (step_##i == waiting && !busy_##s && (after))
#define BEGINS_AND_ENDS(i, s, after, can, its_begin, its_end) \
  :: d_step { MAY_BEGIN(i, s, after) && can -> its_begin; busy_##s = 1; step_##i = running } \
  :: d_step { MAY_BEGIN(i, s, after) && !(can) && !has_failure -> REPORT(step_refused) } \
  :: d_step { step_##i == running -> its_end; busy_##s = 0; step_##i = ended }
#define FAILS_BEFORE(i, s, after) \
  :: d_step { MAY_BEGIN(i, s, after) && !has_failure -> has_failure = 1; step_##i = failed }
#define FAILS_IN_THE_MIDDLE(i, s, left_behind) \
  :: d_step { step_##i == running && !has_failure -> left_behind; busy_##s = 0; has_failure = 1; step_##i = failed }
#define IS_DONE_TWICE(i, s, can_again, its_begin, its_end) \
  :: d_step { step_##i == running && !has_failure -> \
       its_end; busy_##s = 0; has_failure = 1; step_##i = to_be_repeated } \
  :: d_step { step_##i == to_be_repeated && !busy_##s && can_again -> \
       its_begin; busy_##s = 1; step_##i = running_again } \
  :: d_step { step_##i == running_again -> its_end; busy_##s = 0; step_##i = ended }
#define IS_DONE_AT_ONCE(i, s, after, can, its_begin, its_end) \
  :: d_step { MAY_BEGIN(i, s, after) && can -> its_begin; its_end; step_##i = ended } \
  :: d_step { MAY_BEGIN(i, s, after) && !(can) -> REPORT(step_refused) }
)promela";

}  // namespace casplan::oracle
