"""Random choices that give the same result on every machine and every Python 3 version.

Only the bits of the Mersenne generator are used: what the standard library builds on them has changed between versions.
"""

import random
from datetime import date, timedelta


class Draw:
    """Choices from one seeded stream of bits."""

    def __init__(self, seed):
        self._bits = random.Random(seed)

    def below(self, bound):
        """A whole number from 0 to bound - 1, without the bias a remainder would have."""
        if bound < 1:
            raise ValueError("nothing to choose from")
        width = bound.bit_length()
        while True:
            number = self._bits.getrandbits(width)
            if number < bound:
                return number

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.below(100) < percent

    def shuffled(self, items):
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result

    def day(self, first, last):
        return first + timedelta(days=self.below((last - first).days + 1))

    def deck(self, shares, block=40):
        return Deck(self, shares, block)


class Deck:
    """Draws by shares like cards from a shuffled pack, so that a small sample meets its shares without luck."""

    def __init__(self, draw, shares, block):
        self._draw = draw
        self._block = apportion(shares, block)
        self._cards = []

    def next(self):
        if not self._cards:
            self._cards = self._draw.shuffled(self._block)
        return self._cards.pop()


def apportion(shares, total):
    """A list of `total` names in the given shares, by largest remainder."""
    whole = sum(shares.values())
    counts = {name: share * total // whole for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: -(shares[name] * total % whole))
    for name in by_remainder[:total - sum(counts.values())]:
        counts[name] += 1
    return [name for name, count in counts.items() for _ in range(count)]


def years_before(day, years):
    """The same day some years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
