#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/claims.h"

namespace casplan::inventory {

/// A component of a distinguished name, without its escapes.
struct NamePart {
  std::string attribute;  ///< `CN`
  std::string value;
};

/// The components of a distinguished name, the object's own first; empty where the text is none.
[[nodiscard]] std::vector<NamePart> split_distinguished_name(std::string_view text);

/// The name of an object by its canonical name (`contoso.com/Configuration/Sites/HQ`), its distinguished name, or its
/// plain name.
[[nodiscard]] std::string object_name(std::string_view text);

/// `contoso.com` of a canonical or distinguished name; empty where the text does not tell.
[[nodiscard]] std::optional<std::string> forest_name(std::string_view text);

/// The Exchange organisation in the distinguished name of an object of its configuration; empty for other names.
[[nodiscard]] std::optional<std::string> organisation_name(std::string_view distinguished_name);

/// Gives each site one spelling. A name in which an export lost characters (`Z?rich`) becomes the one name that differs
/// from it only there; where there is no such name, or several, it stays, with a note.
void unify_site_names(const std::vector<Claim*>& site_claims, std::vector<Note>& notes);

}  // namespace casplan::inventory
