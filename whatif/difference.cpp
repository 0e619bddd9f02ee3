#include "whatif/difference.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "simulator/all_figures.h"

namespace casplan::whatif {
namespace {

using simulator::UserMinutes;
using simulator::Users;

constexpr std::array<std::string_view, 6> step_change_names{"left_out",     "added",          "other_work",
                                                            "starts_later", "starts_earlier", "other_length"};

/// What nobody meets: a state of no length, unless the plan ends in it.
bool is_passed_over(const simulator::Trace& trace, const simulator::TraceState& state) {
  return state.start == state.end && &state != &trace.states.back();
}

/// The greatest of some numbers of users; empty as soon as one is not known.
class MostUsers {
 public:
  void add(const Users& users) {
    if (!users || !most_) {
      most_.reset();
    } else {
      most_ = std::max(*most_, users->nearest());
    }
  }
  [[nodiscard]] std::optional<std::int64_t> most() const { return most_; }

 private:
  std::optional<std::int64_t> most_ = 0;
};

struct PathFigures {
  PathCourse course;
  UserMinutes user_minutes;
  MostUsers most;

  void add(const simulator::PathAssessment& path, Minutes duration) {
    course.at_the_end = path.judgement.verdict;
    if (path.judgement.verdict == Verdict::event46) course.event46 += duration;
    if (path.judgement.verdict == Verdict::fault) course.faulty += duration;
    if (path.judgement.verdict != Verdict::event46 && path.judgement.verdict != Verdict::fault) return;
    user_minutes.add(path.users, duration);
    most.add(path.users);
  }

  [[nodiscard]] PathCourse total() const {
    PathCourse whole = course;
    whole.user_minutes = user_minutes.total();
    whole.most_users = most.most();
    return whole;
  }
};

using PathEnds = std::pair<ServerId, ServerId>;

std::map<PathEnds, PathCourse> path_courses(const simulator::Trace& trace) {
  std::map<PathEnds, PathFigures> figures;
  for (const simulator::TraceState& state : trace.states) {
    if (is_passed_over(trace, state)) continue;
    for (const simulator::PathAssessment& path : state.assessment.paths) {
      figures[{path.path.front, path.path.target}].add(path, state.end - state.start);
    }
  }
  std::map<PathEnds, PathCourse> courses;
  for (const auto& [ends, figure] : figures) courses.emplace(ends, figure.total());
  return courses;
}

std::vector<PathDifference> path_differences(const simulator::Trace& before, const simulator::Trace& after) {
  std::map<PathEnds, PathDifference> all;
  for (const auto& [ends, course] : path_courses(before)) {
    all.emplace(ends, PathDifference{ends.first, ends.second, course, std::nullopt});
  }
  for (const auto& [ends, course] : path_courses(after)) {
    all.try_emplace(ends, PathDifference{ends.first, ends.second, std::nullopt, std::nullopt}).first->second.after =
        course;
  }
  std::vector<PathDifference> differing;
  for (const auto& [ends, path] : all) {
    if (path.before != path.after) differing.push_back(path);
  }
  return differing;
}

SiteCourse site_course(const simulator::Trace& trace, std::size_t site) {
  using simulator::Fate;
  SiteCourse course;
  UserMinutes failing;
  UserMinutes unavailable;
  MostUsers most_failing;
  MostUsers most_unavailable;
  for (const simulator::TraceState& state : trace.states) {
    if (is_passed_over(trace, state)) continue;
    const simulator::SiteAssessment& now = state.assessment.sites[site];
    const Minutes duration = state.end - state.start;
    if (now.fates.contains(Fate::broken)) course.failing += duration;
    if (now.fates.contains(Fate::unavailable)) course.without_service += duration;
    failing.add(now.broken, duration);
    unavailable.add(now.unavailable, duration);
    most_failing.add(now.broken);
    most_unavailable.add(now.unavailable);
  }
  course.failing_user_minutes = failing.total();
  course.unavailable_user_minutes = unavailable.total();
  course.most_failing = most_failing.most();
  course.most_unavailable = most_unavailable.most();
  return course;
}

std::vector<SiteDifference> site_differences(const simulator::Trace& before, const simulator::Trace& after) {
  std::vector<SiteDifference> differing;
  for (std::size_t i = 0; i < before.states.front().assessment.sites.size(); ++i) {
    const SiteDifference site{id_at<SiteId>(i), site_course(before, i), site_course(after, i)};
    if (site.before != site.after) differing.push_back(site);
  }
  return differing;
}

/// Whom else a copy could be taken from makes no difference.
bool is_same_work(const Step& a, const Step& b) {
  const bool is_same_source =
      a.sources.empty() ? b.sources.empty() : !b.sources.empty() && a.sources.front() == b.sources.front();
  return a.kind == b.kind && a.server == b.server && a.build == b.build && a.folder == b.folder && is_same_source;
}

/// Empty where nothing is other.
std::optional<StepChange> change_of(const PlannedStep& before, const PlannedStep& after) {
  if (!is_same_work(before.step, after.step)) return StepChange::other_work;
  if (before.schedule == after.schedule) return std::nullopt;
  const auto starts = after.schedule->start <=> before.schedule->start;
  if (starts > 0) return StepChange::starts_later;
  return starts < 0 ? StepChange::starts_earlier : StepChange::other_length;
}

}  // namespace

std::string_view to_string(StepChange change) {
  return step_change_names.at(static_cast<std::size_t>(change));
}

std::vector<StepDifference> step_differences(const Plan& before, const Plan& after) {
  std::map<std::string, const PlannedStep*> later;
  for (const PlannedStep& step : after.steps) later.emplace(step.id, &step);
  std::vector<StepDifference> differing;
  for (const PlannedStep& step : before.steps) {
    const auto same = later.find(step.id);
    if (same == later.end()) {
      differing.push_back({step.id, StepChange::left_out, step, std::nullopt});
      continue;
    }
    if (const auto change = change_of(step, *same->second)) {
      differing.push_back({step.id, *change, step, *same->second});
    }
    later.erase(same);
  }
  for (const PlannedStep& step : after.steps) {
    if (later.contains(step.id)) differing.push_back({step.id, StepChange::added, std::nullopt, step});
  }
  return differing;
}

Difference difference(const Played& before, const Played& after) {
  return {path_differences(before.trace, after.trace), site_differences(before.trace, after.trace),
          step_differences(before.plan, after.plan)};
}

}  // namespace casplan::whatif
