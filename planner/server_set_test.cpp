#include "planner/server_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

using ::testing::ElementsAre;

ServerSet set_of(std::initializer_list<std::uint32_t> ids) {
  ServerSet set;
  for (const std::uint32_t id : ids) set.insert(ServerId{id});
  return set;
}

TEST(ServerSet, HoldsEachServerOnceByIdInWhateverOrderTheyAreAdded) {
  EXPECT_THAT(set_of({3, 1, 2, 1, 3}), ElementsAre(ServerId{1}, ServerId{2}, ServerId{3}));
}

TEST(ServerSet, KnowsWhomItHolds) {
  const ServerSet set = set_of({1, 3});
  EXPECT_TRUE(set.contains(ServerId{3}));
  EXPECT_FALSE(set.contains(ServerId{2}));
  EXPECT_TRUE(ServerSet().empty());
}

TEST(ServerSet, TakesInAndGivesUpOthers) {
  ServerSet set = set_of({1, 3});
  set.insert(set_of({2, 3}));
  EXPECT_THAT(set, ElementsAre(ServerId{1}, ServerId{2}, ServerId{3}));
  set.erase(set_of({1, 3, 4}));
  EXPECT_THAT(set, ElementsAre(ServerId{2}));
}

}  // namespace
}  // namespace casplan::planner
