#include <algorithm>

#include "model/catalogue.h"
#include "model/text.h"
#include "runbook/escape.h"
#include "runbook/figures.h"
#include "runbook/sections.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

simulator::Users users_today(const Course& course, const ProxyPath& path) {
  const auto& paths = course.today().assessment.paths;
  const auto place =
      std::find_if(paths.begin(), paths.end(), [&](const auto& assessed) { return assessed.path == path; });
  return place != paths.end() ? place->users : std::nullopt;
}

std::string broken_path(const Course& course, const verifier::BrokenToday& broken) {
  const ProxyPath& path = broken.path;
  const std::string mended =
      broken.mended_by ? "mended by " + step_label(course, *broken.mended_by) : "is not mended by this plan";
  return "- " + server_text(course, path.front) + " to " + server_text(course, path.target) + " (AD site " +
         site_text(course, path.site) + ", users: " + figure_text(users_today(course, path)) + "): " + mended + ". " +
         server_text(course, path.front) + " logs:\n\n  > " +
         markdown_text(event46_text(course, path, course.today().state)) + "\n\n";
}

std::string broken_paths(const Course& course) {
  const auto& broken = course.report().broken_today;
  if (broken.empty()) return "Nothing is broken: no proxy path fails with Event 46 today.\n\n";
  std::string text = "Today " + counted(broken.size(), "proxy path") + (broken.size() == 1 ? " fails" : " fail") +
                     " with Event 46; these users cannot log on:\n\n";
  for (const verifier::BrokenToday& path : broken) text += broken_path(course, path);
  return text;
}

/// How sure the OWA version of a server is, where the catalogue had to say it.
std::string owa_confidence(const Server& server) {
  if (server.owa_version) return "reported";
  const Build* build = server.build ? find_build(*server.build) : nullptr;
  return build != nullptr ? std::string(to_string(build->owa_confidence)) : "not known";
}

std::string build_row(const Course& course, const Server& server) {
  const auto owa_version = running_owa_version(server);
  return row({markdown_text(server.name), site_text(course, server.site),
              server.build ? name_of(*server.build) : "not known", owa_version ? to_string(*owa_version) : "not known",
              owa_confidence(server)});
}

std::string builds(const Course& course) {
  std::string text = table_head({"Server", "AD site", "Build", "OWA version", "How sure"});
  for (const ServerId server : client_access_servers(course.organisation())) {
    text += build_row(course, at(course.organisation().servers, server));
  }
  return text +
         "\nThe OWA version names the server's own resource folder. \"reported\" means that the organisation's "
         "document states it; otherwise the catalogue says it from the build: sourced by Microsoft, observed on "
         "servers, or inferred.\n\n";
}

}  // namespace

std::string situation(const Course& course) {
  return "## The situation\n\n" + broken_paths(course) + builds(course);
}

}  // namespace casplan::runbook
