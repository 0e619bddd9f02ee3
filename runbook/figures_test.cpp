#include "runbook/figures.h"

#include <gtest/gtest.h>

namespace casplan::runbook {
namespace {

TEST(Figures, KeepEmptyCellsOfATable) {
  EXPECT_EQ(row({"", "b", ""}), "|  | b |  |\n");
}

}  // namespace
}  // namespace casplan::runbook
