#include "simulator/faults.h"

#include "model/dice.h"

namespace casplan::simulator {
namespace {

Dice dice_of(std::uint64_t seed, const FaultId& fault) {
  const std::uint64_t of_kind = scrambled(seed + static_cast<std::uint64_t>(fault.kind) + 1);
  return Dice(scrambled(of_kind ^ (std::uint64_t{fault.subject} << 32U | fault.number)));
}

}  // namespace

std::uint64_t seed_of_run(std::uint64_t seed, std::uint64_t run) {
  if (run == 0) return seed;
  return scrambled(scrambled(seed + 1) + run) >> 1U;
}

std::uint64_t Faults::draw(const FaultId& fault) const {
  return dice_of(seed_, fault).next();
}

bool Faults::happens(const FaultId& fault, Probability probability) const {
  if (probability == Probability() || spared_ == fault) return false;
  return dice_of(seed_, fault).below(Probability::whole) < static_cast<std::size_t>(probability.millionths());
}

Minutes Faults::minute_of_day(const FaultId& fault) const {
  Dice dice = dice_of(seed_, fault);
  (void)dice.next();  // has decided whether the fault happens
  return Minutes(static_cast<std::int64_t>(dice.below(a_day.count())));
}

Faults Faults::without(const FaultId& fault) const {
  Faults others = *this;
  others.spared_ = fault;
  return others;
}

}  // namespace casplan::simulator
