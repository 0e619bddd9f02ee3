#include "property_tests/gate/sentences.h"

#include <algorithm>

#include "model/rules.h"
#include "model/text.h"

namespace casplan::gate {
namespace {

constexpr std::size_t most_ids = 20;

class Words {
 public:
  Words(const Subject& subject, const Case& broken, const Violation& violation)
      : subject_(subject), broken_(broken), violation_(violation) {}

  std::vector<std::string> all() const {
    std::vector<std::string> text;
    if (broken_.failure) text.push_back(failure());
    if (broken_.wrong_fact) text.push_back(sentence(*broken_.wrong_fact, subject_.organisation));
    text.push_back(what_happens());
    if (violation_.kind == Violation::Kind::step_refused) return text;
    text.push_back(reading());
    text.push_back("The event would read: " + event());
    return text;
  }

 private:
  [[nodiscard]] const std::string& name(Place server) const { return subject_.organisation.servers[server].name; }
  [[nodiscard]] const std::string& id(Place step) const { return subject_.plan.steps[step].id; }

  [[nodiscard]] std::string deed(const Step& step) const {
    const std::string& server = name(step.server.value);
    switch (step.kind) {
      case StepKind::drain: return "drain of " + server;
      case StepKind::upgrade: return "upgrade of " + server + " to " + to_string(*step.build);
      case StepKind::ensure_folder: return "folder " + to_string(*step.folder) + " on " + server;
      case StepKind::recycle: return "recycle of " + server;
      case StepKind::return_to_service: return "return of " + server;
    }
    return server;
  }
  [[nodiscard]] std::string words_of(Place step) const {
    return "step " + id(step) + " (" + deed(subject_.step(step)) + ")";
  }

  [[nodiscard]] std::string failure() const {
    const Place step = broken_.failure->step;
    const std::string suppose = "Suppose that " + words_of(step);
    const std::string then = ", and that nothing is begun that comes after it.";
    switch (broken_.failure->kind) {
      case Failure::Kind::before: return suppose + " fails before it does anything" + then;
      case Failure::Kind::done_twice: return suppose + " is done twice.";
      case Failure::Kind::in_the_middle: break;
    }
    switch (subject_.step(step).kind) {
      case StepKind::upgrade:
        return suppose + " fails in the middle and leaves the server at its old build, out of service" + then;
      case StepKind::ensure_folder: return suppose + " fails in the middle and leaves a part of the folder" + then;
      default: return suppose + " has no effect" + then;
    }
  }

  [[nodiscard]] std::vector<std::string> ended() const {
    std::vector<std::string> ids;
    for (const Event& event : violation_.events) {
      if (event.kind == Event::Kind::end) ids.push_back(id(event.step));
    }
    return ids;
  }

  [[nodiscard]] std::string after_steps() const {
    auto ids = ended();
    if (ids.empty()) return "before any step has ended";
    std::string others;
    if (ids.size() > most_ids) {
      others = std::to_string(ids.size() - most_ids) + " other steps and then ";
      ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(most_ids));
    }
    return "after " + others + (ids.size() == 1 ? "step " : "steps ") + listed(ids);
  }

  [[nodiscard]] std::string still_running() const {
    std::vector<std::string> ids;
    for (const Event& event : violation_.events) {
      if (event.kind == Event::Kind::begin) ids.push_back(id(event.step));
    }
    for (const std::string& done : ended()) std::erase(ids, done);
    if (ids.empty() || ids.size() > most_ids) return "";
    return (ids.size() == 1 ? " By then step " : " By then steps ") + listed(ids) +
           (ids.size() == 1 ? " has begun and has not ended." : " have begun and have not ended.");
  }

  [[nodiscard]] std::string what_happens() const {
    const std::string path = "the path " + name(violation_.path.first) + " -> " + name(violation_.path.second);
    switch (violation_.kind) {
      case Violation::Kind::step_refused:
        return "When its time comes, " + after_steps() + ", " + words_of(violation_.events.back().step) +
               " cannot be carried out.";
      case Violation::Kind::event46_at_the_end: return "When the plan has ended, " + path + " still meets Event 46.";
      case Violation::Kind::event46_on_the_way: break;
    }
    return "Then " + path + " meets Event 46 " + after_steps() + ": when " + words_of(violation_.events.back().step) +
           " has ended." + still_running();
  }

  [[nodiscard]] std::string reading() const {
    std::vector<std::string> others;
    const auto values = values_of(broken_.readings);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const ReadingName& reading = reading_names()[i];
      if (values[i] != 0) others.push_back(std::string(reading.name) + "=" + std::string(reading.values[values[i]]));
    }
    if (others.empty()) return "Reading: as the KB has it.";
    return "Reading: " + listed(others) + ", and otherwise as the KB has it.";
  }

  [[nodiscard]] std::string event() const {
    ServerState front;
    front.owa_version = violation_.front.version;
    ServerState target;
    target.owa_version = violation_.target.version;
    const auto& servers = subject_.organisation.servers;
    return event46_sentence({servers[violation_.path.first], front}, {servers[violation_.path.second], target});
  }

  const Subject& subject_;
  const Case& broken_;
  const Violation& violation_;
};

}  // namespace

std::vector<std::string> sentences(const Subject& subject, const Case& broken, const Violation& violation) {
  return Words(subject, broken, violation).all();
}

}  // namespace casplan::gate
