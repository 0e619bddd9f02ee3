#pragma once

#include <optional>
#include <vector>

#include "planner/search/problem.h"

namespace casplan::planner {

/// What may happen next in a situation.
struct Move {
  enum class Kind { begin, wait, start };

  Kind kind = Kind::wait;
  std::int32_t minutes = 0;          ///< of a wait
  std::vector<std::size_t> drained;  ///< worked servers whose drains end now, so that the step may start
  std::size_t worked = 0;            ///< whose step starts
  std::optional<Step> step;          ///< empty: only drains end
  std::uint32_t rank = 0;            ///< the order in which starts at the same minute are tried
};

/// Finds the moves of situations and makes them. A drain ends just when it is needed, so it is no step that runs: it is
/// remembered in the move that needs it, and lies right before it.
class Moves {
 public:
  explicit Moves(Problem& problem);

  /// Every move that may lead to a best plan. Returns that harm nobody are not put off.
  [[nodiscard]] std::vector<Move> of(const Situation& situation);

  [[nodiscard]] Situation make(const Situation& situation, const Move& move);

  /// Whether everything is done and every path works.
  [[nodiscard]] bool is_goal(const Situation& situation);

  /// Whether every path works with the server as it is in service, whatever of the running steps has ended.
  [[nodiscard]] bool harms_nobody(const Situation& situation, std::size_t worked);

  /// How many minutes a step takes that starts in this situation.
  [[nodiscard]] std::int32_t length(const Situation& situation, std::size_t worked, const Step& step) const;

 private:
  /// Whether a server may come to be in service like this, now and in every order that is permitted.
  struct Clearance {
    bool is_possible = true;
    std::vector<std::size_t> to_drain;  ///< who has to be out for that
  };

  [[nodiscard]] Clearance clearance(const Situation& situation, std::size_t worked, VariantId variant);
  /// The readings under which users may meet Event 46 with these ends.
  [[nodiscard]] std::uint64_t faults(const Encounter& encounter, VariantId own, VariantId other);
  /// Those of them that the policy does not allow: not as today, or the path has worked since under that reading.
  [[nodiscard]] std::uint64_t new_faults(const Encounter& encounter, VariantId own, VariantId other,
                                         std::uint64_t mended);
  [[nodiscard]] static std::uint64_t mended(const Situation& situation, const Encounter& encounter);
  void remember_what_works(Situation& situation, std::size_t worked);
  [[nodiscard]] bool may_be_drained(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool may_be_upgraded(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool keeps_company(const Situation& situation, const std::vector<std::size_t>& leaving,
                                   std::size_t worked, std::int32_t since) const;
  [[nodiscard]] bool fits_window(const Situation& situation, std::size_t worked, std::int32_t from,
                                 std::int32_t length) const;
  [[nodiscard]] bool has_free_crew(const Situation& situation) const;
  [[nodiscard]] bool is_a_source(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] bool may_start(const Situation& situation, std::size_t worked, const Step& step) const;
  [[nodiscard]] Step upgrade(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] std::optional<ServerId> source(const Situation& situation, std::size_t worked,
                                               std::size_t folder) const;
  [[nodiscard]] bool is_worth_keeping(const Situation& situation, std::size_t worked, std::size_t folder);
  [[nodiscard]] bool is_useful(const Situation& situation, std::size_t worked, const OwaVersion& folder);
  [[nodiscard]] VariantId in_the_end(VariantId variant, const Slot& slot, const Worked& worked);

  std::optional<Move> add_returns(const Situation& situation, std::vector<Move>& moves);
  void add_upgrades(const Situation& situation, std::vector<Move>& moves);
  void add_folder_work(const Situation& situation, std::vector<Move>& moves);
  void add_drains(const Situation& situation, std::vector<Move>& moves);
  void add_wait(const Situation& situation, std::vector<Move>& moves);
  void add_drained(const Situation& situation, std::size_t worked, const Step& step, std::vector<Move>& moves);
  void add_with(const Situation& situation, const Clearance& clearance, std::size_t worked, const Step& step,
                std::vector<Move>& moves);
  template <class Consider>
  void consider_common_ends(const Situation& situation, std::size_t worked, Consider consider) const;
  [[nodiscard]] std::optional<std::int32_t> next_window(const Situation& situation) const;
  [[nodiscard]] std::uint32_t rank(std::size_t worked, std::size_t which) const;

  Problem& problem_;
  std::int32_t drain_;
  std::vector<std::optional<ServerId>> standing_sources_;  // by wanted folder
};

}  // namespace casplan::planner
