#include "documents/moment_text.h"
#include "documents/policy_words.h"
#include "model/time_text.h"
#include "whatif/change_words.h"

namespace casplan::whatif {
namespace {

/// The text as one word, between quotes where it would be cut.
std::string as_word(std::string_view text) {
  if (!text.empty() && text.find_first_of(" \t\r\n,;\"#") == std::string_view::npos) return std::string(text);
  std::string word = "\"";
  for (const char c : text) word += c == '"' ? std::string("\"\"") : std::string(1, c);
  return word + "\"";
}

class Writer {
 public:
  explicit Writer(const Situation& situation) : organisation_(situation.organisation), plan_(situation.plan) {}

  std::string operator()(const Freeze& change) const { return "freeze " + name(change.server); }
  std::string operator()(const Unfreeze& change) const { return "unfreeze " + name(change.server); }
  std::string operator()(const SetTarget& change) const {
    return "target " + (change.server ? name(*change.server) + " " : std::string()) + to_string(change.build);
  }
  std::string operator()(const LimitCopies& change) const {
    if (!change.most) return "copies " + std::string(documents::copies_allowed);
    if (*change.most == 0) return "copies " + std::string(documents::copies_forbidden);
    return "copies " + std::to_string(*change.most);
  }
  std::string operator()(const SetCrews& change) const { return "crews " + std::to_string(change.crews); }
  std::string operator()(const SetMinInService& change) const {
    return "min-in-service " + (change.site ? name(*change.site) + " " : std::string()) + std::to_string(change.count);
  }
  std::string operator()(const SetLatestEnd& change) const {
    return "latest-end " + (change.end ? documents::to_text(*change.end) : "none");
  }
  std::string operator()(const SettleReading& change) const {
    const ReadingName& reading = reading_names().at(change.reading);
    return "reading " + std::string(reading.name) + "=" + std::string(reading.values.at(change.value));
  }
  std::string operator()(const OpenWindow& change) const {
    return "window " + name(change.where) + " " + std::visit(*this, change.time);
  }
  std::string operator()(const WeeklyTime& weekly) const {
    const std::string offset = weekly.utc_offset == Minutes(0) ? "" : " " + utc_offset_text(weekly.utc_offset);
    return std::string(documents::day_words.at(weekly.day)) + " " + clock_text(weekly.start) + " " +
           std::to_string(weekly.length.count()) + offset;
  }
  std::string operator()(const DatedTime& dated) const {
    return documents::to_text(dated.start) + " " + std::to_string((dated.end - dated.start).count());
  }
  std::string operator()(const DropWindows& change) const {
    return "no windows" + (change.where ? " " + name(*change.where) : std::string());
  }
  std::string operator()(const LengthenWindow& change) const {
    return "lengthen " + std::to_string(change.place + 1) + " " + std::to_string(change.by.count());
  }
  std::string operator()(const SetExternalUrl& change) const {
    return "external-url " + name(change.server) + " " + (change.url ? as_word(*change.url) : "none");
  }
  std::string operator()(const AddFront& change) const {
    return "add-front " + name(change.server) + " " + entry_point(change.entry_point);
  }
  std::string operator()(const RemoveFront& change) const {
    return "remove-front " + name(change.server) +
           (change.entry_point ? " " + entry_point(*change.entry_point) : std::string());
  }
  std::string operator()(const SetUsers& change) const {
    return "users " + name(change.site) + " " + std::to_string(change.users);
  }
  std::string operator()(const ScaleUsers& change) const {
    return "users " + name(change.site) + " " + (change.percent < 0 ? "" : "+") + std::to_string(change.percent) + "%";
  }
  std::string operator()(const SetFolder& change) const {
    return "folder " + name(change.server) + " " + to_string(change.folder) +
           (change.presence == Presence::present ? " present" : " missing");
  }
  std::string operator()(const SetService& change) const {
    return (change.service == ServiceFact::in_service ? "in " : "out ") + name(change.server);
  }
  std::string operator()(const MoveStep& change) const {
    return "move " + id(change.step) + (change.side == Side::before ? " before " : " after ") + id(change.other);
  }
  std::string operator()(const SwapSteps& change) const { return "swap " + id(change.first) + " " + id(change.second); }
  std::string operator()(const FailStep& change) const { return "fail " + id(change.step); }

 private:
  [[nodiscard]] std::string name(ServerId server) const { return as_word(at(organisation_.servers, server).name); }
  [[nodiscard]] std::string name(SiteId site) const { return as_word(at(organisation_.sites, site).name); }
  [[nodiscard]] std::string name(const Workplace& where) const {
    return std::visit([&](auto place) { return name(place); }, where);
  }
  [[nodiscard]] std::string entry_point(std::size_t place) const {
    return as_word(organisation_.entry_points[place].name);
  }
  [[nodiscard]] std::string id(StepIndex step) const { return as_word(at(plan_->steps, step).id); }

  const Organisation& organisation_;
  const std::optional<Plan>& plan_;
};

}  // namespace

std::string in_words(const Change& change, const Situation& situation) {
  return std::visit(Writer(situation), change);
}

}  // namespace casplan::whatif
