#include "planner/reasons.h"

#include <array>

namespace casplan::planner {
namespace {

constexpr std::array purposes{Purpose::mending, Purpose::service, Purpose::policy};

std::string_view beginning(Purpose purpose) {
  switch (purpose) {
    case Purpose::safety: return "";
    case Purpose::mending: return "Mending: ";
    case Purpose::service: return "Service: ";
    case Purpose::policy: return "Policy: ";
  }
  return "";
}

}  // namespace

std::string stated(Purpose purpose, std::string_view reason) {
  return std::string(beginning(purpose)) + std::string(reason);
}

Purpose purpose_of(std::string_view reason) {
  for (const Purpose purpose : purposes) {
    if (reason.starts_with(beginning(purpose))) return purpose;
  }
  return Purpose::safety;
}

}  // namespace casplan::planner
