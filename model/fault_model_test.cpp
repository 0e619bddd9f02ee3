#include "model/fault_model.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan {
namespace {

using namespace modelled;

TEST(AProbability, IsReadExactlyFromItsDecimals) {
  EXPECT_EQ(parse_probability("0"), Probability(0));
  EXPECT_EQ(parse_probability("1"), Probability(1'000'000));
  EXPECT_EQ(parse_probability("0.05"), Probability(50'000));
  EXPECT_EQ(parse_probability("0.000001"), Probability(1));
  EXPECT_EQ(parse_probability("1.0"), Probability(1'000'000));
  EXPECT_EQ(parse_probability("0.1000000"), Probability(100'000)) << "zeros at the end say nothing";
  EXPECT_EQ(parse_probability("0.0"), Probability());
}

TEST(AProbability, IsNoOtherNumber) {
  for (const char* text : {"", "-0.1", "1.000001", "2", "0.0000001", ".5", "0.", "5e-2", "0,5", "00.5", "half"}) {
    EXPECT_EQ(parse_probability(text), std::nullopt) << text;
  }
  EXPECT_THROW(Probability(-1), ContractViolation);
  EXPECT_THROW(Probability(1'000'001), ContractViolation);
}

TEST(TheFaultOfAStep, IsThatOfItsKind) {
  const FaultModel faults;
  const ServerId server{0};
  EXPECT_EQ(&fault_of(faults, drain(server), rtm), &faults.drain);
  EXPECT_EQ(&fault_of(faults, return_to_service(server), rtm), &faults.return_to_service);
  EXPECT_EQ(&fault_of(faults, recycle(server), rtm), &faults.recycle);
  EXPECT_EQ(&fault_of(faults, ensure_folder(server, folder_of(rtm)), rtm), &faults.ensure_folder);
  EXPECT_EQ(&fault_of(faults, upgrade(server, sp1), rtm), &faults.service_pack);
  EXPECT_EQ(&fault_of(faults, upgrade(server, sp1_ru9), sp1), &faults.rollup);
  EXPECT_EQ(&fault_of(faults, upgrade(server, sp1), sp1_ru9), &faults.rollup) << "rollups are removed";
}

TEST(AModelWithoutFaults, HasNoProbabilities) {
  const FaultModel faults = no_faults();
  EXPECT_EQ(faults.service_pack.probability, Probability());
  EXPECT_EQ(faults.front_out_of_rotation.probability, Probability());
  EXPECT_EQ(faults.tries, FaultModel().tries);
}

}  // namespace
}  // namespace casplan
