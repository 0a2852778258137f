"""Finds which field of one shape means which field of another, from names, places, types, descriptions and values.

`match` compares each likely pair in many respects (similarity.py), looks at how it stands among its rivals
(competition.py), weighs both as was learned (weights.txt), and gives sources out so that all is likeliest together
(assignment.py, choice.py). What is not likely enough is left out.
"""

from penstock.matching.fields import Described, Shape, shape_of, shape_of_document
from penstock.matching.proposal import Candidate, Match, Matches, match
from penstock.matching.synonyms import Synonyms, no_synonyms

__all__ = [
    "Candidate",
    "Described",
    "Match",
    "Matches",
    "Shape",
    "Synonyms",
    "match",
    "no_synonyms",
    "shape_of",
    "shape_of_document",
]
