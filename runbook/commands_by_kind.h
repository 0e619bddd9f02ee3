#pragma once

#include "runbook/commands.h"

/// The parts that `instructions` is put together from.
namespace casplan::runbook {

[[nodiscard]] Instructions drain_instructions(const Course& course, const Scene& scene);
[[nodiscard]] Instructions return_instructions(const Course& course, const Scene& scene);
[[nodiscard]] Instructions recycle_instructions(const Course& course, const Scene& scene);
[[nodiscard]] Instructions upgrade_instructions(const Course& course, const Scene& scene);
/// An upgrade step that goes back to an earlier build of the level.
[[nodiscard]] Instructions removal_instructions(const Course& course, const Scene& scene);
[[nodiscard]] Instructions folder_instructions(const Course& course, const Scene& scene);

/// Who serves the users while the step's server is out of service, for each entry point and for its site, and that
/// nobody does where that is so.
[[nodiscard]] std::vector<Instruction> who_takes_over(const Course& course, const Scene& scene);

/// Whether the server is still out of service when the step has ended.
[[nodiscard]] bool stays_out(const Scene& scene);
/// Shows the build of ExSetup.exe.
[[nodiscard]] Script show_build(const Server& server);
/// Who loses the server while its build changes.
[[nodiscard]] std::vector<Instruction> who_is_cut_off(const Course& course, const Scene& scene);
/// What must be seen once a server has another build.
[[nodiscard]] std::vector<Instruction> after_upgrade(const Course& course, const Scene& scene);
/// Services that a rollup has left disabled.
[[nodiscard]] Instruction enable_services();

/// Looks at the folders that this step is the first to rely on (`simulator::Reliances`).
[[nodiscard]] std::vector<Instruction> check_relied_folders(const Course& course, const Scene& scene);

/// Stops the application pool of Outlook Web Access and keeps it stopped when the web server restarts.
[[nodiscard]] Script stop_pool();
[[nodiscard]] Script start_pool();
[[nodiscard]] Script recycle_pool();
/// Shows whether the application pool runs.
[[nodiscard]] Script show_pool();

/// Shows when the processes of the application pool started. `computer` is an option that names another server, or
/// empty.
void show_pool_starts(Script& script, const std::string& computer);

/// Shows the versioned folders below `$owa` by ascending version; the script must have set `$owa`.
void show_folders(Script& script);

}  // namespace casplan::runbook
