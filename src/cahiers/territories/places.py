"""Finds the territories that a directory names: départements, académies and bassins."""

from collections.abc import Iterable

from cahiers.documents.matching import fold
from cahiers.territories import uai
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Level, Territory


class Index:
    """Territories of a level by code or name, however they are typed; a name that two share finds none."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        self._found: dict[str, Territory | None] = {}
        for one in territories:
            for key in {_code(one.code), _name(one.name)} - {""}:
                known = self._found.setdefault(key, one)
                self._found[key] = one if known is one else None

    def find(self, text: str) -> Territory | None:
        return self._found.get(_code(text)) or self._found.get(_name(text))


class Places:
    """What stands between the nation and its establishments, read once: about a thousand territories for France."""

    def __init__(self) -> None:
        found = list(Territory.objects.filter(level__in=(Level.ACADEMY, Level.DEPARTMENT, Level.BASIN)))
        self.departments = Index(one for one in found if one.level == Level.DEPARTMENT)
        self.academies = Index(one for one in found if one.level == Level.ACADEMY)
        self._by_path = {one.path: one for one in found if one.level != Level.ACADEMY}
        #: Bassins that the directory brings, to be saved.
        self.new: list[Territory] = []

    @property
    def are_there(self) -> bool:
        return any(one.level == Level.DEPARTMENT for one in self._by_path.values())

    def department_of(self, establishment: Territory | None, number: str) -> Territory | None:
        """Where nothing else tells: the one it stands in already, else the one that its UAI says."""
        for path in establishment.lineage if establishment else ():
            if (above := self._by_path.get(path)) and above.level == Level.DEPARTMENT:
                return above
        return self.departments.find(uai.department_code(number))

    def basin(self, department: Territory, name: str) -> Territory:
        """The bassin of that name in the département: one that spans two départements stands in each of them."""
        slug = slug_of(name)
        path = f"{department.path}{slug}/"
        if path not in self._by_path:
            self._by_path[path] = Territory(
                parent=department,
                level=Level.BASIN,
                name=name,
                slug=slug,
                path=path,
                time_zone=department.time_zone,
            )
            self.new.append(self._by_path[path])
        return self._by_path[path]


def _code(text: str) -> str:
    """Directories write 1, 01 or 001 for the Ain."""
    return text.strip().upper().lstrip("0")


def _name(text: str) -> str:
    return fold(text).removeprefix("la ")
