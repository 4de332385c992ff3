"""Decidim's meetings, as CSV, JSON or open data: what was reported of each, with what its session form says.

An announcement is nothing that anybody said: a meeting without a report comes in once it has one.

Source: decidim-meetings' meeting_serializer.rb and its open-data variant.
"""

from cahiers.contributions.tables.mapping import Mapping, Text
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method


def accepts(table: Table) -> bool:
    names = Names(table)
    told = names.count(
        ("attendees", "organizations", "address", "type_of_meeting", "closing_report", "location")
    )
    return bool(names.spoken("title") and names.any("start_time") and names.any("end_time")) and told >= 2


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    text = names.spoken("closing_report") or names.spoken("description")
    return Mapping(
        shape="decidim_meetings",
        sessions=True,
        texts=(Text(columns=text),) if text else (),
        title=names.spoken("title"),
        theme=(*names.spoken("category/name"), *names.spoken("taxonomies/name"), *names.any("taxonomies")),
        territory=(*names.spoken("scope/name"), *names.any("address")),
        date=names.any("start_time"),
        address=names.any("url"),
        links=names.any("related_proposals", "related_results", "video_url", "audio_url"),
        id=names.any("reference", "id"),
        answers=(
            *names.any("start_time", "end_time", "attendees", "contributions", "organizations", "address"),
            *names.spoken("location")[:1],
            *names.any("type_of_meeting"),
        ),
    )


SHAPE = Shape(name="decidim_meetings", label="Rencontres de Decidim", accepts=accepts, propose=propose)
