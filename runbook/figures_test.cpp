#include "runbook/figures.h"

#include <gtest/gtest.h>

namespace casplan::runbook {
namespace {

simulator::Users users(std::int64_t numerator, std::int64_t denominator) {
  ExactSum sum;
  sum.add({numerator, denominator});
  return sum;
}

TEST(Figures, ShowUsersWithAtMostThreeDecimals) {
  EXPECT_EQ(users_text(users(300, 1)), "300");
  EXPECT_EQ(users_text(users(200, 3)), "66.667");
  EXPECT_EQ(users_text(users(1, 2)), "0.5");
  EXPECT_EQ(users_text(users(1, 100)), "0.01");
}

TEST(Figures, SayThatAFigureIsNotKnown) {
  EXPECT_EQ(users_text(std::nullopt), "not known");
  EXPECT_EQ(figure_text(std::nullopt), "not known");
}

TEST(Figures, ShowMomentsInUtc) {
  using namespace std::chrono;
  const Moment moment = sys_days{year{2009} / 10 / 3} + hours(22) + minutes(5);
  EXPECT_EQ(moment_text(moment), "2009-10-03 22:05");
  EXPECT_EQ(moment_text(Moment(Minutes(-1))), "1969-12-31 23:59");
}

TEST(Figures, KeepEmptyCellsOfATable) {
  EXPECT_EQ(row({"", "b", ""}), "|  | b |  |\n");
}

}  // namespace
}  // namespace casplan::runbook
