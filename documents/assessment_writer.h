#pragma once

#include <vector>

#include "documents/json_writer.h"
#include "model/organisation.h"
#include "simulator/assessment.h"
#include "simulator/site_status.h"

/// The parts of a state's assessment that several results print. Internal to this room.
namespace casplan::documents {

/// Users, rounded to three decimals; null where they are not known.
void write_users(JsonWriter& out, const simulator::Users& users);

void write_sites(JsonWriter& out, const Organisation& organisation,
                 const std::vector<simulator::SiteAssessment>& sites);

/// The same with the status of each site: `condition`, `share` (such as `1/3`), `events` and `targets`.
void write_sites(JsonWriter& out, const Organisation& organisation, const std::vector<simulator::SiteAssessment>& sites,
                 const std::vector<simulator::SiteStatus>& statuses);

/// The members `front` and `target`.
void write_path_ends(JsonWriter& out, const Organisation& organisation, const ProxyPath& path);

}  // namespace casplan::documents
