#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/organisation.h"

namespace casplan::runbook {

enum class Shell { powershell, command_prompt };

/// Lines to type. Text from outside enters only by `literal`; when it may not enter any command, the whole script is
/// refused, because half of a pasted script works on the wrong server.
class Script {
 public:
  explicit Script(Shell shell) : shell_(shell) {}

  Script& line(std::string text);
  Script& lines(const std::vector<std::string>& texts);
  /// The text as a literal for a line of this script.
  [[nodiscard]] std::string literal(std::string_view outside);

  /// As Markdown: a block of code, or the sentence that says which text stands in the way.
  [[nodiscard]] std::string text() const;

 private:
  Shell shell_;
  std::vector<std::string> lines_;
  std::vector<std::string> refused_;
};

/// The path where Exchange is installed on the server, without a backslash at its end; empty where it is not known, or
/// is no full Windows path.
[[nodiscard]] std::optional<std::string> install_path(const Server& server);

/// An expression for the folder where Exchange is installed on the server on which the script runs.
[[nodiscard]] std::string install_expression(Script& script, const Server& server);

/// Sets `$owa` to the folder that holds the resource folders, on the server on which the script runs.
void set_owa(Script& script, const Server& server);

/// Sets `$from` to a resource folder of another server, as a network path through its administrative share.
void set_from(Script& script, const Server& source, const std::string& folder);

/// The name of a server for the network: its FQDN, else its name.
[[nodiscard]] std::string network_name(const Server& server);

/// The name that the folder has on the server's disk, where it was listed; else the version itself.
[[nodiscard]] std::string folder_on_disk(const Server& server, const OwaVersion& folder);

}  // namespace casplan::runbook
