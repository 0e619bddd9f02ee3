#include "model/step.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

TEST(StepKind, HasTheNameOfTheDocuments) {
  EXPECT_EQ(to_string(StepKind::drain), "drain");
  EXPECT_EQ(to_string(StepKind::upgrade), "upgrade");
  EXPECT_EQ(to_string(StepKind::ensure_folder), "ensure_folder");
  EXPECT_EQ(to_string(StepKind::recycle), "recycle");
  EXPECT_EQ(to_string(StepKind::return_to_service), "return");
}

TEST(StepKind, IsReadAsItIsWritten) {
  EXPECT_EQ(all_step_kinds().size(), 5U);
  for (const StepKind kind : all_step_kinds()) EXPECT_EQ(parse_step_kind(to_string(kind)), kind);
}

TEST(StepKind, WithAnotherNameDoesNotExist) {
  EXPECT_EQ(parse_step_kind("return_to_service"), std::nullopt);
  EXPECT_EQ(parse_step_kind("Drain"), std::nullopt);
  EXPECT_EQ(parse_step_kind(""), std::nullopt);
}

TEST(StepKind, EitherMovesUsersOrChangesItsServer) {
  EXPECT_TRUE(moves_users(StepKind::drain));
  EXPECT_TRUE(moves_users(StepKind::return_to_service));
  for (const StepKind kind : {StepKind::upgrade, StepKind::ensure_folder, StepKind::recycle}) {
    EXPECT_FALSE(moves_users(kind));
  }
}

TEST(RemovesRollups, OnlyFromALaterToAnEarlierBuildOfOneLevel) {
  const BuildVersion rtm{{8, 0, 685, 25}};
  const BuildVersion sp1{{8, 1, 240, 6}};
  const BuildVersion sp1_ru5{{8, 1, 336, 1}};
  EXPECT_TRUE(removes_rollups(sp1_ru5, sp1));
  EXPECT_FALSE(removes_rollups(sp1, sp1_ru5));
  EXPECT_FALSE(removes_rollups(sp1, sp1));
  EXPECT_FALSE(removes_rollups(sp1_ru5, rtm)) << "that would be a service pack";
}

}  // namespace
}  // namespace casplan
