#pragma once

#include <iosfwd>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"
#include "model/readings.h"
#include "model/step.h"

/// How RapidCheck prints the values of a counterexample (found by argument-dependent lookup).
namespace casplan {

void showValue(const Organisation& organisation, std::ostream& out);
void showValue(const Readings& readings, std::ostream& out);
void showValue(const Step& step, std::ostream& out);
void showValue(const Policy& policy, std::ostream& out);
void showValue(const Plan& plan, std::ostream& out);

}  // namespace casplan
