#include "benchmarks/slots_for_z3.h"

#include <sstream>
#include <vector>

#include "model/contracts.h"

namespace casplan::benchmarks {
namespace {

class Writer {
 public:
  Writer(const Organisation& organisation, const Policy& policy) : policy_(policy) {
    expects(organisation.entry_points.size() == 1 && organisation.entry_points[0].fronts == std::vector{ServerId{0}},
            "the first server is the one front");
    expects(policy.crews == 1 && policy.windows.empty(), "one crew works at any time");
    for (std::size_t i = 1; i < organisation.servers.size(); ++i) {
      users_.push_back(at(organisation.sites, organisation.servers[i].site.value()).mailboxes.value());
    }
  }

  std::string text() {
    out_ << "(set-option :opt.priority lex)\n(declare-const copied Bool)\n(declare-const copied_before Int)\n"
         << "(assert (and (<= 0 copied_before) (< copied_before " << users_.size() << ")))\n"
         << "(define-fun back () Int (ite copied (+ " << first_start() + copy() + minutes(policy_.durations.recycle)
         << " (* " << upgrade() << " copied_before) " << minutes(policy_.durations.return_to_service) << ") "
         << last_end() + minutes(policy_.durations.return_to_service) << "))\n";
    write_places();
    write_measures();
    return out_.str();
  }

 private:
  static std::int64_t minutes(Minutes duration) { return duration.count(); }
  [[nodiscard]] std::int64_t upgrade() const { return minutes(policy_.durations.service_pack); }
  [[nodiscard]] std::int64_t copy() const { return minutes(policy_.durations.ensure_folder); }
  [[nodiscard]] std::int64_t drain() const { return minutes(policy_.durations.drain); }
  /// When the first target may be upgraded, and when the last one is, without a copy.
  [[nodiscard]] std::int64_t first_start() const { return drain() + upgrade(); }
  [[nodiscard]] std::int64_t last_end() const {
    return first_start() + upgrade() * static_cast<std::int64_t>(users_.size());
  }

  void write_places() {
    const std::size_t count = users_.size();
    for (std::size_t i = 0; i < count; ++i) {
      out_ << "(declare-const place" << i << " Int)\n(assert (and (<= 0 place" << i << ") (< place" << i << " " << count
           << ")))\n(define-fun done" << i << " () Int (+ " << first_start() + upgrade() << " (* " << upgrade()
           << " place" << i << ") (ite (and copied (<= copied_before place" << i << ")) " << copy()
           << " 0)))\n"
           // Minutes of its upgrade in which the front is back.
           << "(define-fun missed" << i << " () Int (ite (>= back done" << i << ") 0 (ite (<= back (- done" << i << " "
           << upgrade() << ")) " << upgrade() << " (- done" << i << " back))))\n";
    }
    out_ << "(assert (distinct";
    for (std::size_t i = 0; i < count; ++i) out_ << " place" << i;
    out_ << "))\n";
  }

  void write_measures() {
    out_ << "(define-fun event46_user_minutes () Int 0)\n(define-fun unavailable_user_minutes () Int (+";
    for (std::size_t i = 0; i < users_.size(); ++i) {
      out_ << " (* " << users_[i] << " (+ (- back " << drain() << ") missed" << i << "))";
    }
    out_ << "))\n(define-fun feature_lag_user_minutes () Int (+";
    for (std::size_t i = 0; i < users_.size(); ++i) {
      out_ << " (* " << users_[i] << " (ite (>= back done" << i << ") back done" << i << "))";
    }
    out_ << "))\n(define-fun copies () Int (ite copied 1 0))\n(define-fun makespan_minutes () Int (ite (and copied (<= "
            "back "
         << last_end() + copy() << ")) " << last_end() + copy() << " back))\n";
    for (const Measure measure : policy_.objective) out_ << "(minimize " << to_string(measure) << ")\n";
    out_ << "(check-sat)\n(get-value (";
    for (const Measure measure : policy_.objective) out_ << to_string(measure) << " ";
    out_ << "))\n";
  }

  const Policy& policy_;
  std::vector<UserCount> users_;  // by target
  std::ostringstream out_;
};

}  // namespace

std::string slots_for_z3(const Organisation& organisation, const Policy& policy) {
  return Writer(organisation, policy).text();
}

}  // namespace casplan::benchmarks
