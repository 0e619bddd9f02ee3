#pragma once

#include <stdexcept>
#include <string>

namespace casplan {

/// A programmer's error: a function was called outside its contract. Never a consequence of user input.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Checks a contract in every build; `tools/` turns a violation into exit code 39.
inline void expects(bool condition, const char* contract, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  if (condition) return;
  throw ContractViolation(std::string(file) + ":" + std::to_string(line) + ": contract broken: " + contract);
}

}  // namespace casplan
