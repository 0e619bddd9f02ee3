#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/dice.h"
#include "property_tests/gate/subject.h"

namespace casplan::gate {

/// A fact that the administrator may have got wrong.
struct WrongFact {
  enum class Kind {
    folder_is_not_there,   ///< it is listed on the server, and not there
    folder_is_not_loaded,  ///< it counts as loaded on the server, and is only there
    other_owa_version,     ///< OWA of a build calls itself otherwise than the catalogue infers
  };
  Kind kind;
  Place server = 0;                   ///< of a folder; for another OWA version one that has, or is to have, the build
  OwaVersion version;                 ///< the folder, or the true OWA version
  std::optional<BuildVersion> build;  ///< of another OWA version
};

/// Draws the facts that may be wrong. A folder of the version that its server runs is there for sure. The name of an
/// inferred OWA version is sure where a server reports it or holds the folder of that name.
class WrongFacts {
 public:
  explicit WrongFacts(const Subject& subject);
  /// Empty where no fact can be wrong.
  [[nodiscard]] std::optional<WrongFact> draw(Dice& dice) const;

 private:
  struct ListedFolder {
    Place server;
    OwaVersion folder;
  };
  /// A build that some servers run, or are to run, with what else OWA may call itself there.
  struct InferredBuild {
    BuildVersion build;
    std::vector<OwaVersion> other_versions;
    std::vector<Place> servers;
  };
  void list_folders(const Subject& subject);
  void list_builds(const Subject& subject);

  std::vector<ListedFolder> there_;
  std::vector<ListedFolder> loaded_;
  std::vector<InferredBuild> builds_;
};

/// What there is on a server when the fact is wrong.
[[nodiscard]] Server with_wrong_fact(Server server, const WrongFact& fact);

/// What was stated, and what is so instead, in a sentence.
[[nodiscard]] std::string sentence(const WrongFact& fact, const Organisation& organisation);

}  // namespace casplan::gate
