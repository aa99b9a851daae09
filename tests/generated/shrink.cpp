#include "shrink.h"

#include <algorithm>

#include "eval/facts.h"

namespace juzhu::generated {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;

struct Edit {
  std::size_t file = 0;
  std::uint32_t begin = 0, end = 0;
  std::string text;
};

bool is_expression(NodeKind kind) {
  constexpr NodeKind kKinds[] = {NodeKind::kExpr,      NodeKind::kOperand,   NodeKind::kSum,
                                 NodeKind::kProduct,   NodeKind::kFactor,    NodeKind::kPrimary,
                                 NodeKind::kReference, NodeKind::kComparison};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

class Shrinker {
 public:
  Shrinker(Case& at, const Fails& fails, std::size_t tries_max)
      : at_(at), fails_(fails), tries_left_(tries_max) {}

  void run() {
    bool smaller = true;
    while (smaller && tries_left_ > 0) {
      smaller = shrink_texts();
      smaller = shrink_household() || smaller;
    }
    Texts texts = at_.texts;
    for (TextFile& file : texts.files)
      file.text = without_empty_lines(file.text);
    tries_left_ = std::max<std::size_t>(tries_left_, 1);
    try_texts(std::move(texts));
  }

 private:
  static std::string without_empty_lines(const std::string& text) {
    std::string made;
    std::string line;
    for (const char sign : text + "\n") {
      if (sign != '\n') {
        line += sign;
        continue;
      }
      if (line.find_first_not_of(' ') != std::string::npos) made += line + "\n";
      line.clear();
    }
    return made;
  }

  bool try_texts(Texts texts) {
    if (tries_left_ == 0) return false;
    --tries_left_;
    Case smaller{std::move(texts), at_.dictionary, nullptr, {}, at_.date, at_.seed};
    smaller.book = Book::read(smaller.texts);
    if (!smaller.book->accepted()) return false;
    auto household = refitted(at_.household, *at_.book, *smaller.book);
    if (!household) return false;
    smaller.household = std::move(*household);
    if (!fails_(smaller)) return false;
    at_ = std::move(smaller);
    return true;
  }

  bool try_household(Household household) {
    if (tries_left_ == 0) return false;
    --tries_left_;
    std::swap(at_.household, household);
    if (fails_(at_)) return true;
    std::swap(at_.household, household);
    return false;
  }

  /// What may take the place of a node, smallest first.
  std::vector<Edit> edits_at(std::size_t file, const SyntaxTree& tree, NodeId id) const {
    std::vector<Edit> edits;
    const NodeKind kind = tree.kind(id);
    if (kind == NodeKind::kModuleDecl || kind == NodeKind::kUseDecl) return edits;
    const source::Span span = tree.span(id);
    const std::string text(tree.text_of(id));
    const auto put = [&](const std::string& other) {
      if (other.size() < text.size()) edits.push_back({file, span.begin, span.end, other});
    };
    put("");
    if (!is_expression(tree.kind(id))) return edits;
    for (const char* simple : {"yes", "no", "0", "1", "today"})
      put(simple);
    std::set<std::string> inner;
    for (std::size_t next = id.index + 1; next < id.index + tree.node(id).size; ++next) {
      const NodeId below{next};
      if (is_expression(tree.kind(below))) inner.insert(std::string(tree.text_of(below)));
    }
    std::vector<std::string> sorted(inner.begin(), inner.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    for (const std::string& each : sorted) {
      put(each);
      put("(" + each + ")");
    }
    return edits;
  }

  bool shrink_texts() {
    bool smaller = false;
    for (std::size_t file = 0; file < at_.texts.files.size(); ++file) {
      for (std::size_t node = 1;
           file < at_.texts.files.size() && node < at_.book->trees()[file].nodes.size(); ++node) {
        const std::vector<Edit> edits = edits_at(file, at_.book->trees()[file], NodeId{node});
        for (const Edit& edit : edits) {
          Texts texts = at_.texts;
          texts.files[file].text.replace(edit.begin, edit.end - edit.begin, edit.text);
          if (!try_texts(std::move(texts))) continue;
          smaller = true;
          --node;  // what stands here now
          break;
        }
        if (tries_left_ == 0) return smaller;
      }
    }
    return smaller;
  }

  bool shrink_household() {
    bool smaller = false;
    const std::size_t members = at_.household.members.size();
    for (std::size_t i = members; i-- > 0 && members > 1;) {
      Household fewer = at_.household;
      if (i + 1 != fewer.members.size()) break;  // others are named by their place
      fewer.members.pop_back();
      smaller = try_household(std::move(fewer)) || smaller;
    }
    const auto each_list =
        [&](std::size_t count,
            const std::function<value::RowList&(Household&, std::size_t)>& list) {
          for (std::size_t i = 0; i < count; ++i) {
            while (!list(at_.household, i).rows.empty()) {
              Household fewer = at_.household;
              list(fewer, i).rows.pop_back();
              if (!try_household(std::move(fewer))) break;
              smaller = true;
            }
            if (list(at_.household, i).state == value::InputState::kStated) continue;
            Household complete = at_.household;
            list(complete, i).state = value::InputState::kStated;
            smaller = try_household(std::move(complete)) || smaller;
          }
        };
    each_list(
        at_.household.lists.size(),
        [](Household& household, std::size_t i) -> value::RowList& { return household.lists[i]; });
    for (std::size_t m = 0; m < at_.household.members.size(); ++m) {
      each_list(at_.household.members[m].lists.size(),
                [m](Household& household, std::size_t i) -> value::RowList& {
                  return household.members[m].lists[i];
                });
    }
    return close_inputs() || smaller;
  }

  /// Open inputs made exact.
  bool close_inputs() {
    bool smaller = false;
    Random random = at_.random(99);
    for (std::size_t i = 0;; ++i) {
      std::vector<Open> open = open_inputs(random, at_.household, at_.book->schema());
      if (i >= open.size()) return smaller;
      open = {open[i]};
      for (std::size_t choice = 0; choice < std::min<std::size_t>(open.front().count(), 3);
           ++choice) {
        if (!try_household(complete(at_.household, at_.book->schema(), open, {choice}))) continue;
        smaller = true;
        --i;
        break;
      }
    }
  }

  Case& at_;
  const Fails& fails_;
  std::size_t tries_left_;
};

}  // namespace

std::optional<Household> refitted(const Household& household, const Book& from, const Book& to) {
  for (const value::Member& member : household.members) {
    if (!to.schema().entity(from.schema()[member.entity].name.in(false))) return std::nullopt;
  }
  if (!to.schema().place_fact.valid()) return std::nullopt;
  if (from.schema().places.size() != to.schema().places.size()) return std::nullopt;
  for (const value::Fact& fact : to.schema().facts) {
    for (const value::Fact& other : from.schema().facts) {
      if (fact.name.en == other.name.en && fact.type.kind != other.type.kind) return std::nullopt;
    }
  }
  return carried_over(household, from.schema(), to.schema());
}

void shrink(Case& at, const Fails& fails, std::size_t tries_max) {
  Shrinker(at, fails, tries_max).run();
}

}  // namespace juzhu::generated
