#include "simulator/service_course.h"

#include <algorithm>
#include <utility>

#include "simulator/execution.h"

namespace casplan::simulator {
namespace {

/// Counts the CAS in service of each site. What goes and what comes within a minute is one change.
class Count {
 public:
  Count(const Organisation& organisation, const State& state)
      : organisation_(organisation), is_counted_(organisation.servers.size()), now_(organisation.sites.size()) {
    for (std::size_t i = 0; i < organisation.servers.size(); ++i) update(id_at<ServerId>(i), state);
  }

  void update(ServerId id, const State& state) {
    const Server& server = at(organisation_.servers, id);
    if (!server.is_cas() || !server.site) return;
    const bool is_in_service = at(state.servers, id).is_in_service();
    if (is_in_service == is_counted_[id.value]) return;
    is_counted_[id.value] = is_in_service;
    at(now_, *server.site) += is_in_service ? 1 : -1;
    changed_.push_back(*server.site);
  }

  /// The least of what it was and of what it is now, where it has changed.
  void note(std::vector<int>& fewest) {
    for (const SiteId site : changed_) at(fewest, site) = std::min(at(fewest, site), at(now_, site));
    changed_.clear();
  }

  [[nodiscard]] const std::vector<int>& now() const { return now_; }

 private:
  const Organisation& organisation_;
  std::vector<bool> is_counted_;  // by server
  std::vector<int> now_;          // by site
  std::vector<SiteId> changed_;   // since the last note
};

}  // namespace

tl::expected<ServiceCourse, RefusedStep> service_course(const Organisation& organisation, const Plan& plan,
                                                        const Readings& readings) {
  const Timetable timetable(plan);
  State state = initial_state(organisation);
  Count count(organisation, state);
  ServiceCourse course{count.now(), count.now(), {}};
  const Conduct conduct;
  Execution execution({organisation, plan, timetable, readings}, conduct, state,
                      [&](ServerId server, Minutes) { count.update(server, state); });
  const auto end = execution.run([&](Minutes, Minutes) { count.note(course.fewest); });
  if (!end) return tl::unexpected(end.error());
  count.note(course.fewest);
  course.at_the_end = std::move(state);
  return course;
}

}  // namespace casplan::simulator
