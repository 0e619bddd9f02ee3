#include "simulator/event46_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/topology.h"
#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using modelled::TwoSites;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A period of a plan: whether the front lacks the folder in it.
struct Stretch {
  int from;
  int to;
  bool fails;
};

/// An organisation whose front is on SP1 with the folder of its targets, and without it where it fails.
struct Failing : TwoSites {
  Failing() { runs(front, modelled::sp1, {modelled::sp1}); }

  [[nodiscard]] Event46Records records_of(const std::vector<Stretch>& stretches) const {
    Organisation healed = organisation;
    at(healed.servers, front).folders = modelled::folders_of({modelled::sp1, modelled::rtm});
    Event46Log log(organisation, Moment{});
    for (const Stretch& stretch : stretches) {
      const Organisation& now = stretch.fails ? organisation : healed;
      const State state = initial_state(now);
      const Assessment assessment = assess(now, proxy_paths(now), state, Readings{});
      log.add({std::nullopt, Minutes(stretch.from), Minutes(stretch.to), state, assessment});
    }
    return log.take();
  }

  [[nodiscard]] std::vector<std::int64_t> minutes_of(const std::vector<Stretch>& stretches) const {
    std::vector<std::int64_t> minutes;
    for (const Event46Record& record : records_of(stretches).records) {
      minutes.push_back(record.time.time_since_epoch().count());
    }
    return minutes;
  }
};

TEST(Event46Records, ComeEveryFifteenMinutesWhileThePathFails) {
  EXPECT_THAT(Failing().minutes_of({{0, 40, true}}), ElementsAre(0, 15, 30));
  EXPECT_THAT(Failing().minutes_of({{0, 45, true}}), ElementsAre(0, 15, 30));
  EXPECT_THAT(Failing().minutes_of({{0, 46, true}}), ElementsAre(0, 15, 30, 45));
}

TEST(Event46Records, KeepTheirRhythmFromStateToState) {
  EXPECT_THAT(Failing().minutes_of({{0, 10, true}, {10, 20, true}, {20, 33, true}}), ElementsAre(0, 15, 30));
}

TEST(Event46Records, ComeNoSoonerThanFifteenMinutesAfterTheLastAlsoAfterATimeThatWorks) {
  EXPECT_THAT(Failing().minutes_of({{0, 5, true}, {5, 10, false}, {10, 20, true}}), ElementsAre(0, 15));
  EXPECT_THAT(Failing().minutes_of({{0, 5, true}, {5, 30, false}, {30, 31, true}}), ElementsAre(0, 30));
}

TEST(Event46Records, HaveOneOfTheStateInWhichThePlanEnds) {
  EXPECT_THAT(Failing().minutes_of({{0, 30, false}, {30, 30, true}}), ElementsAre(30));
  EXPECT_THAT(Failing().minutes_of({{0, 30, true}, {30, 30, true}}), ElementsAre(0, 15, 30));
  EXPECT_THAT(Failing().minutes_of({{0, 20, true}, {20, 20, true}}), ElementsAre(0, 15));
}

TEST(Event46Records, AreNoneWhereNobodyUsesThePath) {
  Failing sites;
  sites.entry_point("used.contoso.com", {sites.target});
  sites.organisation.entry_points[0].share = 0;
  at(sites.organisation.sites, sites.hq).mailboxes = 0;
  EXPECT_THAT(sites.minutes_of({{0, 40, true}}), IsEmpty());
}

TEST(Event46Records, AreThereWhereItIsNotKnownHowManyUsersThereAre) {
  Failing sites;
  at(sites.organisation.sites, sites.branch).mailboxes.reset();
  EXPECT_THAT(sites.minutes_of({{0, 10, true}}), ElementsAre(0));
}

TEST(Event46Records, SayTheFirstSentenceAndTheComputer) {
  Failing sites;
  sites[sites.front].fqdn = "hqcas1.contoso.com";
  const auto records = sites.records_of({{0, 1, true}}).records;
  ASSERT_THAT(records, SizeIs(1));
  EXPECT_EQ(computer_of(records[0], sites.organisation), "hqcas1.contoso.com");
  EXPECT_THAT(records[0].sentence, HasSubstr("Client Access server \"hqcas1.contoso.com\", running Microsoft Exchange "
                                             "version \"8.1.240.5\""));
}

TEST(Event46Records, OfSeveralTargetsAreInTheOrderOfTime) {
  Failing sites;
  sites.cas("BRCAS2", sites.branch, modelled::rtm);
  EXPECT_THAT(sites.minutes_of({{0, 20, true}}), ElementsAre(0, 0, 15, 15));
}

TEST(Event46Records, AreCountedWhereTheyAreTooManyToList) {
  constexpr int most = Event46Log::most_records;
  const auto records = Failing().records_of({{0, 15 * most + 31, true}});
  EXPECT_THAT(records.records, SizeIs(most));
  EXPECT_EQ(records.left_off, 3);
}

}  // namespace
}  // namespace casplan::simulator
