#pragma once

#include <functional>
#include <string>

#include "model/plan.h"
#include "pictures/course.h"

namespace casplan::pictures {

/// What a matrix is made from.
struct MatrixInput {
  const Organisation& organisation;
  const Plan& plan;  ///< scheduled
  const Course& course;
};

/// Gives a code its colour; the code says the same without.
using Paint = std::function<std::string(const Cell& cell, const std::string& code)>;

/// A matrix for a terminal of so many columns: a line for each period, with its time and the steps that end when it
/// begins, or begin where none ends, and a column for each site, below a staircase of names. Sites that do not fit
/// beside each other stand in further blocks; then sites that are served all the time are left out, and named above. Of
/// long plans (more than 200 lines) a block shows the periods in which one of its sites changes.
[[nodiscard]] std::string matrix(const MatrixInput& input, std::size_t columns, const Paint& paint);

/// What the codes of a matrix mean, those that occur in it.
[[nodiscard]] std::string legend(const Course& course, const Paint& paint);

}  // namespace casplan::pictures
