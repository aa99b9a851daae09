// Nothing depends on the order of files, declarations, rows of tables, members or rows of spells.
#include <algorithm>

#include "property.h"

namespace juzhu::generated {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;

/// A table of rows that count whatever their order: every policy but `first`.
bool is_free(const SyntaxTree& tree, NodeId table) {
  const syntax::Token* word = tree.token(table, TokenKind::kNAME);
  const std::string_view policy = word == nullptr ? std::string_view() : tree.text_of(*word);
  return policy != "first" && policy != "首个";
}

/// The text of a declaration with the rows of its free tables, the entries of its lists and its
/// clauses in another order: pieces of text change places.
class Shuffler {
 public:
  Shuffler(const SyntaxTree& tree, Random& random) : tree_(tree), random_(random) {}

  std::string text_of(NodeId id) {
    const syntax::Node& node = tree_.node(id);
    std::vector<NodeId> children = tree_.children(id);
    std::vector<NodeId> order = children;
    if (node.kind == NodeKind::kTable && is_free(tree_, id)) shuffle_kind(order, NodeKind::kRow, 1);
    if (node.kind == NodeKind::kListExpr) shuffle_kind(order, NodeKind::kEntry, 0);
    if (node.kind == NodeKind::kClauses) shuffle_kind(order, NodeKind::kClause, 0);
    if (node.kind == NodeKind::kScoreDecl || node.kind == NodeKind::kGroupPart)
      shuffle_kind(order, NodeKind::kComponent, 0);
    if (node.kind == NodeKind::kReformDecl) shuffle_changes(order);
    std::string text;
    std::uint32_t token = node.first_token;
    for (std::size_t i = 0; i < children.size(); ++i) {
      text += tokens(token, tree_.node(children[i]).first_token);
      text += text_of(order[i]);
      token = std::max(token, tree_.node(children[i]).last_token);
    }
    return text + tokens(token, node.last_token);
  }

 private:
  void shuffle_kind(std::vector<NodeId>& order, NodeKind kind, std::size_t skipped) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (tree_.kind(order[i]) == kind) places.push_back(i);
    }
    places.erase(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(skipped));
    put_in_order(order, places);
  }

  /// The nodes at these places change places among themselves.
  void put_in_order(std::vector<NodeId>& order, const std::vector<std::size_t>& places) {
    std::vector<std::size_t> moved = places;
    random_.shuffle(moved);
    const std::vector<NodeId> old = order;
    for (std::size_t i = 0; i < places.size(); ++i)
      order[places[i]] = old[moved[i]];
  }

  /// What a reform changes has no order, whatever kind of change it is.
  void shuffle_changes(std::vector<NodeId>& order) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const NodeKind kind = tree_.kind(order[i]);
      const bool change = kind == NodeKind::kSets || kind == NodeKind::kRepeals ||
                          kind == NodeKind::kAmends || kind == NodeKind::kDrops ||
                          kind == NodeKind::kAdds || kind == NodeKind::kOnTopOf ||
                          kind == NodeKind::kReformFrom;
      if (change) places.push_back(i);
    }
    put_in_order(order, places);
  }

  [[nodiscard]] std::string tokens(std::uint32_t from, std::uint32_t to) const {
    std::string text;
    for (std::uint32_t i = from; i < to; ++i)
      text += tree_.text_of(tree_.tokens[i]);
    return text;
  }

  const SyntaxTree& tree_;
  Random& random_;
};

/// Every module's declarations dealt out anew to as many files.
Texts shuffled(const Case& at, Random& random) {
  struct Module {
    std::string head;
    std::vector<std::string> declarations;
    std::size_t files = 0;
  };
  std::map<std::string, Module> modules;
  for (const SyntaxTree& tree : at.book->trees()) {
    const NodeId name = tree.child(tree.root(), NodeKind::kModuleDecl);
    Module& module = modules[name.valid() ? std::string(tree.text_of(name)) : std::string()];
    ++module.files;
    Shuffler shuffler(tree, random);
    for (const NodeId child : tree.children(tree.root())) {
      const bool declaration = tree.kind(child) == NodeKind::kDeclaration;
      if (declaration) module.declarations.push_back(shuffler.text_of(child));
      if (tree.kind(child) == NodeKind::kUseDecl &&
          module.head.find(tree.text_of(child)) == std::string::npos)
        module.head += std::string(tree.text_of(child)) + "\n";
    }
  }
  Texts texts;
  texts.divisions_file = at.texts.divisions_file;
  for (auto& [name, module] : modules) {
    random.shuffle(module.declarations);
    std::vector<std::string> files(module.files, name + "\n" + module.head);
    for (const std::string& declaration : module.declarations)
      files[random.below(files.size())] += declaration + "\n";
    for (const std::string& file : files)
      texts.files.push_back({"file" + std::to_string(texts.files.size()) + ".jz", file});
  }
  random.shuffle(texts.files);
  return texts;
}

/// The same thing asked of the other book and the household that was reordered.
std::optional<Asked> asked_there(const Case& at, const Book& other, const Asked& asked,
                                 const Reordered& reordered) {
  Asked there = asked;
  if (asked.question) {
    there.member = reordered.member[asked.member];
    for (std::uint32_t i = 0; i < other.program().services.size(); ++i) {
      if (other.program().services[i].name.en == at.book->program().services[asked.service].name.en)
        there.service = i;
    }
    return there;
  }
  const RootCall& root = at.book->roots()[asked.root];
  for (std::size_t i = 0; i < root.parameters.size(); ++i) {
    const value::Type& type = root.parameters[i];
    if (type.kind == value::TypeKind::kMember) {
      std::size_t member = 0;
      while ((asked.arguments[i].lo >> member & 1) == 0)
        ++member;
      there.arguments[i] = value::bits(std::int64_t{1} << reordered.member[member]);
    }
    if (type.kind == value::TypeKind::kPlace) {
      const auto& place =
          at.book->schema().places[static_cast<value::PlaceNode>(asked.arguments[i].lo)];
      there.arguments[i] =
          value::place_value(other.schema().places.by_name(place.name_en).front(), true);
    }
  }
  for (std::size_t i = 0; i < other.roots().size(); ++i) {
    const sema::Definition& definition = other.program()[other.roots()[i].definition];
    if (definition.for_choices || definition.name.en != at.book->program()[root.definition].name.en)
      continue;
    there.root = i;
    return there;
  }
  return std::nullopt;
}

}  // namespace

std::string any_order(Case& at) {
  Random random = at.random(2);
  const Texts texts = shuffled(at, random);
  const auto other = Book::read(texts);
  const auto shown = [&] {
    std::string all;
    for (const TextFile& file : texts.files)
      all += "--- " + file.name + "\n" + file.text;
    return all;
  };
  if (!other->accepted()) return "refused in another order: " + other->refusal() + "\n" + shown();
  if (const std::string before = breaches_text(*at.book), after = breaches_text(*other);
      before != after)
    return "other limits are exceeded in another order: " + before + "\n  and" + after + shown();
  const Household carried = carried_over(at.household, at.book->schema(), other->schema());
  const Reordered reordered = reorder(random, carried, other->schema());
  for (const Asked& asked : everything_to_ask(*at.book, at.household, at.date)) {
    // Of a score only the whole is asked: versions of a part share its name.
    if (!asked.question && at.book->program()[at.book->roots()[asked.root].definition].for_choices)
      continue;
    const auto there = asked_there(at, *other, asked, reordered);
    if (!there) return "a definition is missing in another order";
    const Reply one = reply_to(*at.book, at.household, at.date, asked, true);
    const Reply two = reply_to(*other, reordered.household, at.date, *there, true);
    const std::string before = canonical_reply(*at.book, at.household, one, nullptr);
    const std::string after = canonical_reply(*other, reordered.household, two, &reordered);
    if (before != after) {
      return asked_text(*at.book, at.household, asked) + ": another answer in another order\n    " +
             before + "\n    " + after + "\n" + shown() +
             scenario_text(reordered.household, other->schema(), at.date, "reordered");
    }
  }
  return {};
}

}  // namespace juzhu::generated
