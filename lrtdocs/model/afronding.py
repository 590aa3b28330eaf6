"""Dividing a number over gemeenten, in whole numbers only: three ways of rounding.

Article 29 of the Huisvestingswet 2014 rounds every share up. Published numbers of later years fit
the other two, so rounding is a setting.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import PlainValidator, WithJsonSchema

from lrtdocs.model.velden import choice, choice_schema

if TYPE_CHECKING:
    from collections.abc import Mapping


class Afronding(StrEnum):
    """How a share is made into a whole number; rounding up is the statute's."""

    NAAR_BOVEN = "naar boven"
    REKENKUNDIG = "rekenkundig"
    GROOTSTE_REST = "grootste rest"


def divide(
    total: int, inwoners: Mapping[str, int], nationaal: int, afronding: Afronding
) -> dict[str, int]:
    """Return the share of each gemeente in `total`, by code, in the order of `inwoners`.

    The exact share is inwoners * total / nationaal. Rounded up, it is never below that; rounded
    half up, never more than a half away; by largest remainder the shares add up to `total`: what is
    left after rounding down goes, one each, to the largest remainders, and among equal remainders
    to the most inhabitants, and then to the lowest code.

    Raises ValueError for negative numbers, and for the largest remainder if `inwoners` do not add
    up to `nationaal`: the shares then have no sum to come out at.
    """
    if total < 0 or nationaal <= 0 or any(number < 0 for number in inwoners.values()):
        raise ValueError("total and inhabitants are not negative, nationaal is positive")
    if afronding is Afronding.NAAR_BOVEN:
        return {code: -(-number * total // nationaal) for code, number in inwoners.items()}
    if afronding is Afronding.REKENKUNDIG:
        return {
            code: (2 * number * total + nationaal) // (2 * nationaal)
            for code, number in inwoners.items()
        }
    return _divide_by_remainder(total, inwoners, nationaal)


def _divide_by_remainder(total: int, inwoners: Mapping[str, int], nationaal: int) -> dict[str, int]:
    if sum(inwoners.values()) != nationaal:
        raise ValueError("the inhabitants do not add up to nationaal")
    shares = {code: number * total // nationaal for code, number in inwoners.items()}
    left = total - sum(shares.values())
    order = sorted(
        inwoners,
        key=lambda code: (-(inwoners[code] * total % nationaal), -inwoners[code], code),
    )
    for code in order[:left]:
        shares[code] += 1
    return shares


_AFRONDINGEN: dict[str, str] = {
    "omhoog": Afronding.NAAR_BOVEN,
    "boven": Afronding.NAAR_BOVEN,
    "gewoon": Afronding.REKENKUNDIG,
    "grootste resten": Afronding.GROOTSTE_REST,
}
_parse_afronding = choice(Afronding, _AFRONDINGEN)
AfrondingField = Annotated[
    Afronding,
    PlainValidator(lambda value: Afronding(_parse_afronding(value))),
    WithJsonSchema(choice_schema(Afronding, _AFRONDINGEN)),
]
