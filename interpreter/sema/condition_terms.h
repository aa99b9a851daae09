// A condition as a formula over terms, so that two conditions written apart can be compared. A term
// is whatever is asked for a value: a fact of the child, an age on a day, a definition, the sign of
// a comparison of two of them. Terms with one key have one value in one record, place and day. What
// is not understood is a term of its own with the values F and T.
//
// A formula says exactly when it is T and when it is F; with an error it is neither. A comparison
// with "not applicable" is F (semantics.md, decision 4): so `not (x < 5)` holds for x at least 5
// and where x is not applicable.
//
// Ownership: the object owns formulas and terms, and reads the Program while it lives.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sema/program.h"
#include "sema/value_set.h"

namespace juzhu::sema {

struct Term;
struct Formula;
using TermId = Id<Term>;
using FormulaId = Id<Formula>;

struct Term {
  ValueSet domain;         ///< the values it can have at all
  std::string collection;  ///< of `some x among C where φ`: C; else empty
  FormulaId body;          ///< and φ
};

struct Formula {
  enum class Kind : std::uint8_t {
    kLiteral,  ///< T and F where the term has the one or the other values
    kAll,
    kAny,
    kNot,
    kNamed,   ///< a definition of one version: its literal, and its body as the part
    kChoice,  ///< `if`: the parts say when it is T, and may be F where it fails
  };
  Kind kind = Kind::kLiteral;
  TermId term;
  ValueSet when_true;
  ValueSet when_false;
  std::vector<FormulaId> parts;
  const DefinitionVersion* version = nullptr;  ///< of kNamed
};

/// A comparison of something with constants: for which values of it T, for which F.
struct Comparison {
  ExprId of;
  ValueSet when_true;
  ValueSet when_false;
};

class ConditionTerms {
 public:
  explicit ConditionTerms(const Program& program, const value::Schema& schema);

  /// The condition with its subject bound; not valid: always true. Two rules' subjects are the
  /// same.
  FormulaId formula(ExprId condition, LocalId subject);
  FormulaId all_of(std::vector<FormulaId> parts) {
    return add(Formula::Kind::kAll, std::move(parts));
  }
  [[nodiscard]] const Formula& operator[](FormulaId id) const { return formulas_[id.index]; }
  [[nodiscard]] const Term& operator[](TermId id) const { return terms_[id.index]; }

  /// Nothing if it compares with anything but constants.
  std::optional<Comparison> comparison(ExprId condition);
  /// `members_apply`: the members that a definition is asked of are taken to be somebody.
  ValueSet domain(ExprId expr, bool members_apply);
  /// Do two expressions of one declaration ask the same?
  bool same(ExprId left, ExprId right);
  /// The places within one, as numbers that stand for places in a ValueSet.
  [[nodiscard]] ValueSet places_within(PlaceNode place) const;
  TermId today();
  TermId here();

 private:
  struct Bindings;
  /// What a name stands for: an expression read under its own bindings, or an element called so.
  struct Bound {
    std::string element;
    ExprId expr;
    const Bindings* bindings = nullptr;
  };
  struct Bindings {
    std::map<std::uint32_t, Bound> locals;
    std::size_t depth = 0;  ///< of elements
  };
  struct Reading {
    ExprId expr;
    const Bindings* bindings = nullptr;
  };
  struct Operand {
    Reading reading;
    std::optional<std::int64_t> instead;  ///< what stands for "not applicable"
  };

  FormulaId read(Reading reading);
  FormulaId read_parts(Formula::Kind kind, Reading reading);
  FormulaId read_if(Reading reading);
  FormulaId read_fold(Reading reading);
  FormulaId read_call(Reading reading);
  FormulaId read_comparison(Reading reading);
  FormulaId sign(const std::string& left, const std::string& right, bool both_apply,
                 const ValueSet& signs);
  FormulaId opaque(Reading reading);
  FormulaId literal(TermId term, const ValueSet& when_true, const ValueSet& when_false);
  FormulaId add(Formula::Kind kind, std::vector<FormulaId> parts);
  TermId term(const std::string& key, const ValueSet& domain);

  std::optional<Comparison> constant_comparison(Reading reading, const Bindings** bindings);
  std::optional<ValueSet> compared_set(Reading operand, const Value& constant, const Type& type,
                                       const ValueSet& signs) const;
  [[nodiscard]] const Value* constant(Reading reading) const;
  Operand operand_of(Reading reading) const;
  Reading resolved(Reading reading) const;
  ValueSet domain(Reading reading);
  bool may_not_apply(Reading reading, int depth);
  bool table_may_not_apply(Reading reading, int depth);
  std::string key(Reading reading);
  std::string scaled_key(Reading reading);
  std::string fold_key(Reading reading, const Expr& expr);
  const Bindings* with_element(const Bindings* outer, std::uint32_t local);
  const Bindings* with_arguments(Reading call, const DefinitionVersion& version);
  [[nodiscard]] const Expr& at(ExprId id) const { return program_[id]; }

  /// Counts a step; false when the condition at hand has used up its steps. Definitions that stand
  /// on one another twice over would else never end; what is left unread is a term of its own.
  bool step() { return ++steps_ <= kMaxSteps; }
  static constexpr std::size_t kMaxSteps = 50'000;

  const Program& program_;
  const value::Schema& schema_;
  std::size_t steps_ = 0;
  bool members_apply_ = false;
  std::size_t unread_ = 0;
  std::deque<Formula> formulas_;
  std::deque<Term> terms_;
  std::unordered_map<std::string, TermId> terms_by_key_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, FormulaId> literals_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, FormulaId> conditions_;
  std::deque<Bindings> bindings_;
  std::vector<std::int64_t> place_order_;  ///< pre-order, by node
  std::vector<std::int64_t> place_last_;   ///< the last one within
};

}  // namespace juzhu::sema
