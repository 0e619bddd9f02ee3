#include "verifier/server_classes.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

/// Paths whose ends are alike are judged once. In each of these cases the first of two similar paths is safe, and the
/// second is not.
namespace casplan::verifier {
namespace {

using namespace modelled;

/// Contoso with a second CAS in the branch.
struct TwoTargets : TwoSites {
  ServerId second = cas("BRCAS2", branch, rtm);
};

Plan in_no_order(const std::vector<Step>& steps) {
  Plan plan = sequence(steps);
  for (PlannedStep& step : plan.steps) step.after.clear();
  return plan;
}

void add_arrow(Plan& plan, std::size_t from, std::size_t to) {
  plan.steps[to].after.push_back({id_at<StepIndex>(from), "drawn"});
}

void expect_unsafe_to(ServerId target, const Organisation& organisation, const Plan& plan) {
  const Report report = verify(organisation, plan, {});
  EXPECT_EQ(report.orders, Orders::all);
  ASSERT_TRUE(report.counterexample);
  ASSERT_TRUE(report.counterexample->path);
  EXPECT_EQ(report.counterexample->path->target, target);
}

TEST(SimilarPaths, DifferWhereOneIsRedirected) {
  TwoTargets contoso;
  contoso[contoso.target].external_url = "https://branch.contoso.com/owa";
  expect_unsafe_to(contoso.second, contoso.organisation, sequence({upgrade(contoso.front, sp1)}));
}

TEST(SimilarPaths, DifferWhereOneTargetIsOutOfService) {
  TwoTargets contoso;
  contoso[contoso.target].in_service = false;
  expect_unsafe_to(contoso.second, contoso.organisation, sequence({upgrade(contoso.front, sp1)}));
}

TEST(SimilarPaths, DifferWhereOneFrontHasLoadedTheFolder) {
  TwoSites contoso;
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.organisation.entry_points[0].fronts.push_back(second);
  for (const ServerId front : {contoso.front, second}) contoso.runs(front, sp1, {rtm, sp1});
  contoso[second].loaded_folders = folders_of({sp1});
  const Report report = verify(contoso.organisation, Plan{}, {});
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->path->front, second);
}

TEST(SimilarPaths, DifferWhereTheirTargetsHaveOtherSteps) {
  TwoTargets contoso;
  expect_unsafe_to(contoso.second, contoso.organisation,
                   in_no_order({recycle(contoso.target), upgrade(contoso.second, sp1)}));
}

TEST(SimilarPaths, DifferWhereOtherFoldersAreCopiedToTheirTargets) {
  TwoTargets contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  const ServerId holder = contoso.cas("HQCAS2", contoso.hq, rtm_ru5);
  expect_unsafe_to(contoso.second, contoso.organisation,
                   in_no_order({ensure_folder(contoso.target, folder_of(rtm), {holder}),
                                ensure_folder(contoso.second, folder_of(rtm_ru5), {holder})}));
}

TEST(SimilarPaths, DifferWhereTheStepsOfOneTargetMayChangePlaces) {
  TwoTargets contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  for (const ServerId target : {contoso.target, contoso.second}) contoso[target].in_service = false;
  Plan plan = in_no_order({upgrade(contoso.target, sp1), return_to_service(contoso.target),
                           upgrade(contoso.second, sp1), return_to_service(contoso.second)});
  add_arrow(plan, 0, 1);
  expect_unsafe_to(contoso.second, contoso.organisation, plan);
}

TEST(SimilarPaths, DifferWhereOnlyOneTargetWaitsForTheFront) {
  const TwoTargets contoso;
  Plan plan = in_no_order({drain(contoso.front), upgrade(contoso.front, sp1), upgrade(contoso.target, sp1),
                           upgrade(contoso.second, sp1), return_to_service(contoso.front)});
  for (const auto& [from, to] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 4), std::pair(2, 4), std::pair(3, 4)}) {
    add_arrow(plan, static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  }
  expect_unsafe_to(contoso.second, contoso.organisation, plan);
}

TEST(SimilarPaths, DifferWhereTheFrontWaitsForOneTargetOnly) {
  TwoTargets contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.front].in_service = false;
  Plan plan =
      in_no_order({upgrade(contoso.target, sp1), upgrade(contoso.second, sp1), return_to_service(contoso.front)});
  add_arrow(plan, 0, 2);
  expect_unsafe_to(contoso.second, contoso.organisation, plan);
}

}  // namespace
}  // namespace casplan::verifier
