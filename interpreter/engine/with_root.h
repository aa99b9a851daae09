// The plans of a rulebook with one more block: an expression that is asked once, of a scenario or
// in a session.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "eval/outcome.h"
#include "plan/lower.h"

namespace juzhu::engine {

/// The expression is the last root of each plan. Refers to the program; plans live as long as this.
class WithRoot final : public eval::PlanSource {
 public:
  WithRoot(const sema::Program& program, plan::Root root, std::uint32_t stack)
      : program_(program), root_(std::move(root)), stack_(stack) {}
  std::vector<const plan::Plan*> plans(const value::Value& place, std::int64_t date) override {
    std::vector<const plan::Plan*> found;
    for (const plan::Scope& scope : plan::scopes_of(program_, place, date, stack_)) {
      std::unique_ptr<plan::Plan>& plan = made_[scope];
      if (!plan) plan = std::make_unique<plan::Plan>(plan::lower(program_, scope, {&root_, 1}));
      found.push_back(plan.get());
    }
    return found;
  }
  [[nodiscard]] const value::Schema& schema() const override { return *program_.schema; }

 private:
  const sema::Program& program_;
  plan::Root root_;
  std::uint32_t stack_;
  std::map<plan::Scope, std::unique_ptr<plan::Plan>> made_;
};

}  // namespace juzhu::engine
