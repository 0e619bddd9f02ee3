#pragma once

#include <string>

namespace casplan::tools {

/// Sends the log to standard error, from this level on: debug, info, warning, error or off.
void start_log(const std::string& level);

void log_info(const std::string& sentence);
void log_error(const std::string& sentence);

}  // namespace casplan::tools
