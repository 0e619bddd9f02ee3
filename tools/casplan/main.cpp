#include <iostream>

#include "tools/casplan/commands.h"

int main(int argument_count, char** arguments) {
  return static_cast<int>(casplan::tools::casplan(argument_count, arguments, std::cout, std::cerr));
}
