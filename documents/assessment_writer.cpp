#include "documents/assessment_writer.h"

#include "model/catalogue.h"

namespace casplan::documents {
namespace {

constexpr int event_no_cas = 41;

void write_feature_share(JsonWriter& out, const simulator::FeatureShare& share) {
  out.object([&] {
    out.member("level", level_name(share.level));
    write_users(out.key("users"), share.users);
    out.key("ids");
    if (const auto ids = features_at(share.level)) {
      out.line(*ids, [&](std::string_view id) { out.value(id); });
    } else {
      out.null();
    }
  });
}

void write_site(JsonWriter& out, const Site& site, const simulator::SiteAssessment& assessment) {
  out.member("site", site.name);
  out.member("mailboxes", site.mailboxes);
  write_users(out.key("served_users"), assessment.served);
  write_users(out.key("broken_users"), assessment.broken);
  write_users(out.key("unavailable_users"), assessment.unavailable);
  write_users(out.key("undecided_users"), assessment.undecided);
  if (assessment.has_no_cas) out.member("event", event_no_cas);
  out.key("features").list(assessment.features, [&](const auto& share) { write_feature_share(out, share); });
}

void write_status(JsonWriter& out, const Organisation& organisation, const simulator::SiteStatus& status) {
  out.member("condition", to_string(status.condition));
  out.key("share");
  if (status.share) {
    out.value(std::to_string(status.share->numerator) + "/" + std::to_string(status.share->denominator));
  } else {
    out.null();
  }
  out.key("events").line(status.events, [&](int event) { out.value(event); });
  out.key("targets").line(status.targets, [&](ServerId id) { out.value(at(organisation.servers, id).name); });
}

}  // namespace

void write_users(JsonWriter& out, const simulator::Users& users) {
  if (!users) return out.null();
  out.thousandths(users->nearest(1000));
}

void write_sites(JsonWriter& out, const Organisation& organisation,
                 const std::vector<simulator::SiteAssessment>& sites) {
  out.key("sites").list(sites, [&](const simulator::SiteAssessment& assessment) {
    out.object([&] { write_site(out, at(organisation.sites, assessment.site), assessment); });
  });
}

void write_sites(JsonWriter& out, const Organisation& organisation, const std::vector<simulator::SiteAssessment>& sites,
                 const std::vector<simulator::SiteStatus>& statuses) {
  out.key("sites").list(statuses, [&](const simulator::SiteStatus& status) {
    out.object([&] {
      write_site(out, at(organisation.sites, status.site), at(sites, status.site));
      write_status(out, organisation, status);
    });
  });
}

void write_path_ends(JsonWriter& out, const Organisation& organisation, const ProxyPath& path) {
  out.member("front", at(organisation.servers, path.front).name);
  out.member("target", at(organisation.servers, path.target).name);
}

}  // namespace casplan::documents
