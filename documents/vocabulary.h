#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "documents/json_reader.h"
#include "documents/json_writer.h"
#include "model/catalogue.h"
#include "model/measures.h"
#include "model/readings.h"
#include "model/step.h"
#include "model/version.h"

/// The vocabulary's words and values, in documents and in words.
namespace casplan::documents {

/// Reads the version of a build of the catalogue.
[[nodiscard]] std::optional<BuildVersion> read_build(const Node& node);
/// The same for text that stands in no JSON document. The fault has no place yet.
[[nodiscard]] tl::expected<BuildVersion, Fault> build_in(std::string_view text, FaultList& faults);
[[nodiscard]] tl::expected<OwaVersion, Fault> folder_in(std::string_view text);
/// Reads the version that OWA reports.
[[nodiscard]] std::optional<OwaVersion> read_owa_version(const Node& node);
/// Reads the name of a resource folder.
[[nodiscard]] std::optional<OwaVersion> read_folder_name(const Node& node);
[[nodiscard]] std::optional<Moment> read_moment(const Node& node);
[[nodiscard]] std::optional<Minutes> read_minutes(const Node& node, std::int64_t fewest, std::int64_t most);
/// Reads an object with a value for some readings.
[[nodiscard]] std::optional<FixedReadings> read_readings(const Node& node);
/// Reads text of at most 64 KiB for people, which may be empty and may have several lines.
[[nodiscard]] std::optional<std::string> read_sentence(const Node& node);
/// Reads a list of such texts. A text that is at fault is empty in the list.
[[nodiscard]] std::optional<std::vector<std::string>> read_sentences(const Node& node);
/// Bytes of an address.
inline constexpr std::size_t longest_address = 4096;
/// Reads text that is no longer, of whatever characters: an address as it was found.
[[nodiscard]] std::optional<std::string> read_address(const Node& node);

/// The names of all measures.
[[nodiscard]] std::array<std::string_view, measure_count> measure_names();

/// The words for a list of values, in its order.
template <class Values>
[[nodiscard]] std::vector<std::string_view> words_of(const Values& values) {
  std::vector<std::string_view> words;
  for (const auto& value : values) words.push_back(to_string(value));
  return words;
}

/// A function that reads the word for one of the values, which must outlive it.
template <class Values>
[[nodiscard]] auto word_reader(const Values& values) {
  return [&values](const Node& node) -> std::optional<typename Values::value_type> {
    const auto choice = node.choice(words_of(values));
    return choice ? std::optional(values[*choice]) : std::nullopt;
  };
}

/// The readings that are fixed, as an object.
void write_readings(JsonWriter& out, const FixedReadings& fixed);
void write_readings(JsonWriter& out, const Readings& readings);

}  // namespace casplan::documents
