#include <exception>
#include <new>
#include <ostream>

#include "tools/casplan/commands.h"
#include "tools/casplan/log.h"

namespace casplan::tools {
namespace {

ExitCode carry_out(const Invocation& invocation, std::ostream& out, std::ostream& error) {
  start_log(invocation.log_level);
  Console console(out, error, invocation.output, invocation.colour);
  try {
    return std::visit([&](const auto& options) { return run(options, console); }, invocation.command);
  } catch (const std::bad_alloc&) {
    log_error("There is not enough memory for this input. Nothing was written.");
  } catch (const std::exception& failure) {
    log_error(std::string("This is an error in casplan, not in the input; please report it. ") + failure.what());
  }
  return ExitCode::internal_error;
}

}  // namespace

ExitCode casplan(int argument_count, const char* const* arguments, std::ostream& out, std::ostream& error) {
  const auto parsed = parse_command_line(argument_count, arguments);
  if (const auto* reply = std::get_if<Reply>(&parsed)) {
    (reply->is_error ? error : out) << reply->text;
    return reply->is_error ? ExitCode::wrong_usage : ExitCode::done;
  }
  return carry_out(std::get<Invocation>(parsed), out, error);
}

}  // namespace casplan::tools
