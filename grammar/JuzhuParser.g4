// The grammar of Juzhu. A rule's name is the name of its node in the syntax tree. Conditions and values share one
// ladder of expressions, so that a wrong kind of operand is a type error in the author's words rather than a syntax
// error. Nothing hangs on line breaks; a declaration ends where the next one begins.
parser grammar JuzhuParser;
options { tokenVocab = JuzhuLexer; }

file : moduleDecl? useDecl* declaration* EOF ;
moduleDecl : MODULE path ;
useDecl : USE path ;
declaration : unitDecl | choiceDecl | divisionDecl | divisionsDecl | entityDecl | spellsDecl | roleDecl | sourceDecl
  | serviceDecl | parameterDecl | defineDecl | ruleDecl | gateDecl | scoreDecl | allocationDecl | limitDecl | reformDecl
  | scenarioDecl | propertyDecl ;

// Names, texts, places
path : NAME (DOT NAME)* ;
naming : NAME (SLASH NAME)? ;
text : STRING (SLASH STRING)? ;
property : NAME | keyword ;            // after 's, has, lacks and in a fact's own name any word will do
propertyNaming : property (SLASH property)? ;

// Remarks and scope, wherever a declaration allows them
remark : cites | confidence | note | vague | notEncoded | counting ;
cites : CITES citation (COMMA citation)* ;
citation : NAME provision* ;
provision : (ART | PARA | ITEM | ANNEX) NUMBER | ORDINAL NUMBER (ART | PARA | ITEM) ;
confidence : CONFIDENCE NAME ;
note : NOTE text ;
vague : VAGUE text ;
notEncoded : NOT_ENCODED text ;
counting : COUNTING NAME ;
inForce : IN_FORCE (AT path (COMMA path)*)? (FROM day)? (TO day)? ;
day : DATE | MONTH | NUMBER YEARS? ;
forEach : FOR_EACH NAME (AMONG sum)? (WHERE expr)? ;

// Vocabulary
unitDecl : UNIT naming ;
choiceDecl : CHOICE naming text? LBRACE naming (COMMA naming)* RBRACE ;
divisionDecl : DIVISION naming AS NAME (IN path)? (CODE STRING)? ;
divisionsDecl : DIVISIONS FROM STRING ;
entityDecl : ENTITY naming (IN NAME)? text? LBRACE factDecl* RBRACE ;
spellsDecl : SPELLS NAME POSSESSIVE propertyNaming EACH naming BY (DAYS | MONTHS | YEARS) text? LBRACE factDecl* RBRACE ;
factDecl : FACT propertyNaming (EACH naming)? COLON type text? (asks | bound | IF_ANY | remark)* ;
asks : ASKS text ;
bound : (AT_LEAST | AT_MOST | OVER | UNDER) sum ;
type : SET_OF type | (NAME | DAYS | MONTHS | YEARS | YES_NO) (TO NUMBER DECIMALS)? ;
roleDecl : ROLE naming MEANS NAME WHERE expr ;
sourceDecl : SOURCE naming (sourceTitle | documentNumber | sourceLevel | inForce | remark)* ;
sourceTitle : TITLE text ;
documentNumber : DOCUMENT_NUMBER STRING ;
sourceLevel : LEVEL NAME ;
serviceDecl : SERVICE naming text? remark* ;

// Parameters and definitions
parameterDecl : PARAMETER naming (COLON type)? text? remark* parameterValue* ;
parameterValue : AT path (FROM day)? (TO day)? COLON expr remark* ;
defineDecl : DEFINE (NAME POSSESSIVE propertyNaming | naming) withParam? inParam? onParam?
  COLON type text? (inForce | remark)* MEANS (table | clauses | expr) ;
withParam : WITH NAME (COLON type)? ;
inParam : IN NAME ;
onParam : ON NAME ;
clauses : clause+ tableOtherwise? ;
clause : CLAUSE naming (inForce | remark | overrides)* COLON expr (when | unless)* ;

// Rules
ruleDecl : RULE naming text? (forEach | inForce | remark | grants | denies | narrows | overrides | when | unless)* ;
gateDecl : GATE naming text? (forEach | inForce | remark | denies | overrides)* ;
grants : GRANTS NAME (COMMA NAME)* ;
denies : DENIES NAME (COMMA NAME)* ;
narrows : NARROWS NAME (COMMA NAME)* ;
overrides : OVERRIDES NAME (COMMA NAME)* ;
when : WHEN expr ;
unless : UNLESS expr ;

// Points
scoreDecl : SCORE naming text? (forEach | inForce | remark | choosing)* component+ (TOTAL caps?)? ;
choosing : CHOOSING NAME AMONG sum (WHERE expr)? IF_ANY? ;
component : letPart | itemPart | groupPart ;
letPart : LET naming remark* COLON (table | expr) ;
itemPart : SCORE_ITEM propertyNaming text? remark* COLON (table | expr) when? caps? ;
groupPart : (GROUP | BEST_OF) propertyNaming text? remark* caps? LBRACE component+ RBRACE ;
caps : (cappedAt | notBelow)+ ;
cappedAt : CAPPED_AT sum ;
notBelow : NOT_BELOW sum ;

// Places: who gets the seats
allocationDecl : ALLOCATION naming text? (inForce | remark | allocates | pooledBy | seats | wishes | rankBy | ties | reserves
  | openFirst | when)* ;
allocates : ALLOCATES NAME TO_EACH NAME (WHERE expr)? ;
pooledBy : BY expr ;
seats : SEATS expr ;
wishes : WISHES NAME AMONG expr (BY_WISH | BY_RANK)? ;
rankBy : RANK_BY rankKey (THEN_BY rankKey)* ;
rankKey : expr (HIGHEST_FIRST | LOWEST_FIRST | EARLIEST_FIRST | LATEST_FIRST) ;
ties : TIES NAME (WITH_SEED NUMBER)? ;
reserves : RESERVES sum forEach KEPT? ;
openFirst : OPEN_FIRST ;

// Bounds that a higher norm sets
limitDecl : LIMIT naming text? (binds | forEach | inForce | remark | bound | mustBe | mustNotRestOn)* ;
binds : BINDS NAME ;
mustBe : MUST_BE expr ;
mustNotRestOn : MUST_NOT_REST_ON LBRACE NAME (COMMA NAME)* RBRACE ;

// Reforms: a rulebook changed
reformDecl : REFORM naming text? (reformFrom | onTopOf | sets | repeals | amends | drops | adds | remark)* ;
reformFrom : FROM day ;
onTopOf : ON_TOP_OF NAME (COMMA NAME)* ;
sets : SETS NAME (AT path)? TO sum ;
repeals : REPEALS NAME (AT path)? ;
amends : AMENDS NAME LBRACE (forEach | inForce | remark | grants | denies | narrows | overrides | when | unless)* RBRACE ;
drops : DROPS NAME LBRACE expr RBRACE ;  // a condition of a rule, as the rule writes it
adds : ADDS LBRACE declaration* RBRACE ;

// What must hold for every household
propertyDecl : PROPERTY naming text? (forEach | inForce | remark | knownToFail)* (whenever | always | raising) ;
knownToFail : KNOWN_TO_FAIL text ;
whenever : WHENEVER expr THEN expr ;
always : ALWAYS expr ;
raising : RAISING expr NEVER_LOWERS expr ;

// Scenarios
scenarioDecl : SCENARIO naming text? (scenarioLike | scenarioOf | scenarioUnder | scenarioOn | scenarioAt | remark)* member*
  expectation* ;
scenarioLike : LIKE NAME ;
scenarioOf : OF_HOUSEHOLDS NAME (COMMA NAME)* ;
scenarioUnder : UNDER_REFORM NAME (COMMA NAME)* ;
scenarioOn : ON DATE ;
scenarioAt : AT path ;
member : NAME naming? lines ;
lines : LBRACE (line (SEMI line)* SEMI?)? RBRACE ;
line : valueLine | hasLine | lacksLine | rowLine | NOTHING_ELSE ;
valueLine : property IS (FROM sum TO sum | expr) ;
hasLine : HAS property ;
lacksLine : LACKS property ;
rowLine : property FROM sum (TO sum)? lines? ;
expectation : EXPECT (placed | expr) (BY NAME (COMMA NAME)* | FAILS_WITH STRING | CONFLICTS_WITH NAME (COMMA NAME)*)* (NEEDS setLiteral)? ;
placed : NAME (ADMITS | REFUSES | LEAVES_OPEN) path (AT sum)? ;  // what an allocation does with a child

// Expressions, loosest first
expr : ifExpr | foldExpr | countExpr | coverExpr | logic ;
ifExpr : IF expr THEN expr OTHERWISE expr ;
foldExpr : (SUM_OF | HIGHEST_OF | LOWEST_OF | EARLIEST_OF | LATEST_OF) sum FOR each orIfNone? ;
countExpr : COUNT_OF each ;
coverExpr : TIME_COVERED_BY each ;
each : NAME AMONG sum (WHERE expr)? ;
orIfNone : OR_IF_NONE sum ;           // of a fold, or of the sum before it (in the tree: in it); else in brackets
logic : operand ((AND | OR) operand)* ;
operand : quantified | notExpr | listExpr | comparison ;
notExpr : NOT operand ;
quantified : (SOME | EVERY | NO) NAME AMONG sum (WHERE expr)? ;
listExpr : (ALL_OF | ANY_OF) LBRACE entry (SEMI entry)* SEMI? RBRACE ;
entry : expr remark* ;
comparison : sum orIfNone? (isTail | relation | includesTail | hasTail)? ;
isTail : (IS | IS_NOT) (relation | sum) | IS_GIVEN ;
includesTail : INCLUDES sum ;
hasTail : (HAS | LACKS) property suffix* ;
relation : (AT_LEAST | AT_MOST | OVER | UNDER | BEFORE | AFTER | ON_OR_BEFORE | ON_OR_AFTER | WITHIN) sum
  | ONE_OF setLiteral ;
sum : product ((PLUS | MINUS) product)* ;
product : factor ((STAR | SLASH) factor)* rounding? ;
rounding : ROUNDED NAME? TO NUMBER DECIMALS ;
factor : negation | measure | timeSet ;
negation : MINUS factor ;
measure : (UNBROKEN | LONGEST)? (FULL (MONTHS | YEARS) | STARTED (MONTHS | YEARS) | DAYS) (IN primary)? window ;
timeSet : primary ((OVERLAPPING | TOGETHER_WITH | EXCEPT) primary)* per? ;
per : PER UNBROKEN? (FULL | STARTED)? NUMBER? measureUnit (IN primary)? window ;
window : (FROM arg)? (TO arg)? (ALLOWING_GAPS quantity)? COUNTING_GAPS? (BEYOND quantity)? (COUNTING NAME)? ;
quantity : NUMBER (PERCENT | measureUnit)? ;
measureUnit : DAYS | MONTHS | YEARS | YEARS_OLD | NAME ;
primary : quantity | dateLiteral | monthDay | string | noLiteral | boundaryDay | listFold | setLiteral | reference
  | parens ;
dateLiteral : DATE | MONTH ;
monthDay : MONTH_DAY IN arg ;
string : STRING ;
noLiteral : NO ;
boundaryDay : (FIRST_DAY | LAST_DAY) IN primary ;
listFold : (HIGHEST_OF | LOWEST_OF | EARLIEST_OF | LATEST_OF) LIST_LBRACE expr (SEMI expr)* RBRACE ;
setLiteral : LBRACE (expr (COMMA expr)*)? RBRACE ;
parens : LPAREN expr RPAREN ;
reference : path (POSSESSIVE property)* suffix* ;
suffix : withArg | inArg | onArg | underLevel | underReform ;
withArg : WITH arg ;
inArg : IN arg ;
onArg : ON arg ;
underLevel : UNDER_LEVEL NAME ;
underReform : UNDER_REFORM NAME ;
arg : dateLiteral | monthDay | argPath | parens ;
argPath : path (POSSESSIVE property)* ;

table : TABLE NAME? row row+ tableOtherwise? ;   // the checker asks for a name that is missing
row : BAR cell (BAR cell)* BAR remark* ;
cell : anyCell | relationCell | expr ;
anyCell : ANY ;
relationCell : NOT? relation (AND relation)* ;
tableOtherwise : OTHERWISE expr ;

// Every keyword, for places where any word may be a name. Chinese has no phrases, so all of them may be one word.
keyword : MODULE | USE | ENTITY | FACT | ASKS | SPELLS | EACH | BY | CHOICE | UNIT | ROLE
  | DIVISION | DIVISIONS | AS | CODE | SET_OF | YES_NO | DECIMALS | IF_ANY | SOURCE | TITLE
  | DOCUMENT_NUMBER | LEVEL | CITES | ART | PARA | ITEM | ANNEX | ORDINAL | CONFIDENCE | NOTE
  | VAGUE | NOT_ENCODED | COUNTING | IN_FORCE | AT | FROM | TO | FOR_EACH | AMONG | WHERE | SERVICE
  | PARAMETER | DEFINE | MEANS | CLAUSE | WITH | IN | ON | RULE | GATE | GRANTS | DENIES | NARROWS
  | WHEN | UNLESS | OVERRIDES | SCORE | CHOOSING | LET | SCORE_ITEM | GROUP | BEST_OF | TOTAL
  | CAPPED_AT | NOT_BELOW | ALLOCATION | ALLOCATES | TO_EACH | SEATS | WISHES | BY_WISH | BY_RANK
  | RANK_BY | THEN_BY | HIGHEST_FIRST | LOWEST_FIRST | EARLIEST_FIRST | LATEST_FIRST | TIES
  | WITH_SEED | RESERVES | KEPT | OPEN_FIRST | LIMIT | BINDS | MUST_BE | MUST_NOT_REST_ON | REFORM
  | ON_TOP_OF | SETS | REPEALS | AMENDS | DROPS | ADDS | PROPERTY | WHENEVER | ALWAYS | RAISING
  | NEVER_LOWERS | KNOWN_TO_FAIL | SCENARIO | LIKE | EXPECT | NEEDS | NOTHING_ELSE | FAILS_WITH
  | CONFLICTS_WITH | OF_HOUSEHOLDS | ADMITS | REFUSES | LEAVES_OPEN | ALL_OF | ANY_OF | AND | OR
  | NOT | SOME | EVERY | NO | HAS | LACKS | INCLUDES | IS | IS_NOT | IS_GIVEN | ONE_OF | WITHIN
  | AT_LEAST | AT_MOST | OVER | UNDER | BEFORE | AFTER | ON_OR_BEFORE | ON_OR_AFTER | IF | THEN
  | OTHERWISE | OR_IF_NONE | SUM_OF | COUNT_OF | HIGHEST_OF | LOWEST_OF | EARLIEST_OF | LATEST_OF
  | FOR | PER | FULL | STARTED | UNBROKEN | LONGEST | FIRST_DAY | LAST_DAY | DAYS | MONTHS | YEARS
  | YEARS_OLD | ALLOWING_GAPS | COUNTING_GAPS | BEYOND | ROUNDED | UNDER_LEVEL | UNDER_REFORM
  | TIME_COVERED_BY | OVERLAPPING | TOGETHER_WITH | EXCEPT | TABLE | ANY ;
