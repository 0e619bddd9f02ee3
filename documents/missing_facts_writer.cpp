#include "documents/json_writer.h"
#include "documents/result_documents.h"

namespace casplan::documents {

std::string write_missing_facts(const std::vector<std::string>& missing) {
  JsonWriter out;
  out.object([&] { out.key("missing").list(missing, [&](const std::string& sentence) { out.value(sentence); }); });
  return out.take();
}

}  // namespace casplan::documents
