#include "property_tests/gate/check_properties.h"

#include <rapidcheck.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/contracts.h"
#include "property_tests/gate/cases.h"
#include "property_tests/gate/execution.h"
#include "property_tests/gate/sentences.h"

namespace casplan::gate {
namespace {

/// How many simpler cases are tried of one that breaks its law.
constexpr std::size_t most_simpler_cases = 500;

std::string_view name_of(Law law) {
  switch (law) {
    case Law::permitted_orders: return "In every order that the arrows permit, nobody meets Event 46 anew.";
    case Law::single_failures: return "Whatever step fails, nobody meets Event 46 anew.";
    case Law::wrong_facts: break;
  }
  return "Whatever fact is wrong, nobody meets Event 46 anew, as long as the runbook's checks are made.";
}

/// Hears what RapidCheck finds, and says nothing.
class SilentListener : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const rc::detail::CaseDescription& /*description*/) override {}
  void onShrinkTried(const rc::detail::CaseDescription& /*shrink*/, bool /*accepted*/) override {}
  void onTestFinished(const rc::detail::TestMetadata& /*metadata*/, const rc::detail::TestResult& /*result*/) override {
  }
};

rc::Gen<Case> drawn_from(const Subject& subject, const Cases& cases) {
  const auto tries_left = std::make_shared<std::size_t>(most_simpler_cases);
  const auto simpler = [&subject, tries_left](const Case& broken) {
    auto all = *tries_left == 0 ? std::vector<Case>{} : simpler_cases(subject, broken);
    if (all.size() > *tries_left) all.resize(*tries_left);
    return rc::seq::map(rc::seq::fromContainer(std::move(all)), [tries_left](Case&& one) {
      if (*tries_left > 0) --*tries_left;
      return std::move(one);
    });
  };
  return [&cases, simpler](const rc::Random& random, int /*size*/) {
    return rc::shrinkable::shrinkRecur(cases.draw(rc::Random(random).next()), simpler);
  };
}

/// The case that broke its law last: the simplest, because RapidCheck goes on from each that breaks it.
struct LastBroken {
  std::vector<std::string> sentences;
  std::exception_ptr error;
};

rc::detail::TestResult try_at_random(const Subject& subject, const Cases& cases, const GateOptions& options,
                                     LastBroken& last) {
  const auto generator = drawn_from(subject, cases);
  const auto law_holds = [&] {
    try {
      const Case drawn = *generator;
      const auto violation = carry_out(subject, drawn);
      if (violation) last.sentences = sentences(subject, drawn, *violation);
      return !violation;
    } catch (const ContractViolation&) {
      last.error = std::current_exception();
      throw;
    }
  };
  rc::detail::TestParams parameters;
  parameters.seed = options.seed;
  parameters.maxSuccess = static_cast<int>(options.cases);
  SilentListener listener;
  // Nothing is reproduced from, and nothing is read from the environment.
  return rc::detail::checkProperty(rc::detail::toProperty(law_holds), {}, parameters, listener, {});
}

verifier::PropertyResult check(const Subject& subject, Law law, const GateOptions& options) {
  verifier::PropertyResult result;
  result.name = name_of(law);
  result.seed = options.seed;
  result.passed = true;
  const Cases cases(subject, law);
  if (!cases.exist()) return result;
  LastBroken last;
  auto outcome = try_at_random(subject, cases, options, last);
  if (last.error) std::rethrow_exception(last.error);
  rc::detail::SuccessResult success;
  result.passed = outcome.match(success);
  result.cases = static_cast<std::size_t>(success.numSuccess);
  if (result.passed) return result;
  rc::detail::FailureResult failure;
  expects(outcome.match(failure), "a law holds, or a case breaks it");
  result.cases = static_cast<std::size_t>(failure.numSuccess) + 1;
  result.counterexample = std::move(last.sentences);
  return result;
}

}  // namespace

std::vector<verifier::PropertyResult> check_properties(const Organisation& organisation, const Plan& plan,
                                                       const FixedReadings& fixed, const GateOptions& options) {
  expects(options.cases >= 1 && options.cases <= most_cases, "the number of cases is in its range");
  expects(options.seed <= greatest_seed, "the seed is in its range");
  const Subject subject(organisation, plan, fixed);
  std::vector<verifier::PropertyResult> results;
  for (const Law law : {Law::permitted_orders, Law::single_failures, Law::wrong_facts}) {
    results.push_back(check(subject, law, options));
  }
  return results;
}

}  // namespace casplan::gate
