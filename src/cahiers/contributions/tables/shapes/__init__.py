"""The platforms whose exports are known, each in its own module, and how one is told from another."""

from typing import Final

from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.shapes import (
    adhocracy,
    decidim_answers,
    decidim_comments,
    decidim_meetings,
    decidim_proposals,
    generic,
    google_forms,
    limesurvey,
    microsoft_forms,
    webform,
)
from cahiers.contributions.tables.shapes.shape import Shape

#: In the order in which they are tried; the last takes any table.
SHAPES: Final = (
    decidim_comments.SHAPE,
    decidim_meetings.SHAPE,
    decidim_proposals.SHAPE,
    decidim_answers.SHAPE,
    limesurvey.SHAPE,
    webform.SHAPE,
    microsoft_forms.SHAPE,
    google_forms.SHAPE,
    adhocracy.SHAPE,
    generic.SHAPE,
)


def recognise(table: Table) -> Shape:
    """The platform that the table comes from."""
    return next(shape for shape in SHAPES if shape.accepts(table))
