#pragma once

#include <compare>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/topology.h"

namespace casplan::simulator {

/// A folder that is to be where the organisation's document lists it, from the end of a step on.
struct Reliance {
  enum class Need {
    present,
    loaded,  ///< present, and loaded
  };
  ServerId server;
  OwaVersion folder;
  Need need;

  friend auto operator<=>(const Reliance&, const Reliance&) = default;
};

/// The listed folders that a step is the first to rely on, under any reading. The plan does not put them there, and
/// users do not need them before, so nobody has noticed if the list is wrong: who carries the step out looks at them
/// first.
///
/// Of a path at the step's server, and unless the folder is that of the version that its server runs: the front's
/// listed folder that the target asks for from then on (that of the version to which it is upgraded or with which it or
/// the front returns, or the highest of its folders); and each listed folder of the target above the version that it
/// runs, because the highest may decide (any, where the folder of that version is not listed). A drain or recycle
/// relies on nothing new.
///
/// Refers to the organisation and plan, which must live as long. `paths` are `proxy_paths(organisation)`.
class Reliances {
 public:
  Reliances(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths);

  /// Each once, by server, then folder.
  [[nodiscard]] std::vector<Reliance> of(StepIndex step) const;

 private:
  using Versions = std::set<OwaVersion>;

  [[nodiscard]] Versions asked_by_target(const Step& step, const ProxyPath& path) const;
  [[nodiscard]] Versions may_run(ServerId server) const;
  [[nodiscard]] Versions may_hold_above(ServerId server, const OwaVersion& version) const;
  void add_front(const Step& step, const ProxyPath& path, std::set<Reliance>& found) const;
  void add_target(const ProxyPath& path, std::set<Reliance>& found) const;

  const Organisation& organisation_;
  const Plan& plan_;
  std::vector<std::vector<ProxyPath>> paths_at_;  // by server
  std::vector<std::vector<StepIndex>> steps_at_;  // by server
};

}  // namespace casplan::simulator
