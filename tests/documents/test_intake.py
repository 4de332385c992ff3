"""Bytes are looked at before any library touches them."""

import io
import zipfile

import pytest

from cahiers.documents import intake
from cahiers.documents.errors import Unreadable


def package(**parts: bytes) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    stream.seek(0)
    return stream


def test_an_empty_file_says_so() -> None:
    with pytest.raises(Unreadable, match="vide"):
        intake.check_size(io.BytesIO())


def test_a_file_over_the_limit_says_its_weight() -> None:
    with pytest.raises(Unreadable, match="pèse 3 Mio"):
        intake.check_size(io.BytesIO(b"x" * (3 * intake.MIB)), limit=intake.MIB)


def test_looking_leaves_the_stream_at_its_start() -> None:
    stream = package(a=b"1")
    assert "a" in intake.zip_parts(stream)
    assert intake.head(stream, 2) == b"PK"
    assert stream.tell() == 0


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40, b"hello"])
def test_what_is_no_archive_is_not_one(data: bytes) -> None:
    assert not intake.zip_parts(io.BytesIO(data))


def test_an_encrypted_office_file_is_named_as_such() -> None:
    with pytest.raises(Unreadable, match="mot de passe"):
        intake.open_package(io.BytesIO(intake.OLE + b"\0" * 600), "Word")


def test_a_truncated_archive_is_named_as_such() -> None:
    data = package(a=b"1" * 1000).getvalue()
    with pytest.raises(Unreadable, match="tronqué"):
        intake.open_package(io.BytesIO(data[:60]), "Word")


def test_a_part_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_XML_PART", 1000)
    archive = intake.open_package(package(a=b"1" * 2000), "Word")
    with pytest.raises(Unreadable, match="gonfle"):
        intake.xml_part(archive, "a", "Word")


def test_an_archive_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_UNZIPPED", 1000)
    with pytest.raises(Unreadable, match="gonfle"):
        intake.open_package(package(a=b"1" * 2000), "Word")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'.encode(encoding)
    archive = intake.open_package(package(a=bomb), "Word")
    with pytest.raises(Unreadable, match="entités"):
        intake.xml_part(archive, "a", "Word")


def test_a_missing_part_is_named() -> None:
    archive = intake.open_package(package(a=b"1"), "Word")
    with pytest.raises(Unreadable, match="« b »"):
        intake.xml_part(archive, "b", "Word")


def test_a_damaged_part_is_named() -> None:
    data = bytearray(package(a=bytes(range(256)) * 40).getvalue())
    data[60:80] = b"\xff" * 20
    archive = intake.open_package(io.BytesIO(bytes(data)), "Word")
    with pytest.raises(Unreadable, match="abîmé"):
        intake.xml_part(archive, "a", "Word")


def test_an_archive_of_countless_parts_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_DIRECTORY", 1000)
    stream = package(**{f"part{number}": b"" for number in range(100)})
    assert not intake.zip_parts(stream)
    with pytest.raises(Unreadable, match="démesuré"):
        intake.open_package(stream, "Word")
