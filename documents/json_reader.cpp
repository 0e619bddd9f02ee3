#include "documents/json_reader.h"

#include <algorithm>
#include <array>

#include "documents/formats.h"
#include "documents/shown_text.h"
#include "model/overloaded.h"

namespace casplan::documents {
namespace {

std::string describe(const JsonValue& value) {
  return std::visit(Overloaded{[](std::monostate) { return std::string("null"); },
                               [](bool truth) { return std::string(truth ? "true" : "false"); },
                               [](std::int64_t number) { return std::to_string(number); },
                               [](OtherNumber number) { return shortened(number.text); },
                               [](std::string_view text) { return shown(text); },
                               [](const JsonList&) { return std::string("a list"); },
                               [](const JsonObject&) { return std::string("an object"); }},
                    value.content);
}

std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : shortened(key)) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

/// The later occurrences of keys that occur more than once.
std::vector<const JsonMember*> repeated(const JsonObject& members) {
  std::vector<const JsonMember*> by_key;
  by_key.reserve(members.size());
  for (const JsonMember& member : members) by_key.push_back(&member);
  std::stable_sort(by_key.begin(), by_key.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  std::vector<const JsonMember*> again;
  for (std::size_t i = 1; i < by_key.size(); ++i) {
    if (by_key[i]->key == by_key[i - 1]->key) again.push_back(by_key[i]);
  }
  return again;
}

}  // namespace

void FaultList::add(std::size_t position, Fault fault) {
  if (faults_.size() == most_faults) {
    more_ = true;
  } else {
    faults_.emplace_back(position, std::move(fault));
  }
}

Diagnostics FaultList::take() {
  std::stable_sort(faults_.begin(), faults_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Diagnostics all;
  for (auto& [position, fault] : faults_) all.push_back(std::move(fault));
  if (more_) {
    all.push_back({"", "more than " + std::to_string(most_faults) + " faults; the others are not listed",
                   "a document without faults", std::nullopt});
  }
  faults_.clear();
  return all;
}

std::string Node::pointer() const {
  if (parent_ == nullptr) return {};
  return parent_->pointer() + '/' + (index_ ? std::to_string(*index_) : pointer_token(key_));
}

void Node::fault(std::string found, std::string expected, std::optional<std::string> nearest) const {
  fault({"", std::move(found), std::move(expected), std::move(nearest)});
}

void Node::fault(Fault without_place) const {
  without_place.place = pointer();
  faults_->add(value_->position, std::move(without_place));
}

void Node::unexpected(std::string expected) const {
  fault(describe(*value_), std::move(expected));
}

std::optional<std::string_view> Node::text(std::string_view expected) const {
  if (const auto* text = std::get_if<std::string_view>(&value_->content)) return *text;
  unexpected(std::string(expected));
  return std::nullopt;
}

std::optional<bool> Node::truth() const {
  if (const auto* truth = std::get_if<bool>(&value_->content)) return *truth;
  unexpected("true or false");
  return std::nullopt;
}

std::optional<std::int64_t> Node::integer(std::int64_t lowest, std::int64_t highest, std::string_view unit) const {
  const auto* number = std::get_if<std::int64_t>(&value_->content);
  if (number != nullptr && *number >= lowest && *number <= highest) return *number;
  unexpected("a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest) +
             (unit.empty() ? "" : " " + std::string(unit)));
  return std::nullopt;
}

std::optional<std::size_t> Node::choice(std::span<const std::string_view> words) const {
  const auto word = text(alternatives(words));
  if (!word) return std::nullopt;
  const auto place = std::find(words.begin(), words.end(), *word);
  if (place != words.end()) return static_cast<std::size_t>(place - words.begin());
  fault(shown(*word), alternatives(words), faults_->nearest(*word, words));
  return std::nullopt;
}

const JsonList* Node::list(std::string_view expected) const {
  const auto* elements = std::get_if<JsonList>(&value_->content);
  if (elements == nullptr) unexpected(std::string(expected));
  return elements;
}

const JsonObject* Node::object(std::string_view expected) const {
  const auto* members = std::get_if<JsonObject>(&value_->content);
  if (members == nullptr) unexpected(std::string(expected));
  return members;
}

Node Node::element(std::size_t index) const {
  Node node(std::get<JsonList>(value_->content)[index], *faults_);
  node.parent_ = this;
  node.index_ = index;
  return node;
}

Node Node::member(const JsonMember& member) const {
  Node node(member.value, *faults_);
  node.parent_ = this;
  node.key_ = member.key;
  return node;
}

void Node::report_repeated_keys() const {
  for (const JsonMember* again : repeated(std::get<JsonObject>(value_->content))) {
    member(*again).fault("the key " + shown(again->key) + " once more in the same object", "each key once");
  }
}

ObjectReader::ObjectReader(const Node& node, std::string_view expected, std::span<const std::string_view> keys)
    : node_(node), members_(node.object(expected)) {
  if (members_ == nullptr) return;
  node_.report_repeated_keys();
  for (const JsonMember& member : *members_) {
    if (std::find(keys.begin(), keys.end(), member.key) != keys.end()) continue;
    node_.member(member).fault("the unknown key " + shown(member.key), "one of the keys " + alternatives(keys),
                               node_.faults().nearest(member.key, keys));
  }
}

std::optional<Node> ObjectReader::find(std::string_view key) const {
  if (members_ == nullptr) return std::nullopt;
  const auto place = std::find_if(members_->begin(), members_->end(), [&](const auto& m) { return m.key == key; });
  return place != members_->end() ? std::optional(node_.member(*place)) : std::nullopt;
}

std::optional<Node> ObjectReader::required(std::string_view key) const {
  auto node = find(key);
  if (!node && members_ != nullptr) node_.fault("no key " + shown(key), "an object with the key " + shown(key));
  return node;
}

std::optional<Node> ObjectReader::known(std::string_view key) const {
  auto node = find(key);
  return node && !node->is_null() ? node : std::nullopt;
}

std::optional<Node> ObjectReader::required_or_null(std::string_view key) const {
  auto node = required(key);
  return node && !node->is_null() ? node : std::nullopt;
}

bool read_format(const Node& root, std::string_view format) {
  const auto* members = std::get_if<JsonObject>(&root.value().content);
  if (members == nullptr) return true;
  const auto place = std::find_if(members->begin(), members->end(), [](const auto& m) { return m.key == "format"; });
  if (place == members->end()) {
    root.fault("no key \"format\"", "the key \"format\" with the value " + shown(format));
    return true;
  }
  const Node node = root.member(*place);
  const auto tag = node.text(shown(format));
  if (!tag || *tag == format) return true;
  const bool other_kind = std::find(all_formats.begin(), all_formats.end(), *tag) != all_formats.end();
  const std::array<std::string_view, 1> expected{format};
  node.fault(shown(*tag) + (other_kind ? ", the format of another kind of document" : ""), shown(format),
             root.faults().nearest(*tag, expected));
  return !other_kind;
}

}  // namespace casplan::documents
