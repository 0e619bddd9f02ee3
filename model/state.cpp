#include "model/state.h"

#include <algorithm>

namespace casplan {
namespace {

FolderSet listed_or_unknown(const std::optional<FolderList>& folders, std::optional<OwaVersion> own) {
  return folders ? FolderSet::of(*folders) : FolderSet::unlisted(own);
}

/// Only a hand can have put a folder of an earlier level than the server's own there (contract, organisation). Where
/// nobody listed the folders, any may be such a copy.
FolderSet presumed_hand_copies(const FolderSet& present, std::optional<OwaVersion> own) {
  if (!present.is_listed()) return FolderSet::unlisted(std::nullopt);
  FolderSet copies;
  for (const OwaVersion& folder : present.known()) {
    if (own && folder.level() < own->level()) copies.insert(folder);
  }
  return copies;
}

ServerState found_state(const Server& server) {
  ServerState state;
  state.is_cas = server.is_cas();
  state.build = server.build;
  state.owa_version = running_owa_version(server);
  state.present = server.is_cas() ? listed_or_unknown(server.folders, state.owa_version)
                                  : FolderSet::of(server.folders.value_or(FolderList{}));
  state.loaded = server.loaded_folders ? FolderSet::of(*server.loaded_folders) : state.present;
  for (const OwaVersion& folder : state.loaded.known()) state.present.insert(folder);
  state.hand_copied = server.hand_copied_folders ? FolderSet::of(*server.hand_copied_folders)
                                                 : presumed_hand_copies(state.present, state.owa_version);
  state.service = server.was_found_in_service() ? Service::in_service : Service::drained;
  return state;
}

}  // namespace

FolderSet FolderSet::of(const FolderList& folders) {
  FolderSet set;
  for (const ResourceFolder& folder : folders) set.insert(folder.version);
  return set;
}

FolderSet FolderSet::unlisted(std::optional<OwaVersion> own) {
  FolderSet set;
  if (own) set.insert(*own);
  set.unlisted_from_ = Level{};
  return set;
}

Knowledge FolderSet::has(const OwaVersion& folder) const {
  if (std::binary_search(known_.begin(), known_.end(), folder)) return Knowledge::yes;
  return unlisted_from_ && folder.level() >= *unlisted_from_ ? Knowledge::unknown : Knowledge::no;
}

std::optional<OwaVersion> FolderSet::highest() const {
  if (unlisted_from_ || known_.empty()) return std::nullopt;
  return known_.back();
}

void FolderSet::insert(const OwaVersion& folder) {
  const auto place = std::lower_bound(known_.begin(), known_.end(), folder);
  if (place == known_.end() || *place != folder) known_.insert(place, folder);
}

void FolderSet::remove_below(Level level, const FolderSet& besides) {
  std::erase_if(known_, [&](const OwaVersion& folder) {
    return folder.level() < level && besides.has(folder) != Knowledge::yes;
  });
  if (unlisted_from_ && besides.is_listed()) unlisted_from_ = std::max(*unlisted_from_, level);
}

void FolderSet::intersect(const FolderSet& other) {
  std::erase_if(known_, [&](const OwaVersion& folder) { return other.has(folder) == Knowledge::no; });
}

void FolderSet::erase(const OwaVersion& folder) {
  std::erase(known_, folder);
}

void FolderSet::forget_above(const OwaVersion& folder) {
  std::erase_if(known_, [&](const OwaVersion& other) { return other > folder; });
  unlisted_from_ = std::min(unlisted_from_.value_or(folder.level()), folder.level());
}

void FolderSet::clear() {
  known_.clear();
  unlisted_from_.reset();
}

Knowledge ServerState::holds_whole(const OwaVersion& folder) const {
  return partial.has(folder) == Knowledge::yes ? Knowledge::no : present.has(folder);
}

State initial_state(const Organisation& organisation) {
  State state;
  state.servers.reserve(organisation.servers.size());
  for (const Server& server : organisation.servers) state.servers.push_back(found_state(server));
  return state;
}

}  // namespace casplan
