"""Eight editors at the same instant: one is first, the others are told; the same command is done once."""

from uuid import uuid4

from cahiers.consultations.actions import create
from cahiers.notebooks.actions import statements
from cahiers.notebooks.actions.revising import Changed
from cahiers.notebooks.models import Statement
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.crowds import NOW, play, together
from tests.sample import imported, synthesis


def scene() -> None:
    nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
    consultation = create(
        slug=f"ecole-{uuid4()}",
        title="Ecole",
        method_key="etats-generaux",
        territories=[nation],
        by=None,
        now=NOW,
    )
    notebook = imported(consultation, nation, synthesis(), NOW)
    statement = Statement.objects.get(row__theme__notebook=notebook, current__text="Trop de mots de passe")
    seen = statement.current_id

    def reword(number: int) -> None:
        statements.reword(
            statement=statement, text=f"Version {number}", seen=seen, command=uuid4(), by=None, now=NOW
        )

    told = [one for one in together(8, reword) if one is not None]
    statement = Statement.objects.get(pk=statement.pk)
    assert statement.revisions.count() == 2
    assert {type(one) for one in told} == {Changed}, told
    assert [one.current.text for one in told] == [statement.current.text] * 7

    row, command = statement.row, uuid4()

    def once(_number: int) -> None:
        statements.add(row=row, kind="irritant", text="Une seule fois", command=command, by=None, now=NOW)

    def each(number: int) -> None:
        statements.add(row=row, kind="strength", text=f"Le {number}e", command=uuid4(), by=None, now=NOW)

    assert together(8, once) == [None] * 8
    assert row.statements.filter(current__text="Une seule fois").count() == 1
    assert together(8, each) == [None] * 8
    positions = [one.position for one in row.statements.filter(kind="strength")]
    assert len(set(positions)) == len(positions) == 10, positions


def test_none_overwrites_another(prepared, tmp_path):
    play(scene, prepared, tmp_path)
