"""The fixed part of the example survey: dates, places, and the shares that the generator draws from.

Each share says in examples/factory_town/households/README.md where it comes from. All shares are whole numbers whose
sum does not matter.
"""

from datetime import date

# Chosen among about twenty because its households meet the shares well and every outcome occurs among them.
SEED = 2025
SURVEY = date(2024, 8, 15)
# A child enters a stage in September when it has the age on this day; births around it are put in on purpose.
CUTOFF = date(2024, 8, 31)

# How many households of each kind are drawn. Families with a child here are drawn more often than they occur, because
# the rules are about them; the weights put that right.
STRATA = {
    "child_here": 120,   # migrants in a home of their own, with a child
    "child_apart": 30,   # migrants in a home of their own, all children left behind
    "dormitory": 40,     # migrants in a factory dormitory
    "local": 36,         # a parent with the hukou of the city
    "no_child": 14,      # migrants in a home of their own, without children
}

HERE = {"440306": 59, "440307": 46, "440309": 24, "440305": 13, "440308": 14, "440304": 8, "440311": 6, "440300": 10,
        "441900": 52, "440113": 16, "440111": 14, "440114": 5, "440118": 4, "440100": 5}
NEIGHBOUR = {"440306": "440309", "440307": "440310", "440309": "440306", "440305": "440306", "440308": "440303",
             "440304": "440303", "440311": "440306", "440113": "440106", "440111": "440104", "440114": "440111",
             "440118": "440112"}
OTHER_CITIES = ["440600", "441300", "442000", "440400", "440700", "441200"]

# Counties people come from. Shares of provinces are an assumption; that 43 % come from inside Guangdong is not.
ORIGINS = {
    "430000": (154, ["430523", "430524", "430426", "431129", "431022", "431225", "431322", "430626"]),
    "450000": (125, ["450881", "450821", "450923", "451224", "450422", "451121", "450324"]),
    "360000": (63, ["360730", "360731", "360828", "361022", "360724"]),
    "420000": (57, ["421022", "420984", "421126", "429004", "422802", "420822"]),
    "510000": (51, ["511623", "511722", "511524", "510923", "511304"]),
    "410000": (46, ["411525", "411729", "411628", "411326", "410225"]),
    "520000": (40, ["520523", "520624", "522624", "520324"]),
    "500000": (23, ["500235", "500230", "500233", "500243"]),
    "530000": (6, ["530628", "530627"]),
    "610000": (4, ["610922", "610724"]),
}
INSIDE_GUANGDONG = ["440981", "440823", "441424", "441622", "445222", "440224", "441882", "445381", "441226", "441521",
                    "440881", "441426", "445122", "440983"]
FROM_INSIDE = {"inside": 431, "outside": 569}

AGE_OF_CHILD = {"0-2": 14, "3-5": 24, "entry": 21, "7-11": 22, "junior": 8, "13-14": 5, "15-17": 6}
BIRTHS = {
    "0-2": (date(2021, 9, 1), date(2024, 7, 20)), "3-5": (date(2018, 9, 1), date(2021, 8, 31)),
    "entry": (date(2017, 9, 1), date(2018, 8, 31)), "7-11": (date(2012, 9, 1), date(2017, 8, 31)),
    "junior": (date(2011, 9, 1), date(2012, 8, 31)), "13-14": (date(2009, 9, 1), date(2011, 8, 31)),
    "15-17": (date(2006, 9, 1), date(2009, 8, 31)),
}
# The days before, on and after the day that decides.
BIRTHS_AT_THE_EDGE = [date(2018, 8, 30), date(2018, 8, 31), date(2018, 9, 1), date(2018, 8, 31), date(2018, 9, 2),
                      date(2017, 8, 31)]

EDUCATION_OF_MIGRANTS = {"below_junior": 146, "junior_secondary": 521, "senior_secondary": 175, "associate": 100,
                         "bachelor": 54, "postgraduate": 4}
EDUCATION_OF_LOCALS = {"junior_secondary": 150, "senior_secondary": 250, "associate": 300, "bachelor": 260,
                       "postgraduate": 40}
STAY = {"under_half": 9, "half_to_1": 9, "1_to_3": 27, "3_to_5": 18, "5_and_more": 37}

CHILDREN = {"child_here": {1: 56, 2: 38, 3: 6}, "child_apart": {1: 45, 2: 45, 3: 10}, "dormitory": {1: 55, 2: 40, 3: 5},
            "local": {1: 62, 2: 36, 3: 2}}
# Who of the parents is here.
PARENTS = {
    "child_here": {"both": 670, "mother": 130, "father": 100, "single_mother": 50, "single_father": 25,
                   "grandmother": 25},
    "child_apart": {"both": 75, "father": 13, "mother": 3, "single_father": 9},
    "dormitory": {"both": 18, "father": 38, "mother": 9, "none_man": 22, "none_woman": 8, "none_couple": 5},
    "local": {"both_local": 42, "father_local": 29, "mother_local": 29},
    "no_child": {"couple": 55, "man": 35, "woman": 10},
}
# Percent of households with an unmarried relative of the parents.
RELATIVE = {"child_here": 5, "child_apart": 23, "dormitory": 0, "local": 0, "no_child": 18}
WORKS = {"child_here": (97, 66), "child_apart": (98, 84), "dormitory": (100, 100), "local": (96, 78),
         "no_child": (98, 85)}

KINDS = {"five": ["pension", "medical", "unemployment", "injury", "maternity"],
         "three": ["pension", "medical", "injury"],
         "two": ["medical", "injury"], "one": ["injury"], "flexible": ["pension", "medical"]}
PACKAGES = {
    "child_here": {"five": 28, "three": 33, "flexible": 4, "two": 3, "one": 8, "none": 24},
    "elsewhere": {"five": 14, "three": 18, "two": 8, "one": 85, "none": 875},
    "local": {"five": 60, "three": 18, "flexible": 8, "none": 14},
}
# How the months of an insurance record run, for one that is long enough.
RECORD = {"unbroken": 52, "gap": 20, "gap_paid_later": 14, "stopped": 8, "from_elsewhere": 6}
# First months that stand just before, on and after twelve months up to the end of April and up to the survey.
FIRST_MONTHS_AT_THE_EDGE = ["2023-04", "2023-05", "2023-06", "2023-07", "2023-08", "2023-09", "2022-08", "2023-01"]

HOLDS_PERMIT = {"child_here": 64, "child_apart": 16, "dormitory": 10, "local": 46, "no_child": 18}
PERMIT_AGE = {"new": 28, "older": 72}
PERMIT_COURSE = {"active": 66, "late_once": 14, "suspended": 11, "ended": 9}

TENURE = {
    "child_here": {"rented": 80, "owned": 8, "public_rental": 3, "dormitory": 4, "none": 2, "rented_twice": 3},
    "child_apart": {"rented": 95, "owned": 2, "public_rental": 3}, "dormitory": {"dormitory": 1},
    "local": {"owned": 62, "rented": 28, "public_rental": 10}, "no_child": {"rented": 96, "owned": 4},
}
OWN_SHARE = {"100": 60, "51": 10, "50": 22, "30": 8}

# Percent of cells that the interview left open; the list items are lists nobody could tell anything about.
UNKNOWN = {"lawful_job": 3, "lawful_home": 4, "rural_hukou": 2, "education": 2, "continuous_schooling": 3,
           "vaccination_card": 3, "no_home_proof": 5, "work_place": 2, "zone": 4, "joins_on": 5, "missed_years": 4,
           "repaid_years": 4, "preferential_group": 2, "away_for_work": 1}
UNKNOWN_LIST = {"insurance": 6, "permits": 4, "residence": 2, "resident_cover": 5, "schooling": 1, "homes": 2}
UNKNOWN_IN_SPELL = {"registered_on": 4, "state": 1, "issued": 2, "back_paid": 2, "share": 3}
BIRTH_DATE = {"day": 95, "month": 2, "year": 3}
PROVINCE_ONLY = 8
