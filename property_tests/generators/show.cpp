#include "property_tests/generators/show.h"

#include <ostream>
#include <string>

namespace casplan {
namespace {

template <class Version>
std::string text_of(const std::optional<Version>& version) {
  return version ? to_string(*version) : "null";
}

std::string text_of(const std::optional<bool>& value) {
  if (!value) return "null";
  return *value ? "true" : "false";
}

std::string text_of(const std::optional<FolderList>& folders) {
  if (!folders) return "null";
  std::string text;
  for (const ResourceFolder& folder : *folders) text += (text.empty() ? "" : " ") + folder.name;
  return "[" + text + "]";
}

std::string text_of(const std::optional<std::string>& text) {
  return text ? "\"" + *text + "\"" : "null";
}

template <class Number>
std::string number_of(const std::optional<Number>& number) {
  return number ? std::to_string(*number) : "null";
}

void show_server(const Server& server, std::ostream& out) {
  out << "\n  " << server.name << (server.is_cas() ? "" : " (no CAS)") << " site "
      << (server.site ? std::to_string(server.site->value) : "null") << " build " << text_of(server.build) << " owa "
      << text_of(server.owa_version) << " folders " << text_of(server.folders) << " loaded "
      << text_of(server.loaded_folders) << " hand-copied " << text_of(server.hand_copied_folders) << " internal "
      << text_of(server.internal_url) << " external " << text_of(server.external_url) << " integrated "
      << text_of(server.integrated_auth) << " in service " << text_of(server.in_service) << " without ssl "
      << server.allow_proxy_without_ssl << " redirect " << server.redirect_to_optimal;
}

std::int64_t minutes_of(Moment moment) {
  return moment.time_since_epoch().count();
}

void show_window(const Window& window, std::ostream& out) {
  out << " window of";
  for (const ServerId server : window.servers) out << " server " << server.value;
  for (const SiteId site : window.sites) out << " site " << site.value;
  if (const auto* dated = std::get_if<DatedTime>(&window.time)) {
    out << " from " << minutes_of(dated->start) << " to " << minutes_of(dated->end);
    return;
  }
  const auto& weekly = std::get<WeeklyTime>(window.time);
  out << " day " << weekly.day << " start " << weekly.start.count() << " minutes " << weekly.length.count()
      << " utc offset " << weekly.utc_offset.count();
}

}  // namespace

void showValue(const Organisation& organisation, std::ostream& out) {
  for (const Site& site : organisation.sites) {
    out << "\n  site " << site.name << " mailboxes " << number_of(site.mailboxes) << " legacy "
        << site.legacy_mailboxes;
  }
  for (const Server& server : organisation.servers) show_server(server, out);
  for (const EntryPoint& entry : organisation.entry_points) {
    out << "\n  entry " << entry.name << " share " << number_of(entry.share) << " fronts";
    for (const ServerId front : entry.fronts) out << " " << at(organisation.servers, front).name;
  }
  for (const SiteLink& link : organisation.site_links) {
    out << "\n  link of";
    for (const SiteId site : link.sites) out << " site " << site.value;
    out << " cost " << link.cost;
  }
}

void showValue(const Readings& readings, std::ostream& out) {
  const auto values = values_of(readings);
  for (std::size_t i = 0; i < values.size(); ++i) {
    out << reading_names()[i].name << "=" << reading_names()[i].values[values[i]] << " ";
  }
}

void showValue(const Step& step, std::ostream& out) {
  out << to_string(step.kind) << " server " << step.server.value;
  if (step.build) out << " build " << to_string(*step.build);
  if (step.folder) out << " folder " << to_string(*step.folder);
  for (const ServerId source : step.sources) out << " from server " << source.value;
}

void showValue(const Policy& policy, std::ostream& out) {
  out << to_string(policy.goal) << " target " << text_of(policy.target) << " copies " << number_of(policy.copies)
      << " crews " << policy.crews << " min in service " << policy.min_in_service.default_count << " windows "
      << policy.windows.size();
  out << " roles " << to_string(policy.roles) << " start " << minutes_of(policy.start);
  if (policy.latest_end) out << " latest end " << minutes_of(*policy.latest_end);
  for (const Window& window : policy.windows) show_window(window, out);
  for (const auto& [server, build] : policy.targets)
    out << " target of server " << server.value << " " << to_string(build);
  for (const ServerId server : policy.frozen) out << " frozen server " << server.value;
  for (const auto& [first, second] : policy.before) out << " server " << first.value << " before " << second.value;
  const auto fixed = values_of(policy.readings);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (fixed[i]) out << " " << reading_names()[i].name << "=" << reading_names()[i].values[*fixed[i]];
  }
}

void showValue(const Plan& plan, std::ostream& out) {
  for (const PlannedStep& planned : plan.steps) {
    out << "\n  " << planned.id << ": ";
    showValue(planned.step, out);
    for (const Arrow& arrow : planned.after) out << " after " << at(plan.steps, arrow.step).id;
    if (planned.schedule) {
      out << " from " << planned.schedule->start.time_since_epoch().count() << " to "
          << planned.schedule->end.time_since_epoch().count();
    }
  }
}

}  // namespace casplan
