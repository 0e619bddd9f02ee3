#include "inventory/merge.h"

#include <algorithm>
#include <utility>

#include "inventory/record_claims.h"
#include "inventory/server_table.h"
#include "inventory/sites.h"
#include "inventory/text.h"
#include "model/organisation.h"
#include "model/text.h"

namespace casplan::inventory {
namespace {

bool by_default_then_name(const std::string& a, const std::string& b) {
  const bool a_default = same_name(a, default_virtual_directory);
  const bool b_default = same_name(b, default_virtual_directory);
  return a_default != b_default ? a_default : lower(a) < lower(b);
}

class Merger {
 public:
  explicit Merger(const std::vector<FileContents>& files) : files_(files) {}

  Merged result() && {
    add_servers();
    add_virtual_directories();
    add_listings();
    for (auto& [server, claims] : claims_) merged_.servers.push_back(std::move(claims));
    return std::move(merged_);
  }

 private:
  void note(std::string text, Origin origin) { merged_.notes.push_back({std::move(text), std::move(origin)}); }

  void add(std::size_t server, std::string_view fact, std::optional<Claim> claim) {
    if (claim) claims_[server][fact].push_back(std::move(*claim));
  }

  void add_servers() {
    std::vector<std::pair<std::size_t, Source>> servers;
    for (const FileContents& file : files_) {
      for (const Record& record : file.servers) {
        const std::string name = server_name(record);
        const std::string* fqdn = find_value(record, property::fqdn);
        if (name.empty()) {
          note("A server without a name is left out.", {file.file, record.line});
        } else {
          servers.emplace_back(table_.add(name, fqdn != nullptr ? *fqdn : std::string()), Source{&file, &record});
        }
      }
    }
    for (const auto& [server, source] : servers) add_server(table_.representative(server), source);
  }

  void add_server(std::size_t server, const Source& source) {
    const Record& record = *source.record;
    const auto add_value = [&](std::string_view fact, std::string_view property,
                               std::string (*meaning)(std::string_view)) {
      const std::string* value = find_value(record, property);
      if (value != nullptr) add(server, fact, claim(source, *find(record, property), meaning(*value)));
    };
    const auto as_it_is = [](std::string_view value) { return std::string(value); };
    const Property* named = find(record, property::name);
    add(server, fact::name, claim(source, named != nullptr ? *named : record.properties.front(), server_name(record)));
    add_value(fact::fqdn, property::fqdn, as_it_is);
    add_value(fact::site, property::site, object_name);
    add_value(fact::admin_display_version, property::admin_display_version, as_it_is);
    add(server, fact::roles, role_claim(source));
    add(server, fact::install_path, install_path_claim(source));
    add_organisation_names(source);
  }

  void add_organisation_names(const Source& source) {
    for (const auto name : {property::distinguished_name, property::site}) {
      const std::string* value = find_value(*source.record, name);
      if (value == nullptr) continue;
      const Property& property = *find(*source.record, name);
      if (auto organisation = organisation_name(*value)) {
        merged_.organisation_names.push_back(claim(source, property, std::move(*organisation)));
      }
      if (auto forest = forest_name(*value)) {
        merged_.forest_names.push_back(claim(source, property, std::move(*forest), Basis::inferred));
      }
    }
  }

  void add_virtual_directories() {
    std::map<std::size_t, std::vector<Source>> by_server;
    for (const FileContents& file : files_) {
      for (const Record& record : file.virtual_directories) {
        if (const auto server = server_with(file, record)) by_server[*server].push_back({&file, &record});
      }
    }
    for (const auto& [server, sources] : by_server) add_virtual_directories_of(server, sources);
  }

  // The server whose OWA the virtual directory is; empty where it is none of Exchange 2007 or 2010.
  std::optional<std::size_t> server_with(const FileContents& file, const Record& record) {
    const OwaDirectory kind = directory_kind(record);
    if (kind == OwaDirectory::of_exchange2003) return std::nullopt;
    const std::string name = server_of_virtual_directory(record);
    const Origin origin{file.file, record.line};
    if (name.empty()) {
      note("An OWA virtual directory that names no server is left out.", origin);
      return std::nullopt;
    }
    const auto known = table_.find(name);
    if (kind == OwaDirectory::served_by_cas) return known ? known : add_server_of_directory(name, origin, record);
    if (!known) {
      note("The OWA virtual directory of " + name + " (" + *find_value(record, property::owa_version) +
               ") is left out: casplan models Exchange 2007 and 2010.",
           origin);
    }
    return std::nullopt;
  }

  std::size_t add_server_of_directory(const std::string& name, const Origin& origin, const Record& record) {
    const std::size_t server = table_.add(name, {});
    add(server, fact::name, Claim{name, origin, record.format, Basis::stated});
    add(server, fact::roles, Claim{roles_text({Role::client_access}), origin, record.format, Basis::inferred});
    return server;
  }

  void add_virtual_directories_of(std::size_t server, const std::vector<Source>& sources) {
    std::vector<std::string> names;
    for (const Source& source : sources) names.push_back(virtual_directory_name(*source.record));
    const std::string chosen = *std::min_element(names.begin(), names.end(), by_default_then_name);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (same_name(names[i], chosen)) {
        add_virtual_directory(server, sources[i]);
      } else {
        note("The OWA virtual directory \"" + names[i] + "\" of " + server_of_virtual_directory(*sources[i].record) +
                 " is left out: \"" + chosen + "\" is taken as the one that users and other servers reach.",
             {sources[i].file->file, sources[i].record->line});
      }
    }
  }

  void add_virtual_directory(std::size_t server, const Source& source) {
    const Record& record = *source.record;
    const auto add_url = [&](std::string_view fact, std::string_view name) {
      const Property* url = find(record, name);
      if (url != nullptr && url->value) add(server, fact, claim(source, *url, *url->value));
    };
    add_url(fact::internal_url, property::internal_url);
    add_url(fact::external_url, property::external_url);
    add(server, fact::integrated_auth, authentication_claim(source));
    const std::string* redirects = find_value(record, property::redirect_to_optimal);
    const auto value = redirects != nullptr ? parse_boolean(*redirects) : std::nullopt;
    if (!value) return;
    add(server, fact::redirect_to_optimal,
        claim(source, *find(record, property::redirect_to_optimal), *value ? "true" : "false"));
  }

  void add_listings() {
    for (const FileContents& file : files_) {
      for (const FolderListing& listing : file.listings) add_listing(file, listing);
    }
  }

  void add_listing(const FileContents& file, const FolderListing& listing) {
    const Origin origin{file.file, listing.line};
    const auto server = listing.server.empty() ? find_by_stem(file.file) : table_.find(listing.server);
    if (!server) {
      note(
          listing.server.empty()
              ? "The listing does not say whose folders it shows. Put a line [SERVER] above it, or name the file after "
                "the server."
              : "The listing of " + listing.server + " is left out: no other file knows a server of this name.",
          origin);
    } else if (listing.folders) {
      auto folders = *listing.folders;
      std::sort(folders.begin(), folders.end());
      add(*server, fact::folders, Claim{joined(folders, ", "), origin, Format::folder_listing, Basis::stated});
    }
  }

  std::optional<std::size_t> find_by_stem(std::string_view file) {
    const auto slash = file.find_last_of("/\\");
    return table_.find(slash == std::string_view::npos ? file : file.substr(slash + 1));
  }

  const std::vector<FileContents>& files_;
  ServerTable table_;
  std::map<std::size_t, Claims> claims_;
  Merged merged_;
};

}  // namespace

Merged merge(const std::vector<FileContents>& files) {
  Merged merged = Merger(files).result();
  std::vector<Claim*> sites;
  for (Claims& claims : merged.servers) {
    for (Claim& claim : claims[fact::site]) sites.push_back(&claim);
  }
  unify_site_names(sites, merged.notes);
  return merged;
}

}  // namespace casplan::inventory
