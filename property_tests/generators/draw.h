#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <vector>

/// Small draws for generators that are written as functions. Each may be called only inside `rc::gen::exec` or a
/// property; each shrinks towards its first or usual value.
namespace casplan::draw {

/// A number from 0 to `count` - 1, each as likely at every size.
[[nodiscard]] int below(int count);

/// A number from `least` to `most`.
[[nodiscard]] int between(int least, int most);

/// True once in `times`; shrinks to false.
[[nodiscard]] bool once_in(int times);

template <class Value>
[[nodiscard]] Value one_of(const std::vector<Value>& values) {
  return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
}

/// Each value with the chance of one half; shrinks to none.
template <class Value>
[[nodiscard]] std::vector<Value> some_of(const std::vector<Value>& values) {
  std::vector<Value> chosen;
  for (const Value& value : values) {
    if (once_in(2)) chosen.push_back(value);
  }
  return chosen;
}

/// At least one of the values.
template <class Value>
[[nodiscard]] std::vector<Value> at_least_one_of(const std::vector<Value>& values) {
  auto chosen = some_of(values);
  if (chosen.empty()) chosen.push_back(one_of(values));
  return chosen;
}

/// `count` values of a generator that are the same in every run with the same seed: for tests that count how often
/// something occurs.
template <class Value>
[[nodiscard]] std::vector<Value> samples(const rc::Gen<Value>& generator, int count, std::uint64_t seed = 947168) {
  std::vector<Value> values;
  rc::Random random(seed);
  for (int i = 0; i < count; ++i) values.push_back(generator(random.split(), rc::kNominalSize).value());
  return values;
}

}  // namespace casplan::draw
