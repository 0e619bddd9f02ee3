#include "tools/casplan/policy_breaches.h"

#include <algorithm>

#include "verifier/breach.h"

namespace casplan::tools {
namespace {

constexpr std::size_t most_shown = 20;

}  // namespace

std::vector<std::string> breaches_of_policy(const PlanInput& input) {
  if (!input.policy || input.plan.steps.empty()) return {};
  const auto breaches = verifier::breaches(input.organisation, *input.policy, input.plan);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < std::min(breaches.size(), most_shown); ++i) {
    sentences.push_back(verifier::sentence(breaches[i], input.organisation, *input.policy, input.plan));
  }
  if (breaches.size() > most_shown) {
    sentences.push_back("And " + std::to_string(breaches.size() - most_shown) + " more.");
  }
  return sentences;
}

}  // namespace casplan::tools
