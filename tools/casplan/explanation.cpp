#include "tools/casplan/explanation.h"

#include "model/catalogue.h"
#include "model/text.h"
#include "tools/casplan/console.h"

namespace casplan::tools {
namespace {

class Explainer {
 public:
  Explainer(const Organisation& organisation, ServerId front, ServerId target, const Readings& readings)
      : organisation_(organisation),
        readings_(readings),
        found_(initial_state(organisation)),
        front_{at(organisation.servers, front), at(found_.servers, front)},
        target_{at(organisation.servers, target), at(found_.servers, target)} {
    result_.front = front;
    result_.target = target;
    result_.judgement = judge(front_, target_, readings);
    if (result_.judgement.verdict == Verdict::event46) result_.message = event46_sentence(front_, target_);
  }

  Explanation run() {
    consider({RuleId::end_out_of_service}, service());
    consider({RuleId::site_unknown, RuleId::same_site}, sites());
    consider({RuleId::redirect}, external_url());
    consider({RuleId::internal_url_malformed, RuleId::internal_url_not_https}, internal_url());
    consider({RuleId::no_integrated_authentication}, authentication());
    consider({RuleId::version_unknown, RuleId::equal_versions, RuleId::older_front}, versions());
    consider({RuleId::newer_front_without_folder, RuleId::older_front_without_folder, RuleId::folder_unknown,
              RuleId::front_cannot_proxy_to_2007, RuleId::newer_front_with_folder, RuleId::older_front_with_folder},
             folders());
    consider({RuleId::url_unknown}, "Not everything about the way to " + target_.server.name + " is known.");
    return std::move(result_);
  }

 private:
  /// Adds the finding, under the rule of these that decides, else under the first; nothing once one has decided.
  void consider(const std::vector<RuleId>& rules, const std::string& finding) {
    if (decided_) return;
    for (const RuleId id : rules) decided_ = decided_ || (id == result_.judgement.rule);
    result_.considerations.push_back(
        {decided_ ? result_.judgement.rule : rules.front(), finding, decided_ ? Decides::yes : Decides::no});
  }

  [[nodiscard]] std::string service() const {
    std::string out;
    for (const PathEnd* end : {&front_, &target_}) {
      if (!end->state.is_in_service()) out += (out.empty() ? "" : " ") + end->server.name + " is out of service.";
    }
    return out.empty() ? "Both servers are in service." : out;
  }

  [[nodiscard]] std::string site_of(const Server& server) const {
    return server.site ? at(organisation_.sites, *server.site).name : "a site that is not known";
  }
  [[nodiscard]] std::string sites() const {
    const std::string front = is_front(organisation_, result_.front) ? "" : ", behind no entry point,";
    return front_.server.name + front + " is in " + site_of(front_.server) + ", " + target_.server.name + " in " +
           site_of(target_.server) + ".";
  }

  [[nodiscard]] std::string external_url() const {
    if (!target_.server.external_url) return target_.server.name + " has no ExternalURL, so users are proxied.";
    const bool off = !front_.server.redirect_to_optimal || !target_.server.redirect_to_optimal;
    return target_.server.name + " has the ExternalURL " + *target_.server.external_url +
           (off ? ", but redirection is turned off (RedirectToOptimalOWAServer)." : ".");
  }

  [[nodiscard]] std::string internal_url() const {
    if (!target_.server.internal_url) return "The InternalURL of " + target_.server.name + " is not known.";
    const bool allowed = front_.server.allow_proxy_without_ssl;
    return "The InternalURL of " + target_.server.name + " is " + *target_.server.internal_url +
           (allowed ? "; the front allows proxying without SSL." : ".");
  }

  [[nodiscard]] std::string authentication() const {
    const auto& offered = target_.server.integrated_auth;
    if (!offered) return "Whether " + target_.server.name + " offers Integrated Windows authentication is not known.";
    return target_.server.name + (*offered ? " offers" : " does not offer") + " Integrated Windows authentication.";
  }

  [[nodiscard]] static std::string version_of(const PathEnd& end) {
    const auto& version = end.state.owa_version;
    if (!version) return end.server.name + " runs an OWA version that is not known";
    return end.server.name + " runs OWA version " + to_string(*version) + " (" + level_name(version->level()) + ")";
  }
  [[nodiscard]] std::string versions() const {
    const auto& front = front_.state.owa_version;
    const auto& target = target_.state.owa_version;
    std::string relation;
    if (front && target) {
      relation = *front == *target  ? ": they are equal"
                 : *front > *target ? ": the front is newer"
                                    : ": the front is older";
    }
    return version_of(front_) + ", " + version_of(target_) + relation + ".";
  }

  [[nodiscard]] std::string folders() const {
    const FolderSet& counting = counting_folders(front_.state, readings_);
    std::vector<std::string> names;
    for (const OwaVersion& folder : counting.known()) names.push_back(to_string(folder));
    const auto needed = needed_folder(target_.state, readings_);
    std::string text = front_.server.name + " needs resource folder " +
                       (needed ? to_string(*needed) : std::string("of a name that is not known"));
    text += names.empty() ? "; it has none loaded" : "; it has " + listed(names) + " loaded";
    return text + (counting.is_listed() ? "." : ", and its folders were not listed.") + not_loaded(needed);
  }

  [[nodiscard]] std::string not_loaded(const std::optional<OwaVersion>& needed) const {
    if (!needed || front_.state.loaded.has(*needed) != Knowledge::no) return {};
    if (front_.state.present.has(*needed) != Knowledge::yes) return {};
    return " The folder is there, but OWA has not loaded it: recycle the application pool.";
  }

  const Organisation& organisation_;
  const Readings& readings_;
  State found_;
  PathEnd front_;
  PathEnd target_;
  Explanation result_;
  bool decided_ = false;
};

}  // namespace

Explanation explain(const Organisation& organisation, ServerId front, ServerId target, const Readings& readings) {
  return Explainer(organisation, front, target, readings).run();
}

}  // namespace casplan::tools
