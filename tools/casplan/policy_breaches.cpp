#include "tools/casplan/policy_breaches.h"

#include <algorithm>

#include "verifier/breach.h"

namespace casplan::tools {
namespace {

constexpr std::size_t most_shown = 20;

bool is_about_times(const verifier::Breach& breach) {
  return breach.kind == verifier::BreachKind::outside_windows || breach.kind == verifier::BreachKind::too_late;
}

}  // namespace

std::optional<std::vector<std::string>> breaches_of_policy(const PlanInput& input) {
  if (!input.policy) return std::nullopt;
  auto breaches = verifier::breaches(input.organisation, *input.policy, input.plan);
  std::vector<std::string> sentences;
  if (!input.has_own_times && (!input.policy->windows.empty() || input.policy->latest_end)) {
    std::erase_if(breaches, is_about_times);
    sentences.emplace_back(
        "The steps have no times of their own, so nothing is said of the policy's windows and latest end.");
  }
  for (std::size_t i = 0; i < std::min(breaches.size(), most_shown); ++i) {
    sentences.push_back(verifier::sentence(breaches[i], input.organisation, *input.policy, input.plan));
  }
  if (breaches.size() > most_shown) {
    sentences.push_back("And " + std::to_string(breaches.size() - most_shown) + " more.");
  }
  return sentences;
}

}  // namespace casplan::tools
