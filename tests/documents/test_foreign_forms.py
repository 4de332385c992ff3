"""Session forms that authors typed their own way."""

from tests.documents.test_foreign_blocks import METHOD, read, table


def test_session_form_without_drawn_boxes() -> None:
    form = table(
        ("Région académique", "Val-d’Orne"),
        ("Modalité", "□ Présentiel X Distanciel"),
        ("Animation", "Camille Aubrac"),
        ("[x] Chercheurs", "Nombre de participants : 4"),
        ("[ ] Opérateurs", "Nombre de participants :"),
        ("Familles et élèves", "35 (dont 20 élèves)"),
        ("Temps", "Couvert"),
    )
    synthesis = read(form)
    (meeting,) = synthesis.meetings
    assert (meeting.label, meeting.format, len(meeting.facilitators)) == ("Val-d’Orne", "remote", 1)
    assert [(line.category, line.checked, line.count) for line in meeting.participants] == [
        ("researchers", True, 4),
        ("operators", False, None),
        ("users", True, 35),
    ]
    assert [warning.text for warning in synthesis.warnings] == ["Temps", "Couvert"]
    assert (
        read(table(("Date(s)", "Le 3 mai"), ("Animation", "A"), ("Format", "En présentiel")))
        .meetings[0]
        .format
    )


def test_participants_in_a_table_of_their_own() -> None:
    label = METHOD.categories[0].label
    form = table(("Nom de la Région académique", "Val-d’Orne"), ("Animateurs", ""))
    counts = table(("Catégorie", "Présents", "Établissements"), (label, "12", "3"), ("Chercheurs", "2", ""))
    (meeting,) = read(form, counts).meetings
    assert [(line.count, line.establishments) for line in meeting.participants] == [(12, 3), (2, None)]
