#include "pictures/chart.h"

#include <algorithm>
#include <map>

#include "model/text.h"
#include "model/time_text.h"
#include "pictures/chart_style.h"
#include "pictures/svg_text.h"
#include "pictures/time_axis.h"
#include "runbook/figures.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"

namespace casplan::pictures {
namespace {

using simulator::SiteCondition;

constexpr std::size_t most_rows = 200;
constexpr std::size_t longest_label = 30;
constexpr Tenths row_height = 200;
constexpr Tenths gap = 20;  // between rows
constexpr Tenths edge = 160;
constexpr Tenths head_room = 700;  // for the title and the hours
constexpr Tenths character = 72;
constexpr Tenths end_room = 560;
constexpr Tenths room_of_hour = 380;
constexpr Tenths baseline = 140;  // of a text in its row

constexpr char letter_of(StepKind kind) {
  switch (kind) {
    case StepKind::drain: return 'D';
    case StepKind::upgrade: return 'U';
    case StepKind::ensure_folder: return 'F';
    case StepKind::recycle: return 'C';
    case StepKind::return_to_service: return 'R';
  }
  return ' ';
}

std::string_view class_of(const Cell& cell) {
  switch (cell.condition) {
    case SiteCondition::some_fail: return "part";
    case SiteCondition::broken: return "fail";
    case SiteCondition::cannot_tell: return "tell";
    case SiteCondition::planned_outage: return cell.is_part ? "some" : "out";
    case SiteCondition::redirected: return "link";
    case SiteCondition::served: return "good";
    case SiteCondition::nobody: break;
  }
  return "none";
}

class Chart {
 public:
  Chart(const Organisation& organisation, const Plan& plan, const Course& course)
      : organisation_(organisation),
        plan_(plan),
        course_(course),
        axis_(plan),
        start_(simulator::start_of(plan)),
        sites_(sites_shown()) {
    std::map<ServerId, std::vector<StepIndex>> by_server;
    for (const StepIndex step : order_of_schedule(plan)) {
      by_server[at(plan.steps, step).step.server].push_back(step);
    }
    servers_.assign(by_server.begin(), by_server.end());
    std::stable_sort(servers_.begin(), servers_.end(), [&](const auto& a, const auto& b) {
      return at(organisation.servers, a.first).site < at(organisation.servers, b.first).site;
    });
    left_ = edge + label_room();
  }

  std::string draw() {
    top_ = head_room;
    const std::string step_rows = steps();
    const std::string site_rows = sites();
    const std::string hours = grid();
    const std::string meanings = key();
    return head(top_ + edge) + hours + step_rows + site_rows + meanings + "</svg>\n";
  }

 private:
  [[nodiscard]] Tenths place(Minutes minute) const { return left_ + axis_.place_of(minute); }
  [[nodiscard]] Tenths end_column() const { return left_ + axis_.width() + 2 * gap; }
  [[nodiscard]] Tenths right() const { return end_column() + end_room; }
  [[nodiscard]] std::string server_label(ServerId id) const {
    const Server& server = at(organisation_.servers, id);
    return server.site ? server.name + " (" + at(organisation_.sites, *server.site).name + ")" : server.name;
  }
  [[nodiscard]] const std::string& site_name(std::size_t site) const {
    return at(organisation_.sites, course_.sites()[site]).name;
  }

  [[nodiscard]] Tenths label_room() const {
    std::size_t longest = 12;
    for (const auto& [server, steps] : servers_) longest = std::max(longest, server_label(server).size());
    for (const std::size_t site : sites_) longest = std::max(longest, site_name(site).size());
    return static_cast<Tenths>(std::min(longest, longest_label) + 1) * character;
  }

  [[nodiscard]] std::vector<std::size_t> sites_shown() const {
    std::vector<std::size_t> shown;
    std::vector<std::size_t> quiet;
    for (std::size_t site = 0; site < course_.sites().size(); ++site) {
      (course_.is_served_throughout(site) ? quiet : shown).push_back(site);
    }
    shown.insert(shown.end(), quiet.begin(), quiet.end());
    if (shown.size() > most_rows) shown.resize(most_rows);
    std::sort(shown.begin(), shown.end());
    return shown;
  }

  std::string heading(const std::string& words) {
    const std::string text = svg_words(edge, top_ + baseline, "heading", words);
    top_ += row_height + gap;
    return text;
  }

  std::string left_out(std::size_t all, std::size_t shown, std::string_view noun) {
    if (all <= shown) return {};
    return heading("and " + counted(all - shown, noun) + " more, not shown");
  }

  std::string steps() {
    std::string text = heading("Steps, by server");
    const std::size_t shown = std::min(servers_.size(), most_rows);
    for (std::size_t i = 0; i < shown; ++i) text += server_row(servers_[i].first, servers_[i].second);
    text += left_out(servers_.size(), shown, "server");
    top_ += row_height / 2;
    return text;
  }

  std::string server_row(ServerId server, const std::vector<StepIndex>& steps) {
    std::string text = svg_words(edge, top_ + baseline, "label", svg_label(server_label(server), longest_label));
    text += times_out(server, steps);
    for (const StepIndex step : steps) text += step_box(step);
    top_ += row_height + gap;
    return text;
  }

  /// A pale band from the end of each drain to that of the return that follows.
  [[nodiscard]] std::string times_out(ServerId server, const std::vector<StepIndex>& steps) const {
    std::string text;
    bool is_out = at(organisation_.servers, server).in_service == false;
    Minutes since{0};
    const auto band = [&](Minutes until) {
      const Tenths left = place(since);
      text += svg_box({left, top_ + row_height / 4, place(until) - left, row_height / 2}, "away", "out of service");
      is_out = false;
    };
    for (const StepIndex step : steps) {
      if (course_.is_refused(step)) continue;
      const PlannedStep& done = at(plan_.steps, step);
      if (done.step.kind == StepKind::drain && !is_out) {
        is_out = true;
        since = done.schedule->end - start_;
      }
      if (done.step.kind == StepKind::return_to_service && is_out) band(done.schedule->end - start_);
    }
    if (is_out) band(course_.periods().back().end);
    return text;
  }

  [[nodiscard]] std::string step_box(StepIndex index) const {
    constexpr Tenths thinnest = 30;
    const PlannedStep& step = at(plan_.steps, index);
    const bool is_refused = course_.is_refused(index);
    const Tenths left = place(step.schedule->start - start_);
    const Tenths width = std::max(thinnest, place(step.schedule->end - start_) - left);
    const char letter = is_refused ? 'x' : letter_of(step.step.kind);
    std::string text =
        svg_box({left, top_, width, row_height}, std::string("step ") + letter,
                svg_text(step.id + ": " + (is_refused ? "fails: " : "") + runbook::describe(step.step, organisation_)) +
                    ", " + moment_text(step.schedule->start) + " to " + moment_text(step.schedule->end));
    if (width >= 2 * character) text += svg_words(left + width / 2, top_ + baseline, "code", std::string(1, letter));
    return text;
  }

  std::string sites() {
    std::string text = heading("What the users of each AD site meet");
    for (const std::size_t site : sites_) text += site_row(site);
    text += left_out(course_.sites().size(), sites_.size(), "site");
    return text;
  }

  /// Periods that are alike are one box.
  std::string site_row(std::size_t site) {
    std::string text = svg_words(edge, top_ + baseline, "label", svg_label(site_name(site), longest_label));
    const auto& periods = course_.periods();
    for (std::size_t first = 0; first + 1 < periods.size();) {
      std::size_t next = first + 1;
      while (next + 1 < periods.size() && course_.cell(next, site) == course_.cell(first, site)) ++next;
      text += cell_box(site, course_.cell(first, site), periods[first].start, periods[next].start);
      first = next;
    }
    const Cell& last = course_.cell(periods.size() - 1, site);
    text += box_with_code({end_column(), top_, end_room, row_height}, last,
                          svg_text(site_name(site)) + ", at the end: " + words_of(last));
    top_ += row_height + gap;
    return text;
  }

  [[nodiscard]] std::string cell_box(std::size_t site, const Cell& cell, Minutes from, Minutes to) const {
    const Tenths left = place(from);
    return box_with_code({left, top_, place(to) - left, row_height}, cell,
                         svg_text(site_name(site)) + ", " + moment_text(start_ + from) + " to " +
                             moment_text(start_ + to) + ": " + words_of(cell));
  }

  [[nodiscard]] static std::string box_with_code(const Box& box, const Cell& cell, const std::string& title) {
    const std::string code = code_of(cell);
    std::string text = svg_box(box, class_of(cell), title);
    if (box.width < static_cast<Tenths>(code.size() + 1) * character) return text;
    const std::string words = cell.condition == SiteCondition::broken ? "code on-dark" : "code";
    return text + svg_words(box.left + box.width / 2, box.top + baseline, words, code);
  }

  /// The hours, behind everything.
  [[nodiscard]] std::string grid() const {
    const Tenths from = head_room;
    const Minutes step = axis_.between_marks();
    std::string text;
    for (std::size_t i = 0; i < axis_.stretches().size(); ++i) {
      const Stretch& stretch = axis_.stretches()[i];
      if (i > 0) text += pause(axis_.stretches()[i - 1], stretch, from);
      text += svg_words(left_ + stretch.left, from - row_height - 2 * gap, "date", date_text(start_ + stretch.from));
      text += marks(stretch, step, from);
    }
    return text + svg_words(end_column(), from - 3 * gap, "hour", "at the end");
  }

  [[nodiscard]] std::string marks(const Stretch& stretch, Minutes step, Tenths from) const {
    std::string text;
    const Minutes since_midnight = (start_ + stretch.from).time_since_epoch() % a_day;
    const Minutes to_first = (step - since_midnight % step) % step;
    Tenths free_from = 0;
    for (Minutes mark = stretch.from + to_first; mark <= stretch.to; mark += step) {
      const Tenths x = place(mark);
      text += svg_line(x, from - 2 * gap, x, top_, "grid");
      if (x < free_from || x + room_of_hour > left_ + stretch.right) continue;
      text += svg_words(x + gap, from - 3 * gap, "hour", clock_text((start_ + mark).time_since_epoch() % a_day));
      free_from = x + room_of_hour;
    }
    return text;
  }

  [[nodiscard]] std::string pause(const Stretch& before, const Stretch& after, Tenths from) const {
    const Minutes length = after.from - before.to;
    const auto hours = std::chrono::floor<std::chrono::hours>(length).count();
    const std::string words = hours >= 48 ? std::to_string(hours / 24) + " d" : std::to_string(hours) + " h";
    return svg_box({left_ + before.right, from - 2 * gap, after.left - before.right, top_ - from + 2 * gap}, "quiet",
                   "nothing is done for " + words) +
           svg_words(left_ + (before.right + after.left) / 2, from - 3 * gap, "pause", words);
  }

  std::string key() {
    top_ += row_height / 2;
    std::string text = svg_words(edge, top_ + baseline, "label",
                                 "Steps: D drain, U upgrade, F put folder in place, C restart Outlook Web Access, R "
                                 "return to service, x failed; pale: out of service. Times are UTC.");
    top_ += row_height + gap;
    for (const auto& [code, cell] : course_.codes(sites_)) {
      text += box_with_code({edge, top_, 6 * character, row_height}, cell, "");
      text += svg_words(edge + 7 * character, top_ + baseline, "label", words_of(cell));
      top_ += row_height + gap;
    }
    return text;
  }

  [[nodiscard]] std::string head(Tenths height) const {
    constexpr Tenths narrowest = 9000;
    const Tenths width = std::max(right() + edge, narrowest);
    const std::string size = " width=\"" + number(width) + "\" height=\"" + number(height) + "\" viewBox=\"0 0 " +
                             number(width) + " " + number(height) + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\"" + size +
           ">\n<title id=\"title\">" + title() + "</title>\n<desc id=\"desc\">" + description() + "</desc>\n" +
           std::string(chart_style) + svg_box({0, 0, width, height}, "paper", "") +
           svg_words(edge, edge + baseline, "title", title());
  }

  [[nodiscard]] std::string title() const {
    return svg_label(organisation_.name, 60) + ": " + counted(plan_.steps.size(), "step") + ", " + moment_text(start_) +
           " to " + moment_text(start_ + course_.periods().back().end) + " UTC";
  }

  /// For who cannot see the picture: when each site meets something.
  [[nodiscard]] std::string description() const {
    constexpr std::size_t most_sentences = 50;
    std::string text = "Rows of steps by server, and rows of AD sites, over time.";
    std::size_t sentences = 0;
    for (const std::size_t site : sites_) {
      std::map<std::string, Minutes> lengths;
      for (std::size_t period = 0; period < course_.periods().size(); ++period) {
        const Cell& cell = course_.cell(period, site);
        if (is_served(cell)) continue;
        lengths[words_of(cell)] += course_.periods()[period].end - course_.periods()[period].start;
      }
      for (const auto& [words, length] : lengths) {
        if (++sentences > most_sentences) return text + " And more.";
        text += " " + svg_text(site_name(site)) + ": " + words + ", " + runbook::minutes_text(length) + ".";
      }
    }
    return text;
  }

  const Organisation& organisation_;
  const Plan& plan_;
  const Course& course_;
  TimeAxis axis_;
  Moment start_;
  std::vector<std::size_t> sites_;  // places in the course
  std::vector<std::pair<ServerId, std::vector<StepIndex>>> servers_;
  Tenths left_ = 0;  // of the axis
  Tenths top_ = 0;   // of the next row
};

}  // namespace

std::string chart(const Organisation& organisation, const Plan& plan, const Course& course) {
  return Chart(organisation, plan, course).draw();
}

}  // namespace casplan::pictures
