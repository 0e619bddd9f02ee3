#include "documents/plan_outcome.h"

#include <limits>

#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::size_t digest_length = 64;

constexpr std::array<std::string_view, 6> outcome_keys{"status", "objective", "bound", "because", "core", "remedies"};
constexpr std::array<std::string_view, 2> digest_keys{"organisation", "policy"};

std::optional<Measures> read_measures(const Node& node) {
  const auto names = measure_names();
  const ObjectReader object(node, "an object with values of measures", names);
  if (!object) return std::nullopt;
  Measures measures;
  for (const Measure measure : all_measures()) {
    read_into(value(measures, measure), object.known(to_string(measure)),
              [](const Node& n) { return n.integer(0, std::numeric_limits<std::int64_t>::max()); });
  }
  return measures;
}

std::optional<std::string> read_digest(const Node& node) {
  constexpr std::string_view expected = "a SHA-256 digest: 64 hexadecimal digits in small letters";
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  if (text->size() == digest_length && text->find_first_not_of("0123456789abcdef") == std::string_view::npos) {
    return std::string(*text);
  }
  node.fault(shown(*text), std::string(expected));
  return std::nullopt;
}

}  // namespace

std::optional<Outcome> read_outcome(const Node& node) {
  const ObjectReader object(node, "the outcome: an object", outcome_keys);
  if (!object) return std::nullopt;
  Outcome outcome;
  read_into(outcome.status, object.required("status"), word_reader(all_plan_statuses));
  read_into(outcome.objective, object.find("objective"), read_measures);
  read_into(outcome.bound, object.find("bound"), read_measures);
  read_into(outcome.because, object.find("because"), read_sentences);
  read_into(outcome.core, object.find("core"), read_sentences);
  read_into(outcome.remedies, object.find("remedies"), read_sentences);
  return outcome;
}

std::optional<Digests> read_digests(const Node& node) {
  const ObjectReader object(node, "the digests: an object", digest_keys);
  if (!object) return std::nullopt;
  Digests digests;
  read_into(digests.organisation, object.required("organisation"), read_digest);
  read_into(digests.policy, object.required("policy"), read_digest);
  return digests;
}

}  // namespace casplan::documents
