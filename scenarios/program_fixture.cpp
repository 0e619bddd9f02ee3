#include "scenarios/program_fixture.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "tools/casplan/commands.h"

namespace casplan::scenarios {

Output run_program(const std::vector<std::string>& arguments) {
  std::vector<const char*> words{"casplan"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  words.push_back("--json");
  std::ostringstream out;
  std::ostringstream errors;
  const auto exit = tools::casplan(static_cast<int>(words.size()), words.data(), out, errors);
  return {static_cast<int>(exit), out.str(), errors.str()};
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "casplan-scenario-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("No temporary folder can be made: " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace casplan::scenarios
