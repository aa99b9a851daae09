// A program made by hand, so that the words of expressions can be held without reading a rule file.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sema/program.h"

namespace juzhu::explain_test {

using ops::Operation;
using sema::ExprId;
using value::Type;
using value::Value;

class SmallProgram {
 public:
  SmallProgram() {
    schema_ = std::make_shared<value::Schema>();
    schema_->units = {{"months", "个月"}, {"days", "日"}, {"yuan", "元"}, {"points", "分"}};
    schema_->entities.push_back({{"household", "户"}, {}, {}, {}, {}});
    schema_->entities.push_back({{"person", "人"}, {}, value::EntityId(std::size_t{0}), {}, {}});
    schema_->choices.push_back({{"kind", "险种"}, {{"pension", "养老"}, {"medical", "医疗"}}});
    value::List permits;
    permits.name = {"permits", "居住证"};
    permits.row_name = {"permit", "证"};
    schema_->lists.push_back(permits);
    add_fact({"lawful_job", "合法稳定就业"}, value::boolean_type());
    add_fact({"birth_date", "出生日期"}, value::date_type());
    add_fact({"parents", "父母"}, value::member_set_type(person()));
    add_fact({"place", "居住地"}, value::place_type());
    schema_->place_fact = value::FactId(std::size_t{3});
    program.schema = schema_;
    program.services.push_back({});
    program.services[0].name = {"public_school", "公办学位"};
    program.services[0].text = {"A place in a public school", "义务教育阶段公办学位"};
  }

  static value::EntityId person() { return value::EntityId(std::size_t{1}); }
  static Type months() { return value::number_type(0, value::base_unit(value::kMonthUnit)); }

  ExprId add(Operation operation, Type type, std::vector<ExprId> operands = {}, std::uint32_t a = 0,
             std::uint32_t b = 0) {
    sema::Expr expr;
    expr.operation = operation;
    expr.type = type;
    expr.operands = std::move(operands);
    expr.a = a;
    expr.b = b;
    program.exprs.push_back(expr);
    return ExprId(program.exprs.size() - 1);
  }
  ExprId constant(Value value, Type type) {
    program.constants.push_back(value);
    return add(Operation::kConstant, type, {},
               static_cast<std::uint32_t>(program.constants.size() - 1));
  }
  ExprId number(std::int64_t exact, Type type) { return constant(value::number(exact), type); }
  ExprId local(std::string name, Type type) {
    program.locals.push_back({std::move(name), type, {}});
    return add(Operation::kArgument, type, {},
               static_cast<std::uint32_t>(program.locals.size() - 1));
  }
  ExprId person_named(std::string name) {
    return local(std::move(name), value::member_type(person()));
  }
  ExprId fact(std::uint32_t index, ExprId subject) {
    return add(Operation::kFact, schema_->facts[index].type, {subject}, index);
  }
  std::uint32_t define(value::Bilingual name, Type type, bool in, bool on, value::Bilingual text) {
    sema::Definition definition;
    definition.name = std::move(name);
    definition.type = type;
    definition.has_subject = true;
    definition.has_in = in;
    definition.has_on = on;
    program.locals.push_back({"person", value::member_type(person()), {}});
    definition.parameters = {sema::LocalId(program.locals.size() - 1)};
    definition.versions.emplace_back();
    definition.versions[0].text = std::move(text);
    program.definitions.push_back(definition);
    return static_cast<std::uint32_t>(program.definitions.size() - 1);
  }

  sema::Program program;

 private:
  void add_fact(value::Bilingual name, Type type) {
    value::Fact fact;
    fact.name = std::move(name);
    fact.type = type;
    fact.entity = person();
    schema_->facts.push_back(fact);
  }

  std::shared_ptr<value::Schema> schema_;
};

}  // namespace juzhu::explain_test
