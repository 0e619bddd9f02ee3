#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "documents/organisation_document.h"
#include "documents/plan_document.h"
#include "documents/policy_document.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/show.h"

namespace casplan {
namespace {

/// What was read; where it was refused, the property fails and says why.
template <class Value>
Value accepted(const Result<Value>& result) {
  if (result) return *result;
  std::string faults;
  for (const Fault& fault : result.error()) {
    faults += fault.place + ": found " + fault.found + ", expected " + fault.expected + "\n";
  }
  RC_FAIL(faults);
}

RC_GTEST_PROP(Documents, AnOrganisationIsReadAsItWasWritten, ()) {
  const auto organisation = *any_organisation();
  const auto text = documents::write_organisation(organisation);
  const auto again = accepted(documents::read_organisation(text));
  RC_ASSERT(again == organisation);
  RC_ASSERT(documents::write_organisation(again) == text);
}

RC_GTEST_PROP(Documents, APolicyIsReadAsItWasWritten, ()) {
  const auto organisation = *any_organisation();
  const auto policy = *any_policy(organisation);
  const auto text = documents::write_policy(policy, organisation);
  const auto again = accepted(documents::read_policy(text, organisation));
  RC_ASSERT(again == policy);
  RC_ASSERT(documents::write_policy(again, organisation) == text);
}

RC_GTEST_PROP(Documents, APolicyThatHealsIsReadAsItWasWritten, ()) {
  const auto organisation = *any_organisation();
  const Goal goal = draw::one_of<Goal>({Goal::heal_by_copy, Goal::heal_by_patch});
  const auto policy = *any_heal_policy(organisation, goal);
  RC_ASSERT(accepted(documents::read_policy(documents::write_policy(policy, organisation), organisation)) == policy);
}

RC_GTEST_PROP(Documents, APlanIsReadAsItWasWritten, ()) {
  const auto organisation = *any_organisation();
  const auto plan = *any_plan(organisation);
  const auto text = documents::write_plan(plan, organisation);
  const auto again = accepted(documents::read_plan(text, organisation));
  RC_ASSERT(again == plan);
  RC_ASSERT(documents::write_plan(again, organisation) == text);
}

/// The text with some bytes changed, doubled or lost.
std::string damaged(std::string text) {
  for (int i = draw::between(1, 3); i > 0 && !text.empty(); --i) {
    const auto place = static_cast<std::size_t>(draw::below(static_cast<int>(text.size())));
    const char byte = draw::one_of<char>({'"', '{', '}', '[', ']', ',', ':', '0', '-', '\\', '\0', '\n', '\x80'});
    switch (draw::below(4)) {
      case 0: text[place] = byte; break;
      case 1: text.insert(place, 1, byte); break;
      case 2: text.erase(place, 1); break;
      default: text.resize(place); break;
    }
  }
  return text;
}

RC_GTEST_PROP(Documents, ADamagedDocumentIsReadOrRefusedWithAReason, ()) {
  const auto organisation = *any_organisation();
  const auto text = damaged(documents::write_organisation(organisation));
  const auto result = documents::read_organisation(text);
  RC_CLASSIFY(result.has_value(), "read");
  if (!result) RC_ASSERT(!result.error().empty());
  const auto plan =
      documents::read_plan(damaged(documents::write_plan(*any_plan(organisation), organisation)), organisation);
  if (!plan) RC_ASSERT(!plan.error().empty());
}

}  // namespace
}  // namespace casplan
