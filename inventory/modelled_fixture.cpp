#include "inventory/modelled_fixture.h"

#include "inventory/encoding.h"

namespace casplan::inventory::modelled {

std::string server(std::string_view name, std::string_view version, std::string_view site, std::string_view roles) {
  const std::string text(name);
  const std::string site_member = site.empty() ? "<Nil N=\"Site\"/>"
                                               : "<Obj N=\"Site\"><ToString>contoso.com/Configuration/Sites/" +
                                                     std::string(site) + "</ToString></Obj>";
  return "<Obj RefId=\"" + text +
         "\"><TN RefId=\"T\"><T>Microsoft.Exchange.Data.Directory.Management.ExchangeServer</T>"
         "<T>System.Object</T></TN><ToString>" +
         text + "</ToString><Props>\n<S N=\"Name\">" + text + "</S>\n<S N=\"Fqdn\">" + text +
         ".contoso.com</S>\n<Obj N=\"AdminDisplayVersion\"><ToString>" + std::string(version) +
         "</ToString><Props><I32 N=\"Major\">8</I32></Props></Obj>\n" + site_member +
         "\n<Obj N=\"ServerRole\"><ToString>" + std::string(roles) + "</ToString><I32>36</I32></Obj>\n</Props></Obj>\n";
}

std::string clixml(std::string_view objects) {
  return "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n" +
         std::string(objects) + "</Objs>\n";
}

SourceFile servers() {
  return {"servers.xml",
          utf16(clixml(server("HQCAS1", "Version 8.2 (Build 176.2)", "HQ", "ClientAccess, HubTransport") +
                       server("BRCAS1", "Version 8.0 (Build 685.25)", "Branch", "ClientAccess") +
                       server("BRMBX1", "Version 8.0 (Build 685.25)", "Branch", "Mailbox") +
                       server("ZHEX1", "Version 8.1 (Build 240.6)", "Zürich", "Mailbox, ClientAccess")))};
}

SourceFile virtual_directories() {
  return {"owa.csv",
          "#TYPE Microsoft.Exchange.Data.Directory.SystemConfiguration.ADOwaVirtualDirectory\r\n"
          "\"Server\",\"Name\",\"OwaVersion\",\"InternalUrl\",\"ExternalUrl\",\"WindowsAuthentication\"\r\n"
          "\"HQCAS1\",\"owa (Default Web Site)\",\"Exchange2007\",\"https://hqcas1.contoso.com/owa\","
          "\"https://Mail.contoso.com/owa\",\"False\"\r\n"
          "\"BRCAS1\",\"owa (Default Web Site)\",\"Exchange2007\",\"https://brcas1.contoso.com/owa\",,\"True\"\r\n"
          "\"BRCAS1\",\"Exchange (Default Web Site)\",\"Exchange2003or2000\",,,\"True\"\r\n"};
}

SourceFile folders() {
  return {
      "folders.txt",
      "C:\\>for %s in (HQCAS1 BRCAS1 ZHEX1) do @echo [%s] & @dir /b /ad \"\\\\%s\\c$\\Exchange\\ClientAccess\\owa\"\r\n"
      "[HQCAS1] \r\n8.2.176.2\r\nauth\r\nbin\r\n"
      "[BRCAS1] \r\n8.0.685.24\r\nauth\r\nbin\r\n"
      "[ZHEX1] \r\n8.1.240.5\r\n8.1.240.5 - Copy\r\nauth\r\n"};
}

std::string utf16(std::string_view text) {
  std::string bytes = "\xFF\xFE";
  const auto add_unit = [&](char32_t unit) {
    bytes += static_cast<char>(static_cast<unsigned char>(unit & 0xFFU));
    bytes += static_cast<char>(static_cast<unsigned char>(unit >> 8U));
  };
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c >= 0x10000) {
      add_unit(0xD800 + ((c - 0x10000) >> 10U));
      add_unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
    } else {
      add_unit(c);
    }
  }
  return bytes;
}

}  // namespace casplan::inventory::modelled
