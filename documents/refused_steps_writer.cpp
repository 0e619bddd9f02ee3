#include "documents/refused_steps_writer.h"

#include "documents/verdict_words.h"

namespace casplan::documents {
namespace {

/// Null where the folders were not listed.
void write_folders(JsonWriter& out, std::string_view key, const FolderSet& folders) {
  out.key(key);
  if (!folders.is_listed()) return out.null();
  out.line(folders.known(), [&](const OwaVersion& folder) { out.value(to_string(folder)); });
}

template <class Version>
std::optional<std::string> text(const std::optional<Version>& version) {
  return version ? std::optional(to_string(*version)) : std::nullopt;
}

void write_server(JsonWriter& out, const std::string& name, const ServerState& server) {
  out.object([&] {
    out.member("name", name);
    out.member("build", text(server.build));
    out.member("owa_version", text(server.owa_version));
    out.member("in_service", server.is_in_service());
    write_folders(out, "folders", server.present);
    write_folders(out, "loaded_folders", server.loaded);
  });
}

}  // namespace

void write_refused_steps(JsonWriter& out, const Organisation& organisation, const Plan& plan,
                         const std::vector<simulator::RefusedStep>& refused) {
  if (refused.empty()) return;
  out.key("refused_steps").list(refused, [&](const simulator::RefusedStep& refusal) {
    const PlannedStep& planned = at(plan.steps, refusal.step);
    const ServerId server = planned.step.server;
    out.object([&] {
      out.member("step", planned.id);
      out.member("reason", to_string(refusal.refusal.reason));
      out.member("message", simulator::sentence(refusal.refusal, planned.step, refusal.server, organisation));
      out.member("minute", refusal.at.count());
      write_server(out.key("server"), at(organisation.servers, server).name, refusal.server);
    });
  });
}

}  // namespace casplan::documents
