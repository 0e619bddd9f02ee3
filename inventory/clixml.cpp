#include "inventory/clixml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <pugixml.hpp>
#include <utility>

#include "inventory/encoding.h"
#include "inventory/text.h"
#include "model/text.h"

namespace casplan::inventory {
namespace {

constexpr int deepest_list = 8;
constexpr std::string_view whole_export =
    "a whole export, for example from `Get-ExchangeServer | Export-Clixml servers.xml`";

// Line numbers of places in a text.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) {
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
      ends_.push_back(end);
    }
  }
  [[nodiscard]] std::size_t line_at(std::ptrdiff_t offset) const {
    const auto position = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
    return static_cast<std::size_t>(std::lower_bound(ends_.begin(), ends_.end(), position) - ends_.begin()) + 1;
  }

 private:
  std::vector<std::size_t> ends_;
};

bool is_named(const pugi::xml_node& node, const char* name) {
  return std::strcmp(node.name(), name) == 0;
}

bool is_list(const pugi::xml_node& node) {
  constexpr std::array lists{"LST", "IE", "STK", "QUE"};
  return std::any_of(lists.begin(), lists.end(), [&](const char* name) { return is_named(node, name); });
}

// The five entities of XML itself and references to characters other than NUL are all that CLIXML uses.
bool is_allowed_entity(std::string_view name) {
  constexpr std::array<std::string_view, 5> predefined{"amp", "lt", "gt", "quot", "apos"};
  if (!name.starts_with('#')) return std::find(predefined.begin(), predefined.end(), name) != predefined.end();
  return name.find_first_not_of("#xX0") != std::string_view::npos;
}

std::optional<std::size_t> find_refused_entity(std::string_view text) {
  constexpr std::size_t longest_name = 10;
  for (auto place = text.find('&'); place != std::string_view::npos; place = text.find('&', place + 1)) {
    const std::string_view rest = text.substr(place + 1, longest_name);
    const auto end = rest.find(';');
    if (end == std::string_view::npos || !is_allowed_entity(rest.substr(0, end))) return place;
  }
  return std::nullopt;
}

// Each element and each attribute takes more memory than its text.
bool fits_in_memory(std::string_view text) {
  constexpr std::ptrdiff_t most_marks = 30'000'000;
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; }) <= most_marks;
}

// Walks every element of the document, in order and without recursion.
template <class Visit>
class Walker : public pugi::xml_tree_walker {
 public:
  explicit Walker(Visit visit) : visit_(std::move(visit)) {}
  bool for_each(pugi::xml_node& node) override {
    visit_(node);
    return true;
  }

 private:
  Visit visit_;
};

template <class Visit>
void for_each_element(pugi::xml_node root, Visit visit) {
  Walker walker(std::move(visit));
  root.traverse(walker);
}

std::string primary_type(const pugi::xml_node& type_names) {
  return short_type(unescaped_clixml(type_names.child("T").child_value()));
}

// One `<Objs>` or bare `<Obj>`: RefIds of type names and objects hold within it.
class Fragment {
 public:
  Fragment(FileContents& contents, const LineIndex& lines, pugi::xml_node root)
      : contents_(contents), lines_(lines), root_(root) {
    index_references();
  }

  void read() {
    std::vector<Pending> pending{{root_, 0}};
    while (!pending.empty()) {
      const Pending next = pending.back();
      pending.pop_back();
      if (is_named(next.node, "Obj") && read_object(next.node)) continue;
      push_objects(pending, next);
    }
  }

 private:
  struct Pending {
    pugi::xml_node node;
    int depth;
  };

  void index_references() {
    for_each_element(root_, [&](pugi::xml_node& node) {
      if (is_named(node, "TN")) types_.emplace(node.attribute("RefId").value(), primary_type(node));
      const bool is_read = is_named(node, "Ref") && read_property(node.attribute("N").value());
      if (is_read) referenced_.emplace(node.attribute("RefId").value(), pugi::xml_node());
    });
    if (referenced_.empty()) return;
    for_each_element(root_, [&](pugi::xml_node& node) {
      if (!is_named(node, "Obj")) return;
      const auto place = referenced_.find(node.attribute("RefId").value());
      if (place != referenced_.end()) place->second = node;
    });
  }

  // The objects in a list, or below <Objs>, last first.
  void push_objects(std::vector<Pending>& pending, const Pending& parent) {
    if (parent.depth > deepest_list) {
      add_fault(contents_, line_of(parent.node), "lists nested more than 8 deep", std::string(whole_export));
      return;
    }
    for (auto child = parent.node.last_child(); child; child = child.previous_sibling()) {
      if (is_named(child, "Obj") || is_list(child)) pending.push_back({child, parent.depth + 1});
    }
  }

  // Whether the element is an object, not only a list of objects.
  bool read_object(const pugi::xml_node& node) {
    const auto members = {node.child("Props"), node.child("MS")};
    const bool has_members = std::any_of(members.begin(), members.end(), [](const auto& m) { return !m.empty(); });
    if (!has_members) return !std::any_of(node.begin(), node.end(), is_list);
    Record record{type_of(node), Format::clixml, line_of(node), {}};
    for (const auto& list : members) {
      for (const auto& member : list.children()) {
        const std::string name = unescaped_clixml(member.attribute("N").value());
        if (read_property(name)) add_property(record, name, value_of(member), line_of(member));
      }
    }
    add_record(contents_, std::move(record));
    return true;
  }

  [[nodiscard]] std::string type_of(const pugi::xml_node& node) const {
    if (const auto names = node.child("TN")) return primary_type(names);
    const auto place = types_.find(node.child("TNRef").attribute("RefId").value());
    return place != types_.end() ? place->second : std::string();
  }

  [[nodiscard]] std::string value_of(const pugi::xml_node& member) const {
    if (!is_named(member, "Ref")) return own_value(member);
    const auto place = referenced_.find(member.attribute("RefId").value());
    return place != referenced_.end() ? own_value(place->second) : std::string();
  }

  // A primitive's text; of an object the elements of its list, its ToString, or its number.
  [[nodiscard]] static std::string own_value(const pugi::xml_node& node) {
    if (!is_named(node, "Obj")) return unescaped_clixml(node.child_value());
    const auto list = node.find_child(is_list);
    if (!list) return scalar_value(node);
    std::vector<std::string> elements;
    for (const auto& element : list.children()) {
      elements.push_back(is_named(element, "Obj") ? scalar_value(element) : unescaped_clixml(element.child_value()));
    }
    return joined(elements, ", ");
  }

  [[nodiscard]] static std::string scalar_value(const pugi::xml_node& object) {
    for (const char* name : {"ToString", "S", "URI", "B", "I32"}) {
      if (const auto value = object.child(name)) return unescaped_clixml(value.child_value());
    }
    return {};
  }

  [[nodiscard]] std::size_t line_of(const pugi::xml_node& node) const { return lines_.line_at(node.offset_debug()); }

  FileContents& contents_;
  const LineIndex& lines_;
  pugi::xml_node root_;
  std::map<std::string, std::string> types_;
  std::map<std::string, pugi::xml_node> referenced_;
};

std::optional<char32_t> parse_escape(std::string_view text) {
  constexpr std::size_t length = 7;  // _xHHHH_
  if (text.size() < length || !text.starts_with("_x") || text[length - 1] != '_') return std::nullopt;
  std::uint16_t unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + length - 1, unit, 16);
  if (error != std::errc{} || end != text.data() + length - 1) return std::nullopt;
  return unit;
}

std::optional<char32_t> take_escape(std::string_view& text) {
  constexpr std::size_t length = 7;
  const auto unit = parse_escape(text);
  if (!unit) return std::nullopt;
  text.remove_prefix(length);
  if (*unit < 0xD800 || *unit > 0xDFFF) return unit;
  const auto low = parse_escape(text);
  if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) return replacement_character;
  text.remove_prefix(length);
  return 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
}

}  // namespace

std::string unescaped_clixml(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    if (const auto c = take_escape(text)) {
      append_utf8(result, *c);
    } else {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

void read_clixml(FileContents& contents, std::string text) {
  const LineIndex lines(text);
  const auto refuse = [&](std::ptrdiff_t offset, std::string found, std::string_view expected) {
    add_fault(contents, lines.line_at(offset), std::move(found), std::string(expected));
  };
  if (const auto place = find_refused_entity(text)) {
    refuse(static_cast<std::ptrdiff_t>(*place), "an entity, which Export-Clixml does not write", whole_export);
    return;
  }
  if (!fits_in_memory(text)) {
    refuse(0, "more elements than casplan reads at a time", "fewer objects in each file");
    return;
  }
  pugi::xml_document document;
  constexpr unsigned options = pugi::parse_default | pugi::parse_doctype;
  const auto parsed = document.load_buffer_inplace(text.data(), text.size(), options, pugi::encoding_utf8);
  if (!parsed) {
    refuse(parsed.offset, std::string("XML that is damaged or cut off (") + parsed.description() + ")", whole_export);
    return;
  }
  for (const auto& root : document.children()) {
    if (root.type() == pugi::node_doctype) {
      refuse(root.offset_debug(), "a document type, which Export-Clixml does not write", whole_export);
      return;
    }
    if (is_named(root, "Objs") || is_named(root, "Obj")) Fragment(contents, lines, root).read();
  }
}

}  // namespace casplan::inventory
