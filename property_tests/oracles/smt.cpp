#include "property_tests/oracles/smt.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <variant>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::oracle {
namespace {

/// Expressions of SMT-LIB.
using Term = std::string;

Term call(const std::string& function, const std::vector<Term>& arguments) {
  Term text = "(" + function;
  for (const Term& argument : arguments) text += " " + argument;
  return text + ")";
}

Term all_of(const std::vector<Term>& terms) {
  return terms.empty() ? "true" : call("and", terms);
}
Term any_of(const std::vector<Term>& terms) {
  return terms.empty() ? "false" : call("or", terms);
}
Term sum_of(const std::vector<Term>& terms) {
  return terms.empty() ? "0" : call("+", terms);
}
Term number(std::int64_t value) {
  return value < 0 ? call("-", {std::to_string(-value)}) : std::to_string(value);
}
Term plus(const Term& a, std::int64_t minutes) {
  return call("+", {a, number(minutes)});
}

/// A step that may be part of the plan.
struct PossibleStep {
  std::size_t server;
  Term is_done;
  Term start;
  Term end;
  bool needs_crew;
};

/// A time, empty where it does not begin before it ends.
struct Span {
  Term begin;
  Term end;
};

/// Longer than any plan: it stands for the time before the first and after the last step.
constexpr std::int64_t for_ever = 1'000'000'000;

/// What makes a problem simple enough.
struct Facts {
  const Organisation& organisation;
  const Policy& policy;

  [[nodiscard]] bool is_simple(const Server& server) const {
    const auto version = running_owa_version(server);
    return server.is_cas() && server.site && server.build == organisation.servers[0].build && version &&
           server.folders && server.folders->size() == 1 && server.folders->front().version == *version &&
           !server.loaded_folders && !server.hand_copied_folders && server.in_service == true;
  }

  [[nodiscard]] bool are_simple_servers() const {
    std::set<SiteId> sites;
    for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
      const Server& server = organisation.servers[i];
      if (!is_simple(server) || !sites.insert(*server.site).second) return false;
      for (const Server& other : organisation.servers) {
        if (!versions_decide(server, other)) return false;
      }
    }
    return sites.size() == organisation.sites.size();
  }

  [[nodiscard]] bool are_simple_entries() const {
    return std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const auto& entry) {
      const auto is_whole = [&](const Site& site) {
        return site.mailboxes && *site.mailboxes * *entry.share % 100 == 0;
      };
      return entry.fronts.size() == 1 && entry.share &&
             std::all_of(organisation.sites.begin(), organisation.sites.end(), is_whole);
    });
  }

  [[nodiscard]] bool is_simple_policy() const {
    const Build* target = policy.target ? find_build(*policy.target) : nullptr;
    const auto& today = organisation.servers[0].build;
    if (target == nullptr || *policy.target <= *today) return false;
    const bool is_one_hop = !target->is_rollup() || target->version.level() == today->level();
    const bool is_dated = std::all_of(policy.windows.begin(), policy.windows.end(), [](const Window& window) {
      return std::holds_alternative<DatedTime>(window.time);
    });
    return is_one_hop && is_dated && policy.goal == Goal::upgrade && policy.event46 == Event46::never &&
           policy.targets.empty() && policy.min_in_service == MinInService{} &&
           combinations(policy.readings) == std::vector<Readings>{Readings{}} &&
           policy.frozen.size() < organisation.servers.size();
  }
};

struct Writer {
  const Organisation& organisation;
  const Policy& policy;
  std::ostringstream out{};
  std::vector<PossibleStep> steps{};
  std::size_t commons = 0;

  [[nodiscard]] std::size_t servers() const { return organisation.servers.size(); }
  [[nodiscard]] static Term name(const std::string& what, std::size_t server) { return what + std::to_string(server); }
  [[nodiscard]] static std::int64_t count(Minutes minutes) { return minutes.count(); }
  [[nodiscard]] std::int64_t upgrade_minutes() const {
    const bool is_rollup = find_build(*policy.target)->is_rollup();
    return count(is_rollup ? policy.durations.rollup : policy.durations.service_pack);
  }
  [[nodiscard]] bool changes(std::size_t server) const {
    return wanted_build(organisation, policy, id_at<ServerId>(server)) != organisation.servers[server].build;
  }
  [[nodiscard]] bool is_front(std::size_t server) const {
    return std::any_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                       [&](const EntryPoint& entry) { return entry.fronts[0].value == server; });
  }
  /// A service pack takes away the folder of the version before it.
  [[nodiscard]] bool may_copy(std::size_t server) const {
    return is_front(server) && changes(server) && !find_build(*policy.target)->is_rollup();
  }

  /// No minute after this one is needed: when nothing opens or closes any more, minutes in which nobody works only
  /// cost.
  [[nodiscard]] std::int64_t horizon() const {
    const Durations& each = policy.durations;
    std::int64_t last = 0;
    for (const Window& window : policy.windows)
      last = std::max(last, count(std::get<DatedTime>(window.time).end - policy.start));
    const std::int64_t of_one =
        upgrade_minutes() + count(each.drain + each.return_to_service + each.ensure_folder + each.recycle);
    return last + of_one * static_cast<std::int64_t>(servers());
  }

  void declare(const Term& variable, const std::string& type) {
    out << "(declare-const " << variable << " " << type << ")\n";
  }
  void define(const Term& variable, const std::string& type, const Term& value) {
    out << "(define-fun " << variable << " () " << type << " " << value << ")\n";
  }
  void demand(const Term& term) { out << "(assert " << term << ")\n"; }
  void demand_if(const Term& condition, const Term& term) { demand(call("=>", {condition, term})); }

  void add_step(std::size_t server, const std::string& what, const Term& is_done, Minutes minutes, bool needs_crew) {
    const Term start = name(what, server);
    declare(start, "Int");
    demand(all_of({call("<=", {"0", start}), call("<=", {start, number(horizon())})}));
    steps.push_back({server, is_done, start, plus(start, count(minutes)), needs_crew});
    demand_if(is_done, lies_in_windows(server, steps.back()));
    if (policy.latest_end)
      demand_if(is_done, call("<=", {steps.back().end, number(count(*policy.latest_end - policy.start))}));
  }

  [[nodiscard]] Term lies_in_windows(std::size_t server, const PossibleStep& step) const {
    std::vector<std::pair<std::int64_t, std::int64_t>> open;
    for (const Window& window : policy.windows) {
      const auto& site = *organisation.servers[server].site;
      const bool names_site = std::find(window.sites.begin(), window.sites.end(), site) != window.sites.end();
      const auto id = id_at<ServerId>(server);
      const bool names_server = std::find(window.servers.begin(), window.servers.end(), id) != window.servers.end();
      const auto& dated = std::get<DatedTime>(window.time);
      if (names_site || names_server)
        open.emplace_back(count(dated.start - policy.start), count(dated.end - policy.start));
    }
    if (open.empty()) return "true";
    std::sort(open.begin(), open.end());
    std::vector<std::pair<std::int64_t, std::int64_t>> united;
    for (const auto& span : open) {
      if (!united.empty() && span.first <= united.back().second)
        united.back().second = std::max(united.back().second, span.second);
      else
        united.push_back(span);
    }
    std::vector<Term> inside;
    for (const auto& [begin, end] : united) {
      inside.push_back(call("and", {call(">=", {step.start, number(begin)}), call("<=", {step.end, number(end)})}));
    }
    return any_of(inside);
  }

  void write_steps(std::size_t server) {
    const Term drained = name("drained", server);
    const Term drain_ends = plus(name("drain", server), count(policy.durations.drain));
    declare(drained, "Bool");
    add_step(server, "drain", drained, policy.durations.drain, false);
    add_step(server, "return", drained, policy.durations.return_to_service, false);
    demand_if(drained, call("<=", {drain_ends, name("return", server)}));
    if (changes(server)) {
      add_step(server, "upgrade", "true", Minutes(upgrade_minutes()), true);
      const Term upgraded = plus(name("upgrade", server), upgrade_minutes());
      define(name("covered", server), "Bool",
             call("and", {drained, call("<=", {name("drain", server), name("upgrade", server)})}));
      demand_if(drained, call("<=", {upgraded, name("return", server)}));
    }
    if (!may_copy(server)) return;
    declare(name("copied", server), "Bool");
    add_step(server, "ensure", name("copied", server), policy.durations.ensure_folder, true);
    add_step(server, "recycle", name("copied", server), policy.durations.recycle, false);
    demand_if(name("copied", server),
              call("and", {call("<=", {plus(name("upgrade", server), upgrade_minutes()), name("ensure", server)}),
                           call("<=", {plus(name("ensure", server), count(policy.durations.ensure_folder)),
                                       name("recycle", server)})}));
  }

  /// While the copy is made, somebody else holds the folder.
  void write_source(std::size_t server) {
    if (!may_copy(server)) return;
    std::vector<Term> sources;
    const Term copied = plus(name("ensure", server), count(policy.durations.ensure_folder));
    for (std::size_t other = 0; other < servers(); ++other) {
      if (other == server) continue;
      if (!changes(other)) sources.emplace_back("true");
      if (changes(other)) sources.push_back(call("<=", {copied, name("upgrade", other)}));
      if (!may_copy(other)) continue;
      const Term had = plus(name("ensure", other), count(policy.durations.ensure_folder));
      sources.push_back(call("and", {name("copied", other), call("<=", {had, name("ensure", server)})}));
    }
    demand_if(name("copied", server), any_of(sources));
  }

  void write_limits() {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::vector<Term> at_work;
      for (std::size_t j = 0; j < steps.size(); ++j) {
        if (j > i && steps[i].server == steps[j].server)
          demand_if(all_of({steps[i].is_done, steps[j].is_done}),
                    any_of({call("<=", {steps[i].end, steps[j].start}), call("<=", {steps[j].end, steps[i].start})}));
        if (j == i || !steps[i].needs_crew || !steps[j].needs_crew) continue;
        const Term is_at_work = all_of({steps[j].is_done, call("<=", {steps[j].start, steps[i].start}),
                                        call("<", {steps[i].start, steps[j].end})});
        at_work.push_back(call("ite", {is_at_work, "1", "0"}));
      }
      if (at_work.size() >= static_cast<std::size_t>(policy.crews))
        demand_if(steps[i].is_done, call("<", {sum_of(at_work), number(policy.crews)}));
    }
    for (const auto& [first, second] : policy.before) {
      if (changes(first.value) && changes(second.value))
        demand(call("<=", {plus(name("upgrade", first.value), upgrade_minutes()), name("upgrade", second.value)}));
    }
    if (policy.copies) demand(call("<=", {copies(), number(*policy.copies)}));
  }

  [[nodiscard]] Term copies() const {
    std::vector<Term> all;
    for (std::size_t i = 0; i < servers(); ++i) {
      if (may_copy(i)) all.push_back(call("ite", {name("copied", i), "1", "0"}));
    }
    return sum_of(all);
  }

  /// A time without that in which the server is out for certain.
  [[nodiscard]] std::vector<Span> while_in_service(std::size_t server, const Span& span) const {
    const Term out_from = plus(name("drain", server), count(policy.durations.drain));
    const Term out_until = name("return", server);
    const Term drained = name("drained", server);
    const Term first_end = call("ite", {all_of({drained, call("<", {out_from, span.end})}), out_from, span.end});
    const Term second_begin =
        call("ite", {drained, call("ite", {call(">", {out_until, span.begin}), out_until, span.begin}), span.end});
    return {{span.begin, first_end}, {second_begin, span.end}};
  }

  void demand_apart(const std::vector<Span>& some, const std::vector<Span>& others) {
    for (const Span& a : some) {
      for (const Span& b : others) {
        demand(any_of({call(">=", {a.begin, a.end}), call(">=", {b.begin, b.end}), call("<=", {a.end, b.begin}),
                       call("<=", {b.end, a.begin})}));
      }
    }
  }

  [[nodiscard]] std::vector<Span> may_be_old(std::size_t server) const {
    const Term until = changes(server) ? plus(name("upgrade", server), upgrade_minutes()) : number(for_ever);
    return while_in_service(server, {number(-for_ever), until});
  }

  [[nodiscard]] std::vector<Span> may_be_new(std::size_t server, const Term& until) const {
    if (!changes(server)) return {};
    return while_in_service(server, {name("upgrade", server), until});
  }

  void write_path(std::size_t front, std::size_t target) {
    demand_apart(may_be_old(front), may_be_new(target, number(for_ever)));
    if (!may_copy(front)) return;
    const Term loaded = plus(name("recycle", front), count(policy.durations.recycle));
    const Term without_folder = call("ite", {name("copied", front), loaded, number(for_ever)});
    demand_apart(may_be_new(front, without_folder), may_be_old(target));
  }

  /// When a server is out: first, and, where it is drained after its upgrade, a second time.
  void write_out_times(std::size_t server) {
    const Term out_from = plus(name("drain", server), count(policy.durations.drain));
    const Term out_until = plus(name("return", server), count(policy.durations.return_to_service));
    const Term drained = name("drained", server);
    if (changes(server)) {
      const Term covered = name("covered", server);
      const Term upgraded = plus(name("upgrade", server), upgrade_minutes());
      define(name("a", server), "Int", call("ite", {covered, out_from, name("upgrade", server)}));
      define(name("b", server), "Int", call("ite", {covered, out_until, upgraded}));
      const Term again = all_of({drained, call("not", {covered})});
      define(name("c", server), "Int", call("ite", {again, out_from, "0"}));
      define(name("d", server), "Int", call("ite", {again, out_until, "0"}));
    } else {
      define(name("a", server), "Int", call("ite", {drained, out_from, "0"}));
      define(name("b", server), "Int", call("ite", {drained, out_until, "0"}));
    }
  }

  /// The times at which a server is out; those of them that come after a moment, where one is given.
  [[nodiscard]] std::vector<Span> out_times(std::size_t server, const std::optional<Term>& since) const {
    const auto later = [&](const Term& time) { return since ? call("most", {time, *since}) : time; };
    std::vector<Span> all{{later(name("a", server)), later(name("b", server))}};
    if (changes(server)) all.push_back({later(name("c", server)), later(name("d", server))});
    return all;
  }

  /// At most the time that two spans have in common. Who wants the measures to be low wants it to be all of that.
  [[nodiscard]] Term in_common(const Span& a, const Span& b) {
    const Term common = name("common", ++commons);
    declare(common, "Int");
    std::vector<Term> within;
    for (const Term& end : {a.end, b.end}) {
      for (const Term& begin : {a.begin, b.begin}) within.push_back(call("<=", {common, call("-", {end, begin})}));
    }
    demand(any_of({call("=", {common, "0"}), all_of({call(">", {common, "0"}), all_of(within)})}));
    return common;
  }

  [[nodiscard]] Term length_of_union(const std::vector<Span>& some, const std::vector<Span>& others) {
    std::vector<Term> terms;
    for (const Span& span : some) terms.push_back(call("-", {span.end, span.begin}));
    for (const Span& span : others) terms.push_back(call("-", {span.end, span.begin}));
    for (const Span& a : some) {
      for (const Span& b : others) terms.push_back(call("-", {in_common(a, b)}));
    }
    return sum_of(terms);
  }

  /// The users of one site by one front: unavailable while either end is out; they lag then, and until the server that
  /// renders their pages is upgraded.
  void count_users(std::size_t front, std::size_t own, std::int64_t users, std::vector<Term>& unavailable,
                   std::vector<Term>& lagging) {
    const auto out_since = [&](const std::optional<Term>& since) {
      const auto others = front == own ? std::vector<Span>{} : out_times(own, since);
      return length_of_union(out_times(front, since), others);
    };
    const Term out_at_all = out_since(std::nullopt);
    unavailable.push_back(call("*", {number(users), out_at_all}));
    Term lag = out_at_all;
    if (changes(own)) {
      const Term upgraded = plus(name("upgrade", own), upgrade_minutes());
      lag = sum_of({call("-", {upgraded, "begin"}), out_since(upgraded)});
    }
    lagging.push_back(call("*", {number(users), lag}));
  }

  void write_measures() {
    for (const std::string_view moment : {"begin", "finish"}) declare(std::string(moment), "Int");
    std::vector<Term> begins;
    std::vector<Term> ends;
    for (const PossibleStep& step : steps) {
      demand_if(step.is_done, all_of({call("<=", {"begin", step.start}), call(">=", {"finish", step.end})}));
      begins.push_back(all_of({step.is_done, call("=", {"begin", step.start})}));
      ends.push_back(all_of({step.is_done, call("=", {"finish", step.end})}));
    }
    demand(any_of(begins));
    demand(any_of(ends));
    if (policy.windows.empty()) demand(call("=", {"begin", "0"}));
    std::vector<Term> unavailable;
    std::vector<Term> lagging;
    for (const EntryPoint& entry : organisation.entry_points) {
      for (std::size_t own = 0; own < servers(); ++own) {
        const std::int64_t users =
            at(organisation.sites, *organisation.servers[own].site).mailboxes.value() * *entry.share / 100;
        if (users > 0) count_users(entry.fronts[0].value, own, users, unavailable, lagging);
      }
    }
    define("event46_user_minutes", "Int", "0");
    define("unavailable_user_minutes", "Int", sum_of(unavailable));
    define("feature_lag_user_minutes", "Int", sum_of(lagging));
    define("copies", "Int", copies());
    define("makespan_minutes", "Int", call("-", {"finish", "begin"}));
  }

  [[nodiscard]] std::string text() {
    out << "(set-option :opt.priority lex)\n"
        << "(define-fun most ((x Int) (y Int)) Int (ite (>= x y) x y))\n";
    for (std::size_t i = 0; i < servers(); ++i) write_steps(i);
    for (std::size_t i = 0; i < servers(); ++i) write_source(i);
    write_limits();
    for (const EntryPoint& entry : organisation.entry_points) {
      for (std::size_t i = 0; i < servers(); ++i) {
        const bool has_users = at(organisation.sites, *organisation.servers[i].site).mailboxes != 0;
        if (i != entry.fronts[0].value && has_users) write_path(entry.fronts[0].value, i);
      }
    }
    for (std::size_t i = 0; i < servers(); ++i) write_out_times(i);
    write_measures();
    for (const Measure measure : policy.objective) out << "(minimize " << to_string(measure) << ")\n";
    out << "(check-sat)\n(get-value (";
    for (const Measure measure : policy.objective) out << to_string(measure) << " ";
    out << "))\n";
    return out.str();
  }
};

}  // namespace

bool can_be_written(const Organisation& organisation, const Policy& policy) {
  const Facts facts{organisation, policy};
  return facts.are_simple_servers() && facts.are_simple_entries() && facts.is_simple_policy();
}

std::string smt_problem(const Organisation& organisation, const Policy& policy) {
  expects(can_be_written(organisation, policy), "the problem can be written for Z3");
  return Writer{organisation, policy}.text();
}

}  // namespace casplan::oracle
