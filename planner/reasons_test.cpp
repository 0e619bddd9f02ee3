#include "planner/reasons.h"

#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

TEST(AReason, OfAnArrowForSafetyIsStatedAsItIs) {
  EXPECT_EQ(stated(Purpose::safety, "the folder is in place"), "the folder is in place");
}

TEST(AReason, BeginsWithWhatTheArrowIsForWhereThatIsNotSafety) {
  EXPECT_EQ(stated(Purpose::mending, "the folder is in place"), "Mending: the folder is in place");
  EXPECT_EQ(stated(Purpose::service, "HQ needs it"), "Service: HQ needs it");
  EXPECT_EQ(stated(Purpose::policy, "HQ comes first"), "Policy: HQ comes first");
}

TEST(AReason, TellsWhatTheArrowIsFor) {
  for (const Purpose purpose : {Purpose::safety, Purpose::mending, Purpose::service, Purpose::policy}) {
    EXPECT_EQ(purpose_of(stated(purpose, "the folder is in place")), purpose);
  }
}

}  // namespace
}  // namespace casplan::planner
