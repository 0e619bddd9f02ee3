#include "property_tests/oracles/promela.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "property_tests/oracles/naive_rules.h"
#include "property_tests/oracles/naive_state.h"
#include "property_tests/oracles/promela_rules.h"

namespace casplan::oracle {
namespace {

constexpr std::size_t most_numbers = 30;

std::string text(std::size_t number) {
  return std::to_string(number);
}

/// `NAME(argument, argument)`
std::string call(const std::string& name, const std::vector<std::string>& arguments) {
  std::string all;
  for (const std::string& argument : arguments) all += (all.empty() ? "" : ", ") + argument;
  return name + "(" + all + ")";
}

/// `first SEPARATOR second`, or what stands for none.
std::string joined(const std::vector<std::string>& parts, const std::string& separator, const std::string& none) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : separator) + part;
  return parts.empty() ? none : all;
}

/// How many bits the numbers below `count` take.
std::size_t bits_for(std::size_t count) {
  std::size_t bits = 1;
  while ((std::size_t{1} << bits) < count) ++bits;
  return bits;
}

const Build* build_named(const BuildVersion& version) {
  for (const Build& build : known_builds()) {
    if (build.version == version) return &build;
  }
  return nullptr;
}

/// Versions as numbers, by rank.
template <class Version>
class Numbers {
 public:
  void add(const Version& version) { all_.insert(version); }
  [[nodiscard]] std::size_t count() const { return all_.size(); }
  [[nodiscard]] std::size_t of(const Version& version) const {
    return static_cast<std::size_t>(std::distance(all_.begin(), all_.find(version)));
  }

  /// The set of those for which a condition holds.
  [[nodiscard]] std::string set_where(const std::function<bool(const Version&)>& holds) const {
    std::size_t set = 0;
    for (const Version& version : all_) {
      if (holds(version)) set |= std::size_t{1} << of(version);
    }
    return text(set);
  }

  [[nodiscard]] std::string set_of(const std::set<Version>& some) const {
    return set_where([&](const Version& version) { return some.contains(version); });
  }

  [[nodiscard]] std::string legend() const {
    std::string words;
    for (const Version& version : all_) words += " " + text(of(version)) + " = " + to_string(version) + ";";
    return words;
  }

 private:
  std::set<Version> all_;
};

void check_facts(const Server& server) {
  expects(server.site.has_value(), "a Promela model asks for servers whose sites are known");
  if (!server.is_cas()) return;
  expects(server.build && server.folders, "a Promela model asks for builds and folders that are known");
  const bool good_url = server.internal_url && server.internal_url->rfind("https://", 0) == 0;
  expects(good_url && server.integrated_auth == true && !server.external_url,
          "a Promela model asks for paths that only the version rule decides");
}

/// What one plan contributes to a model.
class Writer {
 public:
  Writer(const PromelaCase& of, PromelaScope scope) : of_(of), scope_(scope), found_(found(of.organisation)) {
    expects(!of.plan.steps.empty(), "a Promela model asks for plans with steps");
    for (const Server& server : of.organisation.servers) check_facts(server);
    const auto all = pairs(of.organisation);
    paths_.assign(all.begin(), all.end());
    for (const NaiveServer& server : found_) number_versions_of(server);
    for (const PlannedStep& step : of.plan.steps) number_versions_of(step.step);
    expects(folders_.count() <= most_numbers && builds_.count() <= most_numbers,
            "a Promela model asks for few folders and builds");
  }

  [[nodiscard]] std::size_t servers() const { return found_.size(); }
  [[nodiscard]] std::size_t steps() const { return of_.plan.steps.size(); }
  [[nodiscard]] std::size_t paths() const { return paths_.size(); }
  [[nodiscard]] std::size_t folders() const { return folders_.count(); }
  [[nodiscard]] std::size_t builds() const { return builds_.count(); }

  /// One choice of the model's first `if`.
  [[nodiscard]] std::string section(std::size_t number) const {
    return "\n  /* Plan " + text(number) + ". Folders:" + folders_.legend() + " builds:" + builds_.legend() +
           " */\n  :: atomic {\n       plan = " + text(number) + ";\n" + readings() + start() + "       d_step { " +
           for_each_path("START", {}) + " }\n     };\n     end_" + text(number) +
           ": do\n     :: atomic {\n          if\n" + events() + "          fi;\n          d_step { " +
           for_each_path("JUDGE", {}) + " }\n        }\n     :: d_step { " + all_have_ended() +
           " && !has_failure -> REPORT(all_ended); " + judgement_of_the_end() + " }; break\n     od\n";
  }

 private:
  void number_versions_of(const NaiveServer& server) {
    if (server.version) folders_.add(*server.version);
    if (server.build) builds_.add(*server.build);
    for (const Folders* folders : {&server.present, &server.loaded, &server.copied_by_hand}) {
      for (const OwaVersion& folder : folders->sure) folders_.add(folder);
    }
  }

  void number_versions_of(const Step& step) {
    if (step.folder) folders_.add(*step.folder);
    const Build* build = step.build ? build_named(*step.build) : nullptr;
    if (build == nullptr) return;
    builds_.add(build->version);
    folders_.add(build->owa_version);
  }

  [[nodiscard]] std::string readings() const {
    const auto line = [](const std::string& name, bool is_open, bool second_value) {
      const std::string choice =
          is_open ? "if :: " + name + " = 0 :: " + name + " = 1 fi" : name + " = " + text(second_value);
      return "       " + choice + ";\n";
    };
    const FixedReadings& fixed = of_.readings;
    return line("highest_counts", !fixed.folder_match, fixed.folder_match == FolderMatch::highest) +
           line("loaded_at_once", !fixed.folder_load, fixed.folder_load == FolderLoad::at_once) +
           line("copies_survive", !fixed.service_pack_removes,
                fixed.service_pack_removes == ServicePackRemoves::installed_only) +
           line("rollup_clears", !fixed.rollup_keeps, fixed.rollup_keeps == RollupKeeps::may_remove) +
           line("folder_goes", !fixed.rollup_removal, fixed.rollup_removal == RollupRemoval::folder_goes) +
           line("older_may_work", !fixed.older_front, fixed.older_front == OlderFront::needs_folder);
  }

  [[nodiscard]] std::string start() const {
    std::string lines;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const NaiveServer& server = found_[i];
      const auto set = [&](const std::string& name, const std::string& value) {
        return name + "_" + text(i) + " = " + value + "; ";
      };
      lines += "       " + set("version", text(server.version ? folders_.of(*server.version) : 0)) +
               set("build", text(server.build ? builds_.of(*server.build) : 0)) +
               set("present", folders_.set_of(server.present.sure)) +
               set("loaded", folders_.set_of(server.loaded.sure)) +
               set("copied", folders_.set_of(server.copied_by_hand.sure)) +
               set("drained", text(server.in_service ? 0 : 1)) + "\n";
    }
    return lines;
  }

  [[nodiscard]] std::string for_each_path(const std::string& macro, const std::vector<std::string>& more) const {
    std::vector<std::string> calls;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      std::vector<std::string> arguments{text(i), text(paths_[i].first), text(paths_[i].second)};
      arguments.insert(arguments.end(), more.begin(), more.end());
      calls.push_back(call(macro, arguments));
    }
    return joined(calls, "; ", "skip");
  }

  [[nodiscard]] std::string judgement_of_the_end() const {
    if (of_.plan.goal != Goal::heal_by_copy) return for_each_path("JUDGE_END", {"false"});
    std::vector<std::string> judgements;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const std::string front = text(paths_[i].first);
      const std::string target = text(paths_[i].second);
      const std::string beyond = call("NO_COPY_MENDS", {front, target, present_on(every_server())});
      judgements.push_back(call("JUDGE_END", {text(i), front, target, beyond}));
    }
    return joined(judgements, "; ", "skip");
  }

  [[nodiscard]] std::string all_have_ended() const {
    std::vector<std::string> conditions;
    for (std::size_t i = 0; i < steps(); ++i) conditions.push_back("step_" + text(i) + " == ended");
    return joined(conditions, " && ", "true");
  }

  [[nodiscard]] std::vector<std::size_t> every_server() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < found_.size(); ++i) all.push_back(i);
    return all;
  }

  [[nodiscard]] static std::string present_on(const std::vector<std::size_t>& servers) {
    std::vector<std::string> sets;
    for (const std::size_t server : servers) sets.push_back("present_" + text(server));
    return joined(sets, " | ", "0");
  }

  /// What a step asks for and does, as calls of macros.
  struct Effect {
    std::string can;        ///< begin
    std::string can_again;  ///< be done a second time
    std::string begin;
    std::string end;
    std::string middle;  ///< what a failure in the middle leaves behind; empty where the kind has no middle
  };

  [[nodiscard]] Effect effect_of(const Step& step) const {
    const std::string server = text(step.server.value);
    switch (step.kind) {
      case StepKind::drain: return {call("CAN_DRAIN", {server}), "ALWAYS", "NOTHING", call("END_DRAIN", {server}), ""};
      case StepKind::return_to_service:
        return {call("CAN_RETURN", {server}), "ALWAYS", "NOTHING", call("END_RETURN", {server}), ""};
      case StepKind::recycle: return {"ALWAYS", "ALWAYS", "NOTHING", call("END_RECYCLE", {server}), "NOTHING"};
      case StepKind::ensure_folder: return ensure(step);
      case StepKind::upgrade: return upgrade(step);
    }
    return {};
  }

  /// A build that nobody knows fits no server.
  [[nodiscard]] Effect upgrade(const Step& step) const {
    const Build* build = build_named(*step.build);
    if (build == nullptr) return {"false", "false", "NOTHING", "NOTHING", "NOTHING"};
    expects(found_[step.server.value].is_cas, "a Promela model asks for upgrades of Client Access servers alone");
    const std::string server = text(step.server.value);
    const auto fits = [&](const BuildVersion& from) {
      const bool same_product = from.parts[0] == build->version.parts[0];
      const bool same_level = same_product && from.level() == build->version.level();
      if (build->version < from) return same_level;
      return from < build->version && same_product && (!build->rollup || same_level);
    };
    const auto is_above = [&](const OwaVersion& folder) { return build->owa_version < folder; };
    const auto is_kept = [&](const OwaVersion& folder) { return !(folder.level() < build->version.level()); };
    const std::string own = text(folders_.of(build->owa_version));
    const std::string its_build = text(builds_.of(build->version));
    const std::string install = build->rollup
                                    ? call("END_ROLLUP", {server, own, its_build})
                                    : call("END_SERVICE_PACK", {server, own, its_build, folders_.set_where(is_kept)});
    const std::string removal = call("END_REMOVAL", {server, own, its_build, folders_.set_where(is_above)});
    return {call("CAN_UPGRADE", {server, builds_.set_where(fits)}), "ALWAYS", call("BEGIN_UPGRADE", {server}),
            call("END_UPGRADE", {server, its_build, install, removal}), "NOTHING"};
  }

  [[nodiscard]] Effect ensure(const Step& step) const {
    std::vector<std::size_t> holders = every_server();
    if (!step.sources.empty()) {
      holders = {step.server.value};
      for (const ServerId source : step.sources) holders.push_back(source.value);
    }
    const std::string folder = text(folders_.of(*step.folder));
    const std::string can = call("CAN_ENSURE", {folder, present_on(holders)});
    const std::string end = call("END_ENSURE", {text(step.server.value), folder});
    return {can, can, "NOTHING", end, end};
  }

  [[nodiscard]] std::string events() const {
    std::string lines;
    for (std::size_t i = 0; i < steps(); ++i) lines += events_of(i);
    return lines;
  }

  [[nodiscard]] std::string events_of(std::size_t place) const {
    const PlannedStep& step = of_.plan.steps[place];
    std::vector<std::string> conditions;
    for (const Arrow& arrow : step.after) conditions.push_back("step_" + text(arrow.step.value) + " == ended");
    const std::string number = text(place);
    const std::string server = text(step.step.server.value);
    const std::string after = joined(conditions, " && ", "true");
    const Effect effect = effect_of(step.step);
    const auto line = [](const std::string& event) { return "          " + event + "\n"; };
    const std::vector<std::string> whole{number, server, after, effect.can, effect.begin, effect.end};
    if (scope_ == PromelaScope::whole_steps) return line(call("IS_DONE_AT_ONCE", whole));
    const std::string middle =
        effect.middle.empty() ? "" : line(call("FAILS_IN_THE_MIDDLE", {number, server, effect.middle}));
    return line(call("BEGINS_AND_ENDS", whole)) + line(call("FAILS_BEFORE", {number, server, after})) + middle +
           line(call("IS_DONE_TWICE", {number, server, effect.can_again, effect.begin, effect.end}));
  }

  const PromelaCase& of_;
  PromelaScope scope_;
  NaiveState found_;
  std::vector<Pair> paths_;
  Numbers<OwaVersion> folders_;
  Numbers<BuildVersion> builds_;
};

using Count = std::size_t (Writer::*)() const;

std::size_t most(const std::vector<Writer>& writers, Count count) {
  std::size_t result = 0;
  for (const Writer& writer : writers) result = std::max(result, (writer.*count)());
  return result;
}

/// One variable for each number below `count`. As numbers of bits, they make small states.
std::string variables(const std::string& name, std::size_t count, std::size_t bits) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) lines += "unsigned " + name + "_" + text(i) + " : " + text(bits) + ";\n";
  return lines;
}

std::string declarations(const std::vector<Writer>& writers) {
  const std::size_t servers = most(writers, &Writer::servers);
  const std::size_t folders = most(writers, &Writer::folders);
  std::string lines = "unsigned plan : " + text(bits_for(writers.size())) + ";\n";
  for (const char* bit : {"has_failure", "highest_counts", "loaded_at_once", "copies_survive", "rollup_clears",
                          "folder_goes", "older_may_work"}) {
    lines += "bit " + std::string(bit) + ";\n";
  }
  lines += variables("version", servers, bits_for(folders));
  lines += variables("build", servers, bits_for(most(writers, &Writer::builds)));
  for (const char* set : {"present", "loaded", "copied"}) lines += variables(set, servers, folders);
  for (const char* bit : {"drained", "upgrading", "busy"}) lines += variables(bit, servers, 1);
  return lines + variables("step", most(writers, &Writer::steps), 3) +
         variables("excused", most(writers, &Writer::paths), 1);
}

/// The number of the highest folder of a set that is not empty.
std::string highest_of_set(std::size_t folders) {
  std::string expression = "0";
  for (std::size_t folder = 1; folder < folders; ++folder) {
    expression = "(((set) >> " + text(folder) + ") & 1 -> " + text(folder) + " : " + expression + ")";
  }
  return "#define HIGHEST(set) " + expression + "\n";
}

}  // namespace

std::string promela_model(const std::vector<PromelaCase>& cases, PromelaScope scope) {
  expects(!cases.empty() && cases.size() <= most_promela_cases, "a Promela model asks for plans, and not for too many");
  std::vector<Writer> writers;
  for (const PromelaCase& of : cases) writers.emplace_back(of, scope);
  std::string model(promela_rules);
  model += highest_of_set(most(writers, &Writer::folders)) + "\n" + declarations(writers) + "\ninit {\n  if\n";
  for (std::size_t i = 0; i < writers.size(); ++i) model += writers[i].section(i);
  return model + "  fi\n}\n";
}

}  // namespace casplan::oracle
