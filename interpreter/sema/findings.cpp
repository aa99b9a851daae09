// Last pass: what can be said of the rulebook as a whole before anything runs (semantics.md 5.1, 5.2): cycles, two
// versions for one place and day, rules that go before each other in a circle, narrowings of nothing, uncited rules,
// holes of parameters, possible conflicts.
#include <algorithm>

#include "sema/checker.h"
#include "value/date.h"

namespace juzhu::sema {

using ops::Operation;

namespace {

bool times_meet(const Extent& left, const Extent& right) {
  return std::max(left.from, right.from) <= std::min(left.to, right.to);
}

/// Do the places of two extents share a place? No places: everywhere.
bool places_meet(const Extent& left, const Extent& right, const value::PlaceTree& places) {
  if (left.places.empty() || right.places.empty()) return true;
  for (const PlaceNode a : left.places) {
    for (const PlaceNode b : right.places) {
      if (places.within(a, b) || places.within(b, a)) return true;
    }
  }
  return false;
}

bool strictly_inside(const Extent& inner, const Extent& outer, const value::PlaceTree& places) {
  if (inner.places.empty()) return false;
  if (outer.places.empty()) return true;
  for (const PlaceNode a : inner.places) {
    bool inside = false;
    for (const PlaceNode b : outer.places) inside = inside || (a != b && places.within(a, b));
    if (!inside) return false;
  }
  return true;
}

bool same_places(const Extent& left, const Extent& right) {
  std::vector<PlaceNode> a = left.places;
  std::vector<PlaceNode> b = right.places;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// One version of a rule as the order of rules sees it.
struct Node {
  RuleId rule;
  const RuleVersion* version;
};

bool overrides(const Node& left, const Node& right) {
  return std::find(left.version->overrides.begin(), left.version->overrides.end(), right.rule) !=
         left.version->overrides.end();
}

/// Does the first line of semantics.md 5.2 that orders the pair put left before right?
bool goes_before(const Node& left, const Node& right, const value::PlaceTree& places) {
  const bool stated = overrides(left, right);
  if (stated || overrides(right, left)) return stated;
  const Extent& a = left.version->extent;
  const Extent& b = right.version->extent;
  const bool inside = strictly_inside(a, b, places);
  if (inside || strictly_inside(b, a, places)) return inside;
  if (!same_places(a, b)) return false;
  if (left.version->gate != right.version->gate) return right.version->gate;
  return left.version->level == right.version->level && a.from > b.from;
}

bool meet(const Node& left, const Node& right, const value::PlaceTree& places) {
  return times_meet(left.version->extent, right.version->extent) &&
         places_meet(left.version->extent, right.version->extent, places);
}

}  // namespace

void Checker::find_cycles() {
  // Nodes: definitions, then services. An edge for each name that a body reads.
  const std::size_t definitions = program_.definitions.size();
  std::vector<std::vector<std::size_t>> edges(definitions + program_.services.size());
  const auto read_by = [&](ExprId root, std::vector<std::size_t>& into) {
    std::vector<ExprId> open{root};
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      if (!id.valid()) continue;
      const Expr& expr = at(id);
      if (expr.operation == Operation::kCall) into.push_back(expr.a);
      if (expr.operation == Operation::kQuestion) into.push_back(definitions + expr.a);
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
    }
  };
  for (std::size_t i = 0; i < definitions; ++i) {
    for (const DefinitionVersion& version : program_.definitions[i].versions) read_by(version.body, edges[i]);
  }
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      std::vector<std::size_t> read;
      read_by(version.concerns, read);
      read_by(version.condition, read);
      std::vector<ServiceId> services = version.grants;
      services.insert(services.end(), version.denies.begin(), version.denies.end());
      for (const RuleId narrowed : version.narrows) {
        for (const RuleVersion& other : program_[narrowed].versions) {
          services.insert(services.end(), other.grants.begin(), other.grants.end());
        }
      }
      for (const ServiceId service : services) {
        std::vector<std::size_t>& into = edges[definitions + service.index];
        into.insert(into.end(), read.begin(), read.end());
      }
    }
  }
  const auto name_of = [&](std::size_t node) {
    return node < definitions ? program_.definitions[node].name.in(false)
                              : program_.services[node - definitions].name.in(false);
  };
  const auto span_of = [&](std::size_t node) {
    if (node >= definitions) return program_.services[node - definitions].name_span;
    const std::vector<DefinitionVersion>& versions = program_.definitions[node].versions;
    return versions.empty() ? Span{} : versions.front().name_span;
  };
  std::vector<char> state(edges.size(), 0);
  std::vector<std::size_t> depth(edges.size(), 0);  // of what stands under a node, itself included
  for (std::size_t start = 0; start < edges.size(); ++start) {
    std::vector<std::pair<std::size_t, std::size_t>> path;
    if (state[start] == 0) path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [node, next] = path.back();
      state[node] = 1;
      if (next == edges[node].size()) {
        state[node] = 2;
        for (const std::size_t under : edges[node]) depth[node] = std::max(depth[node], depth[under]);
        if (++depth[node] > kDefinitionNesting) report_deep_definitions(span_of(node));
        path.pop_back();
        continue;
      }
      const std::size_t target = edges[node][next++];
      if (state[target] == 0) path.emplace_back(target, 0);
      if (state[target] != 1) continue;
      std::vector<std::size_t> circle;
      for (const auto& [each, position] : path) {
        if (!circle.empty() || each == target) circle.push_back(each);
      }
      circle.push_back(target);
      report_circle(diag::Code::kCycle, "these need each other in a circle: ", "needs ", circle, name_of, span_of)
          .helps.push_back("let one of them stand on facts alone");
    }
  }
}

diag::Diagnostic& Checker::report_circle(diag::Code code, std::string message, const std::string& relation,
                                         const std::vector<std::size_t>& circle,
                                         const std::function<std::string(std::size_t)>& name_of,
                                         const std::function<Span(std::size_t)>& span_of) {
  // The first is named again as the last. A long circle is shown by its first members.
  constexpr std::size_t kMostShown = 8;
  const std::size_t shown = std::min(circle.size() - 1, kMostShown);
  for (std::size_t i = 0; i < shown; ++i) message += name_of(circle[i]) + ", ";
  if (shown < circle.size() - 1) message += "…, ";
  message += name_of(circle.back());
  const auto label = [&](std::size_t i) { return relation + "`" + name_of(circle[i + 1]) + "`"; };
  diag::Diagnostic& diagnostic = sink_.report(code, span_of(circle.front()), message, label(0));
  for (std::size_t i = 1; i < shown; ++i) diagnostic.labels.push_back({span_of(circle[i]), label(i)});
  return diagnostic;
}

void Checker::report_deep_definitions(Span span) {
  if (told_depth_) return;
  told_depth_ = true;
  sink_.report(diag::Code::kNestingTooDeep, span, "definitions stand on one another more than " +
               std::to_string(kDefinitionNesting) + " deep", "one too deep")
      .helps.push_back("write some of them as one: a sum, a list or a table has no such limit");
}

void Checker::find_duplicate_versions() {
  const auto twice = [&](const Bilingual& name, Span first, Span second) {
    diag::Diagnostic& diagnostic = sink_.report(diag::Code::kDuplicateVersion, second, "`" + name.in(false) +
                                                "` has two versions for one place and start", "second version");
    diagnostic.labels.push_back({first, "first version"});
    diagnostic.helps.push_back("give one of them another start or place, or leave it out");
  };
  const auto check_all = [&](const auto& items) {
    for (const auto& item : items) {
      for (std::size_t i = 0; i < item.versions.size(); ++i) {
        for (std::size_t j = i + 1; j < item.versions.size(); ++j) {
          const auto& left = item.versions[i];
          const auto& right = item.versions[j];
          if (same_places(left.extent, right.extent) && left.extent.from == right.extent.from) {
            twice(item.name, left.name_span, right.name_span);
          }
        }
      }
    }
  };
  check_all(program_.rules);
  check_all(program_.definitions);
  for (const Parameter& parameter : program_.parameters) {
    for (std::size_t i = 1; i < parameter.versions.size(); ++i) {
      const ParameterVersion& left = parameter.versions[i - 1];
      const ParameterVersion& right = parameter.versions[i];
      if (left.place == right.place && left.from == right.from) twice(parameter.name, left.span, right.span);
    }
  }
}

void Checker::find_order_cycles() {
  std::vector<Node> nodes;
  for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
    for (const RuleVersion& version : program_.rules[rule].versions) nodes.push_back({RuleId{rule}, &version});
  }
  const auto same_question = [](const RuleVersion& left, const RuleVersion& right) {
    for (const auto* a : {&left.grants, &left.denies}) {
      for (const ServiceId service : *a) {
        for (const auto* b : {&right.grants, &right.denies}) {
          if (std::find(b->begin(), b->end(), service) != b->end()) return true;
        }
      }
    }
    return false;
  };
  std::vector<std::vector<std::size_t>> edges(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < nodes.size(); ++j) {
      if (i == j || !same_question(*nodes[i].version, *nodes[j].version)) continue;
      if (!meet(nodes[i], nodes[j], schema_->places)) continue;
      const bool both = overrides(nodes[i], nodes[j]) && overrides(nodes[j], nodes[i]);
      if (both || goes_before(nodes[i], nodes[j], schema_->places)) edges[i].push_back(j);
    }
  }
  std::vector<char> state(nodes.size(), 0);
  std::vector<std::size_t> path;
  const std::function<bool(std::size_t)> visit = [&](std::size_t node) {
    state[node] = 1;
    path.push_back(node);
    for (const std::size_t target : edges[node]) {
      if (state[target] == 1) {
        std::vector<std::size_t> circle(std::find(path.begin(), path.end(), target), path.end());
        circle.push_back(target);
        report_circle(diag::Code::kOrderCycle, "these rules go before each other in a circle: ", "goes before ", circle,
                      [&](std::size_t each) { return program_[nodes[each].rule].name.in(false); },
                      [&](std::size_t each) { return nodes[each].version->name_span; })
            .helps.push_back("take out one `overrides`");
        return true;
      }
      if (state[target] == 0 && visit(target)) return true;
    }
    path.pop_back();
    state[node] = 2;
    return false;
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (state[i] == 0 && visit(i)) return;
  }
}

void Checker::find_unordered_conflicts() {
  for (std::uint32_t service = 0; service < program_.services.size(); ++service) {
    std::vector<Node> granting;
    std::vector<Node> denying;
    for (std::uint32_t rule = 0; rule < program_.rules.size(); ++rule) {
      for (const RuleVersion& version : program_.rules[rule].versions) {
        const auto has = [&](const std::vector<ServiceId>& list) {
          return std::find(list.begin(), list.end(), ServiceId{service}) != list.end();
        };
        if (has(version.grants)) granting.push_back({RuleId{rule}, &version});
        if (has(version.denies)) denying.push_back({RuleId{rule}, &version});
      }
    }
    for (const Node& grant : granting) {
      for (const Node& deny : denying) {
        if (!meet(grant, deny, schema_->places)) continue;
        if (goes_before(grant, deny, schema_->places) || goes_before(deny, grant, schema_->places)) continue;
        if (overrides(grant, deny) || overrides(deny, grant)) continue;
        // Shown to happen only if neither asks anything of the child.
        const bool sure = !grant.version->condition.valid() && !deny.version->condition.valid() &&
                          !grant.version->concerns.valid() && !deny.version->concerns.valid();
        diag::Diagnostic& diagnostic = sink_.report_as(
            sure ? diag::Severity::kError : diag::Severity::kWarning, diag::Code::kUnorderedConflict, deny.version->name_span,
            "`" + program_[grant.rule].name.in(false) + "` grants and `" + program_[deny.rule].name.in(false) +
                "` denies `" + program_.services[service].name.in(false) + "`, and neither goes first",
            "denies here");
        diagnostic.labels.push_back({grant.version->name_span, "grants here"});
        diagnostic.helps.push_back("say which one stands: add `overrides " + program_[grant.rule].name.in(false) +
                                   "` to the denial, or the other way round");
      }
    }
  }
}

void Checker::find_uncited() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      if (!version.remarks.cites.empty()) continue;
      sink_.report(diag::Code::kMissingCitation, version.name_span,
                   "the rule `" + rule.name.in(false) + "` cites nothing", "rests on no text")
          .helps.push_back("add `cites SOURCE art N`");
    }
  }
  for (const Parameter& parameter : program_.parameters) {
    for (const ParameterVersion& version : parameter.versions) {
      if (!version.remarks.cites.empty() || version.remarks.confidence) continue;
      sink_.report(diag::Code::kMissingCitation, version.span,
                   "this value of `" + parameter.name.in(false) + "` cites nothing", "rests on no text")
          .helps.push_back("add `cites SOURCE art N`, or `confidence …` for what was not seen");
    }
  }
}

void Checker::find_empty_narrowings() {
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      for (const RuleId narrowed : version.narrows) {
        const Rule& other = program_[narrowed];
        const bool any = std::any_of(other.versions.begin(), other.versions.end(), [&](const RuleVersion& each) {
          return !each.grants.empty() && times_meet(version.extent, each.extent) &&
                 places_meet(version.extent, each.extent, schema_->places);
        });
        if (any) continue;
        sink_.report(diag::Code::kNarrowsNothing, version.name_span, "`" + rule.name.in(false) + "` narrows `" +
                     other.name.in(false) + "`, which grants nothing where and while it holds", "narrows nothing")
            .helps.push_back("check the places and dates of both");
      }
    }
  }
}

void Checker::find_holes() {
  // A rule that reads a parameter where no value is in force: a hole in time or place.
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      std::vector<ExprId> open{version.concerns, version.condition};
      std::set<std::uint32_t> seen_definitions;
      std::set<std::uint32_t> seen_parameters;
      while (!open.empty()) {
        const ExprId id = open.back();
        open.pop_back();
        if (!id.valid()) continue;
        const Expr& expr = at(id);
        open.insert(open.end(), expr.operands.begin(), expr.operands.end());
        if (expr.operation == Operation::kCall && seen_definitions.insert(expr.a).second) {
          const Definition& called = program_.definitions[expr.a];
          bool covered = false;
          for (const DefinitionVersion& each : called.versions) {
            if (!times_meet(each.extent, version.extent)) continue;
            if (!places_meet(each.extent, version.extent, schema_->places)) continue;
            covered = true;
            open.push_back(each.body);
          }
          if (!covered) {
            diag::Diagnostic& diagnostic =
                sink_.report(diag::Code::kNoVersionInForce, expr.span, "no version of `" + called.name.in(false) +
                             "` is in force where and while `" + rule.name.in(false) + "` holds", "read here");
            diagnostic.helps.push_back("add a version for this place and time");
          }
        }
        if (expr.operation == Operation::kParameter && expr.b == 0 && seen_parameters.insert(expr.a).second) {
          find_parameter_hole(rule, version, expr);
        }
      }
    }
  }
}

void Checker::find_parameter_hole(const Rule& rule, const RuleVersion& version, const Expr& read) {
  const Parameter& parameter = program_.parameters[read.a];
  std::vector<PlaceNode> places = version.extent.places;
  const std::vector<PlaceNode>& top = schema_->places[value::kRootPlace].children;
  // Everywhere is the nation, where the tree has one at its top.
  const PlaceNode everywhere = top.size() == 1 ? top.front() : value::kRootPlace;
  if (places.empty()) places.push_back(everywhere);
  std::string holes;
  for (const PlaceNode place : places) {
    // Days that values in force at the place (or around it) cover, from the rule's first day on.
    std::int64_t covered = version.extent.from - 1;
    std::int64_t first = value::kLastDate;
    bool grew = true;
    while (grew && covered < version.extent.to) {
      grew = false;
      for (const ParameterVersion& each : parameter.versions) {
        if (!schema_->places.within(place, each.place)) continue;
        first = std::min(first, each.from);
        if (each.from <= covered + 1 && each.to > covered) {
          covered = each.to;
          grew = true;
        }
      }
    }
    if (covered >= version.extent.to) continue;
    std::string hole = place == everywhere ? " for every place" : " at " + schema_->places.path_en(place);
    if (covered + 1 > value::kFirstDate) {
      hole += " from " + value::date_text(covered + 1);
    } else if (first > value::kFirstDate && first < value::kLastDate) {
      hole += " before " + value::date_text(first);
    }
    holes += (holes.empty() ? "" : " nor") + hole;
  }
  if (holes.empty()) return;
  sink_.report(diag::Code::kParameterHole, read.span, "`" + parameter.name.in(false) + "` has no value" + holes +
               ", where `" + rule.name.in(false) + "` reads it", "read here")
      .helps.push_back("add `at … from …: value` to the parameter, or limit the rule");
}

void Checker::finish_program() {
  std::set<PlaceNode> places;
  const auto add = [&](const Extent& extent) { places.insert(extent.places.begin(), extent.places.end()); };
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) add(version.extent);
  }
  for (const Definition& definition : program_.definitions) {
    for (const DefinitionVersion& version : definition.versions) add(version.extent);
  }
  for (const Parameter& parameter : program_.parameters) {
    for (const ParameterVersion& version : parameter.versions) places.insert(version.place);
  }
  for (const Expr& expr : program_.exprs) {
    if (expr.operation != Operation::kConstant || expr.type.kind != value::TypeKind::kPlace) continue;
    places.insert(static_cast<PlaceNode>(program_.constants[expr.a].lo));
  }
  places.erase(value::kRootPlace);
  program_.declared_places.assign(places.begin(), places.end());
  program_.subjects.assign(program_.services.size(), EntityId{std::size_t{1}});
  for (const Rule& rule : program_.rules) {
    for (const RuleVersion& version : rule.versions) {
      for (const ServiceId service : version.grants) program_.subjects[service.index] = rule.subject.entity;
    }
  }
  for (std::size_t role = 0; role < role_tests_.size(); ++role) {
    program_.roles.push_back(role_tests_[role]);
  }
}

std::optional<Program> Checker::run() {
  collect_modules();
  collect_units();
  collect_choices();
  collect_divisions();
  collect_entities();
  collect_spells();
  const auto add_facts = [&](NodeKind kind) {
    each_declaration(kind, [&](const File& file, NodeId node) {
      const Bilingual name = naming_of(file, file.tree->child(node, NodeKind::kNaming));
      if (kind == NodeKind::kEntityDecl) {
        if (const auto entity = schema_->entity(name.in(false))) collect_facts(file, node, *entity, ListId{});
        return;
      }
      for (std::uint32_t list = 0; list < schema_->lists.size(); ++list) {
        if (schema_->lists[list].row_name.is(name.in(false))) collect_facts(file, node, EntityId{}, ListId{list});
      }
    });
  };
  add_facts(NodeKind::kEntityDecl);
  add_facts(NodeKind::kSpellsDecl);
  if (schema_->entities.size() < 2) {
    value::Entity person;
    person.name = {"person", "人"};
    person.owner = EntityId{std::size_t{0}};
    schema_->entities.push_back(person);
  }
  collect_roles();
  collect_sources();
  collect_services();
  collect_parameters();
  collect_definitions();
  collect_rules();
  check_parameters();
  check_definitions();
  check_rules();
  program_.schema = schema_;
  if (!sink_.has_errors()) {
    find_cycles();
    find_duplicate_versions();
    find_order_cycles();
    find_empty_narrowings();
    find_unordered_conflicts();
    if (input_.lint) {
      find_uncited();
      find_holes();
    }
  }
  collect_scenarios();
  finish_program();
  if (sink_.has_errors()) return std::nullopt;
  return std::move(program_);
}

std::optional<Program> check(const CheckInput& input, diag::Sink& sink) { return Checker(input, sink).run(); }

Confidence effective_confidence(const Program& program, const Remarks& remarks) {
  if (remarks.confidence) return *remarks.confidence;
  Confidence least = Confidence::kOfficial;
  for (const Citation& citation : remarks.cites) {
    least = std::max(least, program[citation.source].remarks.confidence.value_or(Confidence::kSecondary));
  }
  return remarks.cites.empty() ? Confidence::kOfficial : least;
}

bool is_marked(const Program& program, const Remarks& remarks) {
  return effective_confidence(program, remarks) >= Confidence::kRecalled || !remarks.vague.empty() ||
         !remarks.not_encoded.empty();
}

}  // namespace juzhu::sema
