#include "simulator/event46_records.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace casplan::simulator {
namespace {

constexpr Minutes silence{15};

bool logs(const PathAssessment& path) {
  return path.judgement.verdict == Verdict::event46 && path.may_have_users();
}

/// A path and the time of its next record.
using Due = std::pair<Minutes, std::size_t>;

}  // namespace

Event46Log::Event46Log(const Organisation& organisation, Moment start) : organisation_(organisation), start_(start) {}

void Event46Log::add(const PassingState& state) {
  const auto& paths = state.assessment.paths;
  const Minutes end = std::max(state.end, state.start + Minutes(1));
  silent_until_.resize(paths.size(), Minutes(0));
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Minutes first = std::max(state.start, silent_until_[i]);
    if (logs(paths[i]) && first < end) due.emplace(first, i);
  }
  while (!due.empty()) {
    const auto [time, place] = due.top();
    due.pop();
    const bool is_full = log_.records.size() == most_records;
    const std::int64_t count = is_full ? (end - time - Minutes(1)) / silence + 1 : 1;
    if (is_full) log_.left_off += count;
    if (!is_full) log(paths[place], time, state.state);
    silent_until_[place] = time + count * silence;
    if (silent_until_[place] < end) due.emplace(silent_until_[place], place);
  }
}

void Event46Log::log(const PathAssessment& path, Minutes time, const State& state) {
  const auto [front, target, site] = path.path;
  log_.records.push_back({start_ + time, front, target,
                          event46_sentence({at(organisation_.servers, front), at(state.servers, front)},
                                           {at(organisation_.servers, target), at(state.servers, target)})});
}

const std::string& computer_of(const Event46Record& record, const Organisation& organisation) {
  const Server& front = at(organisation.servers, record.front);
  return front.fqdn ? *front.fqdn : front.name;
}

}  // namespace casplan::simulator
