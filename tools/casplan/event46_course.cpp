#include "tools/casplan/event46_course.h"

#include <algorithm>

namespace casplan::tools {

void Event46Course::add(const simulator::PassingState& state) {
  const auto& paths = state.assessment.paths;
  failed_so_far_.resize(paths.size(), true);
  occurs_last_ = false;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Verdict verdict = paths[i].judgement.verdict;
    const bool fails = verdict == Verdict::event46;
    is_doubtful_ = is_doubtful_ || verdict == Verdict::cannot_tell;
    occurs_last_ = occurs_last_ || fails;
    occurs_anew_ = occurs_anew_ || (fails && !failed_so_far_[i]);
    failed_so_far_[i] = fails;
  }
  occurs_ = occurs_ || occurs_last_;
  if (occurs_last_) end_ = std::max(end_.value_or(state.end), state.end);
}

}  // namespace casplan::tools
