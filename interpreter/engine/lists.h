// The second stage over many households (semantics.md 7): gathers who is ranked, or may be, on
// which list, with keys, wishes and groups as the first stage knows them, then gives the places.
//
// Ownership: refers to the rulebook. Households are not kept; of each applicant the keys, and the
// texts of its missing facts. Threads: one gathering, one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "allocate/allocate.h"
#include "engine/rulebook.h"

namespace juzhu::engine {

/// A fact that a place may depend on, of the household that was added as the `household`th.
struct ListedFact {
  std::uint32_t household = 0;
  value::FactRef ref;
  value::Bilingual text;  ///< with the household's key: "H1: Li's insurance"
};

struct Listed {
  std::uint32_t household = 0;
  std::uint32_t member = 0;
  std::string household_key;
  std::string member_key;
  value::Bilingual name;
  std::int64_t weight_millionths = 0;
  std::vector<value::Value> keys;
};

/// One list: an allocation, for one value of its `by`.
struct PlaceList {
  sema::AllocationId allocation;
  value::Value pool{};     ///< no kind: the allocation has no `by`
  bool elsewhere = false;  ///< those whose pool is not known, in pools that nobody surely is in
  std::vector<value::Value> schools;  ///< the wishes' schools, as the pool numbers them
  std::vector<bool> seats_known;      ///< by school: false if no number of seats is to be had
  std::vector<Listed> children;       ///< as the pool numbers its applicants: by key
  std::vector<ListedFact> facts;
  allocate::Pool input;
  allocate::Result result;
  std::vector<std::uint32_t> order;  ///< children from the best on
};

/// Someone whom the second stage leaves out, and why.
struct LeftOut {
  sema::AllocationId allocation;
  std::string household_key;
  std::string member_key;
  value::ErrorCode code{};
};

struct GivenPlaces {
  std::vector<PlaceList> lists;  ///< by the allocation's name, then the pool
  std::vector<LeftOut> left_out;
};

class Lists {
 public:
  /// `stack`: the reforms under which seats, keys and pools are read, as the outcomes were.
  Lists(Rulebook& rulebook, std::int64_t date, ops::Level lowest_level = ops::Level::kPractice,
        std::uint32_t stack = sema::kNoReforms);
  ~Lists();
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;

  /// Whether any allocation may give the service anywhere: else nothing of it need be added.
  [[nodiscard]] bool gives(std::uint32_t service) const;
  /// One child's answer to a service; `household` tells households apart.
  void add(std::uint32_t household_number, const value::Household& household,
           const eval::Query& query, const eval::Outcome& outcome);
  /// Gives the places. Nothing may be added afterwards.
  GivenPlaces close();

 private:
  class Gathering;
  std::unique_ptr<Gathering> gathering_;
};

}  // namespace juzhu::engine
