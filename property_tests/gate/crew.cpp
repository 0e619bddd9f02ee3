#include "property_tests/gate/crew.h"

#include <algorithm>

namespace casplan::gate {
namespace {

/// What the organisation's document and the plan say about one end of a path, and a folder.
class Stated {
 public:
  Stated(const Subject& subject, Place server)
      : subject_(subject), server_(server), today_(running_owa_version(subject.organisation.servers[server])) {}

  [[nodiscard]] Place server() const { return server_; }
  [[nodiscard]] const std::optional<OwaVersion>& today() const { return today_; }

  [[nodiscard]] bool lists(const OwaVersion& folder) const {
    const auto& folders = subject_.organisation.servers[server_].folders;
    return folders && std::any_of(folders->begin(), folders->end(),
                                  [&](const ResourceFolder& listed) { return listed.version == folder; });
  }

  /// Today or after a step.
  [[nodiscard]] bool may_hold(const OwaVersion& folder) const {
    return lists(folder) || any_step([&](const Step& step) { return step.folder == folder; });
  }
  [[nodiscard]] bool may_run(const OwaVersion& version) const {
    return today_ == version || any_step([&](const Step& step) { return version_after(step) == version; });
  }
  [[nodiscard]] bool may_run_another_than(const OwaVersion& version) const {
    const auto is_another = [&](const std::optional<OwaVersion>& other) { return other && other != version; };
    return is_another(today_) || any_step([&](const Step& step) { return is_another(version_after(step)); });
  }

  /// The lowest version that it runs, today or after a step: below today's where rollups are removed.
  [[nodiscard]] std::optional<OwaVersion> lowest() const {
    std::optional<OwaVersion> least = today_;
    for (const Place step : subject_.steps_of[server_]) {
      const auto version = version_after(subject_.step(step));
      if (least && version && *version < *least) least = version;
    }
    return least;
  }

  /// As the highest that the target holds, above what it runs.
  [[nodiscard]] bool may_be_highest(const OwaVersion& folder, const std::optional<OwaVersion>& running) const {
    return running && folder > *running && may_hold(folder);
  }

 private:
  template <class Condition>
  [[nodiscard]] bool any_step(Condition condition) const {
    const auto& steps = subject_.steps_of[server_];
    return std::any_of(steps.begin(), steps.end(), [&](Place step) { return condition(subject_.step(step)); });
  }

  const Subject& subject_;
  Place server_;
  std::optional<OwaVersion> today_;
};

/// Whether a front may need the folder for the target, which is `now` so, from the end of this step of the target on.
bool is_needed_after_step_of_target(const Step& step, const Stated& target, const oracle::NaiveServer& now,
                                    const OwaVersion& folder) {
  switch (step.kind) {
    case StepKind::upgrade:
      return now.in_service && (version_after(step) == folder || target.may_be_highest(folder, version_after(step)));
    case StepKind::return_to_service:
      return now.version == folder || (now.present.sure.contains(folder) && target.may_be_highest(folder, now.version));
    case StepKind::ensure_folder:
      return now.in_service && step.folder == folder && target.may_be_highest(folder, target.today());
    case StepKind::drain:
    case StepKind::recycle: break;
  }
  return false;
}

bool is_needed_after_step_of_front(const Step& step, const Stated& target, const OwaVersion& folder) {
  const bool returns = step.kind == StepKind::return_to_service;
  if (returns && target.may_run(folder)) return true;
  return (returns || step.kind == StepKind::upgrade) && target.may_be_highest(folder, target.today());
}

bool looks_at_front(const Step& step, const Stated& front, const Stated& target, const oracle::NaiveServer& now,
                    const OwaVersion& folder) {
  const bool is_needed = step.server.value == target.server()
                             ? is_needed_after_step_of_target(step, target, now, folder)
                             : is_needed_after_step_of_front(step, target, folder);
  return is_needed && front.today() != folder && front.may_run_another_than(folder);
}

/// Whether a folder is loaded makes no difference on a target. Where the target lacks the folder of the version that it
/// runs, any other may be its highest.
bool looks_at_target(const Step& step, const Stated& target, const WrongFact& fact) {
  const bool may_change_the_path = step.kind != StepKind::drain && step.kind != StepKind::recycle;
  const bool lacks_own = target.today() && !target.lists(*target.today());
  return may_change_the_path && fact.kind == WrongFact::Kind::folder_is_not_there &&
         (lacks_own || target.may_be_highest(fact.version, target.lowest()));
}

}  // namespace

bool looks_at_folder(const Subject& subject, const Followed& followed, Place place, const WrongFact& fact,
                     const oracle::NaiveServer& now) {
  if (fact.kind == WrongFact::Kind::other_owa_version) return false;
  const Step& step = subject.step(place);
  const auto paths = followed.paths_at.find(step.server.value);
  if (paths == followed.paths_at.end()) return false;
  return std::any_of(paths->second.begin(), paths->second.end(), [&](std::size_t path) {
    const auto& [front, target] = followed.paths[path];
    if (fact.server == target) return looks_at_target(step, Stated(subject, target), fact);
    return fact.server == front &&
           looks_at_front(step, Stated(subject, front), Stated(subject, target), now, fact.version);
  });
}

}  // namespace casplan::gate
