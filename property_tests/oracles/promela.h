#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"

namespace casplan::oracle {

/// A plan that SPIN is to judge, under every combination of the readings that are open.
struct PromelaCase {
  Organisation organisation;
  Plan plan;
  FixedReadings readings;
};

/// How much of what can happen is written into a model.
enum class PromelaScope {
  everything,   ///< steps of different servers overlap in any way, and in each execution one step at most fails
  whole_steps,  ///< one step after the other, none fails: N steps without arrows have 2^N states
};

/// How many plans one model can hold.
inline constexpr std::size_t most_promela_cases = 256;

/// A Promela model of everything that can happen while one of these plans is carried out; which plan, and under which
/// of the open readings, is chosen at the start. The plans' times do not count. A step begins only when all that it
/// comes after have ended, two steps of one server never overlap, and an upgrade takes its server out of service while
/// it runs (contract, "What a step does").
///
/// At most one step of an execution fails, with `PromelaScope::everything`: before it does anything; in the middle,
/// where an upgrade leaves its server at the old build and out of service, an ensure_folder a part of the folder, which
/// counts as present, and a recycle nothing; or by being done twice, both times before what comes after it begins. What
/// comes after a step that failed never begins; the other steps may go on.
///
/// Pan, the program that SPIN makes of the model, writes `casplan: PLAN KIND` once for each plan (its place in the
/// list) and kind of thing that it meets: 0, every step ended without a failure; 1, in an execution without failures a
/// step is refused; 2, a path fails with Event 46 that has been something else, or idle at the start; 3, every step
/// ended without a failure and a path that has failed all the time still fails, except, with the goal `heal_by_copy`,
/// where its front is older than its target or nobody holds the folder that it needs. A plan is safe when, after a
/// complete search, nothing but 0 was written for it.
///
/// Asks for at least one plan and one step in each, arrows without circles, at most 30 folders and 30 builds in a plan,
/// and organisations of which everything is known: version, build and folders of each CAS, every loaded folder among
/// those that are there, sites, and nothing but the version rule to decide a path (https, Integrated Windows
/// authentication, no ExternalURL).
[[nodiscard]] std::string promela_model(const std::vector<PromelaCase>& cases,
                                        PromelaScope scope = PromelaScope::everything);

}  // namespace casplan::oracle
