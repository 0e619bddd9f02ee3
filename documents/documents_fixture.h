#pragma once

#include <gmock/gmock.h>

#include <iosfwd>
#include <string>
#include <string_view>

#include "model/diagnostics.h"
#include "model/organisation.h"
#include "model/policy.h"

namespace casplan {

/// For the messages of failed tests.
void PrintTo(const Fault& fault, std::ostream* out);

}  // namespace casplan

/// Documents for the tests, modelled on KB 947168: a front at HQ and Client Access servers in two branches.
namespace casplan::documents {

/// HQCAS1 (SP1, front), BRCAS1 (RTM, Branch1), BRMBX1 (no CAS), ZHEX1 (RTM, Zürich).
[[nodiscard]] std::string organisation_text();
[[nodiscard]] Organisation organisation();

/// The text with the one occurrence of `from` replaced; it is a programmer's error if there is not exactly one.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

template <class Value>
Diagnostics faults_of(const Result<Value>& result) {
  return result ? Diagnostics{} : result.error();
}

/// A fault at this place whose words contain these.
inline auto FaultAt(const std::string& place, const std::string& found, const std::string& expected = "") {
  using testing::AllOf;
  using testing::Field;
  using testing::HasSubstr;
  return AllOf(Field("place", &Fault::place, place), Field("found", &Fault::found, HasSubstr(found)),
               Field("expected", &Fault::expected, HasSubstr(expected)));
}

/// The same with the nearest valid name.
inline auto FaultNear(const std::string& place, const std::string& found, const std::string& nearest) {
  return testing::AllOf(FaultAt(place, found),
                        testing::Field("nearest", &Fault::nearest, testing::Optional(std::string(nearest))));
}

}  // namespace casplan::documents
