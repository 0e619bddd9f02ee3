#pragma once

#include <map>
#include <string>
#include <vector>

#include "pictures/course.h"

namespace casplan::pictures {

/// A time in which users of a site are not served, and meet the same all the while. Minutes count from the plan's
/// start.
struct Trouble {
  SiteId site;
  Minutes start;
  Minutes end;
  Cell cell;
  simulator::Users users;        ///< who meet it
  std::vector<ProxyPath> paths;  ///< with users, that fail; where it cannot be told whether users fail: those

  [[nodiscard]] bool goes_on_as(const Trouble& other) const;
  void go_on(const Trouble& other);
};

/// Collects the troubles of a plan while it is played.
class Troubles {
 public:
  explicit Troubles(const Organisation& organisation) : organisation_(organisation) {}

  void add(const simulator::PassingState& state, const std::vector<simulator::SiteStatus>& statuses);

  /// A line for each, by start: site, time, users, what they meet, on which paths; at most a hundred, and how many more
  /// there are. Empty where there are none.
  [[nodiscard]] std::string text(Moment start) const;

 private:
  [[nodiscard]] std::string line(const Trouble& trouble, Moment start) const;
  [[nodiscard]] std::string paths_text(const Trouble& trouble) const;

  const Organisation& organisation_;
  std::vector<Trouble> all_;
  std::map<SiteId, std::size_t> open_;  // by site: the place of what lasts until now
};

}  // namespace casplan::pictures
