// When two expressions say the same: operation by operation, with names bound inside matched up.
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
    for (std::size_t i = 0; i < a.operands.size(); ++i) {
      if (!same(a.operands[i], b.operands[i])) return false;
    }
    return true;
  }

 private:
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
