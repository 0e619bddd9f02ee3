#include "property_tests/generators/readings.h"

#include "property_tests/generators/draw.h"

namespace casplan {

rc::Gen<FixedReadings> any_fixed_readings() {
  return rc::gen::exec([] {
    FixedReadings fixed;
    for (std::size_t reading = 0; reading < reading_names().size(); ++reading) {
      if (draw::once_in(4)) fix(fixed, reading, static_cast<std::size_t>(draw::below(2)));
    }
    return fixed;
  });
}

rc::Gen<Readings> any_readings() {
  return rc::gen::exec([] { return draw::one_of(combinations({})); });
}

}  // namespace casplan
