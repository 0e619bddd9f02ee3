#include "documents/policy_faults.h"

#include <array>

#include "documents/policy_words.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::int64_t most_tries = 100;

/// What may go wrong, and its key.
template <class Kind>
struct Named {
  std::string_view key;
  Kind FaultModel::*fault;
};

constexpr std::array<Named<StepFault>, 6> step_faults{{{"rollup", &FaultModel::rollup},
                                                       {"service_pack", &FaultModel::service_pack},
                                                       {"ensure_folder", &FaultModel::ensure_folder},
                                                       {"recycle", &FaultModel::recycle},
                                                       {"drain", &FaultModel::drain},
                                                       {"return", &FaultModel::return_to_service}}};
constexpr std::array<Named<PassingFault>, 3> faults_of_work{{{"partial_copy", &FaultModel::partial_copy},
                                                             {"forgotten_recycle", &FaultModel::forgotten_recycle},
                                                             {"late_crew", &FaultModel::late_crew}}};
constexpr std::array<Named<PassingFault>, 2> faults_of_days{
    {{"server_down", &FaultModel::server_down}, {"front_out_of_rotation", &FaultModel::front_out_of_rotation}}};

constexpr std::array<std::string_view, 2> step_fault_keys{"probability", "repair"};
constexpr std::array<std::string_view, 2> passing_keys{"probability", "minutes"};
constexpr std::array<std::string_view, 2> daily_keys{"probability_per_day", "minutes"};

std::optional<Probability> read_probability(const Node& node) {
  std::optional<Probability> probability;
  if (const auto* whole = std::get_if<std::int64_t>(&node.value().content)) {
    probability = parse_probability(std::to_string(*whole));
  } else if (const auto* other = std::get_if<OtherNumber>(&node.value().content)) {
    probability = parse_probability(other->text);
  }
  if (!probability) node.unexpected("a probability: a number from 0 to 1 with at most six decimals, such as 0.05");
  return probability;
}

std::optional<Minutes> read_length(const Node& node) {
  return read_minutes(node, 0, a_week.count());
}

template <class Table>
void add_keys(std::vector<std::string_view>& keys, const Table& table) {
  for (const auto& named : table) keys.push_back(named.key);
}

std::vector<std::string_view> step_keys() {
  std::vector<std::string_view> keys;
  add_keys(keys, step_faults);
  return keys;
}

std::vector<std::string_view> fault_keys() {
  std::vector<std::string_view> keys{"steps", "tries"};
  add_keys(keys, faults_of_work);
  add_keys(keys, faults_of_days);
  return keys;
}

void read_step_faults(const Node& node, FaultModel& model) {
  const ObjectReader kinds(node, "an object with a fault for kinds of steps", step_keys());
  for (const auto& [key, fault] : step_faults) {
    const auto value = kinds.find(key);
    if (!value) continue;
    const ObjectReader object(*value, "an object with a probability and the minutes of the repair", step_fault_keys);
    read_into((model.*fault).probability, object.find("probability"), read_probability);
    read_into((model.*fault).repair, object.find("repair"), read_length);
  }
}

template <class Faults>
void read_passing_faults(const ObjectReader& faults, const Faults& named, std::span<const std::string_view> keys,
                         FaultModel& model) {
  for (const auto& [key, fault] : named) {
    const auto value = faults.find(key);
    if (!value) continue;
    const ObjectReader object(*value, "an object with a probability and minutes", keys);
    read_into((model.*fault).probability, object.find(keys.front()), read_probability);
    read_into((model.*fault).minutes, object.find("minutes"), read_length);
  }
}

void write_probability(JsonWriter& out, std::string_view key, Probability probability) {
  constexpr int decimals = 6;
  out.key(key).decimal(probability.millionths(), decimals);
}

void write_passing(JsonWriter& out, std::string_view key, const PassingFault& fault, std::string_view probability) {
  out.key(key).object([&] {
    write_probability(out, probability, fault.probability);
    out.member("minutes", fault.minutes.count());
  });
}

}  // namespace

std::optional<FaultModel> read_faults(const Node& node) {
  const ObjectReader object(node, "an object with what may go wrong", fault_keys());
  if (!object) return std::nullopt;
  FaultModel model;
  if (const auto steps = object.find("steps")) read_step_faults(*steps, model);
  read_into(model.tries, object.find("tries"), [](const Node& tries) -> std::optional<int> {
    const auto count = tries.integer(1, most_tries);
    return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
  });
  read_passing_faults(object, faults_of_work, passing_keys, model);
  read_passing_faults(object, faults_of_days, daily_keys, model);
  return model;
}

void write_faults(JsonWriter& out, const FaultModel& model) {
  out.object([&] {
    out.key("steps").object([&] {
      for (const auto& [key, fault] : step_faults) {
        out.key(key).object([&, &fault = model.*fault] {
          write_probability(out, "probability", fault.probability);
          out.member("repair", fault.repair.count());
        });
      }
    });
    out.member("tries", model.tries);
    for (const auto& [key, fault] : faults_of_work) write_passing(out, key, model.*fault, passing_keys.front());
    for (const auto& [key, fault] : faults_of_days) write_passing(out, key, model.*fault, daily_keys.front());
  });
}

}  // namespace casplan::documents
