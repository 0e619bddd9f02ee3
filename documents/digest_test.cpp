#include "documents/digest.h"

#include <gtest/gtest.h>

#include "documents/documents_fixture.h"
#include "documents/organisation_document.h"

namespace casplan::documents {
namespace {

TEST(Digest, IsSha256InSmallHexadecimalDigits) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, OfAnOrganisationIsThatOfItsDocument) {
  EXPECT_EQ(digest_of(organisation()), sha256(write_organisation(organisation())));
}

TEST(Digest, ChangesWithTheOrganisationAndThePolicy) {
  Organisation other = organisation();
  other.servers[3].folders = FolderList{};
  EXPECT_NE(digest_of(other), digest_of(organisation()));
  Policy policy;
  Policy more_crews;
  more_crews.crews = 2;
  EXPECT_NE(digest_of(policy, organisation()), digest_of(more_crews, organisation()));
}

}  // namespace
}  // namespace casplan::documents
