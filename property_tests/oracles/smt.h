#pragma once

#include <string>

#include "model/organisation.h"
#include "model/policy.h"

/// Z3's opinion of the best plan, from a formulation in real time (not minute by minute), for organisations in which
/// nobody shares a load.
namespace casplan::oracle {

/// Whether a problem can be written for Z3:
/// - each site has one CAS and each entry point one front, all in service, of one build, with their own folder alone;
///   every fact is known and only the version rule decides; every site's users come in whole numbers;
/// - the goal is an upgrade in one hop, by one target, which some servers may be frozen against; the readings are those
///   that agree with the KB; windows are dated; nobody has to stay in service.
[[nodiscard]] bool can_be_written(const Organisation& organisation, const Policy& policy);

/// The problem as SMT-LIB with one objective after the other, in the policy's order. Each server is drained once at
/// most, each front gets one folder at most, and is recycled for it. What must not overlap are the times at which the
/// ends of a path may be in service, by any order in which steps that overlap may end, with versions that do not work.
[[nodiscard]] std::string smt_problem(const Organisation& organisation, const Policy& policy);

}  // namespace casplan::oracle
