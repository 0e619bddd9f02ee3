#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "planner/search/ailing.h"
#include "planner/search/problem.h"

namespace casplan::planner {

/// A part of the times at which a situation may lie.
struct Times {
  std::int32_t latest = 0;
  std::int32_t slack = 0;

  friend bool operator==(const Times&, const Times&) = default;
};

/// What may happen next in a situation.
struct Move {
  enum class Kind { begin, wait, start, narrow };

  Kind kind = Kind::wait;
  std::int32_t minutes = 0;               ///< of a wait
  std::vector<std::size_t> drained = {};  ///< worked servers whose drains end now, so that the step may start
  std::size_t worked = 0;                 ///< whose step starts
  std::optional<Step> step = {};          ///< empty: only drains end
  std::uint32_t rank = 0;                 ///< the order in which starts at the same minute are tried
  bool is_tried = false;                  ///< together with what starts at the same minute, in another order
  bool hides_a_path = false;              ///< of drains alone: a path that works later would not be let fail in between
  std::optional<Times> times = {};        ///< at which it may be made; empty: all. One that narrows does nothing else
};

/// A step that starts now, with the drains that end right before it.
[[nodiscard]] inline Move start_of(std::size_t worked, Step step, std::vector<std::size_t> drained = {}) {
  return {.kind = Move::Kind::start, .drained = std::move(drained), .worked = worked, .step = std::move(step)};
}

/// A drain alone.
[[nodiscard]] inline Move drain_of(std::size_t worked) {
  return {.kind = Move::Kind::start, .drained = {worked}, .worked = worked};
}

/// Nothing but that the times are fewer.
[[nodiscard]] inline Move narrowing_to(const Times& times) {
  return {.kind = Move::Kind::narrow, .times = times};
}

/// How long nothing is begun, where something could be.
enum class Waits {
  for_events,    ///< until something ends, or opens, or would end together with something else
  every_minute,  ///< as long as one likes; so no plan is left out, whatever crews and windows there are
};

/// Finds the moves of situations and makes them. A drain ends just when it is needed, so it is no step that runs: it is
/// remembered in the move that needs it, and lies right before it.
class Moves {
 public:
  explicit Moves(Problem& problem, Waits waits = Waits::for_events);

  /// Every move that may lead to a best plan. Returns that harm nobody are not put off.
  [[nodiscard]] std::vector<Move> of(const Situation& situation);

  [[nodiscard]] Situation make(const Situation& situation, const Move& move);

  /// Whether everything is done and every path works.
  [[nodiscard]] bool is_goal(const Situation& situation);

  /// Whether every path works with the server as it is in service, whatever of the running steps has ended.
  [[nodiscard]] bool harms_nobody(const Situation& situation, std::size_t worked);

  /// Whether it is the upgrade of a server that is out from now on, or was so before, and of which nobody sees when it
  /// ends; where nothing has ended or begun since it could have begun at the same cost, it need not begin later.
  [[nodiscard]] bool may_be_late(const Situation& situation, const Move& move) const;

  /// Whether this is the last minute in which a drain of the server may end for now.
  [[nodiscard]] bool closes_now(const Situation& situation, std::size_t worked) const {
    return waits_ == Waits::every_minute && open_times(situation, worked, 0, 1) != std::vector{times_of(situation)};
  }

  /// The minute, or an earlier one from which on the calendars go on in the same way, and nothing ends.
  [[nodiscard]] std::int32_t time_of_calendars(const Situation& situation) const;

  /// How many minutes a step takes that starts in this situation.
  [[nodiscard]] std::int32_t length(const Situation& situation, std::size_t worked, const Step& step) const;

 private:
  /// Whether a server may come to be in service like this, now and in every order that is permitted.
  struct Clearance {
    bool is_possible = true;
    std::vector<std::size_t> to_drain;  ///< who has to be out for that
    std::vector<std::size_t> to_hide;   ///< who may be out, too: its path comes to work, and could not fail again
  };

  [[nodiscard]] Clearance clearance(const Situation& situation, std::size_t worked, const Step& step);
  /// The readings under which users may meet Event 46 with these ends.
  [[nodiscard]] std::uint64_t faults(const Encounter& encounter, VariantId own, VariantId other);
  /// Whether all goes well at an encounter with a variant, whatever of the running steps has ended.
  [[nodiscard]] bool is_clear(const Situation& situation, std::size_t worked, const Encounter& encounter,
                              VariantId variant);
  /// The readings under which the path of an encounter fails today and has not worked since.
  [[nodiscard]] std::uint64_t ailing_under(const Situation& situation, const Encounter& encounter);
  [[nodiscard]] bool is_to_be_hidden(const Situation& situation, std::size_t worked, const Encounter& encounter,
                                     const Step& step);
  [[nodiscard]] bool has_path_to_hide(const Situation& situation, std::size_t worked, const Step& step);
  [[nodiscard]] static std::pair<MetEnd, MetEnd> ends(const Situation& situation, const Encounter& encounter,
                                                      const MetEnd& own);
  [[nodiscard]] bool mends(const Situation& situation, std::size_t worked, const Encounter& encounter,
                           const Step& step);
  [[nodiscard]] bool mends_a_path(const Situation& situation, std::size_t worked, const Step& step);
  void remember_what_works(Situation& situation, std::size_t worked);
  void end(Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool fits_those_who_are_out(const Situation& situation, std::size_t worked);
  [[nodiscard]] bool may_be_drained(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool may_be_upgraded(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool keeps_company(const Situation& situation, const std::vector<std::size_t>& leaving,
                                   std::size_t worked, std::int32_t since) const;
  /// Whether, at some of the situation's times, work that begins so many minutes later is in a window.
  [[nodiscard]] bool fits_window(const Situation& situation, std::size_t worked, std::int32_t from,
                                 std::int32_t length) const;
  [[nodiscard]] static Times times_of(const Situation& situation) { return {situation.minute, situation.slack}; }
  /// At which of them, ascending.
  [[nodiscard]] std::vector<Times> open_times(const Situation& situation, std::size_t worked, std::int32_t from,
                                              std::int32_t length) const;
  [[nodiscard]] std::vector<Times> times_for(const Situation& situation, const Move& move) const;
  [[nodiscard]] std::vector<Move> at_their_times(const Situation& situation, std::vector<Move> moves) const;
  [[nodiscard]] std::vector<Move> apart(const Situation& situation, const Move& move) const;
  [[nodiscard]] bool has_free_crew(const Situation& situation) const;
  [[nodiscard]] bool is_a_source(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool may_start(const Situation& situation, std::size_t worked, const Step& step) const;
  [[nodiscard]] Step upgrade(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] std::vector<ServerId> sources(const Situation& situation, std::size_t worked, std::size_t folder) const;
  [[nodiscard]] bool is_upgraded_meanwhile(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool is_worth_keeping(const Situation& situation, std::size_t worked, std::size_t folder);
  [[nodiscard]] bool is_useful(const Situation& situation, std::size_t worked, const OwaVersion& folder);
  [[nodiscard]] bool helps_users(const Situation& situation, std::size_t worked, const Encounter& encounter,
                                 const Step& ensure);
  [[nodiscard]] std::vector<VariantId> to_come(const Situation& situation, std::size_t worked, VariantId variant);
  [[nodiscard]] VariantId in_the_end(VariantId variant, const Slot& slot, const Worked& worked);

  std::vector<Move> add_returns(const Situation& situation, std::vector<Move>& moves);
  [[nodiscard]] bool may_have_to_wait(const Situation& situation, std::size_t worked) const;
  void add_upgrades(const Situation& situation, std::vector<Move>& moves);
  void add_folder_work(const Situation& situation, std::vector<Move>& moves);
  void add_drains(const Situation& situation, std::vector<Move>& moves);
  void add_wait(const Situation& situation, std::vector<Move>& moves);
  void add_drained(const Situation& situation, std::size_t worked, const Step& step, std::vector<Move>& moves);
  void add_with(const Situation& situation, const Clearance& clearance, std::size_t worked, const Step& step,
                std::vector<Move>& moves);
  template <class Consider>
  void consider_common_ends(const Situation& situation, std::size_t worked, Consider consider) const;
  [[nodiscard]] std::vector<std::int32_t> ends_to_come(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool is_untouched(const Situation& situation) const;
  [[nodiscard]] bool is_done(const Slot& slot, const Worked& server) const;
  [[nodiscard]] std::optional<std::int32_t> shortest_wait(const Situation& situation,
                                                          const std::vector<Move>& moves) const;
  [[nodiscard]] std::optional<std::int32_t> wait_for_event(const Situation& situation) const;
  [[nodiscard]] std::optional<std::int32_t> next_change(const Situation& situation) const;
  [[nodiscard]] std::optional<std::int32_t> next_minute(const Situation& situation) const;
  [[nodiscard]] std::optional<std::int32_t> next_window(const Situation& situation) const;
  [[nodiscard]] std::uint32_t rank(std::size_t worked, std::size_t which) const;

  Problem& problem_;
  Waits waits_;
  std::int32_t drain_;
  std::int32_t recurring_from_;  ///< from this minute on, the calendars are the same every week
  std::int32_t last_beginning_;  ///< of plans that could not as well begin some weeks earlier
  std::vector<std::optional<ServerId>> standing_sources_;  // by wanted folder
};

}  // namespace casplan::planner
