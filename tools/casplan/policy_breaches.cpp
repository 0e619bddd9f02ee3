#include "tools/casplan/policy_breaches.h"

#include <algorithm>

#include "simulator/trace.h"
#include "verifier/breach.h"

namespace casplan::tools {
namespace {

constexpr std::size_t most_shown = 20;

}  // namespace

std::vector<std::string> breaches_of_policy(const PlanInput& input) {
  if (!input.policy || input.plan.steps.empty()) return {};
  const auto trace = simulator::play(input.organisation, input.plan, first_of(input.fixed_readings()));
  if (!trace) return {};
  const auto breaches = verifier::breaches(input.organisation, *input.policy, input.plan, *trace);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < std::min(breaches.size(), most_shown); ++i) {
    sentences.push_back("Against the policy: " +
                        verifier::sentence(breaches[i], input.organisation, *input.policy, input.plan));
  }
  if (breaches.size() > most_shown) {
    sentences.push_back("And " + std::to_string(breaches.size() - most_shown) + " more.");
  }
  return sentences;
}

}  // namespace casplan::tools
