#include "whatif/subjects.h"

#include <algorithm>

#include "whatif/windows.h"

namespace casplan::whatif {
namespace {

using Subjects = std::vector<Subject>;

class Teller {
 public:
  explicit Teller(const Situation& situation) : organisation_(situation.organisation), plan_(situation.plan) {}

  Subjects operator()(const Freeze& change) const { return {{frozen(change.server)}, {target(change.server)}}; }
  Subjects operator()(const Unfreeze& change) const { return {{frozen(change.server)}}; }
  Subjects operator()(const SetTarget& change) const {
    return {{change.server ? target(*change.server) : "the general target"}};
  }
  Subjects operator()(const LimitCopies&) const { return {{"how many folders may be copied"}}; }
  Subjects operator()(const SetCrews&) const { return {{"the number of crews"}}; }
  Subjects operator()(const SetMinInService& change) const {
    return {{"how many Client Access servers of " + (change.site ? name(*change.site) : "every other site") +
             " must stay in service"}};
  }
  Subjects operator()(const SetLatestEnd&) const { return {{"when the work must have ended"}}; }
  Subjects operator()(const SettleReading& change) const {
    return {{"the reading " + std::string(reading_names().at(change.reading).name)}};
  }
  /// Windows that are named for one place are open beside each other.
  Subjects operator()(const OpenWindow& change) const { return windows_at(change.where, true); }
  Subjects operator()(const DropWindows& change) const {
    return change.where ? windows_at(*change.where, false) : Subjects{{any_windows}};
  }
  Subjects operator()(const LengthenWindow& change) const {
    return {{"how long window " + std::to_string(change.place + 1) + " is open"}, {any_windows, true}};
  }
  Subjects operator()(const SetExternalUrl& change) const { return {{"the ExternalURL of " + name(change.server)}}; }
  Subjects operator()(const AddFront& change) const { return {{front(change.server, change.entry_point)}}; }
  Subjects operator()(const RemoveFront& change) const {
    Subjects subjects;
    for (std::size_t i = 0; i < organisation_.entry_points.size(); ++i) {
      const auto& fronts = organisation_.entry_points[i].fronts;
      const bool is_front = std::find(fronts.begin(), fronts.end(), change.server) != fronts.end();
      if (change.entry_point ? *change.entry_point == i : is_front) subjects.push_back({front(change.server, i)});
    }
    return subjects;
  }
  Subjects operator()(const SetUsers& change) const { return {{users(change.site)}}; }
  Subjects operator()(const ScaleUsers& change) const { return {{users(change.site)}}; }
  Subjects operator()(const SetFolder& change) const {
    return {{"whether folder " + to_string(change.folder) + " is on " + name(change.server)}};
  }
  Subjects operator()(const SetService& change) const {
    return {{"whether " + name(change.server) + " is in service"}};
  }
  Subjects operator()(const MoveStep& change) const { return {{order(change.step, change.other)}}; }
  Subjects operator()(const SwapSteps& change) const { return {{order(change.first, change.second)}}; }
  Subjects operator()(const FailStep&) const { return {{"the step at which the work stops"}}; }

 private:
  static constexpr const char* any_windows = "whether there are windows";

  [[nodiscard]] Subjects windows_at(const Workplace& where, bool adds_up) const {
    Subjects subjects{{any_windows, true}, {"when " + name(where) + " may be worked on", adds_up}};
    for (const ServerId server : servers_at(organisation_, where)) {
      subjects.push_back({"when " + name(server) + " may be worked on", adds_up});
    }
    return subjects;
  }
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }
  [[nodiscard]] const std::string& name(SiteId id) const { return at(organisation_.sites, id).name; }
  [[nodiscard]] std::string name(const Workplace& where) const {
    return std::visit([&](auto id) { return name(id); }, where);
  }
  [[nodiscard]] std::string frozen(ServerId server) const { return "whether " + name(server) + " is frozen"; }
  [[nodiscard]] std::string target(ServerId server) const { return "the target of " + name(server); }
  [[nodiscard]] std::string users(SiteId site) const { return "the users of " + name(site); }
  [[nodiscard]] std::string front(ServerId server, std::size_t entry_point) const {
    return "whether " + name(server) + " is a front of " + organisation_.entry_points[entry_point].name;
  }
  [[nodiscard]] std::string order(StepIndex a, StepIndex b) const {
    const auto [first, second] = std::minmax(a, b);
    return "the order of steps " + at(plan_->steps, first).id + " and " + at(plan_->steps, second).id;
  }

  const Organisation& organisation_;
  const std::optional<Plan>& plan_;
};

}  // namespace

std::vector<Subject> subjects_of(const Change& change, const Situation& situation) {
  return std::visit(Teller(situation), change);
}

}  // namespace casplan::whatif
