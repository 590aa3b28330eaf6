"""Papers that are not written: their template says what was left out of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.seeking import Seeker
from lrtdocs.run.publishing.proof import find_leaks
from lrtdocs.run.publishing.wanted import wanted_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.model.openbaar.omission import Omission
    from lrtdocs.run.documents.finish import Draft
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.publishing.make import Publication


def drop_leaking(
    made: Sequence[Publication], drafts: Sequence[Draft], outcome: Outcome
) -> list[Draft]:
    """Return those of `drafts` of which the template says nothing that was left out.

    Words of a template are in no data, so nothing is left out of them. What stands in the data that
    is published is told where it was typed.
    """
    leaking: list[Draft] = []
    for one in made:
        for draft in (each for each in one.drafts if each in drafts):
            wanted = wanted_of(one.redacted, one.block)
            shown = "\n".join(wanted.public)
            hidden = [_but_for(each, shown) for each in wanted.omissions]
            leaks = find_leaks(draft.target, draft.docx, wanted._replace(omissions=hidden))
            outcome.add_problems(leaks)
            leaking += [draft] if leaks else []
        one.drafts = [draft for draft in one.drafts if draft not in leaking]
    return [draft for draft in drafts if draft not in leaking]


def _but_for(omission: Omission, shown: str) -> Omission:
    """Return `omission` without those of its texts that stand in what is `shown`."""
    texts = tuple(text for text in omission.texts if not Seeker([text]).find(shown))
    return omission._replace(texts=texts)
