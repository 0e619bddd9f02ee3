#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "inventory/claims.h"
#include "inventory/record.h"
#include "model/organisation.h"

/// What one exported object claims.
namespace casplan::inventory {

inline constexpr std::string_view default_virtual_directory = "owa (Default Web Site)";

/// A record and the file that holds it.
struct Source {
  const FileContents* file;
  const Record* record;
};

[[nodiscard]] Claim claim(const Source& source, const Property& property, std::string value,
                          Basis basis = Basis::stated);

/// `True` and `False`, in any case.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

/// The roles as facts show them: `ClientAccess, HubTransport`.
[[nodiscard]] std::string roles_text(const std::set<Role>& roles);

/// The name of an exported server; empty where the record has none.
[[nodiscard]] std::string server_name(const Record& record);

/// ServerRole says all roles; the Is...Server properties say all only where none is absent, otherwise they are
/// inferred.
[[nodiscard]] std::optional<Claim> role_claim(const Source& source);

/// Inferred from DataPath, which is the folder Mailbox in the install folder unless somebody moved it.
[[nodiscard]] std::optional<Claim> install_path_claim(const Source& source);

/// Whether Integrated Windows authentication is on, by WindowsAuthentication, else by InternalAuthenticationMethods.
[[nodiscard]] std::optional<Claim> authentication_claim(const Source& source);

/// The name of a virtual directory, as a rule `owa (Default Web Site)`.
[[nodiscard]] std::string virtual_directory_name(const Record& record);
/// The server of a virtual directory; empty where the record does not say.
[[nodiscard]] std::string server_of_virtual_directory(const Record& record);

enum class OwaDirectory {
  served_by_cas,    ///< of Exchange 2007 or 2010: OWA itself
  of_exchange2003,  ///< Exchange, Public, Exchweb, Exadmin: every CAS has them for old mailboxes
  of_later,         ///< of Exchange 2013 or later
};

/// By OwaVersion; without one, a directory named `owa` is OWA itself.
[[nodiscard]] OwaDirectory directory_kind(const Record& record);

}  // namespace casplan::inventory
