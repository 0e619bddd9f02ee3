#include "tools/casplan/import_result.h"

#include <nlohmann/json.hpp>

#include "documents/organisation_document.h"

namespace casplan::tools {
namespace {

using Json = nlohmann::ordered_json;

Json origin(const inventory::Origin& origin) {
  return {{"file", origin.file}, {"line", origin.line > 0 ? Json(origin.line) : Json(nullptr)}};
}

Json fact(const inventory::Fact& fact) {
  return {{"subject", fact.subject},
          {"property", fact.property},
          {"value", fact.value},
          {"origin", origin(fact.origin)},
          {"basis", fact.how == inventory::Basis::stated ? "stated" : "inferred"}};
}

}  // namespace

std::string write_import_result(const inventory::Import& import) {
  Json result;
  result["organisation"] = Json::parse(documents::write_organisation(import.organisation));
  result["facts"] = Json::array();
  for (const auto& entry : import.facts) result["facts"].push_back(fact(entry));
  result["conflicts"] = Json::array();
  for (const auto& entry : import.conflicts) {
    result["conflicts"].push_back({{"subject", entry.subject},
                                   {"property", entry.property},
                                   {"kept", fact(entry.kept)},
                                   {"other", fact(entry.other)}});
  }
  result["missing"] = Json::array();
  for (const auto& entry : import.missing) {
    result["missing"].push_back({{"subject", entry.subject}, {"property", entry.property}, {"remedy", entry.remedy}});
  }
  result["notes"] = Json::array();
  for (const auto& entry : import.notes) {
    result["notes"].push_back({{"text", entry.text}, {"origin", origin(entry.origin)}});
  }
  return result.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace casplan::tools
