#include "documents/assessment_writer.h"
#include "documents/result_documents.h"

namespace casplan::documents {
namespace {

/// What the user is told of a path: the event's own sentence, or the rule by which the path fails.
std::optional<std::string> message(const Organisation& organisation, const State& state,
                                   const simulator::PathAssessment& path) {
  const auto end = [&](ServerId id) { return PathEnd{at(organisation.servers, id), at(state.servers, id)}; };
  if (path.judgement.verdict == Verdict::event46) return event46_sentence(end(path.path.front), end(path.path.target));
  if (path.judgement.verdict == Verdict::fault) return std::string(rule(path.judgement.rule).text);
  return std::nullopt;
}

void write_path(JsonWriter& out, const Organisation& organisation, const State& state,
                const simulator::PathAssessment& path) {
  const Judgement& judgement = path.judgement;
  out.object([&] {
    write_path_ends(out, organisation, path.path);
    out.member("site", path.path.site ? std::optional(at(organisation.sites, *path.path.site).name) : std::nullopt);
    write_users(out.key("users"), path.users);
    out.member("verdict", to_string(judgement.verdict));
    if (judgement.event) out.member("event", *judgement.event);
    if (judgement.folder) out.member("folder", to_string(*judgement.folder));
    if (const auto text = message(organisation, state, path)) out.member("message", *text);
    out.member("rule", rule(judgement.rule).name);
    out.member("evidence", rule(judgement.rule).evidence);
  });
}

}  // namespace

std::string write_check_result(const Organisation& organisation, const State& state,
                               const simulator::Assessment& assessment) {
  JsonWriter out;
  out.object([&] {
    out.key("paths").list(assessment.paths, [&](const auto& path) { write_path(out, organisation, state, path); });
    write_sites(out, organisation, assessment.sites);
  });
  return out.take();
}

}  // namespace casplan::documents
