"""Decidim's comments, as CSV, JSON or open data.

Source: decidim-comments' comment_serializer.rb: id, created_at, body, locale, author, alignment, depth, commentable_id,
commentable_type, root_commentable_url.
"""

from cahiers.contributions.tables.mapping import Mapping, Text
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method


def accepts(table: Table) -> bool:
    names = Names(table)
    told = names.count(("alignment", "depth", "commentable_id", "commentable_type", "root_commentable_url"))
    return bool(names.spoken("body")) and told >= 2


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    return Mapping(
        shape="decidim_comments",
        texts=(Text(columns=names.spoken("body")),),
        date=names.any("created_at"),
        links=names.any("root_commentable_url"),
        language=names.any("locale"),
        # The comments of two sites have the same numbers: the page they stand on tells them apart.
        id=(*names.any("root_commentable_url"), *names.any("id")),
        voice=names.any("author/id"),
        parent=names.any("root_commentable_url", "commentable_type", "commentable_id"),
        answers=names.any("alignment", "depth"),
    )


SHAPE = Shape(name="decidim_comments", label="Commentaires de Decidim", accepts=accepts, propose=propose)
