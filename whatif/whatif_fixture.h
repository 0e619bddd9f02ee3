#pragma once

#include <string>
#include <vector>

#include "simulator/organisation_fixture.h"
#include "whatif/answer.h"
#include "whatif/change_words.h"

/// What the tests of this room share. Every organisation in them is modelled.
namespace casplan::whatif {

/// The case of the KB with a second CAS in each site, all on RTM; a policy that wants SP2 everywhere, and the best plan
/// for it.
struct Contoso : modelled::TwoSites {
  ServerId second_front = cas("HQCAS2", hq, modelled::rtm);
  ServerId second_target = cas("BRCAS2", branch, modelled::rtm);
  Policy policy;
  Situation situation;

  Contoso();

  /// The situation once the policy or the organisation was changed: with the best plan, where there is one.
  void plan_anew();

  [[nodiscard]] const Plan& plan() const { return *situation.plan; }
  /// The step with these words: `upgrade HQCAS1 8.2.176.2`.
  [[nodiscard]] std::string id_of(const std::string& words) const;
};

/// The changes as values; fails the test where they cannot be read.
[[nodiscard]] std::vector<Stated> read(const std::vector<std::string>& texts, const Situation& situation);

/// What is so once they are made; fails the test and throws where they do not fit.
[[nodiscard]] Changed changed_by(const std::vector<std::string>& texts, const Situation& situation);

/// Of the faults, what was found; of the reading, or else of the changes that were read. None where they fit.
[[nodiscard]] std::vector<std::string> faults_of(const std::vector<std::string>& texts, const Situation& situation);

/// The answer to a question about a situation with a plan.
[[nodiscard]] Answer asked(const std::vector<std::string>& texts, const Situation& situation);

/// `0-5 drain HQCAS1`, in minutes from the policy's default start, in the order of the schedule.
[[nodiscard]] std::vector<std::string> timetable(const Organisation& organisation, const Plan& plan);

}  // namespace casplan::whatif
