"""Enrols the establishments of a directory, and the bassins it names, below their départements."""

from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from posixpath import commonpath
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.documents.errors import Unreadable
from cahiers.documents.matching import fold
from cahiers.journal.actions import HOUSE, record
from cahiers.journal.models import Verb
from cahiers.territories import uai
from cahiers.territories.addresses import MAX, slug_of
from cahiers.territories.directory import Broken, Field, Line, opened
from cahiers.territories.models import Level, Territory
from cahiers.territories.places import Places
from cahiers.territories.report import Problem, Report

BATCH: Final = 500


class NoDepartments(Exception):
    """There is no département to enrol anything below; its text says so in one French sentence."""


def enrol(
    *,
    stream: BinaryIO,
    kinds: Collection[str] = (),
    dry_run: bool = False,
    partial: bool = False,
    progress: Callable[[int], object] = lambda lines: None,
    by: Person | None,
    now: datetime,
) -> Report:
    """Add the establishments of a CSV directory and bring known ones up to date, by their UAI.

    One line refused holds back all the others unless `partial`. `kinds` keeps the types that begin with one of
    them; empty, all are kept. `progress` is told how many lines are done. A known establishment keeps its address
    when renamed, and its bassin where the file names none. The département decides: an académie that is not known
    here, such as one that has merged, is passed over. Raises Unreadable and NoDepartments.
    """
    directory = opened(stream)
    if kinds and Field.KIND not in directory.columns:
        raise Unreadable(
            "Le fichier n’a pas de colonne de type : il ne peut être trié par type d’établissement."
        )
    report = Report(encoding=directory.encoding, separator=directory.separator, columns=directory.columns)
    # A dry run takes no lock, which SQLite would give to a single writer.
    with nullcontext() if dry_run else transaction.atomic():
        register = _Register(report, kinds=kinds, dry_run=dry_run, partial=partial)
        lines = directory.lines()
        while batch := list(islice(lines, BATCH)):
            register.take(batch)
            progress(report.lines)
        report.applied = not dry_run and (partial or not report.refused)
        if not dry_run and not report.applied:
            transaction.set_rollback(True)
        elif report.applied and report.brings_something:
            subject = _above(register.departments)
            record(stream=HOUSE, verb=Verb.IMPORT, subject=subject, actor=by.uuid if by else None, at=now)
    return report


def _above(paths: Collection[str]) -> UUID:
    """The lowest territory that holds all of these; the journal's own stream where they have no root in common."""
    top = f"{commonpath(paths)}/"
    return Territory.objects.filter(path=top).values_list("uuid", flat=True).first() or HOUSE


class _Refused(Exception):
    """What is wrong with a cell."""

    def __init__(self, field: Field, reason: str) -> None:
        self.field = field
        self.reason = reason


class _Register:
    """Takes lines a batch at a time: one query to know what stands, at most three writes."""

    def __init__(self, report: Report, *, kinds: Collection[str], dry_run: bool, partial: bool) -> None:
        self.report = report
        self.kinds = tuple(fold(kind) for kind in kinds)
        self.dry_run = dry_run
        self.partial = partial
        self.places = Places()
        if not self.places.are_there:
            raise NoDepartments(
                "Aucun département n’est connu : lancez d’abord « cahiers territories plant-france »."
            )
        #: Paths of the départements that something is enrolled in.
        self.departments: set[str] = set()
        # A bit for each number that can be: 1.25 MB however long the file is.
        self._seen = bytearray(10_000_000 // 8)

    def take(self, batch: list[Line | Broken]) -> None:
        numbers = {"".join(line[Field.UAI].split()).upper() for line in batch if isinstance(line, Line)}
        # The index of codes leaves empty ones out: databases use it for queries that leave them out too.
        found = Territory.objects.filter(level=Level.ESTABLISHMENT, code__in=numbers).exclude(code="")
        known = {one.code: one for one in found.order_by()}
        new: list[Territory] = []
        changed: list[Territory] = []
        for line in batch:
            self.report.lines += 1
            if isinstance(line, Broken):
                self.report.add(Problem(line=line.number, reason=line.reason))
                continue
            try:
                self._enrol(line, known, new, changed)
            except _Refused as refusal:
                self.report.add(self._problem(line, refusal.field, refusal.reason))
        self._save(new, changed)

    def _enrol(
        self, line: Line, known: Mapping[str, Territory], new: list[Territory], changed: list[Territory]
    ) -> None:
        if self.kinds and not fold(line[Field.KIND]).startswith(self.kinds):
            self.report.left_out += 1
            return
        number = _number(line)
        _check_text(line)
        name = _name(line)
        establishment = known.get(number)
        department = self._department(line, number, establishment)
        if self._is_seen(number):
            reason = "ce numéro figure déjà plus haut, la première ligne compte"
            self.report.add(self._problem(line, Field.UAI, reason, refused=False))
            return
        parent = self._parent(line, department, establishment)
        if establishment is None:
            new.append(_establishment(number, name, parent or department))
        elif _update(establishment, name, parent):
            changed.append(establishment)
        else:
            self.report.unchanged += 1
            return
        self.departments.add(department.path)

    def _department(self, line: Line, number: str, establishment: Territory | None) -> Territory:
        if cell := line[Field.DEPARTMENT]:
            department = self.places.departments.find(cell)
        else:
            department = self.places.department_of(establishment, number)
        if department is None:
            raise _Refused(
                Field.DEPARTMENT, "aucun département connu n’a ce code ou ce nom" if cell else _UNPLACED
            )
        academy = self.places.academies.find(line[Field.ACADEMY])
        if academy and not department.is_within(academy):
            raise _Refused(Field.ACADEMY, f"le département {department.name} n’est pas dans cette académie")
        return department

    def _parent(self, line: Line, department: Territory, establishment: Territory | None) -> Territory | None:
        """Where the file says that it stands; None to leave it where it is."""
        if basin := line[Field.BASIN]:
            return self.places.basin(department, basin)
        return None if establishment and establishment.is_within(department) else department

    def _is_seen(self, number: str) -> bool:
        """Whether this is the second time that it is asked."""
        byte, bit = divmod(int(number[:7]), 8)
        was = bool(self._seen[byte] & 1 << bit)
        self._seen[byte] |= 1 << bit
        return was

    def _problem(self, line: Line, field: Field, reason: str, *, refused: bool = True) -> Problem:
        column = self.report.columns.get(field, "")
        return Problem(line=line.number, column=column, cell=line[field], reason=reason, refused=refused)

    def _save(self, new: list[Territory], changed: list[Territory]) -> None:
        basins = self.places.new
        self.report.basins += len(basins)
        self.report.added += len(new)
        self.report.changed += len(changed)
        if not self.dry_run and (self.partial or not self.report.refused):
            Territory.objects.bulk_create(basins)
            Territory.objects.bulk_create(new)
            Territory.objects.bulk_update(changed, ["parent", "name", "slug", "path", "time_zone"])
        self.places.new = []


_UNPLACED: Final = "le département n’est pas indiqué et le numéro UAI ne suffit pas à le trouver"


def _number(line: Line) -> str:
    if not line[Field.UAI]:
        raise _Refused(Field.UAI, "la cellule est vide")
    try:
        return uai.parse(line[Field.UAI])
    except uai.Malformed as error:
        raise _Refused(Field.UAI, str(error)) from None


def _check_text(line: Line) -> None:
    if not line[Field.NAME]:
        raise _Refused(Field.NAME, "la cellule est vide")
    for field in (Field.NAME, Field.COMMUNE, Field.BASIN):
        if "\ufffd" in line[field]:
            raise _Refused(field, "un caractère est illisible")
    if line[Field.BASIN] and not slug_of(line[Field.BASIN]):
        raise _Refused(Field.BASIN, "un nom de bassin compte au moins une lettre ou un chiffre")


def _name(line: Line) -> str:
    """Its name, and its commune in brackets unless the name tells it: dozens of schools share the others."""
    name, commune = line[Field.NAME], line[Field.COMMUNE]
    told = not fold(commune) or f" {fold(commune)} " in f" {fold(name)} "
    return name if told else f"{name} ({commune})"


def _establishment(number: str, name: str, parent: Territory) -> Territory:
    slug = _slug(number, name)
    return Territory(
        parent=parent,
        level=Level.ESTABLISHMENT,
        code=number,
        name=name,
        slug=slug,
        path=f"{parent.path}{slug}/",
        time_zone=parent.time_zone,
    )


def _slug(number: str, name: str) -> str:
    """Ends with the number, which no other has: schools of a département are often namesakes."""
    return f"{slug_of(name, length=MAX - len(number) - 1)}-{number.lower()}".strip("-")


def _update(establishment: Territory, name: str, parent: Territory | None) -> bool:
    """Whether anything changed."""
    renamed = establishment.name != name
    moved = parent is not None and f"{parent.path}{establishment.slug}/" != establishment.path
    establishment.name = name
    if parent is not None and moved:
        establishment.parent = parent
        establishment.slug = _slug(establishment.code, name)
        establishment.path = f"{parent.path}{establishment.slug}/"
        establishment.time_zone = parent.time_zone
    return renamed or moved
