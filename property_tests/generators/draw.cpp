#include "property_tests/generators/draw.h"

namespace casplan::draw {

int below(int count) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count));
}

int between(int least, int most) {
  return least + below(most - least + 1);
}

bool once_in(int times) {
  return below(times) == times - 1;
}

}  // namespace casplan::draw
