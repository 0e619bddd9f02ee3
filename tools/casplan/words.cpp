#include "tools/casplan/words.h"

#include <algorithm>

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

std::string figure_words(std::size_t figure, const std::optional<std::int64_t>& value) {
  if (!value && figure == simulator::makespan_figure) return "does not finish";
  return figure_text(value);
}

std::string share_words(std::size_t part, std::size_t whole) {
  constexpr std::size_t all = 10'000;
  std::size_t share = part * all / whole;
  if (part > 0) share = std::max<std::size_t>(share, 1);
  return std::to_string(share / 100) + "." + std::to_string(100 + share % 100).substr(1) + " %";
}

std::string_view abandoned_words(simulator::Abandoned why) {
  using simulator::Abandoned;
  switch (why) {
    case Abandoned::tried_too_often: return "given up: every try failed";
    case Abandoned::no_window: return "given up: no window is left that is long enough";
    case Abandoned::refused: return "given up: it does not fit the state";
    case Abandoned::waits_forever: return "never: it waits for a step that is given up";
    case Abandoned::no_end: return "given up after ten years";
  }
  return "given up";
}

}  // namespace casplan::tools
