#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/json_value.h"
#include "documents/nearest_name.h"
#include "model/diagnostics.h"

/// Reading a tree with all its faults at once.
namespace casplan::documents {

/// The faults of one document. Reading goes on after a fault, so that a user sees them all.
class FaultList {
 public:
  /// A thousand faults are kept; of more, only that there are more.
  static constexpr std::size_t most_faults = 1000;

  void add(std::size_t position, Fault fault);
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  /// In the order of their positions in the document.
  [[nodiscard]] Diagnostics take();

  [[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                   std::span<const std::string_view> candidates) {
    return nearest_name(name, candidates, budget_);
  }

 private:
  std::vector<std::pair<std::size_t, Fault>> faults_;
  bool more_ = false;
  NearestBudget budget_;
};

/// A value at its place in the document. Lives no longer than the node that it was taken from.
class Node {
 public:
  Node(const JsonValue& root, FaultList& faults) : value_(&root), faults_(&faults) {}

  [[nodiscard]] const JsonValue& value() const { return *value_; }
  [[nodiscard]] FaultList& faults() const { return *faults_; }
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] std::string pointer() const;  ///< RFC 6901; control characters escaped, long keys shortened

  void fault(std::string found, std::string expected, std::optional<std::string> nearest = std::nullopt) const;
  void fault(Fault without_place) const;
  /// The fault that something else was expected here.
  void unexpected(std::string expected) const;

  // Each of these is empty, and the fault reported, where the value is of another type or out of range. `expected` says
  // in words what the value should be.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view expected) const;
  [[nodiscard]] std::optional<bool> truth() const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t lowest, std::int64_t highest,
                                                    std::string_view unit = {}) const;
  /// The position of the text among `words`.
  [[nodiscard]] std::optional<std::size_t> choice(std::span<const std::string_view> words) const;
  [[nodiscard]] const JsonList* list(std::string_view expected) const;
  [[nodiscard]] const JsonObject* object(std::string_view expected) const;

  [[nodiscard]] Node element(std::size_t index) const;
  [[nodiscard]] Node member(const JsonMember& member) const;

  /// Reads each element of a list; false where the value is no list.
  template <class Read>
  bool each(std::string_view expected, Read read) const {
    const JsonList* elements = list(expected);
    if (elements == nullptr) return false;
    for (std::size_t i = 0; i < elements->size(); ++i) read(element(i));
    return true;
  }

  /// Reads each member of an object whose keys are free; repeated keys are faults.
  template <class Read>
  bool each_member(std::string_view expected, Read read) const {
    const JsonObject* members = object(expected);
    if (members == nullptr) return false;
    report_repeated_keys();
    for (const JsonMember& entry : *members) read(entry.key, member(entry));
    return true;
  }

  void report_repeated_keys() const;

 private:
  const JsonValue* value_;
  FaultList* faults_;
  const Node* parent_ = nullptr;
  std::string_view key_;
  std::optional<std::size_t> index_;
};

/// An object whose keys are fixed. Unknown and repeated keys are reported when it is made; of a repeated key the first
/// value counts.
class ObjectReader {
 public:
  ObjectReader(const Node& node, std::string_view expected, std::span<const std::string_view> keys);
  ObjectReader(const ObjectReader&) = delete;
  ObjectReader& operator=(const ObjectReader&) = delete;

  /// Whether the value is an object at all.
  explicit operator bool() const { return members_ != nullptr; }
  [[nodiscard]] const Node& node() const { return node_; }

  /// The value of a key; a missing key is a fault.
  [[nodiscard]] std::optional<Node> required(std::string_view key) const;
  /// The value of a key; empty where the key is absent.
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;
  /// The value of a key; empty where the key is absent or its value is null, that is not known.
  [[nodiscard]] std::optional<Node> known(std::string_view key) const;
  /// A key that must be there, and whose value may be null.
  [[nodiscard]] std::optional<Node> required_or_null(std::string_view key) const;

 private:
  Node node_;
  const JsonObject* members_;
};

/// Reads a value that may be absent into its place; where it is absent or at fault, the place stays as it is.
template <class Value, class Read>
void read_into(Value& place, const std::optional<Node>& node, Read read) {
  if (!node) return;
  if (auto value = read(*node)) place = *std::move(value);
}

/// Reads the tag of the document's format. False where the rest is not worth reading, because the document is of
/// another kind.
[[nodiscard]] bool read_format(const Node& root, std::string_view format);

}  // namespace casplan::documents
