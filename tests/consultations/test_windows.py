"""A stage is written in while it is open, by the calendar of the consultation's own place."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from cahiers.consultations.actions import Window, create
from cahiers.consultations.models import Consultation, Role
from cahiers.consultations.organising.actions import set_windows, state_of_windows
from cahiers.consultations.windows import StageClosed, check_open, is_open, steps
from cahiers.contributions.actions import ConsultationClosed, Draft, submit
from cahiers.contributions.models import Channel
from cahiers.notebooks.actions import rows, statements
from cahiers.notebooks.actions.undoing import undo
from cahiers.notebooks.models import Row, Statement
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests import sample
from tests.conftest import NOW
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db

PAST, SOON = NOW - timedelta(days=1), NOW + timedelta(days=1)


def windowed(consultation: Consultation, **windows: tuple[datetime | None, datetime | None]) -> None:
    set_windows(
        consultation=consultation,
        windows={stage: Window(opens=opens, closes=closes) for stage, (opens, closes) in windows.items()},
        seen=state_of_windows(consultation),
        command=uuid4(),
        by=None,
        now=NOW,
    )


@pytest.fixture
def irritant(notebook):
    """Of the diagnosis."""
    return Statement.objects.select_related("row__theme__notebook__consultation", "current").get(
        row__theme__notebook=notebook, kind="irritant"
    )


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("opens", "closes", "open_now"),
    [
        (None, None, True),
        (PAST, None, True),
        (PAST, SOON, True),
        (None, SOON, True),
        (NOW, NOW + timedelta(seconds=1), True),
        (SOON, None, False),
        (None, PAST, False),
        (None, NOW, False),
    ],
)
def test_a_stage_is_open_between_its_ends(consultation, opens, closes, open_now):
    windowed(consultation, diagnosis=(opens, closes))
    assert is_open(consultation, "diagnosis", NOW) is open_now
    assert is_open(consultation, "projections", NOW)


def test_a_stage_reopens(consultation):
    windowed(consultation, diagnosis=(None, PAST))
    assert not is_open(consultation, "diagnosis", NOW)
    windowed(consultation, diagnosis=(None, SOON))
    assert is_open(consultation, "diagnosis", NOW)


def island(name: str, zone: str) -> Consultation:
    top = add(parent=None, level=Level.REGION, name=name, time_zone=zone, by=None, now=NOW)
    return create(
        slug=zone.rpartition("/")[2].lower(),
        title=f"Le numérique à {name}",
        method_key="etats-generaux",
        opens=date(2026, 9, 1),
        closes=date(2026, 12, 1),
        territories=[top],
        by=None,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("zone", "moment", "open_then"),
    [
        # 23 h 30 in Paris: the 1st there, the 2nd in La Réunion, still the 1st in Guadeloupe.
        ("Europe/Paris", datetime(2026, 12, 1, 22, 30, tzinfo=UTC), True),
        ("Indian/Reunion", datetime(2026, 12, 1, 22, 30, tzinfo=UTC), False),
        ("America/Guadeloupe", datetime(2026, 12, 1, 22, 30, tzinfo=UTC), True),
        # 0 h 30 in Paris: the 2nd there, and still the 1st in Guadeloupe.
        ("Europe/Paris", datetime(2026, 12, 1, 23, 30, tzinfo=UTC), False),
        ("America/Guadeloupe", datetime(2026, 12, 1, 23, 30, tzinfo=UTC), True),
        # The eve of the opening in Paris is its day in Nouméa.
        ("Pacific/Noumea", datetime(2026, 8, 31, 14, 0, tzinfo=UTC), True),
        ("Europe/Paris", datetime(2026, 8, 31, 14, 0, tzinfo=UTC), False),
    ],
)
def test_a_consultation_opens_and_closes_by_its_own_calendar(zone, moment, open_then):
    consultation = island("Île-aux-Palmes", zone)
    assert is_open(consultation, None, moment) is open_then
    draft = Draft(territory=consultation.territories.get(), channel=Channel.FORM, text="Bonjour")
    if open_then:
        submit(consultation=consultation, draft=draft, by=None, now=moment)
    else:
        with pytest.raises(ConsultationClosed):
            submit(consultation=consultation, draft=draft, by=None, now=moment)


def test_a_consultation_of_several_zones_goes_by_the_site_s(consultation, nation):
    far = add(parent=None, level=Level.REGION, name="Loin", time_zone="Pacific/Noumea", by=None, now=NOW)
    consultation.territories.add(far)
    assert consultation.time_zone == "Europe/Paris"


def test_a_contribution_of_a_kind_waits_for_one_of_its_stages(consultation, region):
    windowed(consultation, diagnosis=(None, PAST), projections=(SOON, None))

    def send(kind: str) -> None:
        draft = Draft(territory=region, channel=Channel.FORM, text="Bonjour", kind=kind)
        submit(consultation=consultation, draft=draft, by=None, now=NOW)

    with pytest.raises(ConsultationClosed):
        send("irritant")  # of both
    with pytest.raises(ConsultationClosed):
        send("strength")
    send("action")
    send("feedback")  # of no stage
    windowed(consultation, diagnosis=(None, SOON), projections=(SOON, None))
    send("irritant")


def test_facilitators_are_kept_out_of_a_closed_stage(notebook, irritant, region):
    by = member(notebook.consultation, Role.FACILITATOR)
    windowed(notebook.consultation, diagnosis=(None, PAST))
    given = {"command": uuid4(), "by": by, "now": NOW}
    row, action_plan = irritant.row, Row.objects.get(theme__notebook=notebook, stage="action_plan")
    seen = irritant.current_id
    refused = [
        lambda: statements.add(row=row, kind="irritant", text="Encore", **given),
        lambda: statements.reword(statement=irritant, text="Encore", seen=seen, **given),
        lambda: statements.emphasise(statement=irritant, seen=seen, **given),
        lambda: statements.split(statement=irritant, parts=["Trop", "de clés"], seen=seen, **given),
        lambda: statements.delete(statement=irritant, seen=seen, **given),
        lambda: rows.name(row=row, name="Nommée", seen=row.current_id, **given),
        lambda: rows.delete(row=row, seen=row.current_id, **given),
        lambda: rows.add(theme=row.theme, stage="diagnosis", **given),
    ]
    for act in refused:
        with pytest.raises(StageClosed, match="Diagnostic\xa0» est fermée depuis le 30\u00a0sept"):
            act()
    statements.add(row=action_plan, kind="lever", text="Un levier", **given | {"command": uuid4()})


def test_nothing_moves_into_or_out_of_a_closed_stage(notebook, region):
    by = member(notebook.consultation, Role.FACILITATOR)
    given = {"by": by, "now": NOW}
    theme = notebook.themes.first()
    projections = rows.add(theme=theme, stage="projections", command=uuid4(), **given)
    lever = statements.add(row=projections, kind="lever", text="Un levier", command=uuid4(), **given)
    plan = Row.objects.get(theme__notebook=notebook, stage="action_plan")
    moving = {"statement": lever, "row": plan, "kind": "lever", "seen": lever.current_id, **given}
    for closed in ("projections", "action_plan"):
        windowed(notebook.consultation, **{closed: (SOON, None)})
        with pytest.raises(StageClosed, match="n’ouvre que le 2\u00a0octobre 2026 à 11"):
            statements.move(command=uuid4(), **moving)
    windowed(notebook.consultation)
    command = uuid4()
    statements.move(command=command, **moving)
    windowed(notebook.consultation, projections=(SOON, None))
    with pytest.raises(StageClosed):
        undo(notebook=notebook, edit=command, by=by, now=NOW)


def test_who_organises_there_and_the_command_line_still_correct(notebook, irritant, region, nation):
    windowed(notebook.consultation, diagnosis=(None, PAST))
    for by in (
        None,
        member(notebook.consultation, Role.ORGANISER),
        member(notebook.consultation, Role.ORGANISER, region, name="Noé Palud"),
    ):
        irritant = statements.reword(
            statement=irritant,
            text=f"Corrigé par {by}",
            seen=irritant.current_id,
            command=uuid4(),
            by=by,
            now=NOW,
        )
    elsewhere = add(parent=nation, level=Level.REGION, name="Ailleurs", by=None, now=NOW)
    stranger = member(notebook.consultation, Role.ORGANISER, elsewhere, name="Lou Sarde")
    with pytest.raises(StageClosed):
        check_open(
            consultation=notebook.consultation, stages=["diagnosis"], territory=region, by=stranger, now=NOW
        )


def test_a_document_is_imported_where_its_stages_are_open(consultation, region, synthesis, now):
    from cahiers.notebooks.actions import SourceFile, import_synthesis

    by = member(consultation, Role.FACILITATOR)

    def bring(read):
        source = SourceFile.of(repr(read).encode(), name="cahier.docx", format="docx")
        import_synthesis(
            consultation=consultation, territory=region, synthesis=read, source=source, by=by, now=now
        )

    windowed(consultation, diagnosis=(None, PAST))
    with pytest.raises(StageClosed):
        bring(synthesis)
    bring(sample.large(10))  # a plan of action alone


def test_pages_say_that_a_stage_is_closed(notebook, irritant, client: Client):
    facilitator = member(notebook.consultation, Role.FACILITATOR)
    organiser = member(notebook.consultation, Role.ORGANISER, name="Noé Palud")
    windowed(notebook.consultation, diagnosis=(None, PAST))
    pages = (f"/e/{irritant.code}", f"/l/{irritant.row.uuid}", f"/e/{irritant.code}/reformuler")
    said = "L’étape « Diagnostic » est fermée depuis le 30 septembre 2026 à 11"
    client.force_login(facilitator)
    for page in pages:
        text = client.get(page).content.decode().replace("\xa0", " ")
        assert said in text
        assert "Seules les personnes qui organisent" in text
    assert "/reformuler" not in client.get(pages[0]).content.decode()
    assert "/nommer" not in client.get(pages[1]).content.decode()
    answer = client.post(
        pages[2], {"text": "Autre", "seen": str(irritant.current_id), "command": str(uuid4())}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\xa0", " ")
    client.force_login(organiser)
    for page in pages:
        assert "Vous pouvez tout de même la corriger" in client.get(page).content.decode()
    assert "/reformuler" in client.get(pages[0]).content.decode()
    windowed(notebook.consultation)
    assert "L’étape" not in client.get(pages[0]).content.decode()


def test_buttons_are_refused_in_a_message(notebook, irritant, client: Client):
    client.force_login(member(notebook.consultation, Role.FACILITATOR))
    windowed(notebook.consultation, diagnosis=(None, PAST))
    sent = {"seen": str(irritant.current_id), "command": str(uuid4())}
    for address in (f"/e/{irritant.code}/supprimer", f"/e/{irritant.code}/souligner"):
        assert "est fermée" in client.post(address, sent, follow=True).content.decode()
    sent["seen"] = str(irritant.row.current_id)
    assert (
        "est fermée" in client.post(f"/l/{irritant.row.uuid}/supprimer", sent, follow=True).content.decode()
    )


def test_the_consultation_s_page_says_when_stages_are_open(published, client: Client):
    windowed(published, diagnosis=(PAST, SOON), projections=(SOON, None), action_plan=(None, PAST))
    assert [words.replace("\xa0", " ") for _, words in steps(published, NOW)] == [
        "étape ouverte jusqu’au 2 octobre 2026 à 11 h 30",
        "étape ouverte à partir du 2 octobre 2026 à 11 h 30",
        "étape fermée depuis le 30 septembre 2026 à 11 h 30",
    ]
    text = client.get("/ecole/").content.decode().replace("\xa0", " ")
    assert "Étape ouverte jusqu’au 2 octobre 2026 à 11 h 30" in text


def test_windows_of_a_far_place_say_whose_time_it_is():
    consultation = island("Île-aux-Palmes", "Indian/Reunion")
    windowed(consultation, diagnosis=(None, datetime(2026, 10, 2, 21, 0, tzinfo=UTC)))
    [(_, words), *_] = steps(consultation, NOW)
    assert words.replace("\xa0", " ") == "étape ouverte jusqu’au 3 octobre 2026 à 1 h, heure de La Réunion"
