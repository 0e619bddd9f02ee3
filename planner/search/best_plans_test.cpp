#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

/// Organisations that were drawn once, of which a best plan had been missed. What it costs was found by brute force.
namespace casplan::planner {
namespace {

using namespace modelled;

constexpr BuildVersion sp1_ru1{{8, 1, 263, 1}};
constexpr BuildVersion sp2_ru2{{8, 2, 234, 1}};
constexpr BuildVersion sp3_ru3{{8, 3, 159, 2}};
constexpr BuildVersion sp3_ru4{{8, 3, 192, 1}};
constexpr BuildVersion sp3_ru6{{8, 3, 245, 2}};
constexpr BuildVersion sp3_ru19{{8, 3, 459, 0}};
constexpr BuildVersion sp3_ru22{{8, 3, 502, 0}};

struct Drawn : Builder {
  Policy policy;

  Drawn(const BuildVersion& target, Minutes drain, Minutes ensure_folder) : policy(policy_to(target)) {
    policy.durations.rollup = Minutes(2);
    policy.durations.service_pack = Minutes(3);
    policy.durations.drain = drain;
    policy.durations.ensure_folder = ensure_folder;
    policy.durations.recycle = Minutes(1);
    policy.durations.return_to_service = Minutes(1);
    policy.readings = {};
  }

  ServerId cas_with(const std::string& name, SiteId site, const BuildVersion& build,
                    std::initializer_list<BuildVersion> folders) {
    const ServerId server = cas(name, site, build);
    (*this)[server].folders = folders_of(folders);
    return server;
  }
};

/// The front returns while the target is upgraded; were that one not known to be out, it could not.
TEST(TheBestPlan, DrainsATargetSoThatTheFrontMayComeBackDuringItsUpgrade) {
  Drawn contoso(sp3_ru22, Minutes(2), Minutes(1));
  const SiteId hq = contoso.site("HQ", 432);
  const SiteId first = contoso.site("Branch1", 720);
  const SiteId second = contoso.site("Branch2", 432);
  const ServerId front = contoso.cas_with("HQCAS1", hq, sp3_ru6, {sp3_ru6, sp1_ru1, sp3_ru3});
  contoso.cas_with("BRCAS1", first, sp3_ru3, {sp3_ru3, sp3_ru6});
  contoso.cas_with("BRCAS2", second, sp1_ru1, {sp1_ru1, sp2_ru2});
  contoso.cas_with("HQCAS2", hq, sp3_ru6, {sp1_ru1, sp3_ru3, sp3_ru6});
  contoso.policy.frozen.insert(contoso.cas_with("BRCAS3", second, sp3_ru6, {sp3_ru6, sp3_ru3}));
  contoso.entry_point("mail.contoso.com", {front});
  contoso.policy.min_in_service.sites = {{hq, 1}, {second, 1}};
  contoso.policy.objective = {Measure::copies, Measure::makespan_minutes, Measure::feature_lag_user_minutes};
  const Plan plan = planned(contoso.organisation, contoso.policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 1);
  EXPECT_EQ(value(plan.outcome->objective, Measure::makespan_minutes), 15);
  EXPECT_EQ(value(plan.outcome->objective, Measure::feature_lag_user_minutes), 11376);
}

/// A front that goes back to an earlier build goes last, and needs the folder of its targets before.
TEST(TheBestPlan, PutsAFolderOnAFrontBeforeItsTargetsGoBackToAnEarlierBuild) {
  Drawn contoso(sp3_ru3, Minutes(1), Minutes(2));
  const SiteId hq = contoso.site("HQ", 0);
  const SiteId first = contoso.site("Branch1", 432);
  const SiteId second = contoso.site("Branch2", 540);
  const ServerId front = contoso.cas_with("HQCAS1", hq, sp3_ru4, {sp3_ru4, sp3_ru19});
  const ServerId other = contoso.cas_with("BRCAS1", first, sp3_ru19, {sp3_ru19, sp3_ru4});
  contoso.cas_with("BRCAS2", second, sp3_ru4, {sp3_ru4});
  contoso.cas_with("BRCAS3", first, sp3_ru4, {sp3_ru4});
  contoso.entry_point("mail.contoso.com", {front, other});
  contoso.policy.readings.rollup_removal = RollupRemoval::folder_goes;
  contoso.policy.copies = 2;
  const Plan plan = planned(contoso.organisation, contoso.policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(value(plan.outcome->objective, Measure::makespan_minutes), 13);
}

}  // namespace
}  // namespace casplan::planner
