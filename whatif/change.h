#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"

/// What somebody may suppose to be other than it is: changes of a policy, of an organisation, or of a plan. Ids are
/// those of the organisation and plan that the question is about.
namespace casplan::whatif {

/// The server keeps its build.
struct Freeze {
  ServerId server;
  friend bool operator==(const Freeze&, const Freeze&) = default;
};
/// The server is brought to its target.
struct Unfreeze {
  ServerId server;
  friend bool operator==(const Unfreeze&, const Unfreeze&) = default;
};
/// Another target: of one server, or the general one.
struct SetTarget {
  std::optional<ServerId> server;
  BuildVersion build;
  friend bool operator==(const SetTarget&, const SetTarget&) = default;
};
/// The most folders that may be copied; empty: any number.
struct LimitCopies {
  std::optional<int> most;
  friend bool operator==(const LimitCopies&, const LimitCopies&) = default;
};
struct SetCrews {
  int crews = 1;
  friend bool operator==(const SetCrews&, const SetCrews&) = default;
};
/// The CAS that must stay in service: of one site, or of every site that the policy does not name.
struct SetMinInService {
  std::optional<SiteId> site;
  int count = 0;
  friend bool operator==(const SetMinInService&, const SetMinInService&) = default;
};
/// When all work must have ended; empty: whenever it ends.
struct SetLatestEnd {
  std::optional<Moment> end;
  friend bool operator==(const SetLatestEnd&, const SetLatestEnd&) = default;
};
/// The reading (0 to 5) is known to have this value (0 or 1).
struct SettleReading {
  std::size_t reading = 0;
  std::size_t value = 0;
  friend bool operator==(const SettleReading&, const SettleReading&) = default;
};

/// Where a window is: every server of a site, or one server.
using Workplace = std::variant<SiteId, ServerId>;
/// Work there in this window, and in the others that the question names for the same place; no longer in those that the
/// policy has for it.
struct OpenWindow {
  Workplace where;
  std::variant<WeeklyTime, DatedTime> time;
  friend bool operator==(const OpenWindow&, const OpenWindow&) = default;
};
/// Work there at any time; empty: everywhere.
struct DropWindows {
  std::optional<Workplace> where;
  friend bool operator==(const DropWindows&, const DropWindows&) = default;
};
/// One of the policy's windows is open for longer.
struct LengthenWindow {
  std::size_t place = 0;  ///< among the policy's windows
  Minutes by{0};
  friend bool operator==(const LengthenWindow&, const LengthenWindow&) = default;
};

/// Users of the server's site are redirected to this address; empty: they come by proxy.
struct SetExternalUrl {
  ServerId server;
  std::optional<std::string> url;
  friend bool operator==(const SetExternalUrl&, const SetExternalUrl&) = default;
};
struct AddFront {
  ServerId server;
  std::size_t entry_point = 0;  ///< a place among the organisation's
  friend bool operator==(const AddFront&, const AddFront&) = default;
};
/// The server no longer stands behind the entry point; empty: behind none.
struct RemoveFront {
  ServerId server;
  std::optional<std::size_t> entry_point;
  friend bool operator==(const RemoveFront&, const RemoveFront&) = default;
};
struct SetUsers {
  SiteId site;
  UserCount users = 0;
  friend bool operator==(const SetUsers&, const SetUsers&) = default;
};
/// More users, or fewer, by percent of those that there are; rounded to a whole user, a half up.
struct ScaleUsers {
  SiteId site;
  int percent = 0;  ///< at least -100
  friend bool operator==(const ScaleUsers&, const ScaleUsers&) = default;
};
enum class Presence { present, missing };
/// A fact that was wrong: the resource folder is there, and loaded; or it is not.
struct SetFolder {
  ServerId server;
  OwaVersion folder;
  Presence presence = Presence::missing;
  friend bool operator==(const SetFolder&, const SetFolder&) = default;
};
enum class ServiceFact { in_service, out_of_service };
/// The server is found in service, or out of service for a reason of its own: a plan leaves it out.
struct SetService {
  ServerId server;
  ServiceFact service = ServiceFact::out_of_service;
  friend bool operator==(const SetService&, const SetService&) = default;
};

enum class Side { before, after };
/// The step is carried out directly before or after another one.
struct MoveStep {
  StepIndex step;
  Side side = Side::before;
  StepIndex other;
  friend bool operator==(const MoveStep&, const MoveStep&) = default;
};
/// Each is carried out when the other was to be. Neither waits for the other where they went on at the same time.
struct SwapSteps {
  StepIndex first;
  StepIndex second;
  friend bool operator==(const SwapSteps&, const SwapSteps&) = default;
};
/// The step fails, and the work stops there: an upgrade leaves its server at the old build and out of service, an
/// ensure_folder a part of the folder, any other step has done nothing (`verifier::StopTime::in_the_middle`). What had
/// begun by then is ended.
struct FailStep {
  StepIndex step;
  friend bool operator==(const FailStep&, const FailStep&) = default;
};

using Change = std::variant<Freeze, Unfreeze, SetTarget, LimitCopies, SetCrews, SetMinInService, SetLatestEnd,
                            SettleReading, OpenWindow, DropWindows, LengthenWindow, SetExternalUrl, AddFront,
                            RemoveFront, SetUsers, ScaleUsers, SetFolder, SetService, MoveStep, SwapSteps, FailStep>;

}  // namespace casplan::whatif
