"""Syntheses of the whole variety that documents can hold, in normal form, for property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.documents.normal import normalise
from cahiers.methods import Method, Stage

FRENCH = "abcdeéèêàçùœ ABCDEÉÀŒ’' ,;:!?().«»“”\"–—-…0123456789\u00a0\u202f"
CURIOUS = "►■•=+@-*_#|<>&~`[]{}\\/%$€\t☒☐אבגمرحبا漢字🎓👩‍🏫🇫🇷e\u0301\u200f\u200d\u00ad𝔸"
WORDS = (
    "Prêter du matériel aux familles",
    "« Tous connectés », disent-ils",
    "L’an 2021-2022 : co-construire l'école",
    "► Former les équipes",
    "- un tiret en tête",
    "– un demi-cadratin en tête",
    "• une puce en tête",
    "■ un carré en tête",
    "=SOMME(A1:A9)",
    "=cmd|' /C calc'!A0",
    "+33 1 23 45 67 89",
    "@mention",
    "-2",
    "1",
    "1, 2",
    "12 - 14",
    "1. Diagnostiquer",
    "2) Équiper",
    "0012",
    "12/10/2020",
    "1e5",
    "VRAI",
    "#N/A",
    "'apostrophe en tête",
    "_x000D_ et _x0041_",
    "null",
    "RETEX 1 (académie)",
    "THEMATIQUE N°2 : Enseigner",
    "Nombre de participants : 12",
    "☒ Chercheurs",
    "(dont 12 à distance)",
    "Anticonstitutionnellement" * 8,
    "https://exemple.fr/un/chemin?a=1&b=2#c",
    "www.exemple.fr",
    "<b>gras</b> & <script>alert(1)</script>",
    "**gras** _souligné_ [lien](https://exemple.fr) | colonne",
    "مرحبا بالعالم",
    "שלום לכולם",
    "👩‍🏫 et 👨🏽‍🎓",
    "Un retour\nà la ligne",
    "\u200b",
)


@st.composite
def _lines(draw: st.DrawFn) -> str:
    """A line of text; composite, for the strategy's own description would be pages long."""
    return draw(
        st.one_of(
            st.sampled_from(WORDS),
            st.text(FRENCH, min_size=1, max_size=40),
            st.text(FRENCH + CURIOUS, min_size=1, max_size=40),
            st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12),
            st.sampled_from(WORDS).map(lambda words: " ".join([words] * 40)),
        )
    )


lines = _lines()
maybe_lines = st.none() | lines
numbers = st.integers(0, 12) | st.integers(0, 3000) | st.integers(0, 10**18 - 1)
maybe_numbers = st.none() | numbers
items = st.builds(Item, text=lines, emphasised=st.booleans())


@st.composite
def cells(draw: st.DrawFn) -> tuple[Item, ...]:
    """A cell's items: most often a few, sometimes three hundred."""
    few = draw(st.lists(items, max_size=4))
    if few and draw(st.integers(0, 40)) == 40:
        return tuple(Item(text=f"{few[0].text} {i}", emphasised=i % 7 == 0) for i in range(300))
    return tuple(few)


def rows(stage: Stage) -> st.SearchStrategy[Row]:
    return st.builds(
        Row,
        cells=st.fixed_dictionaries({}, optional=dict.fromkeys(stage.kinds, cells())),
        feedback=st.lists(numbers, max_size=3).map(tuple) if stage.cites_feedback else st.just(()),
        feedback_text=st.lists(lines, max_size=2).map(tuple) if stage.cites_feedback else st.just(()),
        name=maybe_lines,
        theme_text=maybe_lines,
    )


links = st.sampled_from(("https://exemple.fr/a", "http://exemple.fr/b?c=d")) | lines
feedback_sheets = st.builds(
    Feedback,
    number=maybe_numbers,
    scope=maybe_lines,
    text=st.lists(lines, max_size=3).map("\n".join),
    links=st.lists(
        lines | st.sampled_from(("https://exemple.fr/a", "http://exemple.fr/b?c=d")), max_size=3
    ).map(tuple),
)


def theme_blocks(method: Method) -> st.SearchStrategy[ThemeBlock]:
    titles = [title for theme in method.themes for title in (theme.title, *theme.aliases)]
    return st.builds(
        ThemeBlock,
        key=st.sampled_from([None, *(theme.key for theme in method.themes)]),
        number=maybe_numbers,
        title=st.sampled_from(titles) | lines if titles else lines,
        feedback=st.lists(feedback_sheets, max_size=3).map(tuple) if method.feedback else st.just(()),
        stages=st.fixed_dictionaries(
            {}, optional={stage.key: st.lists(rows(stage), max_size=3).map(tuple) for stage in method.stages}
        ),
    )


dates_texts = (
    st.sampled_from(("Le 14/10/2020 : Sarthe", "Du 28/09 au 09/10", "Les 12 et 13 mai 2025")) | lines
)


@st.composite
def meeting_dates(draw: st.DrawFn) -> MeetingDate:
    start = draw(st.dates(date(1990, 1, 1), date(2089, 12, 31)))
    return MeetingDate(start=start, end=start + timedelta(draw(st.integers(0, 30))), place=draw(maybe_lines))


def participants(method: Method) -> st.SearchStrategy[Participant]:
    labels = [category.label for category in method.categories]
    return st.builds(
        Participant,
        category=st.sampled_from([None, *(category.key for category in method.categories)]),
        label=st.sampled_from(labels) | lines if labels else lines,
        checked=st.booleans(),
        count=maybe_numbers,
        establishments=maybe_numbers,
        note=maybe_lines,
        surveyed=maybe_numbers,
    )


@st.composite
def attendances(draw: st.DrawFn, method: Method) -> tuple[Participant, ...]:
    """Every category of the method in its order, as a form has them, or anything."""
    if draw(st.booleans()):
        return tuple(draw(st.lists(participants(method), max_size=4)))
    return tuple(
        Participant(
            category=category.key,
            label=category.label,
            checked=draw(st.booleans()),
            count=draw(maybe_numbers),
            establishments=draw(maybe_numbers) if category.counts_establishments else None,
            note=draw(maybe_lines),
        )
        for category in method.categories
    )


def meetings(method: Method) -> st.SearchStrategy[Meeting]:
    return st.builds(
        Meeting,
        label=lines | st.just(""),
        dates_text=st.lists(dates_texts, max_size=3).map(tuple),
        dates=st.lists(meeting_dates(), max_size=3).map(tuple),
        format=st.sampled_from((None, "in_person", "remote", "hybrid")),
        facilitators=st.lists(
            st.builds(Facilitator, name=lines, role=maybe_lines, note=maybe_lines), max_size=3
        ).map(tuple),
        participants=attendances(method),
        facilitators_note=maybe_lines,
    )


def syntheses(method: Method) -> st.SearchStrategy[Synthesis]:
    """Syntheses in normal form that follow `method`."""
    return st.builds(
        Synthesis,
        method=st.just(method.key),
        territory=maybe_lines,
        meetings=st.lists(meetings(method), max_size=2).map(tuple),
        themes=st.lists(theme_blocks(method), max_size=3).map(tuple),
        consultation=maybe_lines,
    ).map(normalise)
