"""Files that nobody should have to open, made on the spot."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from cahiers.documents import formats
from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock
from cahiers.methods import get
from tests.documents.packages import docx

METHOD = get("etats-generaux")
#: The part that holds the text, by format.
MAIN_PART = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/sharedStrings.xml"}
READ = ("docx", "odt", "xlsx", "pdf", "json", "txt")

ROW = Row(
    cells={
        "irritant": (
            Item(text="Des salles trop petites"),
            Item(text="Peu de temps pour préparer", emphasised=True),
        ),
        "strength": (Item(text="De l’entraide entre collègues"),),
    },
    feedback=(1,),
)
SYNTHESIS = Synthesis(
    method="etats-generaux",
    territory="Val d’Aube",
    meetings=(
        Meeting(
            label="Val d’Aube",
            dates_text=("Le 12/10/2026 : Troyes",),
            dates=(),
            format="in_person",
            facilitators=(),
            participants=(
                Participant(
                    category="researchers",
                    label="Chercheurs",
                    checked=True,
                    count=3,
                    establishments=None,
                    note=None,
                ),
            ),
        ),
    ),
    themes=tuple(
        ThemeBlock(
            key=theme.key,
            number=number,
            title=theme.title,
            feedback=(Feedback(number=1, scope="Troyes", text="Un récit.", links=("https://exemple.fr/a",)),),
            stages={"diagnosis": (ROW, ROW), "projections": (), "action_plan": ()},
        )
        for number, theme in enumerate(METHOD.themes, start=1)
    ),
)

TEXT = """\
 THEMATIQUE N°1 : Garantir un égal accès au numérique pour tous

1. Retour d’expérience :

RETEX 1 (Troyes)

Un récit.
https://exemple.fr/a

Retours d’expérience présentés lors des ateliers

Thématique concernée
(parmi les 5)

RETEX Irritants Points forts

► Un égal accès au numérique pour

tous

► 1 ► Des salles trop petites

► Peu de temps pour préparer

► De l’entraide entre collègues

Diagnostic des points forts et irritants
"""


@cache
def valid(name: str) -> bytes:
    """A sound document of that format."""
    if name == "txt":
        return TEXT.encode()
    stream = io.BytesIO()
    formats.writer(name).write(SYNTHESIS, METHOD, stream)
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The package with its parts changed, and others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, _created(stream) as new:
        for info in old.infolist():
            new.writestr(
                info.filename, change(info.filename, old.read(info)), compress_type=info.compress_type
            )
        for name, content in added.items():
            new.writestr(name, content)
    return stream.getvalue()


def _created(stream: io.BytesIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def with_main(name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """A document whose main part is replaced."""

    def change(part: str, data: bytes) -> bytes:
        if part != MAIN_PART[name]:
            return data
        return content if isinstance(content, bytes) else content(data)

    return repacked(valid(name), change)


def truncated() -> Iterator[tuple[str, bytes]]:
    for name in READ:
        data = valid(name)
        for share in (0.02, 0.3, 0.6, 0.9, 0.99):
            yield f"truncated-{int(share * 100)}.{name}", data[: int(len(data) * share)]
        yield f"truncated-last.{name}", data[:-1]


def misnamed() -> Iterator[tuple[str, bytes]]:
    for name in READ:
        for other in (*READ, "doc", "rtf", "bin", "JSON"):
            if other != name:
                yield f"misnamed-{name}.{other}", valid(name)
    yield "misnamed-empty.docx", b""
    for name in READ:
        yield f"empty.{name}", b""


def encrypted() -> Iterator[tuple[str, bytes]]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096
    for name in ("docx", "xlsx", "odt", "doc", "xls"):
        yield f"encrypted-ole.{name}", ole
    for name in MAIN_PART:
        yield f"encrypted-zip.{name}", _flagged(valid(name))
    yield "encrypted-odf.odt", repacked(valid("odt"), _as_encrypted_odf)
    yield "encrypted.pdf", _locked_pdf()


def _as_encrypted_odf(part: str, data: bytes) -> bytes:
    """What LibreOffice leaves of a part when a password protects the document."""
    if part == "META-INF/manifest.xml":
        entry = rb'(<manifest:file-entry[^>]*manifest:full-path="content.xml"[^>]*)/>'
        return re.sub(entry, rb"\1><manifest:encryption-data/></manifest:file-entry>", data)
    return random.Random(1).randbytes(4000) if part == "content.xml" else data


def _flagged(data: bytes) -> bytes:
    """The archive with every entry marked as encrypted, in both places where zip says so."""
    data = re.sub(rb"(PK\x03\x04..)(..)", lambda m: m[1] + struct.pack("<H", 1), data, flags=re.DOTALL)
    return re.sub(rb"(PK\x01\x02....)(..)", lambda m: m[1] + struct.pack("<H", 1), data, flags=re.DOTALL)


def _locked_pdf() -> bytes:
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid("pdf"))) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return stream.getvalue()


def bombs() -> Iterator[tuple[str, bytes]]:
    attributes = b"<a " + b'a="" ' * (4 << 20) + b"/>"
    parts = {f"x/{i}": b"" for i in range(9000)}
    for name in MAIN_PART:
        zeros = with_main(name, bytes(300 << 20))
        yield f"bomb-zeros.{name}", zeros
        yield f"bomb-lie.{name}", _lying(zeros)
        yield f"bomb-spaces.{name}", with_main(name, b"<a>" + b" " * (45 << 20) + b"</a>")
        yield f"bomb-tags.{name}", with_main(name, b"<a>" + b"<b/>" * (10 << 20) + b"</a>")
        yield f"bomb-attributes.{name}", with_main(name, attributes)
        yield f"bomb-depth.{name}", with_main(name, b"<a>" * (4 << 20))
        yield f"bomb-parts.{name}", repacked(valid(name), lambda _, data: data, **parts)
    yield "bomb-depth.json", b"[" * (4 << 20)
    yield "bomb-flat.json", b'{"themes":[' + b"{}," * (2 << 20) + b"{}]}"
    yield "bomb-line.txt", "► mot ".encode() * (1 << 20)
    yield "bomb-lines.txt", b"\n" * (8 << 20)
    yield "bomb-themes.txt", "THEMATIQUE N°1 : Travailler ensemble autrement\n► a\n\n".encode() * 60_000
    yield "bomb-stream.pdf", _bomb_pdf()


def _lying(data: bytes) -> bytes:
    """The archive whose directory declares small parts, whatever they weigh."""
    return re.sub(rb"(PK\x01\x02.{20})(....)", lambda m: m[1] + struct.pack("<I", 100), data, flags=re.DOTALL)


def _bomb_pdf() -> bytes:
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(
            zlib.compress(b"0 0 1 1 re f\n" * (20 << 20), 1), Filter=pikepdf.Name.FlateDecode
        )
        pdf.save(stream)
    return stream.getvalue()


def lengthy() -> Iterator[tuple[str, bytes]]:
    """Texts and runs of spaces that nobody typed, wherever something is looked for in them."""
    rows = [
        ("Nom de la Région académique", "a" + " " * 300_000 + "b"),
        ("Date(s)", "Le " + "3/4 " * 100_000),
        ("Animateurs", "A" + "(" * 300_000),
        ("☒" + " [x]" * 100_000, "Nombre de participants : " + "1 " * 100_000),
        ("mot " * 100_000, "1" * 300_000),
    ]
    cells = (f"<w:tr>{''.join(f'<w:tc>{_typed(text)}</w:tc>' for text in row)}</w:tr>" for row in rows)
    lines = (_typed("Thème " + " " * 300_000), _typed("«" * 300_000), _typed("1." * 100_000))
    yield "lengthy.docx", docx(f"<w:tbl>{''.join(cells)}</w:tbl>{''.join(lines)}").getvalue()


def _typed(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def laden() -> Iterator[tuple[str, bytes]]:
    yield "macros.docx", repacked(valid("docx"), lambda _, data: data, **{"word/vbaProject.bin": bytes(9000)})
    yield "macros.xlsx", repacked(valid("xlsx"), lambda _, data: data, **{"xl/vbaProject.bin": bytes(9000)})
    yield (
        "macros.odt",
        repacked(valid("odt"), lambda _, data: data, **{"Basic/Standard/Module1.xml": b"<m/>"}),
    )
    yield "traversal.docx", repacked(valid("docx"), lambda _, data: data, **{"../../../etc/cron.d/x": b"x"})
    yield "actions.pdf", _acting_pdf()


def _acting_pdf() -> bytes:
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid("pdf"))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["x.exe"] = b"MZ"
        pdf.save(stream)
    return stream.getvalue()


def entities() -> Iterator[tuple[str, bytes]]:
    laughs = b'<!DOCTYPE a [<!ENTITY b0 "rire">' + b"".join(
        b'<!ENTITY b%d "%s">' % (i, b"&b%d;" % (i - 1) * 10) for i in range(1, 10)
    )
    outside = b'<!DOCTYPE a [<!ENTITY b9 SYSTEM "file:///etc/passwd">'
    online = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd" ['
    for name in MAIN_PART:
        late = b"<!--" + b" " * 70_000 + b"-->" + laughs
        for title, start in (("laughs", laughs), ("file", outside), ("network", online), ("late", late)):
            yield f"entity-{title}.{name}", with_main(name, partial(_declared, start=start))
        yield (
            f"entity-utf16.{name}",
            with_main(name, lambda data: _declared(data, laughs).decode("ascii", "replace").encode("utf-16")),
        )


def _declared(data: bytes, start: bytes) -> bytes:
    """The part with a document type before its root, and an entity in each of its texts."""
    body = re.sub(rb"^\s*<\?xml.*?\?>", b"", data, flags=re.DOTALL)
    return start + b"]>" + re.sub(rb"(<(?:w:t|text:p|t)(?: [^>]*)?>)", rb"\1&b9;", body)


def miscoded() -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman", "cp037", "utf-7"):
        yield f"encoding-{encoding}.txt", TEXT.encode(encoding, "replace")
        yield f"encoding-{encoding}.json", valid("json").decode().encode(encoding, "replace")
    noise = random.Random(7).randbytes(1 << 20)
    for name in READ:
        yield f"noise.{name}", noise
    for name, mark in (
        ("docx", b"PK\x03\x04"),
        ("xlsx", b"PK\x03\x04"),
        ("pdf", b"%PDF-1.7\n"),
        ("json", b"{"),
    ):
        yield f"noise-marked.{name}", mark + noise
    yield "nulls.txt", bytes(1 << 20)
    for name in MAIN_PART:
        yield f"encoding-unknown.{name}", with_main(name, b'<?xml version="1.0" encoding="klingon"?><a/>')
        yield f"no-xml.{name}", with_main(name, b"bonjour")
        yield f"other-root.{name}", with_main(name, b"<a><b>bonjour</b></a>")


def oversized(folder: Path) -> None:
    """200 MB files that hold a mark and nothing else; sparse, so that they cost no disk."""
    for name, mark in (
        ("docx", b"PK\x03\x04"), ("odt", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04"), ("pdf", b"%PDF-1.7\n"),
        ("json", b'{"a":"'), ("txt", b"THEMATIQUE"), ("bin", b"\0"),
    ):  # fmt: skip
        with (folder / f"oversized.{name}").open("wb") as stream:
            stream.write(mark)
            stream.truncate(200_000_000)

    (folder / "oversized-prose.txt").write_bytes("THEMATIQUE N°1 : ".encode() + b"mot " * (3 << 20))


def write_all(folder: Path) -> None:
    """Every hostile file, in a folder."""
    for family in (truncated, misnamed, encrypted, bombs, lengthy, laden, entities, miscoded):
        for name, data in family():
            (folder / name).write_bytes(data)
    oversized(folder)
