#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "model/contracts.h"
#include "tools/casplan/commands.h"

/// Runs the program inside the test's process, on modelled documents in a folder of its own.
namespace casplan::tools::modelled {

/// What a run of the program left behind.
struct Finished {
  ExitCode code;
  std::string out;
  std::string error;

  friend bool operator==(const Finished&, const Finished&) = default;
};

inline void PrintTo(const Finished& run, std::ostream* out) {
  *out << "exit code " << static_cast<int>(run.code) << "\nout: " << run.out << "\nerror: " << run.error;
}

inline Finished casplan(const std::vector<std::string>& arguments) {
  std::vector<const char*> raw{"casplan"};
  for (const std::string& argument : arguments) raw.push_back(argument.c_str());
  std::ostringstream out;
  std::ostringstream error;
  const ExitCode code = tools::casplan(static_cast<int>(raw.size()), raw.data(), out, error);
  return {code, out.str(), error.str()};
}

/// The text with one part of it replaced, so that a test shows only what differs.
inline std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const auto place = text.find(part);
  expects(place != std::string::npos, "the text has the part that is to be replaced");
  return text.replace(place, part.size(), by);
}

/// Site HQ with 1200 users and the front HQCAS1, site Branch1 with 300 users and BRCAS1; all on RTM.
inline const std::string organisation = R"({ "format": "casplan/organisation/1", "name": "Contoso",
  "sites": [ { "name": "HQ", "mailboxes": 1200 }, { "name": "Branch1", "mailboxes": 300 } ],
  "servers": [
    { "name": "HQCAS1", "fqdn": "hqcas1.contoso.com", "site": "HQ", "roles": ["ClientAccess"], "build": "8.0.685.25",
      "folders": ["8.0.685.24"], "internal_url": "https://hqcas1.contoso.com/owa", "integrated_auth": true },
    { "name": "BRCAS1", "fqdn": "brcas1.contoso.com", "site": "Branch1", "roles": ["ClientAccess"],
      "build": "8.0.685.25",
      "folders": ["8.0.685.24"], "internal_url": "https://brcas1.contoso.com/owa", "integrated_auth": true } ],
  "entry_points": [ { "name": "mail.contoso.com", "fronts": ["HQCAS1"], "share": 100 } ] })";

/// The same, with the front on SP2 and without the folder of BRCAS1: it logs Event 46.
inline std::string broken_organisation() {
  return replaced(organisation, R"("build": "8.0.685.25",
      "folders": ["8.0.685.24"], "internal_url": "https://hqcas1)",
                  R"("build": "8.2.176.2",
      "folders": ["8.2.176.2"], "internal_url": "https://hqcas1)");
}

/// The same, with the front on SP2 and its folders not listed: it cannot be told.
inline std::string unlisted_organisation() {
  return replaced(broken_organisation(), R"("folders": ["8.2.176.2"])", R"("folders": null)");
}

inline const std::string policy = R"({ "format": "casplan/policy/1", "target": { "build": "8.2.176.2" } })";

/// A hand-written sequence that is safe: the drained front gets the folder before it returns.
inline const std::string safe_sequence = R"({ "format": "casplan/plan/1", "steps": [
  { "kind": "drain", "server": "HQCAS1" },
  { "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2" },
  { "kind": "ensure_folder", "server": "HQCAS1", "folder": "8.0.685.24" },
  { "kind": "recycle", "server": "HQCAS1" },
  { "kind": "return", "server": "HQCAS1" } ] })";

/// A hand-written sequence that is unsafe: the front returns without the folder.
inline const std::string unsafe_sequence = R"({ "format": "casplan/plan/1", "steps": [
  { "kind": "drain", "server": "HQCAS1" },
  { "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2" },
  { "kind": "return", "server": "HQCAS1" },
  { "kind": "recycle", "server": "BRCAS1" },
  { "kind": "upgrade", "server": "BRCAS1", "build": "8.2.176.2" } ] })";

/// The front's OWA version is only inferred, and the target's is the next one: the path is believed to fail today. If
/// the front has the target's version after all, `sequence_on_inferred_version` breaks a path that works.
inline const std::string inferred_organisation = replaced(replaced(organisation, R"("build": "8.0.685.25",
      "folders": ["8.0.685.24"], "internal_url": "https://hqcas1)",
                                                                   R"("build": "8.1.393.1",
      "folders": null, "internal_url": "https://hqcas1)"),
                                                          R"("build": "8.0.685.25",
      "folders": ["8.0.685.24"], "internal_url": "https://brcas1)",
                                                          R"("build": "8.1.240.6", "owa_version": "8.1.393.2",
      "folders": ["8.1.393.2"], "internal_url": "https://brcas1)");

inline const std::string sequence_on_inferred_version = R"({ "format": "casplan/plan/1", "steps": [
  { "kind": "upgrade", "server": "BRCAS1", "build": "8.2.176.2" },
  { "kind": "drain", "server": "BRCAS1" } ] })";

inline const std::string policy_of_older_fronts = R"({ "format": "casplan/policy/1",
  "target": { "build": "8.2.176.2" }, "readings": { "older_front": "fails" } })";

/// An export of Get-ExchangeServer.
inline const std::string servers_csv =
    "\"Name\",\"Fqdn\",\"Site\",\"ServerRole\",\"AdminDisplayVersion\"\r\n"
    "\"HQCAS1\",\"hqcas1.contoso.com\",\"contoso.com/Configuration/Sites/HQ\",\"ClientAccess\","
    "\"Version 8.0 (Build 685.25)\"\r\n";

/// A test with a folder of its own, which is removed with all that is in it.
class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() : folder_(::testing::TempDir()) {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(test->test_suite_name()) + "." + test->name() + "." + std::to_string(getpid());
    std::replace(name.begin(), name.end(), '/', '-');
    folder_ /= "casplan-" + name;
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~ProgramTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Writes a file and returns its path.
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return path(name);
  }

  [[nodiscard]] std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return text.str();
  }

  /// The names of everything in the folder, sorted.
  [[nodiscard]] std::vector<std::string> entries() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      names.push_back(std::filesystem::relative(entry.path(), folder_).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path folder_;
};

/// Documents that most commands are tried on.
class DocumentsTest : public ProgramTest {
 protected:
  std::string working = file("org.json", organisation);
  std::string broken = file("broken.json", broken_organisation());
  std::string unlisted = file("unlisted.json", unlisted_organisation());
  std::string to_sp2 = file("policy.json", policy);
  std::string safe = file("safe.json", safe_sequence);
  std::string unsafe = file("unsafe.json", unsafe_sequence);

  /// A policy with further members.
  [[nodiscard]] std::string policy_with(const std::string& members) const {
    return file("other-policy.json", replaced(policy, "\"target\"", members + ", \"target\""));
  }
};

}  // namespace casplan::tools::modelled
