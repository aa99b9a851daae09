// The lines of a score sheet: each component with its points and what they come from. Not seen
// outside this room.
#pragma once

#include "explain/explain.h"
#include "explain/tree.h"

namespace juzhu::explain {

/// Points as a bare number: "68.4"; not known: "64.2 to 71.0".
Bilingual points_text(const sema::Program& program, const Value& value, const Type& type);
/// Does a slot call this definition?
bool calls(const Context& context, Slot slot, sema::DefinitionId definition);

class SheetLines {
 public:
  SheetLines(const sema::Program& program, const eval::Trace& trace)
      : program_(program), trace_(trace) {}
  /// `around`: the frame that adds the components up.
  std::vector<SheetLine> of(const std::vector<sema::Component>& components, const Context& around);
  /// Bounds that changed the result of a frame, or may have.
  void add_bounds(const Context& inside, sema::ExprId cap, sema::ExprId floor,
                  std::vector<Bilingual>& notes) const;

 private:
  [[nodiscard]] std::optional<Context> frame_of(const sema::Component& component,
                                                const Context& around) const;
  SheetLine line(const sema::Component& component, const Context& inside);
  void add_condition(const sema::Component& component, const Context& inside,
                     SheetLine& line) const;
  void add_not_chosen(const Context& inside, SheetLine& line) const;
  void mark_best(std::vector<SheetLine>& lines, const std::vector<Value>& values) const;
  Bilingual how(const Context& context, Slot slot, int depth = 0);
  std::string how(const Context& context, Slot slot, bool chinese, int depth);
  std::string how_product(const Context& context, const plan::Step& step, bool chinese, int depth);
  std::string how_table(const Context& context, const plan::Step& step, bool chinese, int depth);
  std::string how_fold(const Context& context, Slot slot, const plan::Step& step, bool chinese);
  std::string how_sum(const Context& context, const plan::Step& step, bool chinese, int depth);
  [[nodiscard]] std::string words(const Context& context, Slot slot, bool chinese) const;
  [[nodiscard]] std::string number(const Context& context, Slot slot, bool chinese) const;

  const sema::Program& program_;
  const eval::Trace& trace_;
};

}  // namespace juzhu::explain
