"""Decidim's proposals, as CSV, JSON or open data, from 2020 (0.20) to 0.30 and later.

Source: decidim-proposals' proposal_serializer.rb through its versions, and decidim-core's exporters/csv.rb: nested keys
are joined by "/", arrays by ", ", and since 0.28 an apostrophe stands before what a spreadsheet would compute.
"""

from typing import Final

from cahiers.contributions.tables.mapping import Mapping, Text
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method

TELLING: Final = (
    "participatory_space/id",
    "component/id",
    "feature/id",
    "state",
    "supports",
    "votes",
    "endorsements/total_count",
)
#: A state until 0.28, a moment of its own since; some exports say yes or no.
WITHDRAWN: Final = ("state", "withdrawn", "withdrawn_at")
COUNTED: Final = (
    "supports", "votes", "endorsements", "endorsements/total_count", "likes/total_count", "comments",
    "followers", "follows_count", "attachments", "is_amend",
)  # fmt: skip


def accepts(table: Table) -> bool:
    names = Names(table)
    written = names.spoken("title") and names.spoken("body")
    return bool(
        names.any("id")
        and written
        and names.count(TELLING) >= 2
        and not names.any("commentable_id", "start_time")
    )


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    return Mapping(
        shape="decidim_proposals",
        texts=(Text(columns=names.spoken("body"), kind=_kind(method), question=""),),
        title=names.spoken("title"),
        theme=(*names.spoken("category/name"), *names.spoken("taxonomies/name"), *names.any("taxonomies")),
        territory=(*names.spoken("scope/name"), *names.any("address")),
        date=names.any("published_at", "created_at"),
        address=names.any("url"),
        links=names.any("meeting_urls", "related_proposals"),
        id=names.any("reference", "id"),
        parent=names.one("original_proposal/url"),
        answers=names.any(*COUNTED),
        withdrawn=names.any(*WITHDRAWN),
    )


def _kind(method: Method) -> str:
    kinds = {kind for stage in method.stages for kind in stage.kinds}
    return next((kind for kind in ("lever", "action") if kind in kinds), "")


SHAPE = Shape(name="decidim_proposals", label="Propositions de Decidim", accepts=accepts, propose=propose)
