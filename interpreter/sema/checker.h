// The inside of check(): one object that walks the trees in passes (vocabulary, headers, bodies,
// scenarios, findings) and fills a Program. Not seen outside this room.
//
// Names. One name may be declared in several files: entities are added to, parameters, definitions
// and rules get another version. A name is seen from a module if the module, or one it uses
// (through any number of steps), declares it. Property names (after 's) are looked up by the type
// they are asked of.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ops/number.h"
#include "sema/check.h"
#include "sema/condition_boxes.h"
#include "sema/reforms.h"
#include "sema/table_proof.h"

namespace juzhu::sema {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::SyntaxTree;
using syntax::TokenKind;
using value::EntityId;
using value::FactId;
using value::ListId;

enum class SymbolKind : std::uint8_t {
  kUnit,
  kChoice,
  kEntity,
  kRole,
  kRowName,
  kEachName,
  kSource,
  kService,
  kParameter,
  kDefinition,
  kRule,
  kReform,
  kScenario,
  kLimit,
  kProperty,
};

/// What a word can be that names something which runs over members or rows.
inline constexpr std::initializer_list<SymbolKind> kNouns = {
    SymbolKind::kRole, SymbolKind::kEntity, SymbolKind::kEachName, SymbolKind::kRowName};

/// What a name stands for. `index` is the index in the store of its kind (kRole: the definition
/// that tests it).
struct Symbol {
  SymbolKind kind;
  std::uint32_t index;
  std::set<std::uint32_t> modules;  ///< modules that declare it
  Span span;
};

/// A file and the module it belongs to.
struct File {
  const SyntaxTree* tree;
  std::uint32_t module;
};

/// A declaration's node with its file, kept from the first pass to the later ones.
struct Place {
  const File* file = nullptr;
  NodeId node;
  ReformId reform;  ///< that adds it; not valid: the text itself
};

/// The heading of a table, and one of its rows: a cell that is not valid asks nothing.
struct TableHead {
  ops::HitPolicy policy;
  std::vector<ExprId> columns;
};
struct TableRow {
  std::vector<ExprId> cells;
  ExprId status;
  ExprId value;
};

/// A table that was checked: its expression, headers, and the cells and spans of its rows.
struct CheckedTable {
  ExprId table;
  ops::HitPolicy policy;
  std::vector<ExprId> headers;
  std::vector<std::vector<ExprId>> cells;
  std::vector<ExprId> rows;  ///< the status of each
};

/// The components of a score's version that its other components may read by name, checked when
/// they are first read.
class ScoreParts;

/// A variable in scope, innermost last.
struct Scope {
  std::vector<LocalId> locals;
  const File* file = nullptr;
  ops::Counting counting = ops::Counting::kCivilCode;
  bool scenario = false;        ///< names of members are known
  ScoreParts* score = nullptr;  ///< inside a component of a score
};

/// How deep definitions and services may stand on one another (semantics.md 9): every later stage
/// may nest as deep.
inline constexpr std::size_t kDefinitionNesting = 64;

/// How many bodies may wait for one another while they are checked; in a circle that is reported
/// later.
inline constexpr std::size_t kWaitingDefinitions = 16;

/// The year that a literal names where a date is wanted: 2018, or 2018年 (read as a number of
/// years).
std::optional<int> year_of_literal(const Type& found, std::int64_t number);

/// The single node below `node` of a kind, looking through wrappers with one child.
NodeId unwrap(const SyntaxTree& tree, NodeId node, NodeKind kind);

/// A level of norms by its word in either tongue.
std::optional<ops::Level> level_of_word(std::string_view word);

class Checker {
  friend class ScoreParts;

 public:
  Checker(const CheckInput& input, diag::Sink& sink);
  std::optional<Program> run();

 private:
  // ---- collect.cpp: modules and vocabulary
  void collect_modules();
  void each_declaration(NodeKind kind, const std::function<void(const File&, NodeId)>& visit);
  void collect_units();
  void collect_choices();
  void collect_divisions();
  void add_division(const File& file, NodeId node);
  void load_divisions(const File& file, NodeId node);
  void collect_entities();
  void collect_spells();
  void collect_roles();
  void collect_all_facts();
  void collect_facts(const File& file, NodeId node, EntityId entity, ListId list);
  void add_fact(const File& file, NodeId node, EntityId entity, ListId list);
  void set_domain(const File& file, NodeId node, value::Fact& fact);

  // ---- headers.cpp: sources, services, parameters, definitions, rules
  void collect_sources();
  void collect_services();
  void collect_parameters();
  void collect_definitions();
  void add_definition(const File& file, NodeId node);
  bool definition_head(const File& file, NodeId node, Definition& definition,
                       std::string& subject_key);
  std::optional<Type> definition_subject(const File& file, const syntax::Token& noun);
  bool add_with(const File& file, NodeId with, Definition& definition);
  DefinitionId declared_definition(const Definition& definition, const std::string& subject_key);
  void collect_rules();
  void declare_rule(const File& file, NodeId node);

  // ---- scores.cpp: scores as definitions; what stands in a version is in score_parts.h
  void collect_scores();
  void declare_score(const File& file, NodeId node);
  std::optional<ScoreId> score_named(const Type& subject, const Declared& declared);
  void add_score_versions(ScoreId id);
  DefinitionId score_definition(ScoreId id, const Bilingual& name, const Type& type, Span span);
  void check_score(ScoreId id);
  /// The type of a part in all versions; reports where they do not go together.
  void settle_part(ScoreId id, DefinitionId part);
  /// A part of a score, if the subject is one; else not valid and nothing pending.
  std::optional<ExprId> score_property(ExprId subject, std::string_view name, Span span,
                                       struct Pending& pending);
  /// A number where points are wanted; a bare number is points.
  ExprId as_points(ExprId expr, const Bilingual& what);
  /// The same for one of several values that must go together.
  ExprId points_if_wanted(ExprId expr, const Type* want);

  // ---- bodies.cpp
  void check_parameters();
  void check_parameter(const Place& place, ParameterId id);
  void widen(Value& value, int scale, int wanted, Span span);
  void check_definitions();
  void check_definition(DefinitionId id);
  /// The definitions whose names stand in a definition, its own among them.
  std::vector<DefinitionId> named_in(DefinitionId id) const;
  void check_rules();
  bool rule_subject(const Place& place, Scope& scope, RuleVersion& rule, Type& subject);
  /// The noun and the `where` of a clause such as `for each child where …`.
  bool bind_subject(const syntax::Token& word, NodeId clause, Scope& scope, RuleVersion& rule,
                    Type& subject);
  ExprId rule_condition(const Scope& scope, NodeId rule);
  void rule_effects(const Place& place, RuleVersion& rule, bool may_lack_effect = false);
  /// The `and` of conditions; not valid if there are none.
  ExprId joined(const std::vector<ExprId>& conditions, Span span);
  void check_rule(const Place& place, RuleId id);
  ExprId role_condition(const Type& subject, std::uint32_t role, LocalId local, Span span);

  // ---- reform_declarations.cpp
  void name_reforms();
  void collect_reforms();
  void fill_reform(const Place& place, ReformId id);
  void report_circle_of_reforms();
  void check_added(const File& file, NodeId adds);
  void check_sets();
  void check_reforms();
  void add_change(const Place& place, ReformId id, NodeId node);
  std::optional<Change> change_head(const Place& place, NodeId node,
                                    std::initializer_list<SymbolKind> kinds, const Bilingual& what);
  void add_set(const Place& place, ReformId id, NodeId node);
  /// Whether an amended allocation is amended in what a list has; reports what it has not.
  bool amends_list(const Place& place, NodeId node, const Rule& rule);
  void check_amendment(const Place& place, NodeId node, Change& change);
  std::vector<LocalId> subjects_of_rule(const Rule& rule) const;
  ReformId reform_named(const Scope& scope, const std::vector<NodeId>& suffixes);
  ExprId under_reform(const Scope& scope, const std::vector<NodeId>& suffixes, ExprId expr);

  // ---- find_reforms.cpp
  void make_stacks();
  void report_idle(ReformId id, const Stack& stack);
  void find_clashes(ReformId id);
  void report_clash(Span at, Bilingual message, Span one, Span other);
  void find_repealed_reads(ReformId id);
  void find_repealed_read(ReformId id, const Change& repeal, std::uint32_t below,
                          std::uint32_t stack);
  [[nodiscard]] Bilingual reforms_text(std::uint32_t stack) const;

  // ---- allocations.cpp
  void check_allocation(const Place& place, RuleId id, Scope& scope, RuleVersion rule);
  NodeId only_clause(const Place& place, NodeKind kind, const Bilingual& word);
  bool allocation_head(const Place& place, Scope& scope, RuleVersion& rule, Type& subject);
  void allocation_seats(const Place& place, const Scope& scope, Allocation& allocation);
  void allocation_wishes(const Place& place, const Scope& scope, Allocation& allocation);
  void allocation_keys(const Place& place, const Scope& scope, Allocation& allocation);
  void allocation_ties(const Place& place, Span name, Allocation& allocation);
  void allocation_reserves(const Place& place, const Scope& scope, const Type& subject,
                           Allocation& allocation);

  // ---- remarks.cpp
  Remarks remarks_of(const File& file, NodeId node);
  void add_remark(const File& file, NodeId remark, Remarks& into);
  Citation citation_of(const File& file, NodeId node);
  std::optional<ops::Counting> counting_of(const File& file, NodeId node, std::string_view name);
  Extent extent_of(const File& file, NodeId declaration, const Remarks& remarks);
  std::pair<std::int64_t, bool> day_of(const File& file, NodeId day, bool end);
  ops::Level level_of(const Remarks& remarks) const;

  // ---- names.cpp
  std::string name_text(const File& file, const syntax::Token& token) const;
  std::string first_name(const File& file, NodeId node) const;
  std::vector<std::string> path_names(const File& file, NodeId path) const;
  Bilingual naming_of(const File& file, NodeId naming) const;
  Bilingual text_of(const File& file, NodeId parent) const;
  void collect_spellings();
  static NodeKind spelling_kind(NodeKind kind);
  /// A name with its spelling in the other tongue, if some declaration of its kind gives both.
  Bilingual complete(Bilingual name, NodeKind kind) const;
  static bool is_chinese(std::string_view text);
  /// A help whose words to choose from are those of the tongue that the author wrote one in.
  static const Bilingual& in_tongue_of(std::string_view word, const Bilingual& en,
                                       const Bilingual& zh);
  /// A name said again may bring the spelling of the other tongue.
  static void add_spelling(Bilingual& known, const Bilingual& more);
  void declare(const Bilingual& name, Symbol symbol);
  const Symbol* find(const File& file, std::string_view name,
                     std::initializer_list<SymbolKind> kinds) const;
  bool visible(const Symbol& symbol, std::uint32_t module) const;
  const Symbol* need(const File& file, const syntax::Token& token,
                     std::initializer_list<SymbolKind> kinds, const Bilingual& what);
  /// How to bring a module's names here.
  Bilingual use_help(std::uint32_t module) const;
  void unknown_name(const File& file, Span span, std::string_view name, const Bilingual& what,
                    const std::vector<std::string>& candidates);
  std::vector<std::string> names_of_kind(std::initializer_list<SymbolKind> kinds) const;
  value::PlaceNode place_of(const File& file, NodeId path);
  void report_place(const File& file, Span span, const std::vector<std::string>& names,
                    const std::vector<value::PlaceNode>& candidates);
  std::optional<Type> noun_type(const File& file, const syntax::Token& token,
                                std::uint32_t* role = nullptr);
  Type type_of(const File& file, NodeId node);
  std::optional<Type> named_type(const File& file, std::string_view name);
  Declared declared_of(const File& file, NodeId node);

  // ---- expressions: check_*.cpp. `want` guides names of options and bare numbers; it is not
  // enforced here.
  ExprId check(const Scope& scope, NodeId node, const Type* want = nullptr);
  ExprId check_condition(const Scope& scope, NodeId node);
  ExprId require_condition(const Scope& scope, ExprId expr);
  ExprId check_logic(const Scope& scope, NodeId node, const Type* want);
  ExprId check_list(const Scope& scope, NodeId node);
  ExprId check_if(const Scope& scope, NodeId node, const Type* want);
  ExprId check_comparison(const Scope& scope, NodeId node, const Type* want);
  ExprId check_is(const Scope& scope, ExprId left, NodeId tail, Span span);
  ExprId check_relation(const Scope& scope, ExprId left, NodeId relation, Span span);
  ExprId check_has(const Scope& scope, ExprId left, NodeId tail, Span span);
  ExprId equal(const Scope& scope, ExprId left, ExprId right, Span span);
  ExprId ordered(TokenKind relation, ExprId left, ExprId right, Span span);
  ExprId compare_quotient(ops::Operation relation, ExprId left, ExprId right, Span span);
  ExprId check_sum(const Scope& scope, NodeId node, const Type* want);
  ExprId add_terms(const std::vector<ExprId>& terms, const std::vector<bool>& minus, Span span);
  ExprId add_to_date(ExprId date, ExprId term, bool minus, Span span);
  ExprId check_product(const Scope& scope, NodeId node, const Type* want);
  ExprId round(const Scope& scope, NodeId rounding, ExprId operand, Span span);
  ExprId check_time_set(const Scope& scope, NodeId node, const Type* want, NodeId rounding);
  ExprId units_in(const Scope& scope, NodeId per, ExprId quantity, ExprId size, NodeId rounding,
                  Span span);
  ExprId check_per(const Scope& scope, ExprId rate, NodeId per, NodeId rounding, Span span);
  ExprId check_measure(const Scope& scope, NodeId node);
  /// Reports words on breaks where none can be.
  bool refuse_idle_words(const Scope& scope, NodeId node, NodeId window, bool has_time);
  ExprId measure(const Scope& scope, ExprId time, NodeId window, ops::MeasureUnit unit,
                 ops::ChainMode chain, Span span);
  ExprId window_end(const Scope& scope, NodeId window, TokenKind which, Span span);
  ExprId beyond(const Scope& scope, NodeId window, ExprId quantity, Span span);
  ExprId calendar_between(const Scope& scope, NodeId window, TokenKind unit, bool started,
                          Span span);
  ops::Counting counting_in(const Scope& scope, NodeId window);
  ExprId check_quantity(const Scope& scope, NodeId node, const Type* want);
  ExprId unit_quantity(const Scope& scope, NodeId unit, std::int64_t count, Span span);
  std::optional<Type> unit_type(const File& file, NodeId unit, int scale);
  ExprId check_primary(const Scope& scope, NodeId node, const Type* want);
  ExprId check_set(const Scope& scope, NodeId node, const Type* want);
  ExprId check_list_fold(const Scope& scope, NodeId node, const Type* want);
  ExprId check_arg(const Scope& scope, NodeId node, const Type* want = nullptr);
  ExprId check_reference(const Scope& scope, NodeId node, const Type* want);
  ExprId bound_or_built_in(const Scope& scope, std::string_view name, Span span);
  ExprId place_or_option(const Scope& scope, NodeId path, const Type* want);
  ExprId unknown_reference(const Scope& scope, NodeId path, const Type* want);
  ExprId base_reference(const Scope& scope, NodeId path, const Type* want, struct Pending& pending);
  ExprId member_property(const Scope& scope, ExprId subject, std::string_view name,
                         struct Pending& pending);
  ExprId row_property(ExprId subject, std::string_view name, Span span);
  ExprId built_in_property(ExprId subject, const syntax::Token& token, std::string_view name,
                           Span span);
  ExprId unknown_property(const Type& of, std::string_view name, Span span);
  ExprId property(const Scope& scope, ExprId subject, const syntax::Token& name_token,
                  struct Pending& pending);
  /// The lowest level that a question asks, plus one; 0: all levels. None: said wrongly, reported.
  std::optional<std::uint32_t> level_asked(const Scope& scope, const std::vector<NodeId>& suffixes);
  ExprId finish(const Scope& scope, struct Pending& pending, const std::vector<NodeId>& suffixes,
                ExprId expr, Span span);
  ExprId definition_call(const Scope& scope, struct Pending& pending,
                         const std::vector<NodeId>& suffixes, Span span);
  std::optional<ExprId> option(const Type* want, std::string_view name, Span span);
  ExprId check_fold(const Scope& scope, NodeId node, const Type* want);
  ExprId check_quantified(const Scope& scope, NodeId node);
  ExprId fold(const Scope& scope, ops::FoldKind kind, const syntax::Token& name, NodeId collection,
              NodeId where, NodeId element, const Type* want, Span span);
  std::optional<Type> element_type(ExprId collection);
  ExprId check_collection(const Scope& scope, NodeId node);
  std::optional<TableHead> table_head(const Scope& scope, NodeId node);
  std::optional<TableRow> table_row(const Scope& scope, const TableHead& head, NodeId row,
                                    const Type* want);
  ExprId check_table(const Scope& scope, NodeId node, const Type* want);
  ExprId check_cell(const Scope& scope, ExprId header, NodeId cell);
  /// `shared`: the remarks of the definition, for clauses that cite nothing themselves.
  ExprId check_clauses(const Scope& scope, NodeId node, const Type& want, const Remarks& shared);
  RuleVersion clause_head(const Scope& scope, NodeId clause, const Remarks& shared);
  void clause_overrides(const Scope& scope, NodeId clause, std::size_t set, RuleVersion& into);

  // ---- types.cpp: making and combining typed expressions
  ExprId make(Expr expr);
  ExprId make(ops::Operation operation, Type type, Span span, std::vector<ExprId> operands = {},
              std::uint32_t a = 0, std::uint32_t b = 0);
  ExprId constant(const Value& value, const Type& type, Span span);
  ExprId broken(Span span);
  const Expr& at(ExprId id) const { return program_.exprs[id.index]; }
  const Type& type(ExprId id) const { return program_.exprs[id.index].type; }
  bool is_broken(ExprId id) const { return type(id).kind == value::TypeKind::kError; }
  bool is_constant(ExprId id) const { return at(id).operation == ops::Operation::kConstant; }
  const Value& constant_of(ExprId id) const { return program_.constants[at(id).a]; }
  Bilingual type_text(const Type& type) const;
  Bilingual unit_text(const value::Unit& unit) const;
  std::string unit_text(const value::Unit& unit, bool chinese) const;
  bool same_kind(const Type& left, const Type& right) const;
  ExprId as_type(ExprId expr, const Type& wanted, const Bilingual& what);
  std::optional<Type> common_type(const std::vector<ExprId>& exprs);
  ExprId needs_rounding(ExprId expr);
  LocalId add_local(std::string name, Type type, Span span);
  /// One named by a word that may be a noun of several spellings: it answers to each of them.
  LocalId add_local(const File& file, const syntax::Token& word, Type type);
  /// Whether a word names this local, in either tongue.
  [[nodiscard]] bool is_called(const File& file, LocalId local, std::string_view name) const;
  static const Type* number_like(const Type& type);

  // ---- scenarios.cpp
  void collect_scenarios();
  void check_scenario(std::uint32_t index);
  std::optional<std::uint32_t> scenario_like(std::uint32_t index);
  void fill_scenario(std::uint32_t index);
  void scenario_head(const Place& place, Scenario& scenario);
  void report_reform_circle(std::uint32_t stack, Span span);
  /// `of households a, b`: the scenarios whose households stand on one list.
  void scenario_households(std::uint32_t index);
  /// The members that a name alone tells apart.
  [[nodiscard]] std::vector<LocalId> named_members(const Scenario& scenario) const;
  void scenario_names(const Place& place, Scenario& scenario);
  void scenario_member(const Scope& scope, Scenario& scenario, NodeId node);
  void scenario_lines(const Scope& scope, Scenario& scenario, NodeId lines, std::int32_t member,
                      EntityId entity);
  void scenario_value(const Scope& scope, Scenario& scenario, NodeId line, std::int32_t member,
                      EntityId entity);
  void scenario_row(const Scope& scope, Scenario& scenario, NodeId line, std::int32_t member,
                    EntityId entity, std::set<std::uint32_t>& restated);
  void row_line(const Scope& scope, const Scenario& scenario, NodeId line, ListId list,
                value::Row& row);
  Value row_end(const Scope& scope, NodeId sum, value::SpellUnit unit, bool end);
  value::Cell cell_of(const Scope& scope, const Scenario& scenario, NodeId value_line,
                      const value::Fact& fact);
  std::optional<Value> constant_value(const Scope& scope, const Scenario& scenario, NodeId node,
                                      const Type& wanted, bool range_end);
  Expectation expectation_of(const Scope& scope, const Scenario& scenario, NodeId node);
  /// The member, service and level that the expectation's question asks of.
  void asked_member(Expectation& into);
  /// Whose outcome a question asks: a position among the scenario's members; none if they are not
  /// named.
  [[nodiscard]] std::optional<std::uint32_t> member_asked(ExprId question) const;
  void expected_outcome(const Scope& scope, NodeId node, Expectation& into);
  NeededFact needed_fact(const Scope& scope, const Scenario& scenario, NodeId node);
  /// A member by its name, or `scenario.name` on a list: which household and which member.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> member_named(
      const Scenario& scenario, const std::vector<std::string>& path) const;
  void expected_place(const Scope& scope, const Scenario& scenario, NodeId node, Expectation& into);
  void expectation_needs(const Scope& scope, const Scenario& scenario, NodeId node,
                         Expectation& into);
  void expectation_error(const Scope& scope, NodeId node, NodeId expr, Expectation& into);
  void expectation_names(const Scope& scope, NodeId node, Expectation& into);
  /// The household that an expected value is about.
  void asked_household(ExprId expr, Span span, Expectation& into);
  /// An allocation by its name; not valid: no such.
  RuleId allocation_named(const File& file, std::string_view name) const;
  /// `LIST's line in POOL with SCHOOL`, `Mei's margin in LIST`; not valid: neither.
  ExprId list_reading(const Scope& scope, NodeId reference);
  ExprId line_reading(const Scope& scope, NodeId reference, RuleId list);
  ExprId margin_reading(const Scope& scope, NodeId reference, RuleId list);
  const Allocation& allocation_of(RuleId list) const;

  // ---- limits.cpp
  void check_limits();
  void check_limit(const File& file, NodeId node);
  bool limit_target(const File& file, NodeId node, Limit& limit);
  void limit_places(const File& file, NodeId node, Scope& scope, Limit& limit);
  void limit_bounds(const File& file, NodeId node, const Scope& scope, Limit& limit);
  void forbidden_facts(const File& file, NodeId node, Limit& limit);
  void check_properties();
  void check_property(const File& file, NodeId node);
  bool bind(const File& file, NodeId each, Scope& scope, Property& property);
  void check_raising(const Scope& scope, NodeId raising, Property& property);
  /// The level of places that a word names: city, 市.
  static std::optional<value::PlaceLevel> place_noun(std::string_view word);

  // ---- findings.cpp
  /// Everything that can be said of the rules before a scenario is read.
  void find_in_rules();
  void find_cycles();
  void report_deep_definitions(Span span);
  diag::Diagnostic& report_circle(diag::Code code, Bilingual message, const Bilingual& relation,
                                  const std::vector<std::size_t>& circle,
                                  const std::function<Bilingual(std::size_t)>& name_of,
                                  const std::function<Span(std::size_t)>& span_of);
  void find_duplicate_versions();
  void find_order_cycles();
  void find_clause_cycles();
  bool find_order_cycle(std::uint32_t stack);
  /// One service, and a narrowing with its rule, speak of one kind of member.
  void find_subjects();
  void check_question_subjects();
  void find_uncited();
  void find_empty_narrowings();

  // ---- find_tables.cpp
  ConditionBoxes& boxes();
  void prove_tables();
  void find_table_findings();
  void find_missing_case(const CheckedTable& table, const TableCases& cases);
  void find_hidden_rows(const CheckedTable& table, TableCases& cases);
  void find_shared_rows(const CheckedTable& table, const TableCases& cases);
  Bilingual table_box_text(const TableCases& cases, const std::vector<std::size_t>& box) const;

  // ---- find_unused.cpp
  void find_unused();
  void find_unused_facts(const std::set<std::uint32_t>& facts,
                         const std::set<std::uint32_t>& lists);
  void report_unused(const Bilingual& name, Span span, const Bilingual& kind, Bilingual help);
  Span choice_span(std::uint32_t choice) const;
  void finish_program();

  const CheckInput& input_;
  diag::Sink& sink_;
  Program program_;
  std::shared_ptr<value::Schema> schema_;
  std::vector<File> files_;
  std::vector<std::string> module_names_;
  std::vector<std::set<std::uint32_t>>
      module_uses_;  ///< through any number of steps, itself included
  std::unordered_map<std::string, std::vector<Symbol>> symbols_;
  std::map<std::pair<NodeKind, std::string>, std::set<std::string>>
      spellings_;  ///< the other tongue's
  std::map<std::pair<std::string, std::string>, DefinitionId>
      properties_;                            ///< (subject, name) → definition
  std::map<std::uint32_t, Type> each_types_;  ///< kEachName: index → type
  std::vector<std::pair<Place, ParameterId>> parameter_places_;
  std::vector<std::vector<Place>> definition_places_;  ///< by DefinitionId, as its versions
  std::vector<char> definition_state_;  ///< 0 not checked, 1 being checked, 2 checked
  std::unordered_map<std::string, std::vector<DefinitionId>> definitions_by_name_;
  std::size_t definition_depth_ = 0;  ///< definitions being checked for one another
  bool told_depth_ = false;
  std::vector<std::vector<Place>> score_places_;  ///< by ScoreId, as its versions
  std::vector<std::pair<Place, RuleId>> rule_places_;
  ReformId visiting_reform_;  ///< that adds the declaration being visited
  std::vector<std::pair<Place, ReformId>> reform_places_;
  std::map<std::pair<std::uint32_t, std::size_t>, int>
      widened_sets_;                          ///< (reform, change) → scale as written
  std::vector<std::uint32_t> reform_stacks_;  ///< by reform: its stack, with what it stands on
  std::set<std::uint32_t> circles_sought_;    ///< stacks looked at for circles after the findings
  std::vector<Place> scenario_places_;
  std::vector<char> scenario_state_;
  std::vector<Type> role_types_;
  std::vector<DefinitionId> role_tests_;  ///< by role: the definition that tests a member
  std::map<std::pair<std::uint32_t, std::size_t>, int>
      widened_;  ///< (parameter, version) → scale as written
  std::map<std::uint32_t, std::set<std::uint32_t>>
      definition_modules_;                      ///< who declares a property
  std::map<std::uint32_t, std::string> alias_;  ///< a local's name in the other tongue
  /// The noun that a local is named by: the kind and index of its symbol.
  std::map<std::uint32_t, std::pair<SymbolKind, std::uint32_t>> noun_of_;
  std::set<const value::RowList*> rows_restated_;  ///< lists that the scenario at hand gave rows
  std::vector<LocalId> member_locals_;             ///< of the scenario being checked
  std::vector<CheckedTable> tables_;
  std::size_t tables_proved_ = 0;
  std::unique_ptr<ConditionBoxes> boxes_;
  std::set<std::pair<SymbolKind, std::uint32_t>>
      needed_;  ///< names that some declaration refers to
  std::map<std::uint32_t, Span> fact_spans_;
  std::map<std::uint32_t, Span> list_spans_;
  const Scenario* scenario_ = nullptr;  ///< whose expectations are being checked
  std::vector<ListReading> readings_;   ///< of the expectation being checked
};

/// A reference that still waits for its suffixes: a definition, a parameter, a question or a list.
struct Pending {
  enum class Kind : std::uint8_t { kNone, kDefinition, kParameter, kQuestion, kRows };
  Kind kind = Kind::kNone;
  std::uint32_t index = 0;
  ExprId subject;
  Span span;
};

}  // namespace juzhu::sema
