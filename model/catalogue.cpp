#include "model/catalogue.h"

#include <algorithm>

namespace casplan {
namespace {

constexpr std::optional<int> no_rollup = std::nullopt;

const std::vector<Build>& builds() {
  static const std::vector<Build> sorted = [] {
    std::vector<Build> all{
#include "model/known_builds.inc"
    };
    std::sort(all.begin(), all.end(), [](const Build& a, const Build& b) { return a.version < b.version; });
    return all;
  }();
  return sorted;
}

constexpr std::uint16_t exchange2007_major = 8;
constexpr std::uint16_t exchange2010_major = 14;
constexpr std::uint16_t last_service_pack = 3;

constexpr Feature features[] = {
#include "model/known_features.inc"
};

}  // namespace

std::span<const Build> known_builds() {
  return builds();
}

const Build* find_build(const BuildVersion& version) {
  const auto& all = builds();
  const auto place = std::lower_bound(all.begin(), all.end(), version,
                                      [](const Build& build, const BuildVersion& v) { return build.version < v; });
  return place != all.end() && place->version == version ? &*place : nullptr;
}

const Build* find_build(const OwaVersion& version) {
  const auto& all = builds();
  const auto place = std::find_if(all.begin(), all.end(), [&](const Build& b) { return b.owa_version == version; });
  return place != all.end() ? &*place : nullptr;
}

const Build* base_of(Level level) {
  const auto& all = builds();
  const auto place = std::find_if(all.begin(), all.end(),
                                  [&](const Build& b) { return b.version.level() == level && !b.is_rollup(); });
  return place != all.end() ? &*place : nullptr;
}

std::optional<Product> product_of(Level level) {
  if (level.major == exchange2007_major) return Product::exchange2007;
  if (level.major == exchange2010_major) return Product::exchange2010;
  return std::nullopt;
}

std::string level_name(Level level) {
  const auto product = product_of(level);
  if (!product || level.minor > last_service_pack) {
    return std::to_string(level.major) + "." + std::to_string(level.minor);
  }
  const std::string name = level.minor == 0 ? "RTM" : "SP" + std::to_string(level.minor);
  return *product == Product::exchange2007 ? name : "2010 " + name;
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::sourced: return "sourced";
    case Confidence::observed: return "observed";
    case Confidence::inferred: return "inferred";
  }
  return "inferred";
}

std::span<const Feature> known_features() {
  return features;
}

std::optional<std::vector<std::string_view>> features_at(Level level) {
  if (product_of(level) != Product::exchange2007 || base_of(level) == nullptr) return std::nullopt;
  std::vector<std::string_view> ids;
  for (const Feature& feature : features) {
    if (feature.since <= level) ids.push_back(feature.id);
  }
  return ids;
}

}  // namespace casplan
