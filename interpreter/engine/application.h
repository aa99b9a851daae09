// What is known of one applicant before anybody knows the others of its list, and the lists made of
// them. Private to the second stage of this room.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/lists.h"

namespace juzhu::engine {

using allocate::Sure;
using value::Value;

struct Answered {
  Value value{};
  value::Type type;
  std::set<value::FactRef> needs;
};

/// What is known of one applicant before anybody knows the pool's other members.
struct Application {
  Listed child;
  Sure present = Sure::kYes;
  Answered pool;
  std::vector<Answered> keys;
  std::vector<Answered> wishes;
  std::vector<Answered> seats;  ///< by wish, or the only one; no kind where the wish is open
  std::vector<Answered> amounts;
  std::vector<Answered> groups;
  std::set<value::FactRef> presence_needs;
  std::map<value::FactRef, value::Bilingual> texts;
};

Sure sure_of(const Value& condition);
/// One value for certain, or "not applicable" for certain.
bool is_exact(const Value& value, const value::Type& type);

/// Fills the lists of one allocation; applications are sorted and no key stands twice.
std::vector<PlaceList> fill_lists(const sema::Program& program, std::uint32_t allocation,
                                  const std::vector<Application>& applications);

}  // namespace juzhu::engine
