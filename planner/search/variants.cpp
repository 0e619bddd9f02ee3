#include "planner/search/variants.h"

#include <algorithm>

#include "simulator/transition.h"

namespace casplan::planner {
namespace {

/// Whether Event 46 cannot be excluded. With a URL that is not known the path may fail, but not with Event 46.
bool may_be_event46(const Judgement& judgement) {
  return judgement.verdict == Verdict::event46 ||
         (judgement.verdict == Verdict::cannot_tell && judgement.rule != RuleId::url_unknown);
}

}  // namespace

VariantId Variants::id_of(Variant variant) {
  const auto place = std::find(variants_.begin(), variants_.end(), variant);
  const auto id = id_at<VariantId>(static_cast<std::size_t>(place - variants_.begin()));
  if (place != variants_.end()) return id;
  has_to_load_.push_back(std::any_of(variant.begin(), variant.end(),
                                     [](const ServerState& state) { return !(state.loaded == state.present); }));
  variants_.push_back(std::move(variant));
  return id;
}

VariantId Variants::found(const ServerState& state) {
  ServerState in_service = state;
  in_service.service = Service::in_service;
  return id_of(Variant(readings_.size(), in_service));
}

VariantId Variants::after(VariantId variant, const Step& step) {
  const auto key = std::pair(variant, Effect{step.kind, step.build, step.folder});
  const auto known = after_.find(key);
  if (known != after_.end()) return known->second;
  Variant next = at(variants_, variant);
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    simulator::begin(next[i], step);
    simulator::finish(next[i], step, readings_[i]);
  }
  const VariantId id = id_of(std::move(next));
  after_.emplace(key, id);
  return id;
}

bool Variants::surely_holds(VariantId variant, const OwaVersion& folder) const {
  const auto [place, added] = surely_holds_.try_emplace({variant, folder});
  if (!added) return place->second;
  const Variant& states = at(variants_, variant);
  place->second = std::all_of(states.begin(), states.end(),
                              [&](const ServerState& state) { return state.present.has(folder) == Knowledge::yes; });
  return place->second;
}

const Meetings::Faults& Meetings::judged(VariantId front, VariantId target) {
  const auto [place, added] = faults_.try_emplace({front, target});
  if (!added) return place->second;
  for (std::size_t i = 0; i < variants_.readings().size(); ++i) {
    const auto judgement =
        judge_versions(variants_.state(front, i), variants_.state(target, i), variants_.readings()[i]);
    const std::uint64_t reading = std::uint64_t{1} << i;
    if (may_be_event46(judgement)) place->second.possible |= reading;
    if (judgement.verdict == Verdict::event46) place->second.certain |= reading;
  }
  return place->second;
}

std::uint64_t Meetings::faults_as_today(const ProxyPath& path, VariantId front, VariantId target) {
  if (!are_met_today(path)) return 0;
  const Faults today = judged(found(path.front), found(path.target));
  const Faults now = judged(front, target);
  return now.possible & (today.certain | (today.possible & ~now.certain));
}

std::optional<Judgement> Meetings::fault(VariantId front, VariantId target) const {
  for (std::size_t i = 0; i < variants_.readings().size(); ++i) {
    const auto judgement =
        judge_versions(variants_.state(front, i), variants_.state(target, i), variants_.readings()[i]);
    if (may_be_event46(judgement)) return judgement;
  }
  return std::nullopt;
}

const std::vector<OwaVersion>& Meetings::wanting(VariantId front, VariantId target) {
  const auto [place, added] = wanting_.try_emplace({front, target});
  std::vector<OwaVersion>& folders = place->second;
  if (!added) return folders;
  for (std::size_t i = 0; i < variants_.readings().size(); ++i) {
    const ServerState& state = variants_.state(front, i);
    const auto judgement = judge_versions(state, variants_.state(target, i), variants_.readings()[i]);
    if (!may_be_event46(judgement) || !judgement.folder || judgement.rule == RuleId::older_front) continue;
    if (state.present.has(*judgement.folder) == Knowledge::yes) continue;
    if (std::find(folders.begin(), folders.end(), *judgement.folder) == folders.end()) {
      folders.push_back(*judgement.folder);
    }
  }
  return folders;
}

}  // namespace casplan::planner
