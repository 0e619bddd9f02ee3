#include "planner/why_not_text.h"

#include "model/text.h"
#include "model/time_text.h"
#include "planner/windows.h"

namespace casplan::planner {
namespace {

constexpr std::size_t most_named = 10;  // a remedy has no more parts

/// All names, or the first ones and how many more there are.
std::string named(std::vector<std::string> names) {
  if (names.size() <= most_named) return listed(names);
  const std::string others = std::to_string(names.size() - most_named) + " more";
  names.resize(most_named);
  names.push_back(others);
  return listed(names);
}

class Teller {
 public:
  Teller(const Organisation& organisation, const Policy& policy) : organisation_(organisation), policy_(policy) {}

  [[nodiscard]] const std::string& name(ServerId id) const { return at(organisation_.servers, id).name; }
  [[nodiscard]] const std::string& name(SiteId id) const { return at(organisation_.sites, id).name; }
  [[nodiscard]] std::string todays_build(ServerId id) const {
    const auto& build = at(organisation_.servers, id).build;
    return build ? to_string(*build) : "its build, which is not known";
  }
  [[nodiscard]] std::string general_target() const {
    return policy_.target ? "the general target, " + to_string(*policy_.target) : "the general target";
  }

  /// `the window of Branch1 (Saturday 22:00)`
  [[nodiscard]] std::string window(const WorkWindow& fact) const {
    const Window& window = policy_.windows[fact.place];
    std::vector<std::string> names;
    for (const ServerId server : window.servers) names.push_back(name(server));
    for (const SiteId site : window.sites) names.push_back(name(site));
    return "the window of " + named(names) + " (" + opening_text(window) + ")";
  }
  [[nodiscard]] Minutes length(const WorkWindow& fact) const {
    const auto& time = policy_.windows[fact.place].time;
    const auto* weekly = std::get_if<WeeklyTime>(&time);
    return weekly != nullptr ? weekly->length : std::get<DatedTime>(time).end - std::get<DatedTime>(time).start;
  }

 protected:
  const Organisation& organisation_;
  const Policy& policy_;
};

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text;
}

std::string reading_name(std::size_t place) {
  return std::string(reading_names().at(place).name);
}

struct FactTeller : Teller {
  using Teller::Teller;

  std::string operator()(const Frozen& fact) const {
    return name(fact.server) + " is frozen at " + todays_build(fact.server) + ".";
  }
  std::string operator()(const OwnTarget& fact) const {
    return name(fact.server) + " has a target of its own, " + to_string(policy_.targets.at(fact.server)) + ".";
  }
  std::string operator()(const CopyLimit&) const {
    const int most = *policy_.copies;
    if (most == 0) return "Folders may not be copied.";
    return "At most " + std::to_string(most) + (most == 1 ? " folder" : " folders") + " may be copied.";
  }
  std::string operator()(const WorkWindow& fact) const {
    if (is_over(policy_.windows[fact.place], policy_)) {
      return capitalised(window(fact)) + " lies before the policy's start, " + utc_text(policy_.start) + ".";
    }
    return capitalised(window(fact)) + " is open for " + length_text(length(fact)) + ".";
  }
  std::string operator()(const LeastInService& fact) const {
    return "At least " + std::to_string(policy_.min_in_service.at(fact.site)) + " of the Client Access servers of " +
           name(fact.site) + " must stay in service.";
  }
  std::string operator()(const BeforePair& fact) const {
    return name(fact.first) + " must be finished before " + name(fact.second) + " is begun.";
  }
  std::string operator()(const LatestEnd&) const {
    return "The work must end by " + utc_text(*policy_.latest_end) + ".";
  }
  std::string operator()(const CrewLimit&) const {
    if (policy_.crews == 1) return "There is one crew for upgrades and copies.";
    return "There are " + std::to_string(policy_.crews) + " crews for upgrades and copies.";
  }
  std::string operator()(const NoEvent46&) const { return "Event 46 must never be met, not even for a short time."; }
  std::string operator()(const OpenReading& fact) const {
    const auto& values = reading_names().at(fact.place).values;
    return "The documentation can be read as " + reading_name(fact.place) + "=" +
           std::string(values.at(1 - easier_value(fact.place))) + ", and the policy leaves that open.";
  }
  std::string operator()(const Proxied& fact) const {
    const auto& site = at(organisation_.servers, fact.target).site;
    const std::string users = site ? "the users of " + name(*site) : std::string("its users");
    return name(fact.target) + " has no ExternalURL, so " + users + " reach it by proxy.";
  }
};

/// What to do to ease a fact.
struct EaseTeller : Teller {
  EaseTeller(const Organisation& organisation, const Policy& policy, const EasedFact& eased)
      : Teller(organisation, policy), eased_(eased) {}

  std::string operator()(const Frozen& fact) const {
    const auto own = policy_.targets.find(fact.server);
    return "Unfreeze " + name(fact.server) + ", so that it is brought to " +
           (own != policy_.targets.end() ? "its target, " + to_string(own->second) : general_target()) + ".";
  }
  std::string operator()(const OwnTarget& fact) const {
    return "Bring " + name(fact.server) + " to " + general_target() + ", instead of its own.";
  }
  std::string operator()(const CopyLimit&) const {
    const auto* most = std::get_if<NewLimit>(&eased_.by);
    if (most == nullptr) return "Let folders be copied.";
    return "Let " + std::to_string(most->limit) + (most->limit == 1 ? " folder" : " folders") + " be copied.";
  }
  std::string operator()(const WorkWindow& fact) const {
    const auto* more = std::get_if<MoreTime>(&eased_.by);
    if (more == nullptr) return "Drop " + window(fact) + ", and work there at any time.";
    return "Keep " + window(fact) + " open for " + length_text(more->minutes) + " more.";
  }
  std::string operator()(const LeastInService& fact) const {
    const auto* least = std::get_if<NewLimit>(&eased_.by);
    return "Lower min_in_service of " + name(fact.site) + " from " +
           std::to_string(policy_.min_in_service.at(fact.site)) + " to " +
           std::to_string(least != nullptr ? least->limit : 0) + ".";
  }
  std::string operator()(const BeforePair& fact) const {
    return "Drop the pair " + name(fact.first) + ", " + name(fact.second) + " from `before`.";
  }
  std::string operator()(const LatestEnd&) const {
    const auto* more = std::get_if<MoreTime>(&eased_.by);
    if (more == nullptr) return "Drop the latest end.";
    return "Let the work end " + length_text(more->minutes) + " later, by " +
           utc_text(*policy_.latest_end + more->minutes) + ".";
  }
  std::string operator()(const CrewLimit&) const {
    const auto* crews = std::get_if<NewLimit>(&eased_.by);
    return "Work with " + (crews != nullptr ? std::to_string(crews->limit) : std::string("more")) + " crews.";
  }
  std::string operator()(const NoEvent46&) const {
    return "Accept Event 46 where it cannot be avoided (event46: minimise).";
  }
  std::string operator()(const OpenReading& fact) const {
    return "If you know that it is so, settle " + reading_name(fact.place) + " as " +
           std::string(reading_names().at(fact.place).values.at(easier_value(fact.place))) +
           " in the policy's readings.";
  }
  std::string operator()(const Proxied& fact) const {
    return "Set an ExternalURL on " + name(fact.target) + ", so that its users are redirected instead of proxied.";
  }

 private:
  const EasedFact& eased_;
};

std::string sentence(const Relaxation& part, const Organisation& organisation, const Policy& policy) {
  if (const auto* eased = std::get_if<EasedFact>(&part)) {
    return std::visit(EaseTeller(organisation, policy, *eased), eased->fact);
  }
  const auto& other = std::get<OtherTarget>(part);
  const Server& server = at(organisation.servers, other.server);
  if (server.build == other.build) return "Leave " + server.name + " at " + to_string(other.build) + ".";
  return "Bring " + server.name + " only to " + to_string(other.build) + ".";
}

ServerId server_of(const Frozen& fact) {
  return fact.server;
}
ServerId server_of(const Proxied& fact) {
  return fact.target;
}

template <class Kind>
bool is_about(const Relaxation& part) {
  const auto* eased = std::get_if<EasedFact>(&part);
  return eased != nullptr && std::holds_alternative<Kind>(eased->fact);
}

/// The names of the servers that the parts of this kind are about.
template <class Kind>
std::vector<std::string> names_of(const Remedy& remedy, const Organisation& organisation) {
  std::vector<std::string> names;
  for (const Relaxation& part : remedy.parts) {
    if (!is_about<Kind>(part)) continue;
    names.push_back(at(organisation.servers, server_of(std::get<Kind>(std::get<EasedFact>(part).fact))).name);
  }
  return names;
}

}  // namespace

std::string sentence(const Fact& fact, const Organisation& organisation, const Policy& policy) {
  return std::visit(FactTeller(organisation, policy), fact);
}

std::string sentence(const Remedy& remedy, const Organisation& organisation, const Policy& policy) {
  const auto unfrozen = names_of<Frozen>(remedy, organisation);
  const auto redirected = names_of<Proxied>(remedy, organisation);
  std::vector<std::string> sentences;
  if (unfrozen.size() > 1) {
    sentences.push_back("Unfreeze " + named(unfrozen) + ", so that they are brought to their targets.");
  }
  if (redirected.size() > 1) {
    sentences.push_back("Set an ExternalURL on each of " + named(redirected) +
                        ", so that their users are redirected instead of proxied.");
  }
  for (const Relaxation& part : remedy.parts) {
    if (unfrozen.size() > 1 && is_about<Frozen>(part)) continue;
    if (redirected.size() > 1 && is_about<Proxied>(part)) continue;
    sentences.push_back(sentence(part, organisation, policy));
  }
  if (sentences.size() == 1) return sentences.front();
  std::string text = "All of this together:";
  for (const std::string& part : sentences) text += " " + part;
  return text;
}

std::string sentence(Extent extent) {
  switch (extent) {
    case Extent::smallest: return "Each of them is needed for that, and no fewer facts forbid it.";
    case Extent::irreducible: return "Each of them is needed for that. Perhaps fewer other facts forbid it, too.";
    case Extent::some: break;
  }
  return "Perhaps not all of them are needed for that: they were too many to try without each.";
}

}  // namespace casplan::planner
