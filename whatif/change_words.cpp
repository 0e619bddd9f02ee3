#include "whatif/change_words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/text_bytes.h"
#include "documents/words.h"
#include "whatif/change_reader.h"

namespace casplan::whatif {
namespace {

using Read = std::optional<Change>;

constexpr int most_percent = 10'000;

template <class Made>
Read of_server(ChangeReader& in) {
  const auto server = in.client_access_server();
  return server ? Read(Made{*server}) : std::nullopt;
}

Read read_target(ChangeReader& in) {
  SetTarget change;
  if (in.has_more_than(1)) {
    change.server = in.server();
    if (!change.server) return std::nullopt;
  }
  const auto build = in.build();
  if (!build) return std::nullopt;
  change.build = *build;
  return change;
}

Read read_copies(ChangeReader& in) {
  if (in.takes(documents::copies_allowed)) return LimitCopies{};
  if (in.takes(documents::copies_forbidden)) return LimitCopies{0};
  const auto most = in.number(0, most_copies, "allowed, forbidden or a number",
                              {documents::copies_allowed, documents::copies_forbidden});
  return most ? Read(LimitCopies{static_cast<int>(*most)}) : std::nullopt;
}

Read read_crews(ChangeReader& in) {
  const auto crews = in.number(1, most_crews, "a number of crews");
  return crews ? Read(SetCrews{static_cast<int>(*crews)}) : std::nullopt;
}

Read read_min_in_service(ChangeReader& in) {
  SetMinInService change;
  if (in.has_more_than(1)) {
    change.site = in.site();
    if (!change.site) return std::nullopt;
  }
  const auto count = in.number(0, most_servers, "a number of servers");
  if (!count) return std::nullopt;
  change.count = static_cast<int>(*count);
  return change;
}

Read read_latest_end(ChangeReader& in) {
  if (in.takes("none")) return SetLatestEnd{};
  const auto end = in.moment();
  return end ? Read(SetLatestEnd{*end}) : std::nullopt;
}

Read read_reading(ChangeReader& in) {
  const std::string expected = "a reading, such as folder_load=at_once";
  const auto text = in.word(expected);
  if (!text) return std::nullopt;
  std::vector<std::string> all;
  for (std::size_t i = 0; i < reading_names().size(); ++i) {
    for (std::size_t value = 0; value < 2; ++value) {
      all.push_back(std::string(reading_names().at(i).name) + "=" +
                    std::string(reading_names().at(i).values.at(value)));
      if (same_name(all.back(), *text)) return SettleReading{i, value};
    }
  }
  in.fault(", which is no reading", expected, {all.begin(), all.end()});
  return std::nullopt;
}

Read read_window(ChangeReader& in) {
  const auto where = in.workplace();
  if (!where) return std::nullopt;
  const auto time = in.window_time();
  return time ? Read(OpenWindow{*where, *time}) : std::nullopt;
}

Read read_no_windows(ChangeReader& in) {
  if (!in.choice({"windows"}, "\"no windows\"")) return std::nullopt;
  if (in.is_at_end()) return DropWindows{};
  const auto where = in.workplace();
  return where ? Read(DropWindows{*where}) : std::nullopt;
}

Read read_lengthen(ChangeReader& in) {
  const auto windows = static_cast<std::int64_t>(in.situation().policy->windows.size());
  const auto place = in.number(1, windows, "the number of one of the policy's windows");
  if (!place) return std::nullopt;
  const auto minutes = in.number(1, a_week.count(), "for how many minutes more it is open");
  return minutes ? Read(LengthenWindow{static_cast<std::size_t>(*place - 1), Minutes(*minutes)}) : std::nullopt;
}

Read read_external_url(ChangeReader& in) {
  const auto server = in.client_access_server();
  if (!server) return std::nullopt;
  if (in.takes("none")) return SetExternalUrl{*server, std::nullopt};
  const auto url = in.address();
  return url ? Read(SetExternalUrl{*server, *url}) : std::nullopt;
}

Read read_add_front(ChangeReader& in) {
  const auto server = in.client_access_server();
  if (!server) return std::nullopt;
  const auto entry_point = in.entry_point();
  return entry_point ? Read(AddFront{*server, *entry_point}) : std::nullopt;
}

Read read_remove_front(ChangeReader& in) {
  const auto server = in.client_access_server();
  if (!server) return std::nullopt;
  if (in.is_at_end()) return RemoveFront{*server, std::nullopt};
  const auto entry_point = in.entry_point();
  return entry_point ? Read(RemoveFront{*server, *entry_point}) : std::nullopt;
}

/// `+20%`; empty where it is no percentage.
std::optional<int> percentage(std::string_view text) {
  if (!text.ends_with('%') || !(text.starts_with('+') || text.starts_with('-'))) return std::nullopt;
  text.remove_suffix(1);
  if (text.front() == '+') text.remove_prefix(1);
  int percent = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  const bool is_number = error == std::errc() && stop == text.data() + text.size() && !text.empty();
  return is_number && -100 <= percent && percent <= most_percent ? std::optional(percent) : std::nullopt;
}

Read read_users(ChangeReader& in) {
  const auto site = in.site();
  if (!site) return std::nullopt;
  const auto text = in.word("a number of users, or a change such as +20%");
  if (!text) return std::nullopt;
  if (const auto percent = percentage(*text)) return ScaleUsers{*site, *percent};
  std::int64_t users = 0;
  const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), users);
  if (error == std::errc() && stop == text->data() + text->size() && 0 <= users && users <= most_users) {
    return SetUsers{*site, users};
  }
  in.fault("", "a number of users from 0 to " + std::to_string(most_users) + ", or a change such as +20%");
  return std::nullopt;
}

Read read_folder(ChangeReader& in) {
  const auto server = in.client_access_server();
  if (!server) return std::nullopt;
  const auto folder = in.folder();
  if (!folder) return std::nullopt;
  const auto presence = in.choice({"present", "missing"}, "\"present\" or \"missing\"");
  if (!presence) return std::nullopt;
  return SetFolder{*server, *folder, *presence == 0 ? Presence::present : Presence::missing};
}

template <ServiceFact Service>
Read read_service(ChangeReader& in) {
  const auto server = in.client_access_server();
  return server ? Read(SetService{*server, Service}) : std::nullopt;
}

Read read_move(ChangeReader& in) {
  const auto step = in.step();
  if (!step) return std::nullopt;
  const auto side = in.choice({"before", "after"}, "\"before\" or \"after\"");
  if (!side) return std::nullopt;
  const auto other = in.step();
  return other ? Read(MoveStep{*step, *side == 0 ? Side::before : Side::after, *other}) : std::nullopt;
}

Read read_swap(ChangeReader& in) {
  const auto first = in.step();
  if (!first) return std::nullopt;
  const auto second = in.step();
  return second ? Read(SwapSteps{*first, *second}) : std::nullopt;
}

Read read_fail(ChangeReader& in) {
  const auto step = in.step();
  return step ? Read(FailStep{*step}) : std::nullopt;
}

enum class Needs { nothing, policy, plan };

struct Verb {
  std::string_view verb;
  Needs needs;
  Read (*read)(ChangeReader&);
  Form form;
};

constexpr std::array<Verb, 21> verbs{{
    {"freeze", Needs::policy, &of_server<Freeze>, {"freeze SERVER", "the server keeps its build"}},
    {"unfreeze", Needs::policy, &of_server<Unfreeze>, {"unfreeze SERVER", "the server is brought to its target"}},
    {"target",
     Needs::policy,
     &read_target,
     {"target [SERVER] BUILD", "another build is wanted, of one server or of all"}},
    {"copies", Needs::policy, &read_copies, {"copies allowed|forbidden|N", "how many folders may be copied"}},
    {"crews", Needs::policy, &read_crews, {"crews N", "how many upgrades and copies may go on at a time"}},
    {"window",
     Needs::policy,
     &read_window,
     {"window SITE|SERVER DAY HH:MM MINUTES [+HH:MM]",
      "work there in this window, and in others that are named, instead of those of the policy; for DAY HH:MM also a "
      "time such as 2009-10-03T22:00:00Z"}},
    {"no", Needs::policy, &read_no_windows, {"no windows [SITE|SERVER]", "work there, or everywhere, at any time"}},
    {"lengthen", Needs::policy, &read_lengthen, {"lengthen N MINUTES", "the N-th window of the policy is open longer"}},
    {"latest-end", Needs::policy, &read_latest_end, {"latest-end TIME|none", "when all work must have ended"}},
    {"min-in-service",
     Needs::policy,
     &read_min_in_service,
     {"min-in-service [SITE] N", "how many Client Access servers of the site must stay in service"}},
    {"reading", Needs::nothing, &read_reading, {"reading NAME=VALUE", "the documentation is known to mean this"}},
    {"external-url",
     Needs::nothing,
     &read_external_url,
     {"external-url SERVER URL|none", "users of its site are redirected, or come by proxy"}},
    {"add-front", Needs::nothing, &read_add_front, {"add-front SERVER ENTRYPOINT", "it stands behind that name, too"}},
    {"remove-front",
     Needs::nothing,
     &read_remove_front,
     {"remove-front SERVER [ENTRYPOINT]", "it no longer stands behind that name, or behind any"}},
    {"users", Needs::nothing, &read_users, {"users SITE N|+P%|-P%", "the site has so many users, or more, or fewer"}},
    {"folder",
     Needs::nothing,
     &read_folder,
     {"folder SERVER VERSION present|missing", "the organisation's list of folders was wrong"}},
    {"out",
     Needs::nothing,
     &read_service<ServiceFact::out_of_service>,
     {"out SERVER", "it is out of service, and stays so"}},
    {"in", Needs::nothing, &read_service<ServiceFact::in_service>, {"in SERVER", "it is in service after all"}},
    {"move",
     Needs::plan,
     &read_move,
     {"move STEP before|after STEP", "the step is done directly before or after another"}},
    {"swap", Needs::plan, &read_swap, {"swap STEP STEP", "each is done when the other was to be"}},
    {"fail", Needs::plan, &read_fail, {"fail STEP", "the step fails, and the work stops there"}},
}};

/// Empty where the situation has what the change is about. The fault has no place yet.
std::optional<Fault> lacking(const Verb& verb, const Situation& situation) {
  const std::string found = "\"" + std::string(verb.verb) + "\", which changes the ";
  if (verb.needs == Needs::policy && !situation.policy) {
    return Fault{"", found + "policy, and none is given", "a policy: --policy FILE", std::nullopt};
  }
  if (verb.needs == Needs::plan && !situation.plan) {
    return Fault{"", found + "plan, and there is none", "a change that allows a plan, or a plan of your own",
                 std::nullopt};
  }
  return std::nullopt;
}

Place place_of(std::size_t number, std::string_view text) {
  return {number, "change " + std::to_string(number) + " (" + documents::shown(text) + ")"};
}

Place place_of(std::size_t number, const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return place_of(number, text);
}

Read read_change(ChangeReader& in) {
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs) names.push_back(verb.verb);
  const auto chosen =
      in.choice(names, "a change that begins with one of these words: " + documents::alternatives(names));
  if (!chosen) return std::nullopt;
  const Verb& verb = verbs.at(*chosen);
  if (auto fault = lacking(verb, in.situation())) {
    in.fault(std::move(*fault));
    return std::nullopt;
  }
  Read change = verb.read(in);
  if (!in.has_failed()) in.expect_end("\"" + std::string(verb.form.usage) + "\"");
  return in.has_failed() ? std::nullopt : std::move(change);
}

/// The changes of one text, in their order; `number` counts those of all texts.
void read_text(const std::string& text, Question& question, std::size_t& number, std::vector<Stated>& changes) {
  const auto report = [&](Fault fault) {
    Place place = place_of(++number, text);
    fault.place = std::move(place.text);
    question.faults.add(place.number, std::move(fault));
  };
  if (auto fault = documents::fault_of_bytes(text)) return report(std::move(*fault));
  const std::size_t numbered = number;
  documents::Phrases phrases(text);
  while (const auto phrase = phrases.next()) {
    std::vector<std::string> words;
    for (const documents::Word& word : phrase->words) words.push_back(word.text);
    Place place = place_of(++number, words);
    ChangeReader in(std::move(words), place, question);
    if (phrase->has_open_quote) {
      in.fault({"", "a quote that is not closed", "a second quote after the name", std::nullopt});
    } else if (auto change = read_change(in)) {
      changes.push_back({std::move(place.text), std::move(*change)});
    }
  }
  if (number == numbered) report({"", "no words", "a change, such as \"freeze SERVER\"", std::nullopt});
}

}  // namespace

std::vector<Form> all_forms() {
  std::vector<Form> forms;
  for (const Verb& verb : verbs) forms.push_back(verb.form);
  return forms;
}

Result<std::vector<Stated>> read_changes(const std::vector<std::string>& texts, const Situation& situation) {
  std::vector<Stated> changes;
  Question question(situation);
  std::size_t number = 0;
  for (const std::string& text : texts) read_text(text, question, number, changes);
  if (!question.faults.empty()) return tl::unexpected(question.faults.take());
  return changes;
}

}  // namespace casplan::whatif
