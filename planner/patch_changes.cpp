#include "planner/patch_changes.h"

#include "model/catalogue.h"
#include "planner/phases.h"

namespace casplan::planner {
namespace {

struct Raise {
  ServerId server;
  ServerId to_level_with;
};

class Patcher {
 public:
  Patcher(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths)
      : organisation_(organisation), policy_(policy), paths_(paths) {}

  PatchChanges run() {
    while (raise_ends()) {
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }

  [[nodiscard]] std::optional<BuildVersion> build(ServerId id) const {
    const auto changed = result_.changes.find(id);
    return changed != result_.changes.end() ? changed->second.back() : at(organisation_.servers, id).build;
  }

  [[nodiscard]] std::string why_not(const Raise& raise) const {
    const auto today = build(raise.server);
    const auto wanted = build(raise.to_level_with);
    const std::string wish = name(raise.server) + " would have to be brought to the build of " +
                             name(raise.to_level_with) + " (" + to_string(*wanted) + ")";
    if (policy_.frozen.contains(raise.server)) return wish + ", but it is frozen. Unfreeze it, or heal by copy.";
    if (product_of(today->level()) != product_of(wanted->level())) {
      return wish + ", but that is another product, which is not installed over this one. Heal by copy.";
    }
    if (find_build(*wanted)->withdrawn) return wish + ", but that rollup was withdrawn. Heal by copy.";
    return {};
  }

  /// Looks at every path once and raises an end of each that does not work; false when there was nothing to raise.
  bool raise_ends() {
    const PhaseTable phases(organisation_, result_.changes, policy_.readings);
    result_.impossible.clear();
    result_.missing.clear();
    bool raised = false;
    for (const ProxyPath& path : paths_) {
      const Need& need = phases.need(path.front, Phase::after, path.target, Phase::after);
      if (need.kind == NeedKind::unknown) result_.missing.push_back(missing_fact(organisation_, path));
      if (need.kind == NeedKind::folders || need.kind == NeedKind::impossible) raised |= mend(path, phases);
    }
    return raised;
  }

  bool mend(const ProxyPath& path, const PhaseTable& phases) {
    const bool front_is_newer = *phases.version(path.front, Phase::after) > *phases.version(path.target, Phase::after);
    const Raise raise = front_is_newer ? Raise{path.target, path.front} : Raise{path.front, path.target};
    if (!build(raise.server) || !build(raise.to_level_with)) {
      result_.missing.push_back(missing_fact(organisation_, path));
      return false;
    }
    if (*build(raise.server) >= *build(raise.to_level_with)) return false;
    if (auto reason = why_not(raise); !reason.empty()) {
      result_.impossible.push_back(std::move(reason));
      return false;
    }
    result_.changes[raise.server] = hops(*at(organisation_.servers, raise.server).build, *build(raise.to_level_with));
    return true;
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const std::vector<ProxyPath>& paths_;
  PatchChanges result_;
};

}  // namespace

PatchChanges patch_changes(const Organisation& organisation, const Policy& policy,
                           const std::vector<ProxyPath>& paths) {
  return Patcher(organisation, policy, paths).run();
}

}  // namespace casplan::planner
