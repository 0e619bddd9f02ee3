#include "runbook/script.h"

#include <gmock/gmock.h>

namespace casplan::runbook {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Server installed_at(std::optional<std::string> path) {
  Server server;
  server.name = "CAS1";
  server.install_path = std::move(path);
  return server;
}

std::string owa_of(const Server& server) {
  Script script(Shell::powershell);
  set_owa(script, server);
  return script.text();
}

std::string from_of(const Server& server) {
  Script script(Shell::powershell);
  set_from(script, server, "8.0.685.24");
  return script.text();
}

TEST(InstallPath, IsTakenWithoutTheBackslashAtItsEnd) {
  EXPECT_EQ(install_path(installed_at("D:\\Exchange\\")), "D:\\Exchange");
}

TEST(InstallPath, IsNotTakenWhenItIsNoFullWindowsPath) {
  for (const char* path : {"", "C:", "C:\\", "Exchange", "\\\\server\\share", "C:\\a|b", "C:\\a*", "C:\\x\" /MIR \"",
                           "C:/Exchange", "/MIR"}) {
    EXPECT_EQ(install_path(installed_at(path)), std::nullopt) << path;
  }
}

TEST(Script, TakesTheKnownInstallPath) {
  EXPECT_THAT(owa_of(installed_at("D:\\Exchange")), HasSubstr("$owa = Join-Path 'D:\\Exchange' 'ClientAccess\\owa'\n"));
}

TEST(Script, ReadsAnUnknownInstallPathFromTheRegistry) {
  EXPECT_THAT(owa_of(installed_at(std::nullopt)),
              HasSubstr("(Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Exchange\\v8.0\\Setup').MsiInstallPath"));
}

TEST(Script, ReadsTheInstallPathOfExchange2010FromItsOwnKey) {
  Server server = installed_at(std::nullopt);
  server.build = BuildVersion{{14, 1, 218, 15}};
  EXPECT_THAT(owa_of(server), HasSubstr("'HKLM:\\SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup'"));
}

TEST(Script, ReachesAnotherServerByItsAdministrativeShare) {
  Server source = installed_at("D:\\Exchange");
  source.fqdn = "cas1.contoso.com";
  EXPECT_THAT(from_of(source),
              HasSubstr("$from = '\\\\cas1.contoso.com\\D$\\Exchange\\ClientAccess\\owa\\8.0.685.24'\n"));
}

TEST(Script, ReadsTheInstallPathOfAnotherServerFromItsRegistry) {
  EXPECT_THAT(from_of(installed_at(std::nullopt)), HasSubstr("OpenRemoteBaseKey('LocalMachine', 'CAS1')"));
}

TEST(Script, KeepsAHostileNameInsideItsLiteral) {
  Server source = installed_at("C:\\$(calc);`x'");
  source.name = "A';calc;'";
  EXPECT_THAT(from_of(source), HasSubstr("'\\\\A'';calc;''\\C$\\$(calc);`x''\\ClientAccess\\owa\\8.0.685.24'\n"));
}

TEST(Script, GivesNoCommandAtAllWhenANameMayNotEnterOne) {
  Server source = installed_at("C:\\Exchange");
  source.name = "A\nRemove-Item C:\\";
  const std::string text = from_of(source);
  EXPECT_THAT(text, HasSubstr("**No command is given here**"));
  EXPECT_THAT(text, HasSubstr("A‹U+000A›Remove-Item C:\\\\"));
  EXPECT_THAT(text, Not(HasSubstr("```")));
}

TEST(FolderOnDisk, HasTheNameThatWasListed) {
  Server server = installed_at(std::nullopt);
  const OwaVersion sp1{{8, 1, 240, 5}};
  EXPECT_EQ(folder_on_disk(server, sp1), "8.1.240.5");
  server.folders = FolderList{{"8.01.0240.005", sp1}};
  EXPECT_EQ(folder_on_disk(server, sp1), "8.01.0240.005");
}

}  // namespace
}  // namespace casplan::runbook
