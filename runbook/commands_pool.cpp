#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"

namespace casplan::runbook {
namespace {

constexpr const char* find_appcmd = "$appcmd = Join-Path $env:windir 'system32\\inetsrv\\appcmd.exe'";
constexpr const char* if_iis7 = "if (Test-Path -LiteralPath $appcmd) {  # Windows Server 2008 or later: IIS 7";
constexpr const char* if_iis6 = "} else {  # Windows Server 2003: IIS 6";
constexpr const char* find_pool = "  $pool = [ADSI]'IIS://localhost/W3SVC/AppPools/MSExchangeOWAAppPool'";

Script pool_script(const std::vector<std::string>& iis7, const std::vector<std::string>& iis6) {
  Script script(Shell::powershell);
  script.line(find_appcmd).line(if_iis7).lines(iis7).line(if_iis6).lines(iis6).line("}");
  return script;
}

}  // namespace

Script stop_pool() {
  return pool_script({"  & $appcmd set apppool /apppool.name:MSExchangeOWAAppPool /autoStart:false",
                      "  & $appcmd stop apppool /apppool.name:MSExchangeOWAAppPool"},
                     {find_pool, "  $pool.psbase.Properties['AppPoolAutoStart'].Value = $false",
                      "  $pool.psbase.CommitChanges()", "  $pool.psbase.Invoke('Stop')"});
}

Script start_pool() {
  return pool_script({"  & $appcmd set apppool /apppool.name:MSExchangeOWAAppPool /autoStart:true",
                      "  & $appcmd start apppool /apppool.name:MSExchangeOWAAppPool"},
                     {find_pool, "  $pool.psbase.Properties['AppPoolAutoStart'].Value = $true",
                      "  $pool.psbase.CommitChanges()", "  $pool.psbase.Invoke('Start')"});
}

Script recycle_pool() {
  return pool_script({"  & $appcmd recycle apppool /apppool.name:MSExchangeOWAAppPool"},
                     {"  cscript //nologo \"$env:windir\\system32\\iisapp.vbs\" /a MSExchangeOWAAppPool /r"});
}

Script show_pool() {
  return pool_script({"  & $appcmd list apppool MSExchangeOWAAppPool"},
                     {find_pool, "  $pool.psbase.Properties['AppPoolState'].Value"});
}

void show_pool_starts(Script& script, const std::string& computer) {
  script.line("Get-WmiObject Win32_Process" + computer + " -Filter \"Name = 'w3wp.exe'\" |")
      .line("  Where-Object { $_.CommandLine -match 'MSExchangeOWAAppPool' } |")
      .line("  ForEach-Object { [Management.ManagementDateTimeConverter]::ToDateTime($_.CreationDate) }");
}

Instructions recycle_instructions(const Course&, const Scene& scene) {
  const std::string name = markdown_text(scene.server.name);
  const bool runs = at(scene.after.servers, scene.planned.step.server).is_in_service();
  Instructions todo;
  if (!runs) {
    todo.before.push_back(
        {"See whether the application pool is stopped, as it should be while " + name + " is out of service.",
         show_pool(), "`state:Stopped`; on Windows Server 2003 the number 4."});
    todo.change.push_back(
        {"Stop the pool if it runs. No process then holds the old list of folders, and whatever is "
         "there is loaded when the pool starts. A message that it is stopped already is fine.",
         stop_pool(), ""});
    todo.after.push_back({"Look again.", show_pool(), "`state:Stopped`; on Windows Server 2003 the number 4."});
  } else {
    todo.before.push_back({"See whether the application pool runs.", show_pool(),
                           "`state:Started`; on Windows Server 2003 the number 2."});
    todo.change.push_back({"Restart the application pool of Outlook Web Access. Users who are logged on over " + name +
                               " may have to log on again; other protocols go on.",
                           recycle_pool(), ""});
    Script started(Shell::powershell);
    show_pool_starts(started, "");
    todo.after.push_back({"Open the logon page of " + name +
                              " once in a browser, so that a new process starts, then ask when it started.",
                          started, "Every time that is shown is later than the restart."});
  }
  Script reset(Shell::command_prompt);
  reset.line("iisreset /noforce");
  todo.failure.push_back(
      {"Restart the whole web server instead. This also interrupts ActiveSync, Web Services, "
       "Autodiscover and Outlook Anywhere on " +
           name + " for about a minute.",
       reset, ""});
  todo.failure.push_back({"There is nothing to undo: a restart changes no file.", std::nullopt, ""});
  return todo;
}

}  // namespace casplan::runbook
