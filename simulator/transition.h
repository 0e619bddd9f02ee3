#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/state.h"
#include "model/step.h"

/// What happens: the one transition from state to state, and what users have in each state.
namespace casplan::simulator {

/// Why a step cannot be carried out in a state.
enum class RefusalReason {
  already_drained,
  already_in_service,
  upgrade_in_progress,   ///< another step for a server that is being upgraded
  step_in_progress,      ///< a schedule that does two things to a server at a time
  build_not_known,       ///< of the server, so whether the upgrade fits cannot be told
  build_not_catalogued,  ///< of the upgrade
  not_an_upgrade,        ///< the server has this build
  service_pack_stays,    ///< the build is of an earlier level: a service pack cannot be removed
  other_product,         ///< Exchange 2007 does not become Exchange 2010 in place
  rollup_for_other_level,
  no_source,         ///< nobody that the step may copy from holds the folder
  source_not_known,  ///< whether a source holds the folder cannot be told
  frozen,            ///< the policy keeps the server at its build
};

struct Refusal {
  RefusalReason reason;
  ServerId server;

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Carries a step out, whole: the state at its end.
[[nodiscard]] tl::expected<State, Refusal> apply(const State& state, const Step& step, const Readings& readings);

/// The two halves of `apply`, for steps that overlap in time. `begin` checks that the step can be carried out and takes
/// the server of an upgrade out of service; where it refuses, the state is as before. `finish` brings the effect; it
/// asks for a step that was begun.
[[nodiscard]] std::optional<Refusal> begin(State& state, const Step& step);
void finish(State& state, const Step& step, const Readings& readings);

/// The same for what one server alone decides, which is everything but whether a source of an ensure_folder holds the
/// folder.
[[nodiscard]] std::optional<RefusalReason> refuse(const ServerState& server, const Step& step);
void begin(ServerState& server, const Step& step);
void finish(ServerState& server, const Step& step, const Readings& readings);

/// A refusal as a sentence for people. `server` is the state of the step's server at that time.
[[nodiscard]] std::string sentence(const Refusal& refusal, const Step& step, const ServerState& server,
                                   const Organisation& organisation);

}  // namespace casplan::simulator
