import pytest

from cahiers import cli


def test_help_and_mistakes_are_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["analyse", "--help"], ["convert"], ["nope"], ["analyse", "--seed", "un"]):
        with pytest.raises(SystemExit):
            cli.main(arguments)
    told = "".join(capsys.readouterr()).replace("\u00a0", " ")
    for english in ("usage:", "options:", "positional", "show this", "required", "invalid", "choose"):
        assert english not in told
    for french in (
        "usage : cahiers",
        "montrer cette aide",
        "il manque ENTRÉE, SORTIE",
        "« un » n’est pas un nombre",
    ):
        assert french in told


@pytest.mark.parametrize("command", ["convert none.docx x.odt", "analyse none.csv --text a -o r.html"])
def test_a_file_that_is_not_there_is_said_so_in_french(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(command.split()) == 2
    told = "".join(capsys.readouterr()).replace("\u00a0", " ")
    assert "existe pas" in told
    assert "No such file" not in told


def test_whoever_interrupts_reads_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_django", interrupted)
    assert cli.main(["migrate"]) == 130
    assert capsys.readouterr().err == "\nInterrompu.\n"
