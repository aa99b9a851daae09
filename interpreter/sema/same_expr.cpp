// When two expressions say the same: operation by operation, with names bound inside matched up,
// and entries and rows whose order says nothing in any order.
#include <algorithm>
#include <map>

#include "sema/reforms.h"

namespace juzhu::sema {
namespace {

using ops::Operation;

class Comparison {
 public:
  Comparison(const Program& program, const std::vector<LocalId>& left,
             const std::vector<LocalId>& right)
      : program_(program), left_(left), right_(right) {}

  bool same(ExprId left, ExprId right) {
    if (!left.valid() || !right.valid()) return left.valid() == right.valid();
    const Expr& a = program_[left];
    const Expr& b = program_[right];
    if (a.operation != b.operation || a.operands.size() != b.operands.size() ||
        a.extra != b.extra || a.type != b.type) {
      return false;
    }
    if (!same_fields(a, b)) return false;
    const Free free = free_in(a);
    for (std::size_t i = 0; i < a.operands.size(); ++i) {
      const bool is_free = i >= free.from && i < free.to;
      if (!is_free && !same(a.operands[i], b.operands[i])) return false;
    }
    return same_in_any_order(a, b, free);
  }

 private:
  /// Operands [from, to) whose groups of `size` may stand in any order.
  struct Free {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t size = 1;
  };
  static Free free_in(const Expr& expr) {
    const auto is = [&](Operation operation) { return expr.operation == operation; };
    if (is(Operation::kAll) || is(Operation::kAny) || is(Operation::kLeast) ||
        is(Operation::kGreatest) || is(Operation::kSetOf)) {
      return {0, expr.operands.size(), 1};
    }
    if (is(Operation::kOneOf)) return {1, expr.operands.size(), 1};
    const bool rows =
        is(Operation::kTable) && expr.a != static_cast<std::uint32_t>(ops::HitPolicy::kFirst);
    if (rows) return {0, expr.operands.size() - (expr.b & ops::kHasOtherwise), 2};
    return {};
  }

  bool same_in_any_order(const Expr& a, const Expr& b, const Free& free) {
    std::vector<bool> taken(b.operands.size(), false);
    for (std::size_t i = free.from; i < free.to; i += free.size) {
      std::size_t j = free.from;
      const auto fits = [&] {
        if (taken[j]) return false;
        for (std::size_t k = 0; k < free.size; ++k) {
          if (!same(a.operands[i + k], b.operands[j + k])) return false;
        }
        return true;
      };
      while (j < free.to && !fits())
        j += free.size;
      if (j >= free.to) return false;
      taken[j] = true;
    }
    return true;
  }

  bool same_fields(const Expr& a, const Expr& b) {
    if (a.operation == Operation::kConstant) {
      return program_.constants[a.a] == program_.constants[b.a];
    }
    if (a.operation == Operation::kMeasure) {
      return program_.measures[a.a] == program_.measures[b.a] && a.b == b.b;
    }
    if (a.operation == Operation::kArgument) return same_name(a.a, b.a);
    if (a.operation == Operation::kFold) {
      bound_[a.b] = b.b;
      return a.a == b.a;
    }
    return a.a == b.a && a.b == b.b;
  }

  bool same_name(std::uint32_t a, std::uint32_t b) const {
    if (a == b) return true;
    const auto known = bound_.find(a);
    if (known != bound_.end()) return known->second == b;
    const auto names = [](const std::vector<LocalId>& subjects, std::uint32_t local) {
      return std::find(subjects.begin(), subjects.end(), LocalId{local}) != subjects.end();
    };
    return names(left_, a) && names(right_, b);
  }

  const Program& program_;
  const std::vector<LocalId>& left_;
  const std::vector<LocalId>& right_;
  std::map<std::uint32_t, std::uint32_t> bound_;  ///< left's name of an element → right's
};

}  // namespace

bool same_expr(const Program& program, ExprId left, ExprId right,
               const std::vector<LocalId>& left_subjects,
               const std::vector<LocalId>& right_subjects) {
  return Comparison(program, left_subjects, right_subjects).same(left, right);
}

}  // namespace juzhu::sema
