#include "pictures/matrix.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "model/text.h"
#include "model/time_text.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"

namespace casplan::pictures {
namespace {

constexpr std::size_t most_lines = 200;
constexpr std::size_t room_for_words = 40;

/// The text and blanks up to a width; longer text as it is.
std::string in_width(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string minutes_of(const Period& period) {
  return std::to_string(period.start.count()) + "-" + std::to_string(period.end.count());
}

class Matrix {
 public:
  Matrix(const MatrixInput& input, std::size_t columns, const Paint& paint)
      : input_(input),
        start_(simulator::start_of(input.plan)),
        course_(input.course),
        paint_(paint),
        all_(course_.sites().size()) {
    for (std::size_t i = 0; i < all_.size(); ++i) all_[i] = i;
    for (const StepIndex step : order_of_schedule(input.plan)) {
      const Schedule& schedule = *at(input.plan.steps, step).schedule;
      begins_[schedule.start - start_].push_back(step);
      ends_[(course_.is_refused(step) ? schedule.start : schedule.end) - start_].push_back(step);
    }
    for (const Period& period : course_.periods()) minutes_width_ = std::max(minutes_width_, minutes_of(period).size());
    for (std::size_t period = 0; period < course_.periods().size(); ++period) {
      for (const std::size_t site : all_)
        code_width_ = std::max(code_width_, code_of(course_.cell(period, site)).size());
    }
    const std::size_t taken = 2 + time_width + 2 + minutes_width_ + 2 + room_for_words;
    per_block_ = std::max<std::size_t>(8, columns > taken ? (columns - taken) / (code_width_ + 1) : 0);
  }

  std::string text() {
    std::vector<std::size_t> sites = all_;
    std::string text;
    if (all_.size() > per_block_) {
      std::erase_if(sites, [&](std::size_t site) { return course_.is_served_throughout(site); });
      text = left_out(sites.size());
    }
    for (std::size_t first = 0; first < sites.size(); first += per_block_) {
      const auto last = std::min(sites.size(), first + per_block_);
      block_.assign(sites.begin() + static_cast<std::ptrdiff_t>(first),
                    sites.begin() + static_cast<std::ptrdiff_t>(last));
      text += (text.empty() ? "" : "\n") + staircase() + lines();
    }
    return text;
  }

 private:
  static constexpr std::size_t time_width = 16;

  [[nodiscard]] const std::string& name(std::size_t site) const {
    return at(input_.organisation.sites, course_.sites()[site]).name;
  }

  [[nodiscard]] std::string left_out(std::size_t shown) const {
    constexpr std::size_t most_named = 5;
    std::string names;
    std::size_t count = 0;
    for (const std::size_t site : all_) {
      if (!course_.is_served_throughout(site)) continue;
      if (++count <= most_named) names += (count > 1 ? ", " : "") + name(site);
    }
    if (count == 0) return {};
    if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
    return "  Served all the time, and not shown: " + names + ".\n" +
           (shown == 0 ? "  No site meets anything else.\n" : "");
  }

  /// Each name stands above its column, with a line down to it.
  [[nodiscard]] std::string staircase() const {
    const std::string gap =
        std::string(2, ' ') + in_width("From (UTC)", time_width) + "  " + in_width("Minutes", minutes_width_) + "  ";
    const std::string blank(gap.size(), ' ');
    std::string text;
    std::string bars;
    for (std::size_t i = 0; i < block_.size(); ++i) {
      const bool is_last = i + 1 == block_.size();
      text += (is_last ? gap : blank) + bars + name(block_[i]) + (is_last ? "  Step that has ended" : "") + "\n";
      bars += in_width("|", code_width_ + 1);
    }
    return text;
  }

  [[nodiscard]] bool changes(std::size_t period) const {
    if (period == 0) return true;
    return std::any_of(block_.begin(), block_.end(),
                       [&](std::size_t site) { return course_.cell(period, site) != course_.cell(period - 1, site); });
  }

  [[nodiscard]] std::string lines() const {
    const bool is_long = course_.periods().size() > most_lines;
    std::string text;
    std::size_t skipped = 0;
    for (std::size_t period = 0; period < course_.periods().size(); ++period) {
      const bool is_shown = !is_long || changes(period) || period + 1 == course_.periods().size();
      if (is_shown) text += line(period);
      if (!is_shown) ++skipped;
    }
    if (skipped > 0) {
      text += "  (" + counted(skipped, "line") + " left out in which nothing changes for these sites)\n";
    }
    return text;
  }

  [[nodiscard]] std::string line(std::size_t period) const {
    const Period& shown = course_.periods()[period];
    std::string text =
        "  " + moment_text(start_ + shown.start) + "  " + in_width(minutes_of(shown), minutes_width_) + "  ";
    for (const std::size_t site : block_) {
      const Cell& cell = course_.cell(period, site);
      const std::string code = code_of(cell);
      text += paint_(cell, code) + std::string(code_width_ + 1 - code.size(), ' ');
    }
    return text + " " + step_words(shown) + "\n";
  }

  /// The steps that end or fail when a period begins, or that begin where there are none.
  [[nodiscard]] std::string step_words(const Period& period) const {
    if (!period.after && period.start == Minutes(0)) return "(start)";
    const auto ended = ends_.find(period.start);
    if (ended != ends_.end()) return listed(ended->second);
    const auto begun = begins_.find(period.start);
    return begun != begins_.end() ? "begins " + listed(begun->second) : "";
  }

  [[nodiscard]] std::string listed(const std::vector<StepIndex>& steps) const {
    const PlannedStep& first = at(input_.plan.steps, steps.front());
    std::string text = named(steps.front()) + ": " + runbook::describe(first.step, input_.organisation);
    if (steps.size() > 1) text += "; also ";
    for (std::size_t i = 1; i < steps.size(); ++i) text += (i > 1 ? ", " : "") + named(steps[i]);
    return text;
  }

  [[nodiscard]] std::string named(StepIndex step) const {
    return at(input_.plan.steps, step).id + (course_.is_refused(step) ? " (fails)" : "");
  }

  using StepsAt = std::map<Minutes, std::vector<StepIndex>>;

  const MatrixInput& input_;
  Moment start_;
  const Course& course_;
  const Paint& paint_;
  std::vector<std::size_t> all_;    // places of sites
  std::vector<std::size_t> block_;  // those of the block that is written
  StepsAt begins_;
  StepsAt ends_;
  std::size_t minutes_width_ = 7;
  std::size_t code_width_ = 1;
  std::size_t per_block_;
};

}  // namespace

std::string matrix(const MatrixInput& input, std::size_t columns, const Paint& paint) {
  return Matrix(input, columns, paint).text();
}

std::string legend(const Course& course, const Paint& paint) {
  std::vector<std::size_t> sites(course.sites().size());
  std::iota(sites.begin(), sites.end(), 0U);
  std::vector<std::string> meanings;
  for (const auto& [code, cell] : course.codes(sites)) meanings.push_back(paint(cell, code) + " " + words_of(cell));
  return joined(meanings, "; ");
}

}  // namespace casplan::pictures
