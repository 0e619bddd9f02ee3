#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "documents/documents_fixture.h"
#include "documents/organisation_document.h"
#include "documents/plan_document.h"
#include "documents/policy_document.h"
#include "documents/scenario_document.h"

namespace casplan::documents {
namespace {

using nlohmann::json;

json schema_of(const std::string& kind) {
  std::ifstream file("documents/schemas/" + kind + ".schema.json");
  std::ostringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

bool satisfies_schema(const std::string& kind, const std::string& document) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  const json schema_document = schema_of(kind);
  valijson::Schema schema;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(schema_document), schema);
  const json target = json::parse(document);
  return valijson::Validator().validate(schema, Adapter(target), nullptr);
}

bool is_read(const std::string& kind, const std::string& document) {
  if (kind == "organisation") return read_organisation(document).has_value();
  if (kind == "policy") return read_policy(document, organisation()).has_value();
  if (kind == "plan") return read_plan(document, organisation()).has_value();
  return read_scenario(document).has_value();
}

std::string policy_text() {
  return R"({"format": "casplan/policy/1", "target": {"build": "8.2.176.2"}, "crews": 1, "copies": 2,
             "targets": {"BRCAS1": {"build": "8.1.240.6"}}, "frozen": ["ZHEX1"], "return": [], "goal": "upgrade",
             "durations": {"rollup": 30}, "min_in_service": {"default": 0, "sites": {"HQ": 1}},
             "windows": [{"sites": ["HQ"], "weekly": {"day": "sunday", "start": "22:00", "minutes": 60},
                          "utc_offset": "+02:00"},
                         {"sites": ["HQ"], "dated": {"start": "2009-10-03T22:00:00Z", "end": "2009-10-04T22:00:00Z"}}],
             "before": [["HQCAS1", "BRCAS1"]], "start": "2009-10-03T22:00:00Z", "roles": "client_access",
             "latest_end": "2009-11-01T00:00:00Z", "objective": ["copies"],
             "event46": "never", "readings": {"folder_match": "running"},
             "faults": {"steps": {"rollup": {"probability": 0.05, "repair": 120}, "return": {"repair": 1}}, "tries": 3,
                        "partial_copy": {"probability": 0.02, "minutes": 60}, "forgotten_recycle": {"minutes": 30},
                        "late_crew": {"probability": 0}, "server_down": {"probability_per_day": 0.002, "minutes": 45},
                        "front_out_of_rotation": {"probability_per_day": 1, "minutes": 20}}})";
}

std::string plan_text() {
  return R"({"format": "casplan/plan/1", "goal": "upgrade",
             "steps": [{"id": "a", "kind": "upgrade", "server": "HQCAS1", "build": "8.2.176.2", "after": [],
                        "start": "2009-10-03T22:00:00Z", "end": "2009-10-03T23:30:00Z"},
                       {"id": "b", "kind": "ensure_folder", "server": "HQCAS1", "folder": "8.0.685.24",
                        "sources": ["BRCAS1"], "why": "needed", "after": ["a"], "reasons": ["so"],
                        "start": "2009-10-03T23:30:00Z", "end": "2009-10-03T23:40:00Z"}],
             "outcome": {"status": "optimal", "objective": {"copies": 1}, "bound": {}, "because": [],
                         "core": ["c"], "remedies": ["r"]},
             "digest": {"organisation": ")" +
         std::string(64, 'a') + R"(", "policy": ")" + std::string(64, 'b') + R"("}})";
}

std::string scenario_text() {
  return R"({"format": "casplan/scenario/1", "name": "n", "evidence": "derived", "source": "rules", "story": "s",
             "expect": {"check": {"exit": 12, "paths": [{"front": "A", "target": "B", "verdict": "works",
                                                         "users": 1.5}],
                                  "sites": [{"site": "HQ", "served_users": null}]},
                        "plan": {"exit": 0, "steps": [["recycle", "A"]], "copies": 0, "bound": {"copies": 0},
                                 "verify": {"exit": 0}},
                        "verify": {"exit": 0, "verdict": "safe"},
                        "simulate": {"exit": 0, "totals": {"copies": null},
                                     "states": [{"after": null, "start": 0, "end": 0, "broken": [["A", "B", 46]]}]}}})";
}

std::string text_of(const std::string& kind) {
  if (kind == "organisation") return organisation_text();
  if (kind == "policy") return policy_text();
  if (kind == "plan") return plan_text();
  return scenario_text();
}

TEST(Schema, WrittenDocumentsSatisfyTheirSchemas) {
  const Organisation contoso = organisation();
  const auto policy = read_policy(policy_text(), contoso);
  const auto plan = read_plan(plan_text(), contoso);
  ASSERT_TRUE(policy.has_value());
  ASSERT_TRUE(plan.has_value());
  EXPECT_TRUE(satisfies_schema("organisation", write_organisation(contoso)));
  EXPECT_TRUE(satisfies_schema("policy", write_policy(*policy, contoso)));
  EXPECT_TRUE(satisfies_schema("plan", write_plan(*plan, contoso)));
  EXPECT_TRUE(satisfies_schema("plan", write_plan(Plan{}, contoso)));
}

/// A document with one change: `value` is put at a place, or the place is removed.
struct Change {
  const char* kind;
  const char* place;
  const char* value;  // as JSON; null pointer: removed
};

std::string changed(const Change& change) {
  json document = json::parse(text_of(change.kind));
  const json::json_pointer place(change.place);
  if (change.value != nullptr) {
    document[place] = json::parse(change.value);
  } else {
    document[place.parent_pointer()].erase(place.back());
  }
  return document.dump();
}

constexpr Change faults[] = {
    {"organisation", "/format", "\"casplan/organisation/2\""},
    {"organisation", "/user", "1"},
    {"organisation", "/sites", nullptr},
    {"organisation", "/sites/0/mailboxes", "\"many\""},
    {"organisation", "/sites/0/mailboxes", "-1"},
    {"organisation", "/sites/0/mailboxes", "10000001"},
    {"organisation", "/sites/0/mailboxes", nullptr},
    {"organisation", "/sites/1/legacy_mailboxes", "null"},
    {"organisation", "/servers", "[]"},
    {"organisation", "/servers/0/names", "\"HQ\""},
    {"organisation", "/servers/0/name", "\"\""},
    {"organisation", "/servers/0/roles", nullptr},
    {"organisation", "/servers/0/roles/0", "\"clientaccess\""},
    {"organisation", "/servers/0/build", "\"8.1.240\""},
    {"organisation", "/servers/0/folders/0", "\"Current\""},
    {"organisation", "/servers/0/folders/0", "\"8.1.24011.5\""},
    {"organisation", "/servers/0/integrated_auth", "\"yes\""},
    {"organisation", "/servers/0/redirect_to_optimal", "null"},
    {"organisation", "/entry_points/0/fronts", "[]"},
    {"organisation", "/entry_points/0/fronts", "[\"HQCAS1\", \"HQCAS1\"]"},
    {"organisation", "/entry_points/0/share", "101"},
    {"organisation", "/site_links", "null"},
    {"organisation", "/site_links/0/cost", "0"},
    {"organisation", "/site_links/0/cost", "100000"},
    {"organisation", "/site_links/0/cost", nullptr},
    {"organisation", "/site_links/0/sites", "[\"HQ\"]"},
    {"organisation", "/site_links/0/sites", "[\"HQ\", \"HQ\"]"},
    {"organisation", "/site_links/0/name", "\"DEFAULTIPSITELINK\""},
    {"policy", "/target", nullptr},
    {"policy", "/target", "null"},
    {"policy", "/target/build", nullptr},
    {"policy", "/targets/BRCAS1", "\"8.1.240.6\""},
    {"policy", "/crew", "1"},
    {"policy", "/crews", "0"},
    {"policy", "/crews", "1001"},
    {"policy", "/copies", "\"some\""},
    {"policy", "/copies", "-1"},
    {"policy", "/copies", "null"},
    {"policy", "/event46", "\"always\""},
    {"policy", "/goal", "\"heal\""},
    {"policy", "/durations/rollup", "0"},
    {"policy", "/durations/return", "10081"},
    {"policy", "/durations/returns", "1"},
    {"policy", "/faults/tries", "0"},
    {"policy", "/faults/trie", "1"},
    {"policy", "/faults/steps/rollup/probability", "1.5"},
    {"policy", "/faults/steps/rollup/repair", "-1"},
    {"policy", "/faults/steps/rollups", "{}"},
    {"policy", "/faults/late_crew/probability", "-0.1"},
    {"policy", "/faults/late_crew/probability_per_day", "0.1"},
    {"policy", "/faults/server_down/probability", "0.1"},
    {"policy", "/faults/server_down/minutes", "10081"},
    {"policy", "/min_in_service/sites/HQ", "-1"},
    {"policy", "/windows/0/sites", nullptr},
    {"policy", "/windows/0/sites", "[]"},
    {"policy", "/windows/0/weekly/day", "\"Sunday\""},
    {"policy", "/windows/0/weekly/start", "\"24:00\""},
    {"policy", "/windows/0/weekly/minutes", nullptr},
    {"policy", "/windows/0/weekly", nullptr},
    {"policy", "/windows/0/utc_offset", "\"+14:30\""},
    {"policy", "/windows/0/utc_offset", "\"02:00\""},
    {"policy", "/windows/0/dated", R"({"start": "2009-10-03T22:00:00Z", "end": "2009-10-04T22:00:00Z"})"},
    {"policy", "/windows/1/dated", nullptr},
    {"policy", "/windows/1/dated/end", nullptr},
    {"policy", "/windows/1/dated/start", "\"2009-10-03\""},
    {"policy", "/windows/1/utc_offset", "\"+02:00\""},
    {"policy", "/roles", "\"hub\""},
    {"policy", "/roles", "null"},
    {"policy", "/latest_end", "\"2009-10-03\""},
    {"policy", "/before/0", "[\"HQCAS1\"]"},
    {"policy", "/start", "\"2009-10-03T22:00:30Z\""},
    {"policy", "/objective", "[]"},
    {"policy", "/objective", "[\"copies\", \"copies\"]"},
    {"policy", "/readings", "\"some\""},
    {"policy", "/readings/folder_match", "\"lowest\""},
    {"plan", "/steps", nullptr},
    {"plan", "/step", "[]"},
    {"plan", "/steps/0/kind", nullptr},
    {"plan", "/steps/0/kind", "\"install\""},
    {"plan", "/steps/0/server", "1"},
    {"plan", "/steps/0/build", nullptr},
    {"plan", "/steps/0/folder", "\"8.0.685.24\""},
    {"plan", "/steps/0/sources", "[\"BRCAS1\"]"},
    {"plan", "/steps/1/folder", nullptr},
    {"plan", "/steps/1/build", "\"8.2.176.2\""},
    {"plan", "/steps/1/id", "\"\""},
    {"plan", "/steps/1/after", "\"a\""},
    {"plan", "/steps/1/end", "\"later\""},
    {"plan", "/goal", "\"down\""},
    {"plan", "/outcome/status", nullptr},
    {"plan", "/outcome/objective/copies", "-1"},
    {"plan", "/outcome/objective/copy", "1"},
    {"plan", "/outcome/core/0", "1"},
    {"plan", "/outcome/remedies", "\"r\""},
    {"plan", "/digest/policy", "\"ABC\""},
    {"plan", "/digest/policy", nullptr},
    {"scenario", "/evidence", "\"rumour\""},
    {"scenario", "/evidence", "\"modelled\""},
    {"scenario", "/reckoning", "\"so\""},
    {"scenario", "/expect", "{}"},
    {"scenario", "/expect", nullptr},
    {"scenario", "/expect/report", "{}"},
    {"scenario", "/expect/check/exit", nullptr},
    {"scenario", "/expect/check/exit", "256"},
    {"scenario", "/expect/check/verdicts", R"({"event47": 1})"},
    {"scenario", "/expect/check/verdicts", R"({"works": -1})"},
    {"scenario", "/expect/check/paths/0/verdict", "\"event47\""},
    {"scenario", "/expect/check/paths/0/users", "-1"},
    {"scenario", "/expect/check/sites/0/site", nullptr},
    {"scenario", "/expect/plan/steps/0", "[]"},
    {"scenario", "/expect/plan/copies", "1.5"},
    {"scenario", "/expect/plan/bound", R"({"copy": 1})"},
    {"scenario", "/expect/plan/verify/exit", nullptr},
    {"scenario", "/expect/verify/verdict", "\"fine\""},
    {"scenario", "/expect/simulate/states/0/broken/0", "[\"A\", \"B\"]"},
    {"scenario", "/expect/simulate/states/0/after", nullptr},
    {"scenario", "/expect/simulate/moments", R"([{"broken": []}])"},
    {"scenario", "/expect/simulate/moments", R"([{"minute": 5, "sites": [{"served_users": 1}]}])"},
    {"scenario", "/expect/simulate/totals/copy", "1"},
};

TEST(Schema, SchemaAndReaderAcceptTheUnchangedDocuments) {
  for (const char* kind : {"organisation", "policy", "plan", "scenario"}) {
    EXPECT_TRUE(satisfies_schema(kind, text_of(kind))) << kind;
    EXPECT_TRUE(is_read(kind, text_of(kind))) << kind;
  }
}

TEST(Schema, SchemaAndReaderRefuseTheSameStructuralFaults) {
  for (const Change& change : faults) {
    const std::string document = changed(change);
    const std::string what = std::string(change.kind) + change.place + " " + (change.value ? change.value : "removed");
    EXPECT_FALSE(satisfies_schema(change.kind, document)) << what;
    EXPECT_FALSE(is_read(change.kind, document)) << what;
  }
}

constexpr Change permitted[] = {
    {"organisation", "/sites/0/mailboxes", "null"},
    {"organisation", "/servers/0/build", "null"},
    {"organisation", "/servers/0/site", "null"},
    {"organisation", "/servers/0/folders", "null"},
    {"organisation", "/servers/0/in_service", nullptr},
    {"organisation", "/servers/0/external_url", "\"\""},
    {"organisation", "/entry_points/0/share", "null"},
    {"organisation", "/entry_points", "[]"},
    {"organisation", "/site_links", nullptr},
    {"organisation", "/site_links", "[]"},
    {"policy", "/copies", "\"forbidden\""},
    {"policy", "/readings", "\"all\""},
    {"policy", "/windows/0/utc_offset", nullptr},
    {"policy", "/windows/0/utc_offset", "\"-14:00\""},
    {"policy", "/roles", "\"all\""},
    {"policy", "/latest_end", nullptr},
    {"policy", "/windows/0/servers", "[\"HQCAS1\"]"},
    {"policy", "/start", "\"2009-10-03T22:00:00+02:00\""},
    {"plan", "/outcome", "null"},
    {"plan", "/steps/1/sources", nullptr},
    {"plan", "/outcome/objective/copies", "null"},
    {"plan", "/outcome/core", nullptr},
    {"plan", "/outcome/remedies", "[]"},
    {"plan", "/digest", nullptr},
    {"scenario", "/expect/check/paths/0/users", "null"},
    {"scenario", "/expect/plan", nullptr},
    {"scenario", "/reckoning", R"(["so"])"},
    {"scenario", "/expect/check/verdicts", R"({"works": 1, "idle": 0})"},
    {"scenario", "/expect/plan/copies", "null"},
    {"scenario", "/expect/simulate/moments", R"([{"minute": 5, "broken": [], "sites": [{"site": "HQ"}]}])"},
};

TEST(Schema, SchemaAndReaderPermitTheSame) {
  for (const Change& change : permitted) {
    const std::string document = changed(change);
    const std::string what = std::string(change.kind) + change.place + " " + (change.value ? change.value : "removed");
    EXPECT_TRUE(satisfies_schema(change.kind, document)) << what;
    EXPECT_TRUE(is_read(change.kind, document)) << what;
  }
}

TEST(Schema, AModelledScenarioSaysHowItsFiguresComeAbout) {
  json document = json::parse(scenario_text());
  document["evidence"] = "modelled";
  document["reckoning"] = json::array();
  EXPECT_FALSE(satisfies_schema("scenario", document.dump()));
  EXPECT_FALSE(is_read("scenario", document.dump()));
  document["reckoning"] = {"1200 users, half of them by each front."};
  EXPECT_TRUE(satisfies_schema("scenario", document.dump()));
  EXPECT_TRUE(is_read("scenario", document.dump()));
}

TEST(Schema, HealingNeedsNoTarget) {
  const std::string text = R"({"format": "casplan/policy/1", "goal": "heal_by_copy"})";
  EXPECT_TRUE(satisfies_schema("policy", text));
  EXPECT_TRUE(is_read("policy", text));
}

}  // namespace
}  // namespace casplan::documents
