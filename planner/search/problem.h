#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "model/calendar.h"
#include "model/policy.h"
#include "planner/changes.h"
#include "planner/search/situation.h"
#include "planner/search/variants.h"

namespace casplan::planner {

/// A path at a worked server.
struct Encounter {
  enum class End { front, target };

  ProxyPath path;
  End end;                            ///< which end the worked server is
  std::optional<std::size_t> other;   ///< the worked server at the other end; empty: nothing is done there
  VariantId fixed;                    ///< of the other end, where nothing is done
  std::optional<std::size_t> ailing;  ///< its number among the paths that fail today under some reading
};

/// A server on which something may be done, or a herd: servers that differ in nothing but how many users they have.
struct Worked {
  /// In the order in which they are upgraded, those with the most users first; one, where it is no herd.
  std::vector<ServerId> members;
  Hops hops;                          ///< in order; empty: its build does not change
  std::vector<std::int32_t> minutes;  ///< that each hop takes
  bool was_in_service = true;
  bool ends_in_service = true;   ///< it was, or is to return
  bool must_be_drained = false;  ///< others carry its users while it is upgraded (rules, section 5)
  /// While it is out, its users may come by a front that serves them itself, instead of going on to an older CAS.
  bool may_rest = false;
  VariantId before;  ///< as it was found
  VariantId after;   ///< once all hops are done, without copies
  std::vector<Encounter> encounters;
  std::vector<OwaVersion> folders;           ///< that some path may ask of it
  std::vector<std::size_t> upgraded_before;  ///< worked servers whose upgrades end before its own begin
  std::vector<std::size_t> company;          ///< the worked CAS of its site that were found in service, itself included
  std::size_t least_company = 0;             ///< how many CAS of its site stay in service
  std::size_t standing_company = 0;          ///< CAS of its site in service on which nothing is done
};

/// What the exact search decides: everything that may be done, and what limits it. Refers to organisation and policy.
/// A herd that changes is upgraded one by one, each member out of service for its own upgrade alone; one that does not
/// change is drained together, or not at all.
struct Problem {
  enum class Herds { gathered, apart };

  /// Where there are more worked servers and herds than `most_worked`, what concerns two of them is left empty.
  Problem(const Organisation& organisation, const Policy& policy, const Changes& changes, Herds herds,
          std::size_t most_worked = std::numeric_limits<std::size_t>::max());

  const Organisation& organisation;
  const Policy& policy;
  State found;
  Calendars calendars;
  Variants variants;
  Meetings meetings;
  std::vector<Worked> worked;
  std::vector<std::optional<std::size_t>> worked_of;  ///< by server: its place in `worked`
  std::vector<ProxyPath> paths;                       ///< that the version rule decides
  /// Worked servers of which any two could change places, and nothing else would be different.
  std::vector<std::vector<std::size_t>> twins;
  std::size_t ailing_paths = 0;
  std::vector<OwaVersion> wanted;  ///< every folder that some path may ask of a worked server, ascending

  /// The worked server or herd with this member; empty where nothing is done to the server.
  [[nodiscard]] std::optional<std::size_t> worked_with(ServerId server) const;
  /// A server on which nothing is done holds the folder for good.
  [[nodiscard]] std::optional<ServerId> standing_source(const OwaVersion& folder) const;
  /// The situation in which the organisation was found.
  [[nodiscard]] Situation start() const;

 private:
  void add_worked(const Changes& changes, Herds herds);
  void gather_herds();
  void add_encounters();
  void find_twins();
  void add_folders();
  void add_limits(const Changes& changes);
};

/// Whether there is more to choose than an order: with several crews or windows, a best plan may let something wait
/// until any minute.
[[nodiscard]] inline bool has_crews_or_windows(const Policy& policy) {
  return policy.crews > 1 || !policy.windows.empty();
}

/// Whether servers are taken together anywhere.
[[nodiscard]] bool has_herds(const Problem& problem);

/// By server: whether others carry the load while it is out: another CAS in its site, or another front of its entry
/// point, that was found in service or is to return.
[[nodiscard]] std::vector<bool> balanced_servers(const Organisation& organisation, const Policy& policy);

}  // namespace casplan::planner
