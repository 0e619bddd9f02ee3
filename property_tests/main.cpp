#include <gtest/gtest.h>

#include <cstdlib>

/// Every run tests the same cases, unless the environment says otherwise:
///   RC_PARAMS="max_success=10000" laws_rules        other cases in every run, and many
///   RC_PARAMS="seed=1" laws_rules                   the cases of another seed
int main(int argc, char** argv) {
  constexpr int keep_what_is_set = 0;
  setenv("RC_PARAMS", "seed=947168 max_success=1000", keep_what_is_set);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
