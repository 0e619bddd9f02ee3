#include "inventory/source.h"

#include <utility>

namespace casplan::inventory {

std::string place_of(const Origin& origin) {
  return origin.line == 0 ? origin.file : origin.file + ":" + std::to_string(origin.line);
}

Fault fault_at(const Origin& origin, std::string found, std::string expected) {
  return {place_of(origin), std::move(found), std::move(expected), std::nullopt};
}

}  // namespace casplan::inventory
