#include "tools/casplan/words.h"

#include "model/catalogue.h"
#include "model/text.h"

namespace casplan::tools {

std::string verdict_words(const Judgement& judgement, const Console& console) {
  if (judgement.rule == RuleId::partial_folder) return console.in(Tone::bad, "BROKEN PAGE");
  const std::string event = judgement.event ? std::to_string(*judgement.event) : "";
  switch (judgement.verdict) {
    case Verdict::works: return console.in(Tone::good, "works");
    case Verdict::event46: return console.in(Tone::bad, "EVENT 46");
    case Verdict::redirect: return console.in(Tone::good, "redirect");
    case Verdict::fault: return console.in(Tone::bad, (event == "401" ? "HTTP " : "EVENT ") + event);
    case Verdict::idle: return console.in(Tone::plain, "idle");
    case Verdict::cannot_tell: break;
  }
  return console.in(Tone::doubtful, "cannot tell");
}

std::string reading_words(const Readings& readings) {
  std::string text;
  const auto values = values_of(readings);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ReadingName& name = reading_names()[i];
    text += (i == 0 ? "" : ", ") + std::string(name.name) + "=" + std::string(name.values[values[i]]);
  }
  return text;
}

std::string path_words(const Organisation& organisation, const ProxyPath& path) {
  return at(organisation.servers, path.front).name + " -> " + at(organisation.servers, path.target).name;
}

std::string feature_words(const simulator::SiteAssessment& site) {
  std::string text;
  for (const simulator::FeatureShare& share : site.features) {
    text += (text.empty() ? "" : ", ") + level_name(share.level);
    if (share.users) text += ": " + figure_text(share.users);
  }
  return text.empty() ? "nothing" : text;
}

}  // namespace casplan::tools
