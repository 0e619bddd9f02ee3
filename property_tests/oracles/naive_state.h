#pragma once

#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/step.h"

/// A second implementation of the rules, as plain as can be, from the specification alone: it shares with the product
/// only the types that an organisation and a step are made of, and the catalogue.
namespace casplan::oracle {

/// The resource folders on a server. A folder in neither set is not there. Which folders may exist at all is a finite
/// list: those of the catalogue, those of the organisation, and one above all others that nobody has heard of.
struct Folders {
  std::set<OwaVersion> sure;
  std::set<OwaVersion> perhaps;

  [[nodiscard]] bool are_known() const { return perhaps.empty(); }
};

struct NaiveServer {
  bool is_cas = false;
  std::optional<BuildVersion> build;
  std::optional<OwaVersion> version;
  Folders present;
  Folders loaded;
  Folders copied_by_hand;
  std::set<OwaVersion> partial;  ///< present, with files missing
  bool in_service = true;
  bool in_rotation = true;  ///< users who come by its entry points may arrive
};

using NaiveState = std::vector<NaiveServer>;

/// Every folder that some server may hold, as far as anybody knows.
[[nodiscard]] std::set<OwaVersion> folders_that_may_exist(const Organisation& organisation);

/// The state in which the organisation, or one server of it, was found (contract, organisation).
[[nodiscard]] NaiveState found(const Organisation& organisation);
[[nodiscard]] NaiveServer found(const Server& server, const std::set<OwaVersion>& possible);

/// What the step leaves behind (contract, "What a step does"; rules, section 4); empty where it cannot be carried out,
/// or where that cannot be told.
[[nodiscard]] std::optional<NaiveState> after(const NaiveState& before, const Step& step, const Readings& readings);

/// Whether the step can be begun in this state, for certain.
[[nodiscard]] bool can_begin(const NaiveState& state, const Step& step);

/// The part of it that the step's server alone decides: everything but whether a source holds the folder.
[[nodiscard]] bool can_begin(const NaiveServer& server, const Step& step);

/// Brings the effect of a step that could begin.
void end_step(NaiveState& state, const Step& step, const Readings& readings);

/// The same for its server alone. `own` is the OWA version that an upgrade brings; empty: as the catalogue says.
void end_step(NaiveServer& server, const Step& step, const Readings& readings,
              const std::optional<OwaVersion>& own = std::nullopt);

}  // namespace casplan::oracle
