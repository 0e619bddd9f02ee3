#include "property_tests/generators/organisations.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/versions.h"

namespace casplan {
namespace {

std::string numbered(const std::string& name, std::size_t number) {
  return name + std::to_string(number + 1);
}

Site draw_site(std::size_t number) {
  Site site;
  site.name =
      numbered(draw::one_of<std::string>({"HQ", "Branch ", "Z\xc3\xbcrich", "\"Quoted\" & <b>", "O'Hara-"}), number);
  const int size = draw::below(8);
  if (size < 5) site.mailboxes = draw::between(1, 2000);
  if (size == 5) site.mailboxes = draw::between(1, 7);
  if (size == 6) site.mailboxes = 0;
  if (draw::once_in(6)) site.legacy_mailboxes = draw::below(500);
  return site;
}

std::string server_name(const Organisation& organisation, const std::string& kind) {
  return numbered(kind, organisation.servers.size());
}

void add_servers(Organisation& organisation, SiteId site, int fewest, const std::vector<Build>& palette) {
  for (int i = draw::between(fewest, 3); i > 0; --i) {
    organisation.servers.push_back(*any_cas(server_name(organisation, "CAS"), site, palette));
  }
  if (draw::once_in(6)) {
    organisation.servers.push_back(*any_other_server(server_name(organisation, "MBX"), site, palette));
  }
}

/// A front on Exchange 2010, among them the one that cannot proxy to Exchange 2007 at all.
void make_exchange2010(Server& front) {
  const bool broken_proxy = draw::once_in(3);
  const BuildVersion sp2_ru1{{14, 2, 283, 3}};
  const Build build = broken_proxy ? *find_build(sp2_ru1) : *any_catalogue_build(Product::exchange2010);
  front.build = build.version;
  front.owa_version.reset();
}

std::vector<EntryPoint> draw_entry_points(const std::vector<ServerId>& fronts) {
  std::vector<EntryPoint> entries;
  const int count = draw::between(1, 3);
  const auto shares = *any_shares(count);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    entries.push_back({numbered("mail", i) + ".example.com", draw::at_least_one_of(fronts), shares[i]});
  }
  return entries;
}

std::vector<SiteLink> draw_site_links(std::size_t sites) {
  std::vector<SiteLink> links;
  for (int i = sites > 1 && draw::once_in(2) ? draw::between(1, 4) : 0; i > 0; --i) {
    std::set<SiteId> joined;
    const auto count = static_cast<std::size_t>(draw::between(2, static_cast<int>(sites)));
    while (joined.size() < count)
      joined.insert(id_at<SiteId>(static_cast<std::size_t>(draw::below(static_cast<int>(sites)))));
    links.push_back({{joined.begin(), joined.end()}, draw::between(1, 500)});
  }
  return links;
}

Organisation draw_organisation() {
  Organisation organisation;
  organisation.name = "Contoso";
  const auto palette = *any_palette();
  const auto sites = static_cast<std::size_t>(draw::between(1, 4));
  for (std::size_t i = 0; i < sites; ++i) {
    organisation.sites.push_back(draw_site(i));
    const int fewest = i > 0 && draw::once_in(8) ? 0 : 1;
    add_servers(organisation, id_at<SiteId>(i), fewest, palette);
  }
  organisation.entry_points = draw_entry_points(client_access_servers(organisation));
  organisation.site_links = draw_site_links(sites);
  if (draw::once_in(6)) make_exchange2010(at(organisation.servers, organisation.entry_points.front().fronts.front()));
  return organisation;
}

/// The sites of the fronts of a plain organisation come first. Fronts run the highest build.
Organisation draw_plain_organisation(std::size_t front_sites, int fronts_in_site) {
  Organisation organisation;
  organisation.name = "Contoso";
  const auto palette = *any_palette();
  const auto sites = front_sites + static_cast<std::size_t>(draw::between(1, 3));
  std::vector<ServerId> fronts;
  for (std::size_t i = 0; i < sites; ++i) {
    const bool has_fronts = i < front_sites;
    organisation.sites.push_back({numbered("Site", i), draw::between(1, 2000), 0});
    for (int n = draw::between(1, has_fronts ? fronts_in_site : 3); n > 0; --n) {
      if (has_fronts) fronts.push_back(id_at<ServerId>(organisation.servers.size()));
      const Build& build = has_fronts ? palette.back() : draw::one_of(palette);
      organisation.servers.push_back(plain_cas(server_name(organisation, "CAS"), id_at<SiteId>(i), build,
                                               has_fronts ? palette : std::vector<Build>{}));
    }
  }
  organisation.entry_points = draw_entry_points(fronts);
  organisation.site_links = draw_site_links(sites);
  return organisation;
}

}  // namespace

rc::Gen<std::vector<int>> any_shares(int count) {
  return rc::gen::exec([count] {
    std::vector<int> cuts{0, 100};
    for (int i = 1; i < count; ++i) cuts.push_back(draw::below(101));
    std::sort(cuts.begin(), cuts.end());
    std::vector<int> shares;
    for (std::size_t i = 1; i < cuts.size(); ++i) shares.push_back(cuts[i] - cuts[i - 1]);
    return shares;
  });
}

rc::Gen<Organisation> any_organisation() {
  return rc::gen::exec([] { return draw_organisation(); });
}

rc::Gen<Organisation> any_counted_organisation() {
  return rc::gen::exec([] {
    Organisation organisation = draw_organisation();
    for (Site& site : organisation.sites) site.mailboxes = site.mailboxes.value_or(1000);
    for (Server& server : organisation.servers) {
      server.site = server.site.value_or(SiteId{0});
      server.folders = server.folders.value_or(FolderList{});
    }
    return organisation;
  });
}

rc::Gen<Organisation> any_plain_organisation() {
  return rc::gen::exec([] {
    const auto front_sites = static_cast<std::size_t>(draw::once_in(3) ? 2 : 1);
    return draw_plain_organisation(front_sites, 2);
  });
}

rc::Gen<Organisation> any_plain_organisation_with_one_front() {
  return rc::gen::exec([] { return draw_plain_organisation(1, 1); });
}

}  // namespace casplan
