#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/show.h"
#include "property_tests/judged_plans.h"
#include "property_tests/oracles/promela.h"
#include "property_tests/oracles/spin.h"
#include "verifier/verify.h"

/// The verifier proves its verdict path by path; SPIN searches every execution of the whole plan, failures included, on
/// a model that is written from the rules alone. They must agree.
namespace casplan {
namespace {

using oracle::PromelaCase;
using oracle::SpinFinding;
using oracle::SpinSearch;

constexpr std::size_t plans_in_a_model = 25;

/// What SPIN finds of each plan; a test that calls this goes on only where there is no fatal failure.
SpinSearch searched(const std::vector<PromelaCase>& cases) {
  const auto pan = oracle::Pan::compile(oracle::promela_model(cases), cases.size());
  if (!pan) ADD_FAILURE() << pan.error();
  if (!pan) return {};
  auto search = pan->run();
  if (!search) ADD_FAILURE() << search.error();
  return search ? std::move(*search) : SpinSearch{};
}

std::string name_of(const SpinFinding& finding) {
  if (finding.step_refused) return "step refused";
  if (finding.event46_on_the_way) return "event46 on the way";
  if (finding.event46_at_the_end) return "event46 at the end";
  return finding.is_safe() ? "safe" : "no execution ends";
}

bool meets(const SpinFinding& finding, verifier::ViolationKind kind) {
  switch (kind) {
    case verifier::ViolationKind::event46_on_the_way: return finding.event46_on_the_way;
    case verifier::ViolationKind::event46_at_the_end: return finding.event46_at_the_end;
    case verifier::ViolationKind::step_refused: return finding.step_refused;
    case verifier::ViolationKind::order_violated:
    case verifier::ViolationKind::steps_overlap: return false;
  }
  return false;
}

std::string shown(const PromelaCase& drawn) {
  std::ostringstream out;
  showValue(drawn.organisation, out);
  out << "\n";
  showValue(drawn.plan, out);
  out << "\n" << oracle::promela_model({drawn});
  return out.str();
}

void expect_same_verdict(const PromelaCase& drawn, const SpinFinding& spin) {
  const auto report = verifier::verify(drawn.organisation, one_after_the_other(drawn.plan), drawn.readings);
  EXPECT_EQ(report.orders, verifier::Orders::all);
  EXPECT_EQ(report.safety, spin.is_safe() ? verifier::Safety::safe : verifier::Safety::unsafe)
      << "SPIN says " << name_of(spin) << " of\n"
      << shown(drawn);
  if (report.counterexample) {
    EXPECT_TRUE(meets(spin, report.counterexample->kind))
        << "the counterexample is of a kind that SPIN does not meet; it says " << name_of(spin) << " of\n"
        << shown(drawn);
  }
}

std::optional<Case> draw_case() {
  const int kind = draw::below(10);
  if (kind < 1) return draw_changed(Arrows::as_planned);
  if (kind < 3) return draw_changed(Arrows::one_removed);
  if (kind < 5) return draw_changed(Arrows::two_removed);
  return draw_hand_made(7);
}

/// The same in every run.
std::vector<PromelaCase> drawn_cases() {
  std::vector<PromelaCase> cases;
  for (const auto& drawn : draw::samples(rc::gen::exec([] { return draw_case(); }), 270)) {
    if (drawn) cases.push_back({drawn->organisation, drawn->plan, drawn->readings});
  }
  return cases;
}

using Counts = std::map<std::string, int>;

TEST(TheProof, AgreesWithSpinOnDrawnPlans) {
  const auto cases = drawn_cases();
  ASSERT_GE(cases.size(), 200U);
  Counts counts;
  std::uint64_t states = 0;
  for (std::size_t first = 0; first < cases.size(); first += plans_in_a_model) {
    const auto begin = cases.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = cases.begin() + static_cast<std::ptrdiff_t>(std::min(first + plans_in_a_model, cases.size()));
    const std::vector<PromelaCase> batch(begin, end);
    const SpinSearch search = searched(batch);
    ASSERT_EQ(search.findings.size(), batch.size());
    states += search.states;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ++counts[name_of(search.findings[i])];
      expect_same_verdict(batch[i], search.findings[i]);
    }
  }
  for (const auto& [verdict, count] : counts) std::cout << verdict << ": " << count << " plans\n";
  std::cout << "SPIN stored " << states << " states\n";
  EXPECT_GE(counts["safe"], 20);
  EXPECT_GE(counts["event46 on the way"], 20);
  EXPECT_GE(counts["event46 at the end"], 20);
  EXPECT_GE(counts["step refused"], 20);
}

const Build& rtm() {
  return *find_build(BuildVersion{{8, 0, 685, 25}});
}
const Build& sp1() {
  return *find_build(BuildVersion{{8, 1, 240, 6}});
}

/// A front and a target in a site of its own, both on RTM.
Organisation front_and_target() {
  Organisation organisation;
  organisation.name = "Contoso";
  organisation.sites = {{"HQ", 100, 0}, {"Branch", 100, 0}};
  organisation.servers = {plain_cas("HQCAS", SiteId{0}, rtm(), {}), plain_cas("BRCAS", SiteId{1}, rtm(), {})};
  organisation.entry_points = {{"mail.example.com", {ServerId{0}}, 100}};
  return organisation;
}

constexpr ServerId front{0};
constexpr ServerId target{1};

Step upgrade(ServerId server) {
  return {StepKind::upgrade, server, sp1().version, std::nullopt, {}};
}
Step ensure_rtm_folder(ServerId server) {
  return {StepKind::ensure_folder, server, std::nullopt, rtm().owa_version, {}};
}
Step simple(StepKind kind, ServerId server) {
  return {kind, server, std::nullopt, std::nullopt, {}};
}

/// Each step after the one before it.
PromelaCase in_sequence(Organisation organisation, const std::vector<Step>& steps, FixedReadings readings = {}) {
  Plan plan;
  for (const Step& step : steps) {
    const std::size_t number = plan.steps.size();
    plan.steps.push_back({"s" + std::to_string(number + 1), step, "", {}, std::nullopt});
    if (number > 0) plan.steps.back().after.push_back({id_at<StepIndex>(number - 1), "in sequence"});
  }
  return {std::move(organisation), std::move(plan), readings};
}

/// The verdict on each plan; a step that is refused hides the others.
std::vector<std::string> verdicts_on(const std::vector<PromelaCase>& plans) {
  std::vector<std::string> verdicts;
  for (const SpinFinding& finding : searched(plans).findings) verdicts.push_back(name_of(finding));
  return verdicts;
}

using Verdicts = std::vector<std::string>;

std::vector<Step> front_first_with_folder() {
  return {simple(StepKind::drain, front),
          upgrade(front),
          ensure_rtm_folder(front),
          simple(StepKind::recycle, front),
          simple(StepKind::return_to_service, front),
          upgrade(target)};
}

TEST(TheModelForSpin, MeetsEvent46WhenTheFrontIsFirstUnlessItGetsTheFolderWhileItIsDrained) {
  EXPECT_EQ(verdicts_on({in_sequence(front_and_target(), {upgrade(front), upgrade(target)}),
                         in_sequence(front_and_target(), front_first_with_folder())}),
            (Verdicts{"event46 on the way", "safe"}));
}

TEST(TheModelForSpin, MeetsEvent46WhenTheServicePackMayRemoveACopyThatWasMadeBefore) {
  Organisation organisation = front_and_target();
  at(organisation.servers, front).hand_copied_folders = at(organisation.servers, front).folders;
  FixedReadings copies_survive;
  copies_survive.service_pack_removes = ServicePackRemoves::installed_only;
  const std::vector<Step> steps{upgrade(front), upgrade(target)};
  EXPECT_EQ(verdicts_on({in_sequence(organisation, steps), in_sequence(organisation, steps, copies_survive)}),
            (Verdicts{"event46 on the way", "safe"}));
}

TEST(TheModelForSpin, MeetsEvent46WhenTheTargetIsFirstUnlessAnOlderFrontMayWorkWithTheFolder) {
  Organisation organisation = front_and_target();
  at(organisation.servers, front) = plain_cas("HQCAS", SiteId{0}, rtm(), {sp1()});
  FixedReadings older_may_work;
  older_may_work.older_front = OlderFront::needs_folder;
  const std::vector<Step> steps{upgrade(target), upgrade(front)};
  EXPECT_EQ(verdicts_on({in_sequence(organisation, steps), in_sequence(organisation, steps, older_may_work)}),
            (Verdicts{"event46 on the way", "safe"}));
}

TEST(TheModelForSpin, SeesNobodyOnAPathWhoseFrontIsDrained) {
  PromelaCase too_early = in_sequence(
      front_and_target(),
      {simple(StepKind::drain, front), upgrade(front), upgrade(target), simple(StepKind::return_to_service, front)});
  auto& target_after = too_early.plan.steps[2].after;
  auto& return_after = too_early.plan.steps[3].after;
  target_after.clear();
  return_after.push_back({StepIndex{1}, "the front is upgraded first"});
  PromelaCase in_time = too_early;
  in_time.plan.steps[2].after.push_back({StepIndex{0}, "nobody comes by the front any more"});
  EXPECT_EQ(verdicts_on({too_early, in_time}), (Verdicts{"event46 on the way", "safe"}));
}

TEST(TheModelForSpin, RefusesWhatDoesNotFit) {
  Step copy_from_nobody = ensure_rtm_folder(front);
  copy_from_nobody.folder = sp1().owa_version;
  EXPECT_EQ(verdicts_on({in_sequence(front_and_target(), {upgrade(front), upgrade(front)}),
                         in_sequence(front_and_target(), {simple(StepKind::return_to_service, front)}),
                         in_sequence(front_and_target(), {copy_from_nobody})}),
            (Verdicts{"step refused", "step refused", "step refused"}));
}

TEST(TheModelForSpin, LetsAPathThatFailsTodayFailUntilTheEnd) {
  Organisation organisation = front_and_target();
  at(organisation.servers, front) = plain_cas("HQCAS", SiteId{0}, sp1(), {});
  const Step recycle = simple(StepKind::recycle, front);
  PromelaCase copy_elsewhere = in_sequence(organisation, {recycle});
  copy_elsewhere.plan.goal = Goal::heal_by_copy;
  EXPECT_EQ(verdicts_on({in_sequence(organisation, {ensure_rtm_folder(front), recycle}),
                         in_sequence(organisation, {recycle}), copy_elsewhere}),
            (Verdicts{"safe", "event46 at the end", "event46 at the end"}));
}

TEST(TheModelForSpin, ExcusesAnOlderFrontAtTheEndWhenTheGoalIsToCopy) {
  Organisation organisation = front_and_target();
  at(organisation.servers, target) = plain_cas("BRCAS", SiteId{1}, sp1(), {});
  PromelaCase upgrade_goal = in_sequence(organisation, {simple(StepKind::recycle, front)});
  FixedReadings older_fails;
  older_fails.older_front = OlderFront::fails;
  upgrade_goal.readings = older_fails;
  PromelaCase copy_goal = upgrade_goal;
  copy_goal.plan.goal = Goal::heal_by_copy;
  EXPECT_EQ(verdicts_on({upgrade_goal, copy_goal}), (Verdicts{"event46 at the end", "safe"}));
}

/// A front that is upgraded while its only target is out, and a target that returns before the front has the folder: a
/// failure of the copy in between must stop the return, and does.
TEST(TheModelForSpin, StopsWhatComesAfterAStepThatFails) {
  PromelaCase guarded =
      in_sequence(front_and_target(), {simple(StepKind::drain, target), upgrade(front), ensure_rtm_folder(front),
                                       simple(StepKind::recycle, front), simple(StepKind::return_to_service, target)});
  PromelaCase unguarded = guarded;
  unguarded.plan.steps[4].after = {{StepIndex{2}, "the folder is there, but perhaps not loaded"}};
  FixedReadings loaded_at_once;
  loaded_at_once.folder_load = FolderLoad::at_once;
  PromelaCase read_at_once = unguarded;
  read_at_once.readings = loaded_at_once;
  EXPECT_EQ(verdicts_on({guarded, unguarded, read_at_once}), (Verdicts{"safe", "event46 on the way", "safe"}));
}

TEST(TheModelForSpin, SaysNothingAfterASearchThatWasCutShort) {
  const auto plan = in_sequence(front_and_target(), front_first_with_folder());
  const auto pan = oracle::Pan::compile(oracle::promela_model({plan}), 1);
  ASSERT_TRUE(pan) << pan.error();
  const auto search = pan->run(10);
  ASSERT_FALSE(search);
  EXPECT_NE(search.error().find("SPIN did not search everything"), std::string::npos) << search.error();
}

/// What a benchmark that says "2^N states" rests on.
TEST(TheModelForSpin, HasAStateForEachSetOfStepsWithoutArrows) {
  PromelaCase targets = in_sequence(front_and_target(), {});
  for (std::uint32_t i = 0; i < 6; ++i) {
    const auto site = id_at<SiteId>(targets.organisation.sites.size());
    targets.organisation.sites.push_back({"Site" + std::to_string(i), 100, 0});
    targets.organisation.servers.push_back(plain_cas("CAS" + std::to_string(i), site, rtm(), {}));
    const auto server = id_at<ServerId>(targets.organisation.servers.size() - 1);
    targets.plan.steps.push_back({"s" + std::to_string(i), upgrade(server), "", {}, std::nullopt});
  }
  FixedReadings one;
  for (std::size_t reading = 0; reading < 6; ++reading) fix(one, reading, 0);
  targets.readings = one;
  const std::uint64_t sets = 64;
  const std::uint64_t around = 4;  // the choice of the plan, and its end
  const auto pan = oracle::Pan::compile(oracle::promela_model({targets}, oracle::PromelaScope::whole_steps), 1);
  ASSERT_TRUE(pan) << pan.error();
  const auto search = pan->run();
  ASSERT_TRUE(search) << search.error();
  EXPECT_GE(search->states, sets);
  EXPECT_LE(search->states, sets + around);
}

}  // namespace
}  // namespace casplan
