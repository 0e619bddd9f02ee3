#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "verifier/exploration.h"
#include "verifier/order_columns.h"

namespace casplan::verifier {

/// A step that cannot be carried out when it may begin, in some order.
struct StepViolation {
  Readings readings;
  Exploration::Fault met;  ///< `last` is the step
};

/// Judges in every order of an excerpt whether steps can be carried out.
class StepOrders {
 public:
  struct Finding {
    bool is_exhaustive = true;
    std::vector<StepViolation> faults;
  };

  /// Follows no more than so many situations of an excerpt under the same readings.
  StepOrders(const Plan& plan, const State& found, const FixedReadings& fixed, const StepsByServer& steps_at,
             std::size_t most_situations);

  /// Whether the steps of a server fit it: the excerpt is of one server. Whether they do is the same under every
  /// reading, because readings change no builds and take no server out of service.
  [[nodiscard]] Finding unfit_steps(const Excerpt& excerpt, Exploration::Search search) const;

  /// Whether an ensure_folder finds its folder, on its own server or on a source among the excerpt's servers, whenever
  /// it may begin.
  [[nodiscard]] Finding without_source(StepIndex ensure, const Excerpt& excerpt, Exploration::Search search) const;

  /// The steps of a server that matter to whether it holds a folder.
  [[nodiscard]] std::vector<StepIndex> steps_that_change(ServerId server, const OwaVersion& folder) const;

  /// From whom an ensure_folder may copy: those of its sources, or of all servers, that may hold the folder at some
  /// time and may gain or lose it by a step; by id. Empty where another source holds it at all times.
  [[nodiscard]] std::optional<std::vector<ServerId>> sources_that_change(StepIndex ensure) const;

 private:
  [[nodiscard]] bool may_hold(ServerId id, const OwaVersion& folder) const;

  const Plan& plan_;
  const State& found_;
  std::vector<Readings> changes_;  // one for each way in which servers may change
  const StepsByServer& steps_at_;
  std::size_t most_situations_;
};

}  // namespace casplan::verifier
