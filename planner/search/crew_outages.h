#pragma once

#include <vector>

#include "planner/search/prospects.h"
#include "planner/search/served_users.h"

namespace casplan::planner {

/// Who will be without service at least, whatever is done from a situation on.
struct Outages {
  Parts users = 0;                ///< times minutes
  std::vector<Minute> site_out;   ///< by site: how long nobody there serves, as far as that is counted
  std::vector<Minute> not_met;    ///< by site: when all its guards have changed, or are out
  std::vector<bool> only_copies;  ///< by entry point: with fewer copies of its only front, more users have nothing
};

/// Counts them. The only CAS of a site is out for its upgrades, and so is the only front of an entry point, which gets
/// its folders before it returns, or lets others wait; what crews do at sites meanwhile hides some of it.
class CrewOutages {
 public:
  /// All must live as long. A contract: the users are known.
  CrewOutages(Problem& problem, Prospects& prospects, const ServedUsers& served);

  [[nodiscard]] Outages after(const Situation& situation, const std::vector<Minute>& crews);

  /// Users, times minutes, who are without service at least if a front comes back changed like this, in less time than
  /// another copy takes: who needs a folder may not be met then.
  [[nodiscard]] Parts without_copy(const Situation& situation, std::size_t front, std::size_t entry, const Way& way,
                                   const std::vector<Minute>& crews, const std::vector<Minute>& not_met);

 private:
  /// Of an entry point.
  struct Outage {
    Minute minutes = 0;
    Minute upgrade = 0;  ///< of it, that of the only front
    Minute copying = 0;  ///< of it, with a crew
    bool has_begun = false;
  };
  /// Servers that are met by nobody as they were found once a front is back, and their users.
  struct Waiting {
    Parts users;
    std::size_t target;
    Minute not_met;
  };

  void look_at_sites(const Situation& situation, Outages& outages) const;
  [[nodiscard]] Minute minutes_out(const Situation& situation, std::size_t site, const Outages& outages) const;
  [[nodiscard]] Parts of_only(const Situation& situation, std::size_t entry, const std::vector<Minute>& crews,
                              Outages& outages);
  [[nodiscard]] Parts of_all(const Situation& situation, std::size_t entry, const std::vector<Minute>& crews,
                             const Outages& outages);
  [[nodiscard]] Parts users_without(const Situation& situation, std::size_t entry, Outage outage,
                                    const std::vector<Minute>& crews, const Outages& outages) const;
  [[nodiscard]] Parts hidden(const Situation& situation, std::size_t entry, const Outage& outage,
                             const std::vector<Minute>& crews, const Outages& outages) const;
  [[nodiscard]] Parts hidden_from(const Situation& situation, std::size_t entry, const Outage& outage,
                                  const Outages& outages, Minute beginning) const;
  [[nodiscard]] bool needs_folder(const Situation& situation, std::size_t cas, std::size_t front, VariantId changed);
  [[nodiscard]] Parts waiting_in_turn(const Situation& situation, std::vector<Waiting> waiting, Minute back,
                                      const std::vector<Minute>& crews) const;
  [[nodiscard]] Minute until_copied(std::size_t cas, Minute back) const;

  Problem& problem_;
  Prospects& prospects_;
  const ServedUsers& served_;
};

}  // namespace casplan::planner
