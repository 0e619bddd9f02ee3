#include "property_tests/gate/order.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/dice.h"

namespace casplan::gate {
namespace {

class OrderDraw {
 public:
  OrderDraw(const Subject& subject, std::uint64_t seed, const std::vector<Place>& followed)
      : subject_(subject),
        dice_(seed),
        open_arrows_(subject.arrows),
        is_busy_(subject.steps_of.size()),
        is_held_back_(subject.steps_of.size()),
        waiting_(subject.steps_of.size()) {
    hold_back(followed);
    order_.reserve(2 * open_arrows_.size());
    for (Place step = 0; step < open_arrows_.size(); ++step) {
      if (open_arrows_[step] == 0) make_possible({Event::Kind::begin, step});
    }
  }

  std::vector<Event> draw() {
    for (auto event = take(); event; event = take()) {
      if (event->kind == Event::Kind::begin) {
        begin(*event);
      } else {
        end(*event);
      }
    }
    return std::move(order_);
  }

 private:
  void hold_back(const std::vector<Place>& followed) {
    if (followed.empty()) return;
    const auto how = dice_.below(3);
    if (how == 1) is_held_back_[followed[dice_.below(followed.size())]] = true;
    if (how != 2) return;
    for (const Place server : followed) is_held_back_[server] = dice_.below(2) == 0;
  }

  [[nodiscard]] Place server_of(Place step) const { return subject_.step(step).server.value; }

  void make_possible(const Event& event) { possible_[is_held_back_[server_of(event.step)] ? 1 : 0].push_back(event); }

  std::optional<Event> take() {
    for (auto& events : possible_) {
      if (events.empty()) continue;
      std::swap(events[dice_.below(events.size())], events.back());
      const Event event = events.back();
      events.pop_back();
      return event;
    }
    return std::nullopt;
  }

  void begin(const Event& event) {
    const Place server = server_of(event.step);
    if (is_busy_[server]) {
      waiting_[server].push_back(event.step);
      return;
    }
    is_busy_[server] = true;
    order_.push_back(event);
    make_possible({Event::Kind::end, event.step});
  }

  void end(const Event& event) {
    const Place server = server_of(event.step);
    is_busy_[server] = false;
    order_.push_back(event);
    release_one(waiting_[server]);
    for (const Place step : subject_.followers[event.step]) {
      if (--open_arrows_[step] == 0) make_possible({Event::Kind::begin, step});
    }
  }

  /// One is enough: when it has ended it is the next one's turn.
  void release_one(std::vector<Place>& steps) {
    if (steps.empty()) return;
    std::swap(steps[dice_.below(steps.size())], steps.back());
    make_possible({Event::Kind::begin, steps.back()});
    steps.pop_back();
  }

  const Subject& subject_;
  Dice dice_;
  std::vector<std::size_t> open_arrows_;        // by step: those from steps that have not ended
  std::vector<bool> is_busy_;                   // by server
  std::vector<bool> is_held_back_;              // by server
  std::vector<std::vector<Place>> waiting_;     // by server: steps that may begin when it is no longer busy
  std::array<std::vector<Event>, 2> possible_;  // those of servers that are held back last
  std::vector<Event> order_;
};

/// Each step by itself, in the order of the ends.
std::vector<Event> one_after_the_other(const std::vector<Event>& order) {
  std::vector<Event> steps;
  for (const Event& event : order) {
    if (event.kind != Event::Kind::end) continue;
    steps.push_back({Event::Kind::begin, event.step});
    steps.push_back(event);
  }
  return steps;
}

}  // namespace

std::vector<Event> draw_order(const Subject& subject, const Case& drawn, const std::vector<Place>& followed) {
  auto order = OrderDraw(subject, drawn.seed, followed).draw();
  return drawn.spacing == Case::Spacing::overlapping ? order : one_after_the_other(order);
}

}  // namespace casplan::gate
