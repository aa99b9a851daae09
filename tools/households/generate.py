"""Makes the example households of the factory town: a made-up survey with the shape and the shares of real ones.

No household here exists. Shares follow published figures where there are any (frame.py, and the README beside the
data); everything is drawn from one seed, so the same program gives the same bytes.

    python3 tools/households/generate.py [--out DIR] [--seed N]
"""

import argparse
import csv
import io
import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import frame
import tally
from draw import Draw, years_before
from frame import CUTOFF, SURVEY

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "examples" / "factory_town" / "households"
HOUSEHOLD_COLUMNS = ["household", "place", "weight", "no_home_proof"]
PERSON_COLUMNS = [
    "household", "person", "birth_date", "sex", "parents", "spouse", "hukou", "rural_hukou", "lawful_job",
    "lawful_home", "continuous_schooling", "work_place", "away_for_work", "education", "entry_stage", "zone",
    "preferential_group", "joins_on", "missed_years", "repaid_years", "vaccination_card"]
SPELL_COLUMNS = ["household", "person", "list", "start", "end", "place", "issued", "state", "kinds", "back_paid",
                 "tenure", "share", "registered_on", "stage"]
PERSON_LISTS = ["residence", "permits", "insurance", "schooling", "resident_cover"]
MONTHLY = {"insurance", "resident_cover"}
ORDER_OF_STAGES = ["kindergarten", "primary", "junior", "senior"]


def city_of(place):
    return place[:4]


def month_number(text):
    year, month = text.split("-")[:2]
    return int(year) * 12 + int(month) - 1


def month_text(number):
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


SURVEY_MONTH = month_number(SURVEY.isoformat())
LAST_PAID = SURVEY_MONTH - 1  # contributions of a month are on record in the next one


class Household:
    """One household while it is being drawn; `cells` and `lists` hold what will be written."""

    def __init__(self, stratum, place):
        self.stratum, self.place = stratum, place
        self.cells = {"place": place}
        self.homes = None
        self.persons = []

    def member(self, key):
        return next(person for person in self.persons if person.key == key)


class Person:
    """One member. What is true and needed by later draws stands in attributes, what the survey holds in cells."""

    def __init__(self, key, sex, birth, hukou, here, kind):
        self.key, self.sex, self.birth, self.hukou, self.here, self.kind = key, sex, birth, hukou, here, kind
        self.arrival = None
        self.works = False
        self.cells = {"birth_date": birth.isoformat(), "sex": sex, "hukou": hukou}
        self.lists = {}

    def age(self, day=SURVEY):
        return sum(1 for years in range(1, 110) if years_before(day, years) >= self.birth)


class Generator:
    """Draws all households in order; decks are shared, so shares hold over the whole sample."""

    def __init__(self, seed):
        draw = self.draw = Draw(seed)
        self.places = draw.deck(frame.HERE, 120)
        self.inside = draw.deck(frame.FROM_INSIDE)
        self.province = draw.deck({name: share for name, (share, _) in frame.ORIGINS.items()}, 60)
        self.children_ages = draw.deck(frame.AGE_OF_CHILD, 50)
        self.edges = draw.shuffled(frame.BIRTHS_AT_THE_EDGE)
        self.edge_months = draw.deck({month: 1 for month in frame.FIRST_MONTHS_AT_THE_EDGE}, 8)
        self.stay = draw.deck(frame.STAY)
        self.migrant_education = {stratum: draw.deck(frame.EDUCATION_OF_MIGRANTS) for stratum in frame.STRATA}
        self.local_education = draw.deck(frame.EDUCATION_OF_LOCALS)
        self.children = {name: draw.deck(shares, 20) for name, shares in frame.CHILDREN.items()}
        self.parents = {name: draw.deck(shares, 40 if name == "child_here" else 20)
                        for name, shares in frame.PARENTS.items()}
        self.tenure = {name: draw.deck(shares) for name, shares in frame.TENURE.items()}
        self.packages = {name: draw.deck(shares) for name, shares in frame.PACKAGES.items()}
        self.record = draw.deck(frame.RECORD, 20)
        self.permit_age = draw.deck(frame.PERMIT_AGE, 25)
        self.permit_course = draw.deck(frame.PERMIT_COURSE, 20)
        self.holds = {name: self.yes(share) for name, share in frame.HOLDS_PERMIT.items()}
        self.works = {name: {"male": self.yes(men), "female": self.yes(women)}
                      for name, (men, women) in frame.WORKS.items()}
        self.kindergarten = self.yes(915, 1000)
        # Of the children whose parents were here already; years of stay leave no room for the share over all children.
        self.born_here = self.yes(86)
        self.cover_of_migrants = self.yes(80)
        self.unknown = {name: self.yes(share) for name, share in
                        {**frame.UNKNOWN, **frame.UNKNOWN_LIST, **frame.UNKNOWN_IN_SPELL}.items()}
        self.birth_detail = draw.deck(frame.BIRTH_DATE, 100)
        self.vague_hukou = self.yes(frame.PROVINCE_ONLY)

    def yes(self, share, whole=100):
        return self.draw.deck({True: share, False: whole - share}, 50 if whole == 100 else 44)

    # --- who there is ------------------------------------------------------------------------------------------------

    def households(self):
        strata = [name for name, count in frame.STRATA.items() for _ in range(count)]
        return [self.household(stratum) for stratum in self.draw.shuffled(strata)]

    def household(self, stratum):
        home = Household(stratum, self.places.next())
        form = self.parents[stratum].next()
        births = self.births(0 if form in ("couple", "man", "woman") or form.startswith("none")
                             else self.children[stratum].next())
        self.adults(home, form, births)
        self.offspring(home, form, births)
        self.homes(home)
        for person in home.persons:
            self.describe(home, person)
        self.leave_open(home)
        return home

    def births(self, count):
        """Birthdays of the children, oldest first, with at least eleven months between two of them."""
        days = []
        while len(days) < count:
            group = self.children_ages.next()
            day = self.draw.day(*frame.BIRTHS[group])
            if group == "entry" and self.edges and self.draw.chance(70):
                day = self.edges.pop()
            while any(abs((day - other).days) < 330 for other in days):
                day = self.draw.day(frame.BIRTHS["15-17"][0], frame.BIRTHS["0-2"][1])
            days.append(day)
        return sorted(days)

    def origin(self):
        if self.inside.next() == "inside":
            return self.draw.pick(frame.INSIDE_GUANGDONG)
        return self.draw.pick(frame.ORIGINS[self.province.next()][1])

    def adults(self, home, form, births):
        """The grown-ups, and with them who is here and where everybody is registered."""
        draw = self.draw
        first_birth = births[0] if births else None
        latest = births[-1] if births else None
        woman_age = draw.between(20, 31)
        if first_birth:
            mother = years_before(first_birth, woman_age) - timedelta(days=draw.below(360))
            # A mother over 44 at the last birth would be an odd row in data that is meant to be clean.
            while years_before(latest, 44) > mother:
                mother += timedelta(days=365)
        else:
            mother = years_before(SURVEY, draw.between(20, 57)) - timedelta(days=draw.below(360))
        father = mother - timedelta(days=draw.between(-300, 1700))
        origin = self.origin()
        other = origin if draw.chance(62) else self.origin()
        local = home.place
        hukou = {"male": origin, "female": other}
        if form in ("both_local", "father_local"):
            hukou["male"] = local
        if form in ("both_local", "mother_local"):
            hukou["female"] = local

        def add(sex, here):
            key = f"P{len(home.persons) + 1}"
            kind = "local" if hukou[sex] == local else "migrant"
            home.persons.append(Person(key, sex, father if sex == "male" else mother, hukou[sex], here, kind))

        if form in ("both", "both_local", "father_local", "mother_local", "couple", "none_couple"):
            add("male", True), add("female", True)
        elif form == "father":
            add("male", True), add("female", False)
        elif form == "mother":
            add("female", True), add("male", False)
        elif form in ("single_father", "man", "none_man"):
            add("male", True)
        elif form in ("single_mother", "woman", "none_woman"):
            add("female", True)
        else:
            # A grandmother stands in for parents who are not part of the household.
            birth = years_before(first_birth, draw.between(45, 55))
            home.persons.append(Person("G1", "female", birth, other, True, "migrant"))
        if form == "both" and home.stratum == "child_here" and draw.chance(9):
            home.persons.append(Person("G1", "female", years_before(mother, draw.between(20, 27)), hukou["female"],
                                       True, "migrant"))
        couple = len(home.persons) >= 2 and home.persons[1].key == "P2"
        if draw.chance(frame.RELATIVE[home.stratum]):
            # A younger brother, sister or cousin who works in the same place and shares the home.
            home.persons.append(Person("R1", draw.pick(["male", "male", "female"]),
                                       years_before(SURVEY, draw.between(18, 29)) - timedelta(days=draw.below(360)),
                                       hukou[home.persons[0].sex], True, "migrant"))
        for person, partner in zip(home.persons, home.persons[1::-1]):
            person.cells["spouse"] = partner.key if couple and partner is not person else "not_applicable"
        arrival = self.arrival()
        for person in home.persons:
            person.cells.setdefault("spouse", "not_applicable")
            if person.here:
                self.settle(person, arrival if draw.chance(75) else self.arrival())
                if person.key == "R1":
                    person.works = True
                elif person.key.startswith("P"):
                    person.works = self.works[home.stratum][person.sex].next()

    def arrival(self):
        """When somebody came to the city: shares of the years of stay."""
        ranges = {"under_half": (15, 175), "half_to_1": (190, 364), "1_to_3": (367, 1094), "3_to_5": (1097, 1824),
                  "5_and_more": (1828, 5200)}
        return SURVEY - timedelta(days=self.draw.between(*ranges[self.stay.next()]))

    def settle(self, person, arrival):
        grown = years_before(SURVEY, person.age() - 16) if person.age() > 16 else SURVEY
        if person.kind == "local":
            # Locals are registered where their hukou is; the stay says since when the record runs.
            arrival = self.draw.day(date(2008, 1, 1), date(2020, 12, 31))
        person.arrival = max(arrival, grown)

    def offspring(self, home, form, births):
        draw = self.draw
        grown = list(home.persons)
        parents = [person.key for person in grown if person.key.startswith("P")] or ["G1"]
        registered = grown[0].hukou if draw.chance(70) or len(parents) < 2 else grown[1].hukou
        if form == "both_local":
            registered = home.place
        elif form in ("father_local", "mother_local"):
            local, migrant = sorted(grown[:2], key=lambda person: person.kind)
            registered = local.hukou if draw.chance(55) else migrant.hukou
        stays_behind = draw.chance(12) and len(births) > 1
        for number, birth in enumerate(births, start=1):
            here = home.stratum in ("child_here", "local") and not (
                number == 1 and stays_behind and home.stratum == "child_here")
            sex = "male" if draw.chance(53) else "female"
            kind = "local" if registered == home.place else "migrant"
            child = Person(f"C{number}", sex, birth, registered, here, kind)
            child.cells["parents"] = ";".join(parents)
            if here:
                came = max((person.arrival for person in grown if person.here), default=SURVEY)
                first = min(person.arrival for person in grown if person.here)
                if birth >= first and (kind == "local" or self.born_here.next()):
                    child.arrival = birth + timedelta(days=draw.between(0, 25))
                else:
                    child.arrival = draw.day(max(birth + timedelta(days=60), first),
                                             max(came, birth + timedelta(days=400)))
                child.arrival = min(child.arrival, SURVEY - timedelta(days=3))
            home.persons.append(child)

    # --- what is known of them ---------------------------------------------------------------------------------------

    def homes(self, home):
        draw, tenure = self.draw, self.tenure[home.stratum].next()
        since = min(person.arrival for person in home.persons if person.here)
        start = draw.day(since, min(since + timedelta(days=500), SURVEY - timedelta(days=5)))
        if tenure == "none":
            home.homes = "none"  # staying with relatives
        elif tenure == "rented_twice":
            end = draw.day(start, SURVEY - timedelta(days=4))
            home.homes = [self.home(home, "rented", start, end),
                          self.home(home, "rented", min(end + timedelta(days=draw.between(1, 40)), SURVEY), None)]
        else:
            home.homes = [self.home(home, tenure, start, None)]
        if tenure == "owned":
            home.cells["no_home_proof"] = "no"
        else:
            home.cells["no_home_proof"] = "yes" if draw.chance(68) else "no"

    def home(self, household, tenure, start, end):
        row = {"start": start.isoformat(), "end": end.isoformat() if end else "", "place": household.place,
               "tenure": tenure, "share": "not_applicable", "registered_on": "not_applicable"}
        if tenure == "owned":
            row["share"] = self.draw.pick([share for share, parts in frame.OWN_SHARE.items() for _ in range(parts)])
            row["registered_on"] = row["start"]
        elif tenure in ("rented", "public_rental") and self.draw.chance(66):
            # A lease is often registered only when the school asks for the paper.
            registered = start + timedelta(days=self.draw.pick([0, 0, 3, 10, 30, 90, 200, 400]))
            if registered <= (end or SURVEY):
                row["registered_on"] = registered.isoformat()
        return row

    def describe(self, home, person):
        if person.key.startswith("C"):
            self.describe_child(home, person)
        else:
            self.describe_adult(home, person)
        rural = 6 if person.kind == "local" else 86
        person.cells["rural_hukou"] = "yes" if self.draw.chance(rural) else "no"
        person.lists["residence"] = self.residence(home, person)

    def residence(self, home, person):
        """Registered stays: where the person lives, sometimes with a move or a hole before it."""
        draw = self.draw
        if not person.here:
            place = person.elsewhere if getattr(person, "elsewhere", None) else person.hukou
            start = max(person.birth, draw.day(date(2012, 1, 1), SURVEY - timedelta(days=200)))
            return [self.spell(start, None, place=place)]
        if person.kind == "migrant" and (SURVEY - person.arrival).days < 40 and draw.chance(50):
            return "none"  # came just now and has not registered
        days = (SURVEY - person.arrival).days
        if days > 500 and person.kind == "migrant" and draw.chance(16):
            change = draw.day(person.arrival + timedelta(days=120), SURVEY - timedelta(days=60))
            before = frame.NEIGHBOUR.get(home.place, home.place)
            pause = draw.pick([1, 1, 1, 20, 45, 120])
            after = min(change + timedelta(days=pause), SURVEY - timedelta(days=1))
            return [self.spell(person.arrival, change, place=before), self.spell(after, None, place=home.place)]
        return [self.spell(person.arrival, None, place=home.place)]

    @staticmethod
    def spell(start, end, **facts):
        return {"start": start.isoformat(), "end": end.isoformat() if end else "", **facts}

    def describe_adult(self, home, person):
        draw, cells = self.draw, person.cells
        migrant = person.kind == "migrant"
        deck = self.migrant_education[home.stratum] if migrant else self.local_education
        cells["education"] = "below_junior" if person.key == "G1" else deck.next()
        if not person.here:
            person.elsewhere = draw.pick(frame.OTHER_CITIES) if draw.chance(35) else None
            cells["away_for_work"] = "yes" if person.elsewhere else "no"
            cells["work_place"] = person.elsewhere or "not_applicable"
            cells["lawful_job"] = "yes" if person.elsewhere else "no"
            person.lists["permits"] = "none" if draw.chance(70) else None
            person.lists["insurance"] = "none" if draw.chance(50) else None
            return
        cells["away_for_work"] = "yes" if migrant and person.works else "no"
        cells["work_place"] = home.place if person.works else "not_applicable"
        if person.works and draw.chance(9) and home.place in frame.NEIGHBOUR:
            cells["work_place"] = frame.NEIGHBOUR[home.place]
        person.lists["permits"] = self.permits(home, person) if migrant else "none"
        person.lists["insurance"] = self.insurance(home, person)
        paying = isinstance(person.lists["insurance"], list) and person.lists["insurance"][-1]["end"] == ""
        cells["lawful_job"] = "yes" if paying or (person.works and draw.chance(62)) else "no"
        cells["lawful_home"] = "yes" if isinstance(home.homes, list) and draw.chance(82) else "no"
        if migrant:
            medical = paying and "medical" in person.lists["insurance"][-1]["kinds"]
            covered = not medical and self.cover_of_migrants.next()
            start = month_text(draw.between(month_number("2010-01"), month_number("2022-01")))
            cover = {"start": start, "end": "", "place": person.hukou}
            person.lists["resident_cover"] = [cover] if covered else "none"

    def permits(self, home, person):
        draw = self.draw
        earliest = person.arrival + timedelta(days=183)
        if earliest > SURVEY - timedelta(days=10) or not self.holds[home.stratum].next():
            return "none"
        earliest = max(earliest, date(2016, 1, 1))
        last_year = SURVEY - timedelta(days=364)
        if self.permit_age.next() == "new" or earliest >= last_year:
            issued = draw.day(max(earliest, last_year), SURVEY - timedelta(days=5))
        else:
            issued = draw.day(earliest, last_year - timedelta(days=1))
        place = home.place if draw.chance(70) else city_of(home.place) + "00"
        years = (SURVEY - issued).days // 366
        course = self.permit_course.next()

        def part(start, end, state):
            return self.spell(start, end, place=place, issued=issued.isoformat(), state=state)

        if years == 0 or course == "active":
            return [part(issued, None, "active")]
        lapse = issued.replace(year=issued.year + draw.between(1, years), day=min(issued.day, 28))
        if lapse >= SURVEY - timedelta(days=1):
            return [part(issued, None, "active")]
        if course == "suspended":
            return [part(issued, lapse, "active"), part(lapse + timedelta(days=1), None, "suspended")]
        if course == "ended" or lapse + timedelta(days=35) > SURVEY:
            return [part(issued, lapse, "active")]
        back = draw.day(lapse + timedelta(days=15), min(lapse + timedelta(days=260), SURVEY - timedelta(days=1)))
        return [part(issued, lapse, "active"), part(lapse + timedelta(days=1), back - timedelta(days=1), "suspended"),
                part(back, None, "active")]

    def insurance(self, home, person):
        draw = self.draw
        if person.kind == "local":
            deck = "local"
        else:
            deck = "child_here" if home.stratum in ("child_here", "local") else "elsewhere"
        package = self.packages[deck].next() if person.works else "none"
        if package == "none":
            if person.works and draw.chance(20):
                return self.old_record(home, person)
            return "none"
        kinds = ";".join(frame.KINDS[package])
        earliest = month_number(person.arrival.isoformat()) + 1
        first = draw.between(min(earliest, LAST_PAID), LAST_PAID)
        edge = month_number(self.edge_months.next())
        if deck == "child_here" and earliest <= edge and draw.chance(45):
            first = edge
        elif draw.chance(60):
            first = min(max(earliest + draw.below(6), LAST_PAID - 90), LAST_PAID)
        here = home.place if draw.chance(50) else city_of(home.place) + "00"

        def part(start, end, place=here, back_paid="no"):
            return {"start": month_text(start), "end": "" if end is None else month_text(end), "place": place,
                    "kinds": kinds, "back_paid": back_paid}

        course = self.record.next()
        if LAST_PAID - first < 9 or course == "unbroken":
            return [part(first, None)]
        if course == "stopped":
            return [part(first, LAST_PAID - draw.between(1, 7))]
        if course == "from_elsewhere":
            before = max(first - draw.between(8, 30), month_number(years_before(SURVEY, person.age() - 17).isoformat()))
            if before < first:
                return [part(before, first - 1, place=draw.pick(frame.OTHER_CITIES)), part(first, None)]
            return [part(first, None)]
        # A hole of one to three months, in the last two years if the record reaches that far.
        length = draw.between(1, 3)
        hole = draw.between(max(first + 2, LAST_PAID - 22), LAST_PAID - length - 1)
        rest = part(hole + length, None)
        if course == "gap_paid_later":
            return [part(first, hole - 1), part(hole, hole + length - 1, back_paid="yes"), rest]
        return [part(first, hole - 1), rest]

    def old_record(self, home, person):
        """Months of an earlier job, long over."""
        end = SURVEY_MONTH - self.draw.between(14, 70)
        start = end - self.draw.between(3, 30)
        if start < month_number(years_before(SURVEY, max(person.age() - 17, 1)).isoformat()):
            return "none"
        return [{"start": month_text(start), "end": month_text(end), "place": self.draw.pick(frame.OTHER_CITIES),
                 "kinds": ";".join(frame.KINDS["three"]), "back_paid": "no"}]

    def describe_child(self, home, child):
        draw, cells = self.draw, child.cells
        cells["work_place"], cells["away_for_work"] = "not_applicable", "no"
        place = home.place if child.here else child.hukou
        child.lists["schooling"] = self.schooling(child, place)
        enrolled = isinstance(child.lists["schooling"], list)
        cells["continuous_schooling"] = "yes" if enrolled and draw.chance(94) else ("no" if enrolled else "")
        cells["entry_stage"] = self.entry_stage(child)
        cells["zone"] = "not_applicable"
        if cells["entry_stage"] in ("primary", "junior") and child.here:
            near = frame.NEIGHBOUR.get(home.place)
            cells["zone"] = near if near and draw.chance(6) else home.place
        cells["preferential_group"] = "yes" if draw.chance(2) else "no"
        if child.age() <= 7:
            # The card is asked for at the door of kindergarten and school, so the survey asks up to seven.
            cells["vaccination_card"] = "yes" if draw.chance(93) else "no"
        cells["lawful_home"] = "yes" if isinstance(home.homes, list) and draw.chance(80) else "no"
        self.cover(home, child)
        child.lists["permits"] = "none"
        if child.here and child.kind == "migrant":
            own = 30 if city_of(home.place) == "4419" else 10
            if (SURVEY - child.arrival).days > 230 and draw.chance(own):
                earliest = max(child.arrival + timedelta(days=183), date(2019, 1, 1))
                issued = draw.day(earliest, SURVEY - timedelta(days=6))
                child.lists["permits"] = [self.spell(issued, None, place=home.place, issued=issued.isoformat(),
                                                     state="active")]

    @staticmethod
    def school_year_of(child, age):
        """The year of the September after the child has the age on 31 August."""
        return next(year for year in range(child.birth.year + age, child.birth.year + age + 2)
                    if years_before(date(year, CUTOFF.month, CUTOFF.day), age) >= child.birth)

    def schooling(self, child, place):
        """School record: kindergarten if drawn, then the stages by age; what begins in September 2024 is still open."""
        start_of = {"kindergarten": 3, "primary": 6, "junior": 12, "senior": 15}
        spells = []
        in_kindergarten = self.kindergarten.next() if child.age() >= 3 else False
        came = child.arrival if child.here and child.kind == "migrant" else child.birth
        for stage, next_stage in zip(ORDER_OF_STAGES, ORDER_OF_STAGES[1:] + [None]):
            first = date(self.school_year_of(child, start_of[stage]), 9, 1)
            last = date(self.school_year_of(child, start_of[next_stage]), 7, 12) if next_stage else date(2030, 7, 12)
            if stage == "kindergarten" and not in_kindergarten or first > SURVEY:
                continue
            if stage == "senior" and self.draw.chance(40):
                stage = "vocational"
            begin = max(first, came)
            end = last if last < SURVEY else None
            if begin >= (end or SURVEY):
                continue
            if begin > first and child.here and stage != "kindergarten":
                # The years before the move were spent at a school of the place of the hukou.
                spells.append(self.spell(first, begin - timedelta(days=1), place=child.hukou, stage=stage))
            spells.append(self.spell(begin, end, place=place, stage=stage))
        return spells or "none"

    def entry_stage(self, child):
        for stage, age in (("primary", 6), ("junior", 12), ("kindergarten", 3)):
            if self.school_year_of(child, age) == CUTOFF.year:
                return stage
        return "not_applicable"

    def cover(self, home, child):
        """Residents' insurance: joined here, at home, or never; sometimes with missed years."""
        draw, cells = self.draw, child.cells
        where = draw.pick(["here"] * 46 + ["hukou"] * 38 + ["never"] * 16)
        at_school = isinstance(child.lists["schooling"], list)
        if where == "here" and not (child.here and (child.kind == "local" or at_school)):
            where = "hukou"
        if where == "never":
            cells["joins_on"] = "not_applicable"
            cells["missed_years"] = str(min(draw.pick([0, 1, 2, 3, 5]), child.age()))
            cells["repaid_years"] = "0"
            child.lists["resident_cover"] = "none"
            return
        earliest = max(child.arrival, child.birth) if where == "here" and child.kind == "migrant" else child.birth
        late = min(earliest + timedelta(days=900), SURVEY - timedelta(days=3))
        newborn = earliest == child.birth and draw.chance(55)
        joined = draw.day(min(earliest, late), min(earliest + timedelta(days=178), late) if newborn else late)
        missed = draw.pick([0] * 14 + [1, 1, 2, 3, 4, 5])
        missed = max(0, min(missed, SURVEY.year - joined.year - 1))
        cells["joins_on"] = joined.isoformat()
        cells["missed_years"] = str(missed)
        cells["repaid_years"] = str(draw.between(0, missed))
        place = home.place if where == "here" else child.hukou
        start = month_number(joined.isoformat()) + 1
        if start > SURVEY_MONTH:
            child.lists["resident_cover"] = "none"
        elif missed:
            # The missed years lie before the cover that runs now.
            back = max(start + 12 * missed, month_number("2010-01"))
            again = min(back, SURVEY_MONTH)
            child.lists["resident_cover"] = [{"start": month_text(again), "end": "", "place": place}]
        else:
            child.lists["resident_cover"] = [{"start": month_text(start), "end": "", "place": place}]

    # --- what the interview left open --------------------------------------------------------------------------------

    def leave_open(self, home):
        """Turns some answers into "unknown", some dates and places into coarser ones."""
        draw = self.draw
        if self.unknown["no_home_proof"].next():
            home.cells["no_home_proof"] = "unknown"
        elif home.stratum == "dormitory" and draw.chance(50):
            home.cells["no_home_proof"] = ""
        if isinstance(home.homes, list) and self.unknown["homes"].next():
            home.homes = "unknown"
        vague = self.vague_hukou.next()
        for person in home.persons:
            cells = person.cells
            if vague and city_of(cells["hukou"]) != city_of(home.place) and person.kind == "migrant":
                cells["hukou"] = cells["hukou"][:2] + "0000"
            detail = self.birth_detail.next()
            cells["birth_date"] = cells["birth_date"][:{"day": 10, "month": 7, "year": 4}[detail]]
            for name in frame.UNKNOWN:
                if cells.get(name) not in (None, "", "not_applicable") and self.unknown[name].next():
                    cells[name] = "unknown"
            for name in PERSON_LISTS:
                rows = person.lists.get(name)
                keep = name == "residence" and not person.here  # who lives elsewhere is known by that stay
                if rows is not None and not keep and self.unknown[name].next():
                    person.lists[name] = "unknown"
            for row in self.all_rows(home, person):
                for name in frame.UNKNOWN_IN_SPELL:
                    if row.get(name) not in (None, "", "not_applicable") and self.unknown[name].next():
                        row[name] = "unknown"

    @staticmethod
    def all_rows(home, person):
        first = person is home.persons[0]
        lists = list(person.lists.values()) + ([home.homes] if first else [])
        return [row for rows in lists if isinstance(rows, list) for row in rows]


# --- weights ---------------------------------------------------------------------------------------------------------

def solve(matrix, right):
    """Solves a small linear system exactly."""
    size = len(matrix)
    rows = [[Fraction(cell) for cell in row] + [Fraction(value)] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [cell / rows[column][column] for cell in rows[column]]
        for row in range(size):
            if row != column:
                rows[row] = [a - rows[row][column] * b for a, b in zip(rows[row], rows[column])]
    return [row[-1] for row in rows]


def weigh(homes):
    """One weight per kind of household, so that four published shares hold and the weights average one."""
    facts = {stratum: dict.fromkeys(("households", "family", "family_persons", "dormitory_persons", "local_persons",
                                     "parents", "parents_with_child"), 0) for stratum in frame.STRATA}
    for home in homes:
        count = facts[home.stratum]
        here = [person for person in home.persons if person.here]
        count["households"] += 1
        count["local_persons"] += sum(person.kind == "local" for person in here)
        dormitory = home.stratum == "dormitory"
        count["family"] += not dormitory
        count["dormitory_persons" if dormitory else "family_persons"] += len(here)
        children = [person for person in home.persons if person.key.startswith("C")]
        parents = [person for person in here if person.key.startswith("P") and children and home.stratum != "local"]
        count["parents"] += len(parents)
        count["parents_with_child"] += len(parents) if any(child.here for child in children) else 0
    strata = list(frame.STRATA)

    def line(value):
        return [value(facts[stratum]) for stratum in strata]

    goal = tally.TARGETS
    def residents(count):
        return count["dormitory_persons"] + count["family_persons"]

    matrix = [
        line(lambda f: f["households"]),
        line(lambda f: f["family_persons"] - goal["family_size"] * f["family"]),
        line(lambda f: f["dormitory_persons"] - goal["collective"] / 100 * residents(f)),
        line(lambda f: f["local_persons"] - goal["local_hukou"] / 100 * residents(f)),
        line(lambda f: f["parents_with_child"] - goal["parents_with_child"] / 100 * f["parents"]),
    ]
    weights = dict(zip(strata, solve(matrix, [len(homes), 0, 0, 0, 0])))
    if min(weights.values()) <= 0:
        raise SystemExit("the households of this seed cannot be weighted to the published shares; take another seed")
    for home in homes:
        home.cells["weight"] = two_decimals(weights[home.stratum])


def two_decimals(number):
    hundredths = (number * 200 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


# --- writing ---------------------------------------------------------------------------------------------------------

def as_json(homes):
    """The nested form; cell texts are those of the tables, and what was not asked is left out."""
    result = []
    for number, home in enumerate(homes, start=1):
        entry = {"household": f"H{number:03d}"}
        entry.update({name: home.cells[name] for name in HOUSEHOLD_COLUMNS[1:] if home.cells.get(name)})
        if home.homes is not None:
            entry["homes"] = trimmed(home.homes)
        entry["persons"] = []
        for person in home.persons:
            member = {"person": person.key}
            member.update({name: person.cells[name] for name in PERSON_COLUMNS[2:] if person.cells.get(name)})
            member.update({name: trimmed(person.lists[name]) for name in PERSON_LISTS
                           if person.lists.get(name) is not None})
            entry["persons"].append(member)
        result.append(entry)
    return {"households": result}


def trimmed(rows):
    return rows if isinstance(rows, str) else [{name: text for name, text in row.items() if text} for row in rows]


def tables(data):
    """The three tables of the nested form, as lists of rows."""
    households, persons, spells = [], [], []
    for home in data["households"]:
        households.append([home.get(name, "") for name in HOUSEHOLD_COLUMNS])
        add_spells(spells, home["household"], "", "homes", home.get("homes"))
        for member in home["persons"]:
            cells = {"household": home["household"], **member}
            persons.append([cells.get(name, "") for name in PERSON_COLUMNS])
            for name in PERSON_LISTS:
                add_spells(spells, home["household"], member["person"], name, member.get(name))
    return {"households.csv": [HOUSEHOLD_COLUMNS] + households, "persons.csv": [PERSON_COLUMNS] + persons,
            "spells.csv": [SPELL_COLUMNS] + spells}


def add_spells(spells, household, person, name, rows):
    if rows is None:
        return
    if isinstance(rows, str):
        rows = [{"start": rows}]
    for row in rows:
        cells = {"household": household, "person": person, "list": name, **row}
        spells.append([cells.get(column, "") for column in SPELL_COLUMNS])


def csv_text(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def files(seed=frame.SEED):
    """All generated files by name."""
    homes = Generator(seed).households()
    weigh(homes)
    data = as_json(homes)
    texts = {name: csv_text(rows) for name, rows in tables(data).items()}
    texts["households.json"] = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return texts


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", default=str(DEFAULT_OUT))
    arguments.add_argument("--seed", type=int, default=frame.SEED)
    options = arguments.parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    texts = files(options.seed)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
    figures = tally.figures(json.loads(texts["households.json"]))
    readme = out / "README.md"
    if readme.exists():
        readme.write_text(tally.with_table(readme.read_text(encoding="utf-8"), figures), encoding="utf-8")
    print("\n".join(f"{name}: {text.count(chr(10))} lines" for name, text in texts.items()))
    print(tally.table(figures))


if __name__ == "__main__":
    main()
