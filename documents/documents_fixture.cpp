#include "documents/documents_fixture.h"

#include <ostream>

#include "documents/organisation_document.h"
#include "model/contracts.h"

namespace casplan {

void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.place << ": " << fault.found << "; expected " << fault.expected << "; nearest "
       << fault.nearest.value_or("none");
}

namespace documents {

std::string organisation_text() {
  return R"({
  "format": "casplan/organisation/1",
  "name": "Contoso",
  "sites": [
    { "name": "HQ", "mailboxes": 1200 },
    { "name": "Branch1", "mailboxes": 300, "legacy_mailboxes": 40 },
    { "name": "Zürich", "mailboxes": null }
  ],
  "servers": [
    { "name": "HQCAS1", "fqdn": "hqcas1.contoso.com", "site": "HQ", "roles": ["ClientAccess", "HubTransport"],
      "build": "8.1.240.6", "owa_version": "8.1.240.5", "folders": ["8.1.240.5", "8.0.685.24"],
      "loaded_folders": ["8.1.240.5"], "hand_copied_folders": ["8.0.685.24"],
      "internal_url": "https://hqcas1.contoso.com/owa", "external_url": "https://mail.contoso.com/owa",
      "integrated_auth": true, "in_service": true, "install_path": "C:\\Program Files\\Microsoft\\Exchange Server",
      "allow_proxy_without_ssl": true, "redirect_to_optimal": false },
    { "name": "BRCAS1", "site": "Branch1", "roles": ["ClientAccess"], "build": "8.0.685.25", "owa_version": null,
      "folders": ["8.00.0685.024"], "internal_url": "https://brcas1.contoso.com/owa", "external_url": "",
      "integrated_auth": true },
    { "name": "BRMBX1", "site": "Branch1", "roles": ["Mailbox"], "build": null },
    { "name": "ZHEX1", "site": "Zürich", "roles": ["ClientAccess", "Mailbox"], "build": "8.0.685.25", "folders": null }
  ],
  "entry_points": [ { "name": "mail.contoso.com", "fronts": ["HQCAS1"], "share": 100 } ],
  "site_links": [ { "sites": ["HQ", "Branch1", "Zürich"], "cost": 100 }, { "sites": ["HQ", "branch1"], "cost": 30 } ]
})";
}

Organisation organisation() {
  const auto read = read_organisation(organisation_text());
  expects(read.has_value(), "the fixture is without fault");
  return *read;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto place = text.find(from);
  expects(place != std::string::npos, "the text to replace is there");
  expects(text.find(from, place + 1) == std::string::npos, "the text to replace is there once");
  return text.replace(place, from.size(), to);
}

}  // namespace documents
}  // namespace casplan
