#include "documents/formats.h"
#include "documents/json_writer.h"
#include "documents/moment_text.h"
#include "documents/policy_document.h"
#include "documents/policy_faults.h"
#include "documents/policy_words.h"
#include "documents/vocabulary.h"
#include "model/time_text.h"

namespace casplan::documents {
namespace {

class PolicyWriter {
 public:
  PolicyWriter(const Policy& policy, const Organisation& organisation) : policy_(policy), organisation_(organisation) {}

  std::string write() {
    out_.object([&] {
      out_.member("format", policy_format);
      if (policy_.target) write_target(out_.key("target"), *policy_.target);
      write_targets();
      out_.key("frozen").line(policy_.frozen, [&](ServerId id) { out_.value(name(id)); });
      if (!policy_.to_return.empty()) {
        out_.key("return").line(policy_.to_return, [&](ServerId id) { out_.value(name(id)); });
      }
      out_.member("roles", to_string(policy_.roles));
      out_.member("event46", event46_words[static_cast<std::size_t>(policy_.event46)]);
      write_copies();
      out_.member("crews", policy_.crews);
      write_durations();
      write_min_in_service();
      out_.key("windows").list(policy_.windows, [&](const Window& window) { write_window(window); });
      out_.key("before").list(policy_.before, [&](const auto& pair) {
        out_.line(std::array{pair.first, pair.second}, [&](ServerId id) { out_.value(name(id)); });
      });
      out_.member("start", to_text(policy_.start));
      if (policy_.latest_end) out_.member("latest_end", to_text(*policy_.latest_end));
      out_.key("objective").line(policy_.objective, [&](Measure measure) { out_.value(to_string(measure)); });
      out_.member("goal", to_string(policy_.goal));
      write_policy_readings();
      if (policy_.activity != Activity{}) write_activity();
      if (policy_.faults != FaultModel{}) write_faults(out_.key("faults"), policy_.faults);
    });
    return out_.take();
  }

 private:
  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }
  [[nodiscard]] const std::string& name(SiteId id) const { return at(organisation_.sites, id).name; }

  static void write_target(JsonWriter& out, const BuildVersion& build) {
    out.object([&] { out.member("build", to_string(build)); });
  }

  void write_targets() {
    out_.key("targets").object([&] {
      for (const auto& [server, build] : policy_.targets) write_target(out_.key(name(server)), build);
    });
  }

  void write_copies() {
    out_.key("copies");
    if (!policy_.copies) {
      out_.value(copies_allowed);
    } else if (*policy_.copies == 0) {
      out_.value(copies_forbidden);
    } else {
      out_.value(*policy_.copies);
    }
  }

  void write_durations() {
    out_.key("durations").object([&] {
      out_.member("rollup", policy_.durations.rollup.count());
      out_.member("service_pack", policy_.durations.service_pack.count());
      out_.member("ensure_folder", policy_.durations.ensure_folder.count());
      out_.member("recycle", policy_.durations.recycle.count());
      out_.member("drain", policy_.durations.drain.count());
      out_.member("return", policy_.durations.return_to_service.count());
    });
  }

  void write_min_in_service() {
    out_.key("min_in_service").object([&] {
      out_.member("default", policy_.min_in_service.default_count);
      out_.key("sites").object([&] {
        for (const auto& [site, count] : policy_.min_in_service.sites) out_.member(name(site), count);
      });
    });
  }

  void write_window(const Window& window) {
    out_.object([&] {
      if (!window.servers.empty()) {
        out_.key("servers").line(window.servers, [&](ServerId id) { out_.value(name(id)); });
      }
      if (!window.sites.empty()) out_.key("sites").line(window.sites, [&](SiteId id) { out_.value(name(id)); });
      std::visit([&](const auto& time) { write_time(time); }, window.time);
    });
  }

  void write_time(const WeeklyTime& weekly) {
    out_.key("weekly").object([&] {
      out_.member("day", day_words[weekly.day]);
      out_.member("start", clock_text(weekly.start));
      out_.member("minutes", weekly.length.count());
    });
    out_.member("utc_offset", utc_offset_text(weekly.utc_offset));
  }

  void write_time(const DatedTime& dated) {
    out_.key("dated").object([&] {
      out_.member("start", to_text(dated.start));
      out_.member("end", to_text(dated.end));
    });
  }

  void write_policy_readings() {
    out_.key("readings");
    if (policy_.readings == FixedReadings{}) {
      out_.value(all_readings);
    } else {
      write_readings(out_, policy_.readings);
    }
  }

  /// Only where it is not the default: plans that were made before there was one keep fitting their policies.
  void write_activity() {
    out_.key("activity").object([&] {
      out_.key("hours").list(policy_.activity.hours, [&](const ActiveHours& hours) {
        out_.object([&] {
          out_.member("from", clock_text(hours.from));
          out_.member("to", clock_text(hours.to));
          out_.member("percent", hours.percent);
        });
      });
      out_.member("otherwise", policy_.activity.otherwise);
      out_.member("utc_offset", utc_offset_text(policy_.activity.utc_offset));
      out_.key("utc_offsets").object([&] {
        for (const auto& [site, offset] : policy_.activity.utc_offsets)
          out_.member(name(site), utc_offset_text(offset));
      });
    });
  }

  const Policy& policy_;
  const Organisation& organisation_;
  JsonWriter out_;
};

}  // namespace

std::string write_policy(const Policy& policy, const Organisation& organisation) {
  return PolicyWriter(policy, organisation).write();
}

}  // namespace casplan::documents
