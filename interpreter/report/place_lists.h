// Lists that gave out places, for people and as data: the counts of a run, one list from the best
// child on, and one child's place with its line and margin. See docs/output.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/lists.h"

namespace juzhu::report {

/// Who speaks: names are those of the rulebook in one tongue.
struct ListVoice {
  const sema::Program& program;
  bool chinese = false;
};

/// One list: its name with its pool, its counts, a line with seats and line for each school, a
/// school's name (empty: there are no wishes); the same as data.
std::string list_heading(const ListVoice& voice, const engine::PlaceList& list);
std::string list_counts_text(const ListVoice& voice, const engine::PlaceList& list);
std::vector<std::string> list_school_lines(const ListVoice& voice, const engine::PlaceList& list);
std::string school_text(const ListVoice& voice, const engine::PlaceList& list,
                        allocate::SchoolIndex school);
nlohmann::ordered_json list_head_json(const ListVoice& voice, const engine::PlaceList& list);

/// For each list how many children got a place, none, or stay open, and where its lines run.
/// Empty if there are no lists.
std::string places_text(const ListVoice& voice, const engine::GivenPlaces& given);
nlohmann::ordered_json places_json(const ListVoice& voice, const engine::GivenPlaces& given);

/// The lists of one allocation, child by child.
std::string lists_text(const ListVoice& voice, const engine::GivenPlaces& given,
                       sema::RuleId allocation);
std::string lists_csv(const ListVoice& voice, const engine::GivenPlaces& given,
                      sema::RuleId allocation);
nlohmann::ordered_json lists_json(const ListVoice& voice, const engine::GivenPlaces& given,
                                  sema::RuleId allocation);

/// What the lists of a service say of one child; empty if it is on none.
std::string child_place_text(const ListVoice& voice, const engine::GivenPlaces& given,
                             std::uint32_t service, const std::string& household,
                             const std::string& member);
nlohmann::ordered_json child_place_json(const ListVoice& voice, const engine::GivenPlaces& given,
                                        std::uint32_t service, const std::string& household,
                                        const std::string& member);

}  // namespace juzhu::report
