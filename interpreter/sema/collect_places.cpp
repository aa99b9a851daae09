// First pass, divisions: those that rule files declare and those that tables name, put into one
// tree.
#include <algorithm>
#include <sstream>

#include "sema/checker.h"
#include "syntax/parse.h"

namespace juzhu::sema {

namespace {

std::optional<value::PlaceLevel> place_level(std::string_view word) {
  using value::PlaceLevel;
  struct Entry {
    std::string_view word;
    PlaceLevel level;
  };
  static constexpr Entry kWords[] = {
      {"nation", PlaceLevel::kNation},     {"国家", PlaceLevel::kNation},
      {"province", PlaceLevel::kProvince}, {"省", PlaceLevel::kProvince},
      {"city", PlaceLevel::kCity},         {"市", PlaceLevel::kCity},
      {"county", PlaceLevel::kCounty},     {"district", PlaceLevel::kCounty},
      {"县", PlaceLevel::kCounty},         {"区", PlaceLevel::kCounty},
      {"town", PlaceLevel::kTown},         {"镇", PlaceLevel::kTown},
      {"street", PlaceLevel::kTown},       {"街道", PlaceLevel::kTown},
      {"zone", PlaceLevel::kZone},         {"学区", PlaceLevel::kZone}};
  for (const Entry& entry : kWords) {
    if (entry.word == word) return entry.level;
  }
  return std::nullopt;
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == separator) {
      parts.emplace_back();
    } else if (c != '\r') {
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

void Checker::add_division(const File& file, NodeId node) {
  const SyntaxTree& tree = *file.tree;
  const Bilingual name = naming_of(file, tree.child(node, NodeKind::kNaming));
  value::Place place;
  place.declared = true;
  place.name_en = name.en;
  place.name_zh = name.zh;
  const std::string level = first_name(file, node);
  if (const auto known = place_level(level)) {
    place.level = *known;
  } else {
    sink_
        .report(diag::Code::kUnknownName, tree.span(node),
                say("no kind of division called `{}`", "没有名为 `{}` 的区划层级", level),
                say("not known", "未知"))
        .helps.emplace_back(
            say("write nation, province, city, county, district, town, street or zone",
                "写 国家、省、市、县、区、镇、街道 或 学区"));
  }
  if (const NodeId path = tree.child(node, NodeKind::kPath); path.valid())
    place.parent = place_of(file, path);
  if (const syntax::Token* code = tree.token(node, TokenKind::kSTRING)) {
    place.code = syntax::string_of(tree.text_of(*code));
  }
  for (const value::PlaceNode other : schema_->places.by_name(name.in(false), place.parent)) {
    if (schema_->places[other].parent == place.parent) {
      const bool repeats = schema_->places[other].level == place.level;
      if (repeats && (place.code.empty() || place.code == schema_->places[other].code))
        return;  // said again
      sink_
          .report(diag::Code::kDuplicatePlace, tree.span(tree.child(node, NodeKind::kNaming)),
                  say("the division `{}` is in the tree already, with another level or code",
                      "区划 `{}` 已在区划树中，但层级或代码不同", name),
                  say("declared again", "再次声明"))
          .helps.emplace_back(
              say("leave it out, or say it as the tree has it", "删去，或按区划树的写法写"));
      return;
    }
  }
  schema_->places.add(std::move(place));
}

void Checker::load_divisions(const File& file, NodeId node) {
  const syntax::Token* token = file.tree->token(node, TokenKind::kSTRING);
  if (token == nullptr) return;
  const std::string path = syntax::string_of(file.tree->text_of(*token));
  const auto text = input_.read ? input_.read(file.tree->file, path) : std::nullopt;
  if (!text) {
    sink_
        .report(diag::Code::kMissingFile, file.tree->span(*token),
                say("cannot read `{}`", "无法读取 `{}`", path),
                say("no such file beside this one", "本文件旁没有此文件"))
        .helps.emplace_back(say("give the path from the folder of this rule file",
                                "路径从本规则文件所在的文件夹算起"));
    return;
  }
  // Columns as stdlib/places/README.md states them; no quotes are needed in this file of ours.
  std::istringstream lines(*text);
  std::string line;
  std::uint32_t number = 0;
  while (std::getline(lines, line)) {
    if (++number == 1 || line.empty()) continue;
    const std::vector<std::string> cells = split(line, ',');
    const auto level = cells.size() >= 6 ? place_level(cells[4]) : std::nullopt;
    if (!level) {
      diag::DataPlace place{path, number, "", line};
      sink_.report_data(diag::Code::kBadCsv, place,
                        say("a division needs `code,name_zh,short_zh,name_en,level,parent` in this "
                            "order, its level one of nation, province, city, county, town, zone",
                            "区划须依次写明 `code,name_zh,short_zh,name_en,level,parent`，其中 "
                            "level 为 nation、province、city、county、town、zone 之一"));
      return;
    }
    value::Place place;
    place.code = cells[0];
    place.name_zh = cells[2];
    place.name_en = cells[3];
    place.level = *level;
    const auto parent = schema_->places.by_code(cells[5]);
    if (!parent && !cells[5].empty()) {
      diag::DataPlace where{path, number, "parent", cells[5]};
      sink_
          .report_data(diag::Code::kBadCsv, where,
                       say("no division above has this code", "上文没有此代码的区划"))
          .helps.emplace_back(say("put wider divisions before those that lie in them",
                                  "较大的区划应写在其下辖区划之前"));
      return;
    }
    place.parent = parent.value_or(value::kRootPlace);
    if (cells[1] != cells[2]) place.aliases.push_back(cells[1]);
    if (cells.size() > 6 && !cells[6].empty()) {
      for (std::string& alias : split(cells[6], ';'))
        place.aliases.push_back(std::move(alias));
    }
    schema_->places.add(std::move(place));
  }
}

void Checker::collect_divisions() {
  each_declaration(NodeKind::kDivisionsDecl,
                   [&](const File& file, NodeId node) { load_divisions(file, node); });
  // A division may lie in one that is declared later or elsewhere: wider ones first.
  std::vector<std::pair<int, std::pair<const File*, NodeId>>> order;
  for (const File& file : files_) {
    for (const NodeId declaration :
         file.tree->children(file.tree->root(), NodeKind::kDeclaration)) {
      for (const NodeId node : file.tree->children(declaration, NodeKind::kDivisionDecl)) {
        const auto level = place_level(first_name(file, node));
        order.push_back({level ? static_cast<int>(*level) : 0, {&file, node}});
      }
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<value::PlaceNode> added;
  for (const auto& [level, where] : order) {
    const auto next = static_cast<value::PlaceNode>(schema_->places.size());
    add_division(*where.first, where.second);
    added.push_back(schema_->places.size() > next ? next : value::kRootPlace);
  }
  // Where one lies may have been clear only until a namesake came: the order of lines says nothing.
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& [file, node] = order[i].second;
    const NodeId path = file->tree->child(node, NodeKind::kPath);
    if (!path.valid() || added[i] == value::kRootPlace) continue;
    const std::vector<std::string> names = path_names(*file, path);
    std::vector<value::PlaceNode> candidates;
    (void)schema_->places.by_path(names, &candidates);
    std::erase(candidates, added[i]);
    if (candidates.size() > 1) report_place(*file, file->tree->span(path), names, candidates);
  }
}

}  // namespace juzhu::sema
