#include "property_tests/gate/execution.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "property_tests/gate/crew.h"
#include "property_tests/gate/followed.h"

namespace casplan::gate {
namespace {

using oracle::NaiveServer;

class Execution {
 public:
  Execution(const Subject& subject, const Case& drawn)
      : subject_(subject), case_(drawn), followed_(subject, drawn), progress_(subject.plan.steps.size()) {
    find_servers();
    keep_steps();
    for (const auto& path : followed_.paths) is_excused_.push_back(fate_of(path) == Fate::event46);
  }

  std::optional<Violation> run() {
    for (const Event& event : draw_order(subject_, case_, followed_.servers)) {
      const Place server = subject_.step(event.step).server.value;
      if (!servers_.contains(server)) continue;
      if (event.kind == Event::Kind::begin) {
        begin(event, servers_.at(server));
      } else {
        end(event, servers_.at(server));
      }
      if (violation_) return std::move(violation_);
    }
    if (case_.is_as_planned() && !case_.kept) judge_the_end();
    return std::move(violation_);
  }

 private:
  enum class Progress : char { waiting, running, done, never };
  enum class Fate { event46, idle, other };

  void find_servers();
  void keep_steps();
  [[nodiscard]] std::optional<OwaVersion> true_version(const Step& step) const;

  void begin(const Event& event, NaiveServer& server);
  void end(const Event& event, NaiveServer& server);
  void take_effect(Place step, NaiveServer& server);
  [[nodiscard]] bool fails(Place step, Failure::Kind kind) const {
    return case_.failure && case_.failure->step == step && case_.failure->kind == kind;
  }
  [[nodiscard]] bool is_refused(const Step& step, const NaiveServer& server) const;
  [[nodiscard]] bool has_source(const Step& ensure) const;
  [[nodiscard]] bool finds_fault_before(Place step) const;
  [[nodiscard]] bool finds_fault_after(const Step& step, const NaiveServer& server) const;
  void never_begin(Place step);
  void never_begin_followers(Place step);
  void leave_half_upgraded(Place step);

  [[nodiscard]] Fate fate_of(const oracle::Pair& path) const;
  void judge_paths_at(Place server);
  void judge_the_end();
  [[nodiscard]] bool is_beyond_copying(const oracle::Pair& path) const;
  void go_wrong(Violation::Kind kind, const oracle::Pair& path);

  const Subject& subject_;
  const Case& case_;
  Followed followed_;
  std::map<Place, NaiveServer> servers_;  // those that are followed
  std::optional<NaiveServer> believed_;   // what the server of the wrong fact would be, were the fact right
  std::vector<Progress> progress_;        // by step
  std::vector<char> is_excused_;          // by path: has failed since the start
  std::map<Place, bool> was_in_service_;  // by server that is being upgraded
  std::vector<Event> events_;
  std::optional<Violation> violation_;
};

void Execution::find_servers() {
  const auto& fact = case_.wrong_fact;
  const bool is_renamed = fact && fact->kind == WrongFact::Kind::other_owa_version;
  std::set<OwaVersion> possible;
  if (is_renamed) {
    possible = subject_.possible_folders;
    possible.insert(fact->version);
  }
  for (const Place place : followed_.servers) {
    const Server& stated = subject_.organisation.servers[place];
    const bool is_wrong = fact && (is_renamed ? stated.build == fact->build : place == fact->server);
    const auto& folders = is_renamed ? possible : subject_.possible_folders;
    servers_.emplace(
        place, is_wrong ? oracle::found(with_wrong_fact(stated, *fact), folders) : oracle::found(stated, folders));
  }
  if (fact && !is_renamed) {
    believed_ = oracle::found(subject_.organisation.servers[fact->server], subject_.possible_folders);
  }
}

void Execution::keep_steps() {
  if (!case_.kept) return;
  std::fill(progress_.begin(), progress_.end(), Progress::never);
  for (const Place step : *case_.kept) progress_[step] = Progress::waiting;
}

std::optional<OwaVersion> Execution::true_version(const Step& step) const {
  const bool is_renamed = case_.wrong_fact && case_.wrong_fact->build && case_.wrong_fact->build == step.build;
  return is_renamed ? std::optional(case_.wrong_fact->version) : version_after(step);
}

void Execution::begin(const Event& event, NaiveServer& server) {
  const Step& step = subject_.step(event.step);
  if (progress_[event.step] == Progress::never) return;
  if (fails(event.step, Failure::Kind::before) || finds_fault_before(event.step)) return never_begin(event.step);
  if (is_refused(step, server)) {
    if (!case_.is_as_planned()) return never_begin(event.step);
    events_.push_back(event);
    return go_wrong(Violation::Kind::step_refused, {});
  }
  progress_[event.step] = Progress::running;
  events_.push_back(event);
  if (step.kind != StepKind::upgrade) return;
  was_in_service_[step.server.value] = std::exchange(server.in_service, false);
  if (fails(event.step, Failure::Kind::in_the_middle)) leave_half_upgraded(event.step);
}

void Execution::end(const Event& event, NaiveServer& server) {
  if (progress_[event.step] != Progress::running) return;
  progress_[event.step] = Progress::done;
  events_.push_back(event);
  const Step& step = subject_.step(event.step);
  const bool did_not_happen = step.kind == StepKind::recycle && fails(event.step, Failure::Kind::in_the_middle);
  if (!did_not_happen) take_effect(event.step, server);
  if (fails(event.step, Failure::Kind::done_twice)) take_effect(event.step, server);
  if (fails(event.step, Failure::Kind::in_the_middle) || finds_fault_after(step, server)) {
    never_begin_followers(event.step);
  }
}

void Execution::take_effect(Place place, NaiveServer& server) {
  const Step& step = subject_.step(place);
  oracle::end_step(server, step, case_.readings, true_version(step));
  if (believed_ && step.server.value == case_.wrong_fact->server) oracle::end_step(*believed_, step, case_.readings);
  if (step.kind == StepKind::upgrade) server.in_service = was_in_service_.at(step.server.value);
  judge_paths_at(step.server.value);
}

bool Execution::is_refused(const Step& step, const NaiveServer& server) const {
  if (!oracle::can_begin(server, step)) return true;
  return step.kind == StepKind::ensure_folder && !server.present.sure.contains(*step.folder) && !has_source(step);
}

/// A source that is not followed is taken to hold the folder.
bool Execution::has_source(const Step& ensure) const {
  const auto sources = possible_sources(subject_, ensure);
  return std::any_of(sources.begin(), sources.end(), [&](Place source) {
    const auto place = servers_.find(source);
    return place == servers_.end() || place->second.present.sure.contains(*ensure.folder);
  });
}

/// A folder that should be there by then and is not, or that should be loaded.
bool Execution::finds_fault_before(Place step) const {
  if (!believed_) return false;
  const NaiveServer& now = servers_.at(subject_.step(step).server.value);
  if (!looks_at_folder(subject_, followed_, step, *case_.wrong_fact, now)) return false;
  const OwaVersion& folder = case_.wrong_fact->version;
  const NaiveServer& holder = servers_.at(case_.wrong_fact->server);
  const auto lacks = [&](const oracle::Folders& believed, const oracle::Folders& there) {
    return believed.sure.contains(folder) && !there.sure.contains(folder);
  };
  return lacks(believed_->present, holder.present) || lacks(believed_->loaded, holder.loaded);
}

/// Who has upgraded a server reads the name of its new folder.
bool Execution::finds_fault_after(const Step& step, const NaiveServer& server) const {
  return case_.wrong_fact && step.kind == StepKind::upgrade && server.version != version_after(step);
}

void Execution::never_begin(Place step) {
  if (progress_[step] == Progress::never) return;
  progress_[step] = Progress::never;
  never_begin_followers(step);
}

void Execution::never_begin_followers(Place step) {
  std::vector<Place> stopped{step};
  while (!stopped.empty()) {
    const Place last = stopped.back();
    stopped.pop_back();
    for (const Place follower : subject_.followers[last]) {
      if (progress_[follower] != Progress::waiting) continue;
      progress_[follower] = Progress::never;
      stopped.push_back(follower);
    }
  }
}

/// Nothing else is done to a server whose upgrade has not ended.
void Execution::leave_half_upgraded(Place step) {
  progress_[step] = Progress::never;
  never_begin_followers(step);
  for (const Place other : subject_.steps_of[subject_.step(step).server.value]) {
    if (progress_[other] == Progress::waiting) never_begin(other);
  }
}

Execution::Fate Execution::fate_of(const oracle::Pair& path) const {
  const NaiveServer& front = servers_.at(path.first);
  const NaiveServer& target = servers_.at(path.second);
  if (!front.in_service || !target.in_service) return Fate::idle;
  const bool fails = oracle::answer_by_versions(front, target, case_.readings).verdict == "event46";
  return fails ? Fate::event46 : Fate::other;
}

void Execution::judge_paths_at(Place server) {
  const auto paths = followed_.paths_at.find(server);
  if (paths == followed_.paths_at.end() || violation_) return;
  for (const std::size_t path : paths->second) {
    const Fate fate = fate_of(followed_.paths[path]);
    if (fate == Fate::other) is_excused_[path] = 0;
    if (fate != Fate::event46 || is_excused_[path] != 0) continue;
    return go_wrong(Violation::Kind::event46_on_the_way, followed_.paths[path]);
  }
}

void Execution::judge_the_end() {
  for (const auto& path : followed_.paths) {
    if (fate_of(path) != Fate::event46 || is_beyond_copying(path)) continue;
    return go_wrong(Violation::Kind::event46_at_the_end, path);
  }
}

/// A path that fails at the end has failed all the time, or it would have been found on the way. No copy mends it
/// where its front is the older one, or where nobody holds the folder, today or at the end.
bool Execution::is_beyond_copying(const oracle::Pair& path) const {
  if (subject_.plan.goal != Goal::heal_by_copy) return false;
  const NaiveServer& target = servers_.at(path.second);
  if (*servers_.at(path.first).version < *target.version) return true;
  const bool highest_counts = case_.readings.folder_match == FolderMatch::highest && !target.present.sure.empty();
  const OwaVersion folder = highest_counts ? *target.present.sure.rbegin() : *target.version;
  const auto holders = subject_.holders_today.find(folder);
  if (holders == subject_.holders_today.end()) return true;
  return std::none_of(holders->second.begin(), holders->second.end(), [&](Place holder) {
    const auto place = servers_.find(holder);
    return place == servers_.end() || place->second.present.sure.contains(folder);
  });
}

void Execution::go_wrong(Violation::Kind kind, const oracle::Pair& path) {
  violation_ = Violation{kind, events_, path, {}, {}};
  if (kind == Violation::Kind::step_refused) return;
  violation_->front = servers_.at(path.first);
  violation_->target = servers_.at(path.second);
}

}  // namespace

std::optional<Violation> carry_out(const Subject& subject, const Case& drawn) {
  return Execution(subject, drawn).run();
}

}  // namespace casplan::gate
