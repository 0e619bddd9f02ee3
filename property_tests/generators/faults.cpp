#include "property_tests/generators/faults.h"

#include "property_tests/generators/draw.h"

namespace casplan {
namespace {

Probability draw_probability() {
  return Probability(draw::one_of<std::int64_t>({0, 0, 50'000, 333'333, 1'000'000}));
}

Minutes draw_minutes() {
  return Minutes(draw::below(3) * draw::between(1, 60));
}

}  // namespace

rc::Gen<FaultModel> any_faults() {
  return rc::gen::exec([] {
    FaultModel faults;
    for (StepFault* fault : {&faults.rollup, &faults.service_pack, &faults.ensure_folder, &faults.recycle,
                             &faults.drain, &faults.return_to_service}) {
      *fault = {draw_probability(), draw_minutes()};
    }
    for (PassingFault* fault : {&faults.partial_copy, &faults.forgotten_recycle, &faults.late_crew, &faults.server_down,
                                &faults.front_out_of_rotation}) {
      *fault = {draw_probability(), draw_minutes()};
    }
    faults.tries = draw::between(1, 3);
    return faults;
  });
}

}  // namespace casplan
