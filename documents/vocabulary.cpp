#include "documents/vocabulary.h"

#include <algorithm>

#include "documents/moment_text.h"
#include "documents/shown_text.h"

namespace casplan::documents {
namespace {

constexpr std::size_t longest_sentence = std::size_t{64} << 10U;

std::string with_name(const Build& build) {
  return to_string(build.version) + " (" + std::string(build.name) + ")";
}

/// The builds below and above a version that is none.
std::string neighbours(const BuildVersion& version) {
  const auto builds = known_builds();
  const auto above = std::find_if(builds.begin(), builds.end(), [&](const Build& b) { return b.version > version; });
  std::string words;
  if (above != builds.begin()) words += " after " + with_name(*(above - 1));
  if (above != builds.end()) words += std::string(words.empty() ? "" : " and") + " before " + with_name(*above);
  return words;
}

/// The build that was perhaps meant: the one whose OWA version this is, or one that is written nearly the same.
std::optional<std::string> nearest_build(const BuildVersion& version, FaultList& faults) {
  if (const Build* build = find_build(OwaVersion{version.parts})) return to_string(build->version);
  std::vector<std::string> versions;
  for (const Build& build : known_builds()) versions.push_back(to_string(build.version));
  const std::vector<std::string_view> candidates(versions.begin(), versions.end());
  return faults.nearest(to_string(version), candidates);
}

std::optional<std::string> read_bounded(const Node& node, std::size_t longest) {
  const std::string expected = "text of at most " + std::to_string(longest) + " bytes";
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  if (text->size() <= longest) return std::string(*text);
  node.fault(shown(*text) + ", of " + std::to_string(text->size()) + " bytes", expected);
  return std::nullopt;
}

std::optional<OwaVersion> read_version_of(const Node& node, std::string_view fault, const std::string& expected) {
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  if (const auto version = parse_folder_name(*text)) return version;
  node.fault(shown(*text) + ", " + std::string(fault), expected);
  return std::nullopt;
}

constexpr std::string_view build_expected = "a build of the catalogue, such as \"8.1.240.6\"";
constexpr std::string_view folder_expected =
    "the name of a resource folder: three or four numbers with dots, such as \"8.1.240.5\"";
constexpr std::string_view no_folder_name = "a folder name that is no version";

}  // namespace

tl::expected<BuildVersion, Fault> build_in(std::string_view text, FaultList& faults) {
  const auto version = parse_build(text);
  if (!version) {
    return tl::unexpected(Fault{"", shown(text) + ", which is no version",
                                "four numbers with dots between them, such as \"8.1.240.6\"", std::nullopt});
  }
  if (find_build(*version) != nullptr) return *version;
  return tl::unexpected(
      Fault{"", shown(text) + ", which is no build of the catalogue (it would come" + neighbours(*version) + ")",
            std::string(build_expected), nearest_build(*version, faults)});
}

tl::expected<OwaVersion, Fault> folder_in(std::string_view text) {
  if (const auto version = parse_folder_name(text)) return *version;
  return tl::unexpected(
      Fault{"", shown(text) + ", " + std::string(no_folder_name), std::string(folder_expected), std::nullopt});
}

std::optional<BuildVersion> read_build(const Node& node) {
  const auto text = node.text(build_expected);
  if (!text) return std::nullopt;
  auto build = build_in(*text, node.faults());
  if (build) return *build;
  node.fault(std::move(build.error()));
  return std::nullopt;
}

std::optional<OwaVersion> read_owa_version(const Node& node) {
  return read_version_of(node, "which is no OWA version",
                         "three or four numbers with dots between them, such as \"8.1.240.5\"");
}

std::optional<OwaVersion> read_folder_name(const Node& node) {
  return read_version_of(node, no_folder_name, std::string(folder_expected));
}

std::optional<Moment> read_moment(const Node& node) {
  constexpr std::string_view expected =
      "a time such as \"2009-10-03T22:00:00Z\" (RFC 3339, whole minutes, years 1970 to 9999)";
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  const auto moment = parse_moment(*text);
  if (!moment) node.fault(shown(*text), std::string(expected));
  return moment;
}

std::optional<Minutes> read_minutes(const Node& node, std::int64_t fewest, std::int64_t most) {
  const auto count = node.integer(fewest, most, "(minutes)");
  return count ? std::optional(Minutes(*count)) : std::nullopt;
}

std::optional<FixedReadings> read_readings(const Node& node) {
  FixedReadings fixed;
  const auto& readings = reading_names();
  std::vector<std::string_view> names;
  for (const ReadingName& reading : readings) names.push_back(reading.name);
  const ObjectReader object(node, "an object with a value for some readings", names);
  if (!object) return std::nullopt;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto value = object.find(readings[i].name);
    if (!value) continue;
    if (const auto choice = value->choice(readings[i].values)) fix(fixed, i, *choice);
  }
  return fixed;
}

std::optional<std::string> read_sentence(const Node& node) {
  return read_bounded(node, longest_sentence);
}

std::optional<std::vector<std::string>> read_sentences(const Node& node) {
  std::vector<std::string> sentences;
  const bool is_list = node.each(
      "a list of sentences", [&](const Node& element) { sentences.push_back(read_sentence(element).value_or("")); });
  return is_list ? std::optional(std::move(sentences)) : std::nullopt;
}

std::optional<std::string> read_address(const Node& node) {
  return read_bounded(node, longest_address);
}

std::array<std::string_view, measure_count> measure_names() {
  std::array<std::string_view, measure_count> names;
  for (const Measure measure : all_measures()) names[static_cast<std::size_t>(measure)] = to_string(measure);
  return names;
}

void write_readings(JsonWriter& out, const FixedReadings& fixed) {
  const auto values = values_of(fixed);
  out.object([&] {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i]) out.member(reading_names()[i].name, reading_names()[i].values[*values[i]]);
    }
  });
}

void write_readings(JsonWriter& out, const Readings& readings) {
  const auto values = values_of(readings);
  FixedReadings fixed;
  for (std::size_t i = 0; i < values.size(); ++i) fix(fixed, i, values[i]);
  write_readings(out, fixed);
}

}  // namespace casplan::documents
