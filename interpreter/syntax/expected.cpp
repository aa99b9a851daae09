// "expected …" in few words: the tokens that could have stood somewhere, grouped into families.
#include <algorithm>
#include <initializer_list>

#include "syntax/syntax_errors.h"

namespace juzhu::syntax {
namespace {

using Kinds = std::vector<TokenKind>;

bool holds(const Kinds& kinds, TokenKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool holds_all(const Kinds& kinds, std::initializer_list<TokenKind> wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](TokenKind kind) { return holds(kinds, kind); });
}

void remove(Kinds& kinds, std::initializer_list<TokenKind> unwanted) {
  std::erase_if(kinds, [&](TokenKind kind) {
    return std::find(unwanted.begin(), unwanted.end(), kind) != unwanted.end();
  });
}

using enum TokenKind;

constexpr std::initializer_list<TokenKind> kDeclarationWords{
    kMODULE,    kUSE,    kENTITY,  kSPELLS,    kCHOICE, kUNIT, kROLE, kDIVISION,
    kDIVISIONS, kSOURCE, kSERVICE, kPARAMETER, kDEFINE, kRULE, kGATE, kSCENARIO};
constexpr std::initializer_list<TokenKind> kRemarkWords{kCITES, kCONFIDENCE,  kNOTE,
                                                        kVAGUE, kNOT_ENCODED, kCOUNTING};
constexpr std::initializer_list<TokenKind> kComparisonWords{
    kAT_LEAST,    kAT_MOST, kOVER, kUNDER,  kBEFORE,   kAFTER,    kON_OR_BEFORE, kWITHIN,
    kON_OR_AFTER, kONE_OF,  kIS,   kIS_NOT, kIS_GIVEN, kINCLUDES, kHAS,          kLACKS};
constexpr std::initializer_list<TokenKind> kValueStarts{
    kNAME,      kNUMBER,   kDATE,    kMONTH,  kMONTH_DAY, kSTRING,         kLPAREN,    kLBRACE,
    kMINUS,     kNO,       kIF,      kSUM_OF, kCOUNT_OF,  kHIGHEST_OF,     kLOWEST_OF, kEARLIEST_OF,
    kLATEST_OF, kUNBROKEN, kLONGEST, kFULL,   kSTARTED,   kDAYS,           kFIRST_DAY, kLAST_DAY,
    kSOME,      kEVERY,    kNOT,     kALL_OF, kANY_OF,    kTIME_COVERED_BY};
/// What may go on after a whole value; worth saying only when nothing else could stand there.
constexpr std::initializer_list<TokenKind> kContinuations{
    kPLUS,      kMINUS,         kSTAR,
    kSLASH,     kROUNDED,       kPOSSESSIVE,
    kDOT,       kWITH,          kIN,
    kON,        kUNDER_LEVEL,   kPERCENT,
    kDAYS,      kMONTHS,        kYEARS,
    kYEARS_OLD, kOVERLAPPING,   kTOGETHER_WITH,
    kEXCEPT,    kPER,           kAND,
    kOR,        kOR_IF_NONE,    kFROM,
    kTO,        kALLOWING_GAPS, kCOUNTING_GAPS,
    kBEYOND,    kIF_ANY};

Bilingual joined(const std::vector<Bilingual>& things) {
  Bilingual result;
  for (std::size_t at = 0; at < things.size(); ++at) {
    if (at > 0) result += at + 1 == things.size() ? say(" or ", " 或 ") : say(", ", "、");
    result += things[at];
  }
  return result;
}

}  // namespace

Bilingual list_expected(const std::vector<TokenKind>& expected, Tongue tongue) {
  Kinds left = expected;
  std::vector<Bilingual> families;
  const auto such_as = [&](const Bilingual& family, TokenKind kind) {
    families.push_back(say("{} such as {}", "{}（如 {}）", family, describe(kind, tongue)));
  };
  if (holds_all(left, {kNAME, kMODULE, kBY})) {
    // After 's any word is a name.
    std::erase_if(left, is_keyword);
  }
  const bool after_value = holds_all(left, {kPLUS, kSTAR});
  if (holds_all(left, {kNAME, kNUMBER, kLPAREN})) {
    families.push_back(holds(left, kSOME) ? say("a condition or a value", "条件或值")
                                          : say("a value", "值"));
    remove(left, kValueStarts);
  }
  if (holds_all(left, {kAT_LEAST, kBEFORE})) {
    such_as(say("a comparison", "比较"), holds(left, kIS) ? kIS : kAT_LEAST);
    remove(left, kComparisonWords);
  }
  if (holds_all(left, {kCITES, kNOTE})) {
    such_as(say("a remark", "附注"), kCITES);
    remove(left, kRemarkWords);
  }
  if (holds_all(left, {kRULE, kENTITY})) {
    such_as(say("a declaration", "声明"), kRULE);
    remove(left, kDeclarationWords);
  }
  if (after_value) {
    remove(left, {kNAME});  // a unit
    remove(left, kContinuations);
  }
  // Brackets and marks first: what is most often forgotten.
  std::stable_partition(left.begin(), left.end(),
                        [](TokenKind kind) { return kind >= kPOSSESSIVE && kind <= kPERCENT; });
  std::vector<Bilingual> things;
  for (const TokenKind kind : left)
    things.push_back(describe(kind, tongue));
  things.insert(things.end(), families.begin(), families.end());
  constexpr std::size_t kMostThings = 5;
  if (things.size() > kMostThings) {
    // The families say the most in the fewest words, so they stay.
    const std::size_t singles = kMostThings - std::min(families.size(), kMostThings);
    things.erase(things.begin() + static_cast<std::ptrdiff_t>(singles),
                 things.end() - static_cast<std::ptrdiff_t>(families.size()));
  }
  return joined(things);
}

}  // namespace juzhu::syntax
