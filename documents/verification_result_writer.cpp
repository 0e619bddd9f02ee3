#include "documents/assessment_writer.h"
#include "documents/result_documents.h"
#include "documents/verdict_words.h"
#include "documents/vocabulary.h"
#include "verifier/stop_text.h"

namespace casplan::documents {
namespace {

class VerificationWriter {
 public:
  VerificationWriter(const Organisation& organisation, const Plan& plan) : organisation_(organisation), plan_(plan) {}

  std::string write(const verifier::Report& report, const std::optional<std::vector<std::string>>& against_policy) {
    out_.object([&] {
      out_.member("verdict", to_string(report.safety));
      out_.member("orders", to_string(report.orders));
      out_.member("readings", static_cast<std::int64_t>(report.readings));
      out_.member("failures", static_cast<std::int64_t>(report.failures));
      if (report.counterexample) write_counterexample(*report.counterexample);
      out_.key("broken_today").list(report.broken_today, [&](const auto& broken) { write_broken(broken); });
      if (!report.left_out_of_service.empty()) {
        out_.key("left_out_of_service").line(report.left_out_of_service, [&](ServerId server) {
          out_.value(at(organisation_.servers, server).name);
        });
      }
      out_.key("undecided").list(report.undecided, [&](const auto& undecided) { write_undecided(undecided); });
      if (against_policy) {
        out_.key("against_policy").list(*against_policy, [&](const std::string& text) { out_.value(text); });
      }
      out_.key("stops").list(report.stops, [&](const auto& stop) { write_stop(stop); });
      out_.key("properties").list(report.properties, [&](const auto& property) { write_property(property); });
    });
    return out_.take();
  }

 private:
  [[nodiscard]] const std::string& id(StepIndex step) const { return at(plan_.steps, step).id; }

  void write_counterexample(const verifier::Counterexample& example) {
    out_.key("counterexample").object([&] {
      out_.member("kind", to_string(example.kind));
      out_.key("order").line(example.order, [&](StepIndex step) { out_.value(id(step)); });
      write_readings(out_.key("reading"), example.readings);
      if (example.path) write_path_ends(out_, organisation_, *example.path);
      if (example.judgement) {
        if (example.judgement->event) out_.member("event", *example.judgement->event);
        out_.member("rule", rule(example.judgement->rule).name);
        out_.member("evidence", rule(example.judgement->rule).evidence);
      }
      if (!example.event.empty()) out_.member("message", example.event);
      write_steps(example);
    });
  }

  void write_steps(const verifier::Counterexample& example) {
    if (example.step) out_.member("step", id(*example.step));
    if (example.other_step) out_.member("other_step", id(*example.other_step));
    if (example.missing_arrow) {
      out_.key("missing_arrow").object([&] {
        out_.member("step", id(example.missing_arrow->after));
        out_.member("after", id(example.missing_arrow->before));
      });
    }
    if (!example.refusal) return;
    out_.key("refusal").object([&] {
      out_.member("reason", to_string(example.refusal->reason));
      out_.member("server", at(organisation_.servers, example.refusal->server).name);
    });
  }

  void write_broken(const verifier::BrokenToday& broken) {
    out_.object([&] {
      write_path_ends(out_, organisation_, broken.path);
      out_.member("mended_by", broken.mended_by ? std::optional(id(*broken.mended_by)) : std::nullopt);
    });
  }

  void write_undecided(const verifier::Undecided& undecided) {
    out_.object([&] {
      write_path_ends(out_, organisation_, undecided.path);
      out_.member("rule", rule(undecided.judgement.rule).name);
      out_.member("evidence", rule(undecided.judgement.rule).evidence);
    });
  }

  void write_property(const verifier::PropertyResult& property) {
    out_.object([&] {
      out_.member("name", property.name);
      out_.member("cases", static_cast<std::int64_t>(property.cases));
      out_.member("seed", static_cast<std::int64_t>(property.seed));
      out_.member("passed", property.passed);
      if (property.passed) return;
      out_.key("counterexample").list(property.counterexample, [&](const std::string& text) { out_.value(text); });
    });
  }

  void write_stop(const verifier::Stop& stop) {
    out_.object([&] {
      out_.member("step", id(stop.step));
      out_.member("when", to_string(stop.time));
      out_.key("ended_too").line(stop.also_ended, [&](StepIndex step) { out_.value(id(step)); });
      out_.member("safe", truth(stop.safety));
      write_names("out_of_service", organisation_.servers, stop.out_of_service);
      write_names("sites_without_service", organisation_.sites, stop.sites_without_service);
      write_names("entry_points_without_service", organisation_.entry_points, stop.entry_points_without_service);
      out_.key("partial_folder_paths").list(stop.partial_folder_paths, [&](const ProxyPath& path) {
        out_.object([&] { write_path_ends(out_, organisation_, path); });
      });
      out_.key("ways_out").list(stop.ways_out, [&](const auto& way) { write_way_out(way, stop); });
    });
  }

  void write_way_out(const verifier::WayOut& way, const verifier::Stop& stop) {
    out_.object([&] {
      out_.member("kind", to_string(way.kind));
      out_.member("safe", truth(way.safety));
      write_names("servers", organisation_.servers, way.servers);
      out_.member("text", verifier::sentence(way, stop, organisation_, plan_));
    });
  }

  template <class List, class Id>
  void write_names(std::string_view key, const List& list, const std::vector<Id>& ids) {
    out_.key(key).line(ids, [&](Id element) { out_.value(at(list, element).name); });
  }

  [[nodiscard]] static std::optional<bool> truth(verifier::Safety safety) {
    if (safety == verifier::Safety::cannot_tell) return std::nullopt;
    return safety == verifier::Safety::safe;
  }

  const Organisation& organisation_;
  const Plan& plan_;
  JsonWriter out_;
};

}  // namespace

std::string write_verification_result(const Organisation& organisation, const Plan& plan,
                                      const verifier::Report& report,
                                      const std::optional<std::vector<std::string>>& against_policy) {
  return VerificationWriter(organisation, plan).write(report, against_policy);
}

}  // namespace casplan::documents
