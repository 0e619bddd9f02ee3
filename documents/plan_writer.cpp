#include "documents/formats.h"
#include "documents/json_writer.h"
#include "documents/moment_text.h"
#include "documents/plan_document.h"

namespace casplan::documents {
namespace {

class PlanWriter {
 public:
  PlanWriter(const Plan& plan, const Organisation& organisation) : plan_(plan), organisation_(organisation) {}

  std::string write() {
    out_.object([&] {
      out_.member("format", plan_format);
      out_.member("goal", to_string(plan_.goal));
      out_.key("steps").list(plan_.steps, [&](const PlannedStep& step) { write_step(step); });
      if (plan_.outcome) write_outcome(*plan_.outcome);
      if (plan_.digests) write_digests(*plan_.digests);
    });
    return out_.take();
  }

 private:
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }

  void write_step(const PlannedStep& planned) {
    const Step& step = planned.step;
    out_.object([&] {
      out_.member("id", planned.id);
      out_.member("kind", to_string(step.kind));
      out_.member("server", name(step.server));
      if (step.build) out_.member("build", to_string(*step.build));
      if (step.folder) out_.member("folder", to_string(*step.folder));
      if (!step.sources.empty()) {
        out_.key("sources").line(step.sources, [&](ServerId source) { out_.value(name(source)); });
      }
      if (!planned.why.empty()) out_.member("why", planned.why);
      write_arrows(planned.after);
      if (planned.schedule) {
        out_.member("start", to_text(planned.schedule->start));
        out_.member("end", to_text(planned.schedule->end));
      }
    });
  }

  void write_arrows(const std::vector<Arrow>& after) {
    out_.key("after").line(after, [&](const Arrow& arrow) { out_.value(at(plan_.steps, arrow.step).id); });
    if (after.empty()) return;
    out_.key("reasons").list(after, [&](const Arrow& arrow) { out_.value(arrow.reason); });
  }

  void write_measures(std::string_view key, const Measures& measures) {
    out_.key(key).object([&] {
      for (const Measure measure : all_measures()) {
        if (const auto& known = value(measures, measure)) out_.member(to_string(measure), *known);
      }
    });
  }

  void write_outcome(const Outcome& outcome) {
    out_.key("outcome").object([&] {
      out_.member("status", to_string(outcome.status));
      write_measures("objective", outcome.objective);
      write_measures("bound", outcome.bound);
      write_sentences("because", outcome.because);
      if (!outcome.core.empty()) write_sentences("core", outcome.core);
      if (!outcome.remedies.empty()) write_sentences("remedies", outcome.remedies);
    });
  }

  void write_sentences(std::string_view key, const std::vector<std::string>& sentences) {
    out_.key(key).list(sentences, [&](const std::string& sentence) { out_.value(sentence); });
  }

  void write_digests(const Digests& digests) {
    out_.key("digest").object([&] {
      out_.member("organisation", digests.organisation);
      out_.member("policy", digests.policy);
    });
  }

  const Plan& plan_;
  const Organisation& organisation_;
  JsonWriter out_;
};

}  // namespace

std::string write_plan(const Plan& plan, const Organisation& organisation) {
  return PlanWriter(plan, organisation).write();
}

}  // namespace casplan::documents
