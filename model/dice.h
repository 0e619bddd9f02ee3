#pragma once

#include <cstddef>
#include <cstdint>

namespace casplan {

/// A number in which each bit of `number` bears on every bit (the last part of SplitMix64).
[[nodiscard]] constexpr std::uint64_t scrambled(std::uint64_t number) {
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31U);
}

/// Draws that depend on nothing but the seed (SplitMix64), the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return scrambled(state_);
  }
  /// A number from 0 to `count` - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

 private:
  std::uint64_t state_;
};

}  // namespace casplan
