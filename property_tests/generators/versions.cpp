#include "property_tests/generators/versions.h"

#include <algorithm>
#include <string>

#include "property_tests/generators/draw.h"

namespace casplan {
namespace {

std::uint16_t part_below(int count) {
  return static_cast<std::uint16_t>(draw::below(count));
}

std::vector<Build> builds_of(Product product) {
  std::vector<Build> builds;
  for (const Build& build : known_builds()) {
    if (build.product == product) builds.push_back(build);
  }
  return builds;
}

std::string with_leading_zeros(std::uint16_t part, std::size_t digits) {
  std::string text = std::to_string(part);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string spelled_long(const OwaVersion& version) {
  return with_leading_zeros(version.parts[0], 2) + "." + with_leading_zeros(version.parts[1], 2) + "." +
         with_leading_zeros(version.parts[2], 4) + "." + with_leading_zeros(version.parts[3], 3);
}

std::string spelled_short(const OwaVersion& version) {
  const std::string text = to_string(version);
  return version.parts[3] == 0 ? text.substr(0, text.rfind('.')) : text;
}

}  // namespace

rc::Gen<BuildVersion> any_build_version() {
  return rc::gen::exec([] {
    return BuildVersion{{part_below(65536), part_below(65536), part_below(65536), part_below(65536)}};
  });
}

rc::Gen<OwaVersion> any_folder_version() {
  return rc::gen::exec([] {
    return OwaVersion{{part_below(100), part_below(100), part_below(10000), part_below(10000)}};
  });
}

rc::Gen<Build> any_catalogue_build(Product product) {
  return rc::gen::exec([product] { return draw::one_of(builds_of(product)); });
}

rc::Gen<std::vector<Build>> any_palette() {
  return rc::gen::exec([] {
    const auto all = builds_of(Product::exchange2007);
    std::vector<Build> palette;
    for (int i = draw::between(2, 4); i > 0; --i) palette.push_back(draw::one_of(all));
    std::sort(palette.begin(), palette.end(), [](const Build& a, const Build& b) { return a.version < b.version; });
    return palette;
  });
}

rc::Gen<ResourceFolder> any_spelling(OwaVersion version) {
  return rc::gen::exec([version] {
    const int style = draw::below(8);
    if (style == 6) return ResourceFolder{spelled_long(version), version};
    if (style == 7) return ResourceFolder{spelled_short(version), version};
    return ResourceFolder{to_string(version), version};
  });
}

std::vector<Build> installable_builds(Product product) {
  auto builds = builds_of(product);
  std::erase_if(builds, [](const Build& build) { return build.withdrawn; });
  return builds;
}

}  // namespace casplan
