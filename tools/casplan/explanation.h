#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/rules.h"

namespace casplan::tools {

enum class Decides { no, yes };

/// One rule, held against the facts.
struct Consideration {
  RuleId rule;
  std::string finding;  ///< a sentence
  Decides decides = Decides::no;
};

/// Why a path works or fails today: the rules in their order, up to the one that decides.
struct Explanation {
  ServerId front;
  ServerId target;
  std::vector<Consideration> considerations;
  Judgement judgement;
  std::string message;  ///< Event 46's sentence, where it is predicted
};

[[nodiscard]] Explanation explain(const Organisation& organisation, ServerId front, ServerId target,
                                  const Readings& readings);

}  // namespace casplan::tools
