// The characters of Juzhu: words, literals and punctuation. Keywords are not told apart here: keywords.def lists
// them once for both tongues, and the keyword pass between lexer and parser merges words into the tokens of the
// `tokens` block below (a test holds the two lists together).
lexer grammar JuzhuLexer;

tokens {
  // file and vocabulary
  MODULE, USE, ENTITY, FACT, ASKS, SPELLS, EACH, BY, CHOICE, UNIT, ROLE, DIVISION, DIVISIONS, AS, CODE, SET_OF,
  YES_NO, DECIMALS, IF_ANY,
  // sources, remarks, scope
  SOURCE, TITLE, DOCUMENT_NUMBER, LEVEL, CITES, ART, PARA, ITEM, ANNEX, ORDINAL, CONFIDENCE, NOTE, VAGUE, NOT_ENCODED,
  COUNTING, IN_FORCE, AT, FROM, TO, FOR_EACH, AMONG, WHERE,
  // services, parameters, definitions, rules
  SERVICE, PARAMETER, DEFINE, MEANS, CLAUSE, WITH, IN, ON, RULE, GATE, GRANTS, DENIES, NARROWS, WHEN, UNLESS, OVERRIDES,
  // points, places, limits, reforms, properties
  SCORE, CHOOSING, LET, SCORE_ITEM, GROUP, BEST_OF, TOTAL, CAPPED_AT, NOT_BELOW, ALLOCATION, ALLOCATES, TO_EACH,
  SEATS, WISHES, BY_WISH, BY_RANK, RANK_BY, THEN_BY, HIGHEST_FIRST, LOWEST_FIRST, EARLIEST_FIRST, LATEST_FIRST, TIES,
  WITH_SEED, RESERVES, KEPT, OPEN_FIRST, LIMIT, BINDS, MUST_BE, MUST_NOT_REST_ON, REFORM, ON_TOP_OF, SETS, REPEALS, AMENDS,
  DROPS, ADDS, PROPERTY, WHENEVER, ALWAYS, RAISING, NEVER_LOWERS, KNOWN_TO_FAIL,
  // scenarios
  SCENARIO, LIKE, EXPECT, NEEDS, NOTHING_ELSE, FAILS_WITH, CONFLICTS_WITH, OF_HOUSEHOLDS, ADMITS, REFUSES, LEAVES_OPEN,
  // conditions
  ALL_OF, ANY_OF, AND, OR, NOT, SOME, EVERY, NO, HAS, LACKS, INCLUDES, IS, IS_NOT, IS_GIVEN, ONE_OF, WITHIN, AT_LEAST,
  AT_MOST, OVER, UNDER, BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER,
  // values
  IF, THEN, OTHERWISE, OR_IF_NONE, SUM_OF, COUNT_OF, HIGHEST_OF, LOWEST_OF, EARLIEST_OF, LATEST_OF, FOR, PER, FULL,
  STARTED, UNBROKEN, LONGEST, FIRST_DAY, LAST_DAY, DAYS, MONTHS, YEARS, YEARS_OLD, ALLOWING_GAPS, COUNTING_GAPS, BEYOND,
  ROUNDED, UNDER_LEVEL, UNDER_REFORM, TIME_COVERED_BY, OVERLAPPING, TOGETHER_WITH, EXCEPT, TABLE, ANY,
  // not a keyword: the brace after `highest of` and its like, told apart from the brace of a set so that
  // `highest of { a; b }` and `highest of x for …` part at the second token
  LIST_LBRACE
}

// A date or month in either tongue; "31 August" and 8月31日 are days of some year.
DATE      : D D D D '-' D D '-' D D | D+ '年' D+ '月' D+ '日' ;
MONTH     : D D D D '-' D D | D+ '年' D+ '月' ;
MONTH_DAY : D D? [ \t]+ MONTH_NAME | D D? '月' D D? '日' ;
NUMBER    : D ( [_] ? D )* ( [.．] D+ )? '万'? ;

STRING : '"' ~["\r\n]* '"' | '“' ~[”\r\n]* '”' ;
NAME   : LATIN ( LATIN | D )* | HAN+ | '「' ~[」\r\n]+ '」' ;

POSSESSIVE : '\'s' | '’s' | '的' ;
LBRACE : '{' | '｛' ;
RBRACE : '}' | '｝' ;
LPAREN : '(' | '（' ;
RPAREN : ')' | '）' ;
BAR    : '|' | '｜' ;
COLON  : ':' | '：' ;
SEMI   : ';' | '；' ;
COMMA  : ',' | '，' | '、' ;
DOT    : '.' | '．' ;
SLASH  : '/' | '／' ;
STAR   : '*' | '＊' | '×' ;
PLUS   : '+' | '＋' ;
MINUS  : '-' | '－' ;
PERCENT : '%' | '％' ;

COMMENT : [#＃] ~[\r\n]* -> channel(HIDDEN) ;
BLANK   : [ \t\r\n\u3000\uFEFF]+ -> channel(HIDDEN) ;
STRAY   : . ;

fragment D : [0-9０-９] ;
fragment LATIN : [A-Za-z_Ａ-Ｚａ-ｚ＿] ;
// Chinese characters, except 的, which stands for 's.
fragment HAN : [\u3400-\u4DBF\u4E00-\u7683\u7685-\u9FFF\u3007\uF900-\uFAFF\u{20000}-\u{2FA1F}] ;
fragment MONTH_NAME : 'January' | 'February' | 'March' | 'April' | 'May' | 'June' | 'July' | 'August' | 'September'
  | 'October' | 'November' | 'December' ;
