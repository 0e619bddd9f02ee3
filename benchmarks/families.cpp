#include "benchmarks/families.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "model/dice.h"
#include "model/topology.h"

namespace casplan::benchmarks {
namespace {

constexpr BuildVersion rtm{{8, 0, 685, 25}};
constexpr BuildVersion sp1{{8, 1, 240, 6}};
constexpr BuildVersion sp2{{8, 2, 176, 2}};

constexpr std::size_t fewest_servers = 5;
constexpr std::size_t most_servers = 100'000;
constexpr UserCount fewest_mailboxes = 20;
constexpr std::size_t mailbox_range = 1'981;
constexpr UserCount users_of_the_world = 180'000;
constexpr std::size_t sites_of_the_world = 16;
constexpr std::size_t regions_with_a_night = 4;
constexpr std::size_t hosting_sites_of_the_world = 4;

ResourceFolder folder_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  expects(known != nullptr, "the builds of the benchmarks are in the catalogue");
  return {to_string(known->owa_version), known->owa_version};
}

enum class Mailboxes { none, some };

class Maker {
 public:
  explicit Maker(const Description& description) : description_(description), dice_(description.seed) {
    made_.organisation.name = "Contoso";
    made_.policy.target = sp2;
    made_.policy.start = default_start();
  }

  Instance make() {
    make_family();
    share_entry_points();
    if (description_.calendar == Calendar::four_crews_in_weekly_windows) add_windows();
    return std::move(made_);
  }

 private:
  Organisation& organisation() { return made_.organisation; }
  [[nodiscard]] const Organisation& organisation() const { return made_.organisation; }
  [[nodiscard]] std::size_t count() const { return made_.organisation.servers.size(); }
  [[nodiscard]] bool is_full() const { return count() == description_.servers; }

  SiteId add_site(const std::string& name, Mailboxes mailboxes);
  ServerId add_server(SiteId site, const BuildVersion& build);
  ServerId add_front(SiteId site, std::size_t entry_point);
  ServerId add_branch(SiteId site);
  void add_branches();
  void add_array(std::size_t fronts);
  void add_regions(std::size_t regions, std::size_t fronts_each, Mailboxes mailboxes);

  void make_family();
  void make_global();
  void make_frozen();
  void make_paired();
  void make_random();
  void share_entry_points();
  [[nodiscard]] std::size_t region_of(std::size_t site) const;
  void add_windows();

  const Description& description_;
  Dice dice_;
  Instance made_;
};

SiteId Maker::add_site(const std::string& name, Mailboxes mailboxes) {
  const UserCount users = fewest_mailboxes + static_cast<UserCount>(dice_.below(mailbox_range));
  organisation().sites.push_back({name, mailboxes == Mailboxes::some ? users : 0, 0});
  return id_at<SiteId>(organisation().sites.size() - 1);
}

ServerId Maker::add_server(SiteId site, const BuildVersion& build) {
  Server server;
  server.name = "CAS" + std::to_string(count() + 1);
  server.fqdn = server.name + ".example.com";
  server.site = site;
  server.roles = {Role::client_access};
  server.build = build;
  server.folders = FolderList{folder_of(build)};
  server.internal_url = "https://" + *server.fqdn + "/owa";
  server.integrated_auth = true;
  server.in_service = true;
  organisation().servers.push_back(std::move(server));
  return id_at<ServerId>(count() - 1);
}

ServerId Maker::add_front(SiteId site, std::size_t entry_point) {
  const ServerId front = add_server(site, sp1);
  if (description_.versions == Versions::three) at(organisation().servers, front).folders->push_back(folder_of(rtm));
  auto& entry_points = organisation().entry_points;
  while (entry_points.size() <= entry_point) {
    entry_points.push_back({"mail" + std::to_string(entry_points.size() + 1) + ".example.com", {}, {}});
  }
  entry_points[entry_point].fronts.push_back(front);
  return front;
}

ServerId Maker::add_branch(SiteId site) {
  return add_server(site, description_.versions == Versions::three && dice_.below(2) == 0 ? rtm : sp1);
}

void Maker::add_branches() {
  while (!is_full()) add_branch(add_site("Branch" + std::to_string(count() + 1), Mailboxes::some));
}

void Maker::add_array(std::size_t fronts) {
  const SiteId hub = add_site("Hub", Mailboxes::none);
  for (std::size_t i = 0; i < fronts; ++i) add_front(hub, 0);
}

void Maker::add_regions(std::size_t regions, std::size_t fronts_each, Mailboxes mailboxes) {
  for (std::size_t region = 0; region < regions; ++region) {
    const SiteId site = add_site("Region" + std::to_string(region + 1), mailboxes);
    for (std::size_t i = 0; i < fronts_each; ++i) add_front(site, region);
  }
}

void Maker::make_family() {
  const std::size_t servers = description_.servers;
  switch (description_.family) {
    case Family::star: add_array(1); break;
    case Family::array: add_array(description_.fronts.value_or(servers < 30 ? 3 : 8)); break;
    case Family::regional: add_regions(servers < 30 ? 2 : 4, 2, Mailboxes::none); break;
    case Family::global: return make_global();
    case Family::frozen: return make_frozen();
    case Family::ring: add_regions(servers < 30 ? 3 : 4, 1, Mailboxes::some); break;
    case Family::paired: return make_paired();
    case Family::random: return make_random();
  }
  add_branches();
}

/// The hosting sites have an ExternalURL, so their own users are redirected there and never proxied.
void Maker::make_global() {
  for (std::size_t i = 0; i < sites_of_the_world; ++i) {
    const SiteId site = add_site("Site" + std::to_string(i + 1), Mailboxes::some);
    at(organisation().sites, site).mailboxes = users_of_the_world / sites_of_the_world;
  }
  for (std::size_t i = 0; !is_full(); ++i) {
    const std::size_t site = i % sites_of_the_world;
    if (site >= hosting_sites_of_the_world) {
      add_branch(id_at<SiteId>(site));
      continue;
    }
    const ServerId front = add_front(id_at<SiteId>(site), site);
    at(organisation().servers, front).external_url = "https://mail" + std::to_string(site + 1) + ".example.com/owa";
  }
}

void Maker::make_frozen() {
  constexpr std::size_t every = 5;
  add_array(description_.fronts.value_or(2));
  for (std::size_t i = 0; !is_full(); ++i) {
    const ServerId branch = add_branch(add_site("Branch" + std::to_string(count() + 1), Mailboxes::some));
    if (i % every == 0) made_.policy.frozen.insert(branch);
  }
}

void Maker::make_paired() {
  add_array(description_.fronts.value_or(2));
  while (!is_full()) {
    const SiteId site = add_site("Branch" + std::to_string(organisation().sites.size()), Mailboxes::some);
    for (int i = 0; i < 2 && !is_full(); ++i) add_branch(site);
  }
}

void Maker::make_random() {
  constexpr std::size_t most_entry_points = 4;
  constexpr std::size_t most_fronts_each = 3;
  constexpr std::size_t most_servers_of_a_site = 3;
  constexpr std::size_t one_in = 20;
  const std::size_t entry_points = 1 + dice_.below(most_entry_points);
  for (std::size_t entry_point = 0; entry_point < entry_points; ++entry_point) {
    const SiteId site = add_site("Region" + std::to_string(entry_point + 1), Mailboxes::none);
    const std::size_t fronts = 1 + dice_.below(most_fronts_each);
    for (std::size_t i = 0; i < fronts && count() + 1 < description_.servers; ++i) add_front(site, entry_point);
  }
  while (!is_full()) {
    const SiteId site = add_site("Branch" + std::to_string(organisation().sites.size()), Mailboxes::some);
    const std::size_t servers = 1 + dice_.below(most_servers_of_a_site);
    for (std::size_t i = 0; i < servers && !is_full(); ++i) {
      const ServerId branch = add_branch(site);
      if (dice_.below(one_in) == 0) made_.policy.frozen.insert(branch);
    }
  }
}

/// As even as whole percents allow.
void Maker::share_entry_points() {
  auto& entry_points = organisation().entry_points;
  int left = 100;
  for (std::size_t i = 0; i < entry_points.size(); ++i) {
    entry_points[i].share = left / static_cast<int>(entry_points.size() - i);
    left -= *entry_points[i].share;
  }
}

/// Fronts that proxy to each other change together, so the hosting sites of a ring have a night in common.
std::size_t Maker::region_of(std::size_t site) const {
  const bool is_hosting_of_a_ring = description_.family == Family::ring && site < organisation().entry_points.size();
  return is_hosting_of_a_ring ? 0 : site % regions_with_a_night;
}

void Maker::add_windows() {
  constexpr std::array<unsigned, regions_with_a_night> nights{6, 0, 5, 3};
  constexpr std::array<Minutes, regions_with_a_night> offsets{Minutes{0}, Minutes{60}, Minutes{-300}, Minutes{480}};
  made_.policy.crews = 4;
  for (std::size_t region = 0; region < regions_with_a_night; ++region) {
    Window window;
    for (std::size_t site = 0; site < organisation().sites.size(); ++site) {
      if (region_of(site) == region) window.sites.push_back(id_at<SiteId>(site));
    }
    window.time = WeeklyTime{nights[region], Minutes{21 * 60}, Minutes{8 * 60}, offsets[region]};
    if (!window.sites.empty()) made_.policy.windows.push_back(std::move(window));
  }
}

}  // namespace

Instance make_instance(const Description& description) {
  expects(description.servers >= fewest_servers && description.servers <= most_servers,
          "an instance has from 5 to 100,000 servers");
  expects(!description.fronts || *description.fronts < description.servers, "an array has targets");
  return Maker(description).make();
}

std::size_t count_paths(const Instance& instance) {
  return proxy_paths(instance.organisation).size();
}

std::string_view to_string(Family family) {
  constexpr std::array<std::string_view, all_families.size()> names{"star",   "array", "regional", "global",
                                                                    "frozen", "ring",  "paired",   "random"};
  return names[static_cast<std::size_t>(family)];
}

}  // namespace casplan::benchmarks
