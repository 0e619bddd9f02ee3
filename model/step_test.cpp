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

}  // namespace
}  // namespace casplan
