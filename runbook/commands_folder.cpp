#include <algorithm>

#include "model/contracts.h"
#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"

namespace casplan::runbook {
namespace {

constexpr std::size_t sources_shown = 3;

Knowledge holds(const Scene& scene, ServerId server) {
  return at(scene.before.servers, server).present.has(*scene.planned.step.folder);
}

/// From whom the folder may be taken, the best first: those that the step names and that may hold it, or every server
/// that does.
std::vector<ServerId> sources_of(const Course& course, const Scene& scene) {
  const Step& step = scene.planned.step;
  std::vector<ServerId> sources;
  for (const ServerId source : step.sources) {
    if (source != step.server && holds(scene, source) != Knowledge::no) sources.push_back(source);
  }
  for (std::size_t i = 0; step.sources.empty() && i < course.organisation().servers.size(); ++i) {
    const auto source = id_at<ServerId>(i);
    if (source != step.server && holds(scene, source) == Knowledge::yes) sources.push_back(source);
  }
  if (sources.size() > sources_shown) sources.resize(sources_shown);
  return sources;
}

/// The name of the folder on the source's disk: the copy has the same one.
std::string folder_name(const Course& course, const Scene& scene, const std::vector<ServerId>& sources) {
  const OwaVersion folder = *scene.planned.step.folder;
  return folder_on_disk(sources.empty() ? scene.server : at(course.organisation().servers, sources.front()), folder);
}

class Copy {
 public:
  Copy(const Course& course, const Scene& scene, std::string folder)
      : course_(course), scene_(scene), folder_(std::move(folder)) {}

  /// A script that knows `$from` and `$to`.
  [[nodiscard]] Script script(ServerId source) const {
    Script script(Shell::powershell);
    const Server& server = at(course_.organisation().servers, source);
    set_from(script, server, folder_on_disk(server, *scene_.planned.step.folder));
    add_destination(script);
    return script;
  }
  [[nodiscard]] Script destination_alone() const {
    Script script(Shell::powershell);
    add_destination(script);
    return script;
  }

 private:
  void add_destination(Script& script) const {
    set_owa(script, scene_.server);
    script.line("$to = Join-Path $owa " + script.literal(folder_));
  }

  const Course& course_;
  const Scene& scene_;
  std::string folder_;
};

constexpr const char* count_files =
    "(Get-ChildItem -LiteralPath {} -Recurse | Where-Object { -not $_.PSIsContainer } | Measure-Object).Count";

std::string count_files_in(const std::string& variable) {
  std::string line = count_files;
  return line.replace(line.find("{}"), 2, variable);
}

Instruction check_source(const Copy& copy, const Scene& scene, ServerId source, const std::string& name) {
  Script script = copy.script(source);
  script.line("Test-Path -LiteralPath $from").line(count_files_in("$from")).line("Test-Path -LiteralPath $to");
  std::string expected =
      "`True`; a number above 0; then `False`, or `True` if a part of the folder is here already, which the copy "
      "completes.";
  if (rests_on_inferred_name(scene.planned.step)) {
    expected +=
        " The catalogue only infers this folder's name: if the first answer is `False`, list the versioned "
        "folders of " +
        name + ", go no further, and plan anew with the true name.";
  }
  return {"See whether " + name + " holds the folder, and whether it is here.", script, expected};
}

Instruction check_copy(const Copy& copy, ServerId source) {
  Script script = copy.script(source);
  script.line("robocopy $from $to /E /L /XX /NJH /NJS /NDL /NP")
      .line(count_files_in("$from"))
      .line(count_files_in("$to"));
  return {"Compare the contents, not only the name: with /L robocopy lists what it would still have to copy.", script,
          "No file is listed, and the second number is not below the first."};
}

Instruction copy_from(const Copy& copy, ServerId source, const std::string& text) {
  Script script = copy.script(source);
  script.line("robocopy $from $to /E /COPY:DAT /R:2 /W:5").line("$LASTEXITCODE");
  return {text, script, "A number below 8. From 8 on, files are missing."};
}

void use_folder_that_is_here(const Copy& copy, const Scene& scene, Instructions& todo) {
  Script script = copy.destination_alone();
  script.line("Test-Path -LiteralPath $to").line(count_files_in("$to"));
  todo.change.push_back(
      {"No other server is known to hold this folder, so there is nothing to copy from. It should be "
       "on " +
           markdown_text(scene.server.name) + " already; make sure of it.",
       script, "`True`, and a number above 0."});
}

Instruction remove_copy(const Copy& copy) {
  Script script = copy.destination_alone();
  script.line("Remove-Item -LiteralPath $to -Recurse -Confirm");
  return {
      "To undo this step, remove the copy, but only if nothing was here before. A complete copy does no harm and "
      "may stay.",
      script, ""};
}

}  // namespace

Instructions folder_instructions(const Course& course, const Scene& scene) {
  expects(scene.planned.step.folder.has_value(), "an ensure_folder has a folder");
  const auto sources = sources_of(course, scene);
  const Copy copy(course, scene, folder_name(course, scene, sources));
  const std::string here = markdown_text(scene.server.name);
  Instructions todo;
  if (sources.empty()) {
    use_folder_that_is_here(copy, scene, todo);
  } else {
    const std::string first = server_text(course, sources.front());
    todo.before.push_back(check_source(copy, scene, sources.front(), first));
    todo.change.push_back(copy_from(copy, sources.front(),
                                    "Copy the folder from " + first + " to " + here +
                                        ". Windows Server 2003 has robocopy from its Resource Kit Tools."));
    todo.after.push_back(check_copy(copy, sources.front()));
  }
  for (std::size_t i = 1; i < sources.size(); ++i) {
    todo.failure.push_back(copy_from(copy, sources[i], "Take " + server_text(course, sources[i]) + " as the source."));
  }
  todo.failure.push_back(
      {"If the network path cannot be opened, carry the folder over by an administrator's "
       "workstation. Begin no step that waits for this one before the comparison is clean: over an "
       "incomplete folder the proxy works, but the pages are broken.",
       std::nullopt, ""});
  todo.failure.push_back(remove_copy(copy));
  return todo;
}

}  // namespace casplan::runbook
