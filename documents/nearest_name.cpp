#include "documents/nearest_name.h"

#include <algorithm>
#include <array>
#include <vector>

namespace casplan::documents {
namespace {

constexpr std::size_t longest_name = 256;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(char a, char b) {
  return lower(a) == lower(b);
}

/// Optimal string alignment; three rows of the table are kept.
std::size_t edits(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

std::size_t length_difference(std::string_view a, std::string_view b) {
  return a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string_view> candidates,
                                        NearestBudget& budget) {
  if (name.empty() || name.size() > longest_name) return std::nullopt;
  std::size_t fewest = std::clamp<std::size_t>((name.size() + 1) / 3, 1, 3) + 1;
  std::optional<std::string> nearest;
  for (const std::string_view candidate : candidates) {
    const bool too_different = length_difference(name, candidate) >= fewest;
    const std::size_t cost = too_different ? 1 : name.size() * candidate.size() + 1;
    if (cost > budget.cells) return nearest;
    budget.cells -= cost;
    if (too_different) continue;
    if (const std::size_t distance = edits(name, candidate); distance < fewest) {
      fewest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace casplan::documents
