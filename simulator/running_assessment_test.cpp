#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/assessment.h"
#include "simulator/organisation_fixture.h"
#include "simulator/transition.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;

/// Two fronts at HQ, two branches, and a site without a CAS; all on RTM.
struct TwoBranches : Builder {
  SiteId hq = site("HQ", 1200);
  SiteId east = site("East", 300);
  SiteId west = site("West", 90);
  SiteId depot = site("Depot", 10);
  ServerId front = cas("HQCAS1", hq, rtm);
  ServerId other_front = cas("HQCAS2", hq, rtm);
  ServerId target = cas("EACAS1", east, rtm);
  ServerId far_target = cas("WECAS1", west, rtm);

  TwoBranches() { entry_point("mail.contoso.com", {front, other_front}); }
};

/// Steps that are done to an organisation, and its assessment beside them.
struct Running {
  explicit Running(const Organisation& of) : organisation(of) {}

  /// The sites whose users were counted again.
  std::vector<SiteId> after(const Step& step) {
    expects(!begin(state, step), "the step can be carried out");
    finish(state, step, readings);
    return assessment.update({&step.server, 1});
  }

  const Organisation& organisation;
  std::vector<ProxyPath> paths = proxy_paths(organisation);
  Readings readings;
  WantedBuilds wanted{sp1, sp1, sp1, sp1};
  State state = initial_state(organisation);
  RunningAssessment assessment{organisation, paths, state, readings, wanted};
};

/// Everything about the users of a site, in thousandths.
std::vector<std::int64_t> figures(const SiteAssessment& site) {
  std::vector<std::int64_t> all;
  for (const Users& users : {site.served, site.broken, site.event46, site.unavailable, site.undecided, site.lagging}) {
    all.push_back(users->nearest(1000));
  }
  for (const FeatureShare& share : site.features) all.push_back(share.users->nearest(1000));
  return all;
}

void expect_equal(const Assessment& running, const Assessment& fresh) {
  for (std::size_t i = 0; i < fresh.paths.size(); ++i) {
    EXPECT_EQ(running.paths[i].judgement.verdict, fresh.paths[i].judgement.verdict) << "path " << i;
    EXPECT_EQ(running.paths[i].users->nearest(1000), fresh.paths[i].users->nearest(1000)) << "path " << i;
  }
  for (std::size_t i = 0; i < fresh.sites.size(); ++i) {
    EXPECT_EQ(figures(running.sites[i]), figures(fresh.sites[i])) << "site " << i;
    EXPECT_EQ(running.sites[i].fates, fresh.sites[i].fates) << "site " << i;
  }
}

auto everywhere(const TwoBranches& contoso) {
  return ElementsAre(contoso.hq, contoso.east, contoso.west, contoso.depot);
}

TEST(RunningAssessment, IsWhereANewOneIsAfterEachStep) {
  const TwoBranches contoso;
  Running running(contoso.organisation);
  const ServerId front = contoso.front;
  for (const Step& step :
       {drain(front), upgrade(front, sp1), return_to_service(front), ensure_folder(front, folder_of(rtm)),
        recycle(front), drain(contoso.other_front), upgrade(contoso.target, sp1), upgrade(contoso.other_front, sp1),
        return_to_service(contoso.other_front), upgrade(contoso.far_target, sp1)}) {
    running.after(step);
    SCOPED_TRACE(std::string(to_string(step.kind)) + " " + std::to_string(step.server.value));
    expect_equal(running.assessment.now(),
                 assess(contoso.organisation, running.paths, running.state, running.readings, running.wanted));
  }
}

TEST(RunningAssessment, CountsNobodyElsewhereWhileAFrontIsOutOfService) {
  const TwoBranches contoso;
  Running running(contoso.organisation);
  running.after(drain(contoso.front));
  EXPECT_THAT(running.after(upgrade(contoso.front, sp1)), ElementsAre(contoso.hq));
  EXPECT_THAT(running.after(ensure_folder(contoso.front, folder_of(rtm))), ElementsAre(contoso.hq));
  EXPECT_THAT(running.after(recycle(contoso.front)), ElementsAre(contoso.hq));
}

TEST(RunningAssessment, CountsEverybodyWhenAFrontGoesOrComesBack) {
  const TwoBranches contoso;
  Running running(contoso.organisation);
  EXPECT_THAT(running.after(drain(contoso.front)), everywhere(contoso));
  EXPECT_THAT(running.after(return_to_service(contoso.front)), everywhere(contoso));
}

TEST(RunningAssessment, CountsWhereAFolderMendsAPathOfAFrontInService) {
  TwoBranches contoso;
  contoso[contoso.front].build = sp1;
  contoso[contoso.front].folders = folders_of({sp1});
  contoso[contoso.target].build = sp1;
  contoso[contoso.target].folders = folders_of({sp1});
  Running running(contoso.organisation);
  running.after(ensure_folder(contoso.front, folder_of(rtm)));
  EXPECT_THAT(running.after(recycle(contoso.front)), ElementsAre(contoso.hq, contoso.west));
}

TEST(RunningAssessment, CountsOnceForServersThatChangedTogether) {
  const TwoBranches contoso;
  Running running(contoso.organisation);
  const std::vector<ServerId> both{contoso.front, contoso.other_front};
  for (const ServerId server : both) at(running.state.servers, server).service = Service::drained;
  EXPECT_THAT(running.assessment.update(both), everywhere(contoso));
  EXPECT_EQ(running.assessment.now().sites[contoso.east.value].unavailable->nearest(), 300);
}

}  // namespace
}  // namespace casplan::simulator
