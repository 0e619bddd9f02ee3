#include "tools/casplan/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace casplan::tools {

void start_log(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>("casplan", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("casplan: %l: %v");
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
}

void log_info(const std::string& sentence) {
  spdlog::info("{}", sentence);
}

void log_error(const std::string& sentence) {
  spdlog::error("{}", sentence);
}

}  // namespace casplan::tools
