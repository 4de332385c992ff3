"""The words of the template by which one finds one's way: title bars, headings, captions, prompts."""

import re
from typing import Final

from cahiers.documents.matching import fold, numbered, theme_key
from cahiers.documents.normal import tidy
from cahiers.methods import Method, Stage

#: Prompts of the official template that stand outside of bulleted lists.
TEMPLATE_PROMPT: Final = re.compile(r"texte de \d( ou \d)? lignes|cocher les? cases?|puis completer")
FORM_WORD: Final = re.compile(r"introduction|interne|sommaire|animateurs?|participants?|synthese|nom de la")
NUMBERED: Final = re.compile(r"^\s*(?:\d+|[IVX]+)?\s*[.)–-]?\s*(?P<words>.*?)\s*:?\s*$")
#: What a line of a table of contents ends with.
PAGE: Final = re.compile(r"[\s:.…]+\d{1,3}$")


class Landmarks:
    """Recognises a method's landmarks in text, whoever typed it."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._names = {fold(name) for theme in method.themes for name in (theme.title, *theme.aliases)}
        word = re.escape(method.theme_word)
        if fold(method.theme_word) == "thematique":
            word = "TH[EÉ]MATIQUE"
        self._theme = re.compile(
            rf"\s*{word}\s*(?:N\s*[°ºo.]?\s*)?(?P<number>-?\d+)?\s*[:–—-]\s*(?P<title>.*)",
            re.IGNORECASE | re.DOTALL,
        )
        self._feedback = self._opened_feedback = None
        self._headings: dict[str, Stage | None] = {fold(stage.title): stage for stage in method.stages}
        self._captions = {fold(stage.caption) for stage in method.stages}
        self._prompts = {fold(prompt) for stage in method.stages for prompt in stage.prompts}
        if method.legend is not None:
            self._prompts.add(fold(method.legend))
        if method.feedback is not None:
            cites = next((stage for stage in method.stages if stage.cites_feedback), None)
            self._headings.setdefault(fold(method.feedback.title), cites)
            self._captions.add(fold(method.feedback.caption))
            self._prompts.update(fold(prompt) for prompt in method.feedback.prompts)
            self._feedback = re.compile(
                rf"\s*(?:fiche\s+)?{re.escape(method.feedback.word)}"
                r"(?:\s*(?:n\s*[°º]?\s*)?(?P<number>-?\d+))?\s*(?:\((?P<scope>.*)\))?\s*:?\s*",
                re.IGNORECASE,
            )
            self._opened_feedback = re.compile(
                rf"\s*(?:fiche\s+)?{re.escape(method.feedback.word)}\s*(?:n\s*[°º]?\s*)?(?P<number>\d{{1,4}})\s*[:–—-]\s*(?P<text>.+)",
                re.IGNORECASE,
            )

    def theme(self, text: str, *, is_bar: bool = False) -> tuple[int | None, str] | None:
        """Number and title of a title bar ("THEMATIQUE N°2 : …"); None for any other text.

        `is_bar` says that the text is known to be one: then its title may be empty.
        """
        match = self._theme.fullmatch(text)
        if match is None or not (is_bar or match["title"].strip()):
            return None
        return (int(match["number"]) if match["number"] else None), tidy(match["title"])

    def named_theme(self, text: str, *, is_heading: bool) -> tuple[int | None, str] | None:
        """Number and title of a line that names one of the method's themes, numbered or not; None for any other.

        Elsewhere than in a heading, only a title in full or the word "thème" makes it one.
        """
        number, title = numbered(text)
        sure = (
            is_heading or fold(title) in self._names or fold(text).startswith(("theme", "thematique", "axe"))
        )
        return (number, title) if sure and theme_key(title, self._method) is not None else None

    def feedback(self, text: str) -> tuple[int | None, str | None] | None:
        """Number and scope of a feedback sheet's heading ("RETEX 2 (…)"); None for any other text."""
        match = self._feedback.fullmatch(text) if self._feedback is not None else None
        if match is None:
            return None
        return (int(match["number"]) if match["number"] else None), tidy(match["scope"] or "") or None

    def opened_feedback(self, text: str) -> tuple[int, str] | None:
        """Number of a feedback sheet whose heading goes on with its first words ("RETEX 2 : …"), and these."""
        match = self._opened_feedback.fullmatch(text) if self._opened_feedback is not None else None
        return None if match is None else (int(match["number"]), match["text"])

    def is_heading(self, text: str) -> bool:
        """Whether the text opens a part ("2. Projections")."""
        return self._heading(text) is not None

    def section(self, text: str) -> Stage | None:
        """Stage whose part the text opens: the one that cites feedback sheets for theirs; None where there is none."""
        return self._headings.get(self._heading(text) or "")

    def _heading(self, text: str) -> str | None:
        """The heading that a text is, folded, whatever number stands before it or page after it."""
        matches = map(NUMBERED.match, (text, PAGE.sub("", text)))
        words = (fold(match["words"]) for match in matches if match is not None)
        return next((heading for heading in words if heading in self._headings), None)

    def is_caption(self, text: str) -> bool:
        return fold(text) in self._captions

    def is_prompt(self, text: str) -> bool:
        """Whether the text is an instruction of the template, of the official one or of ours."""
        return (
            fold(text) in self._prompts
            or text.startswith("■")
            or TEMPLATE_PROMPT.match(fold(text)) is not None
        )

    def is_of_template(self, text: str) -> bool:
        """Whether the text is of the template: it may stand at the edge of several pages."""
        return bool(
            self.theme(text)
            or self.is_heading(text)
            or self.is_caption(text)
            or self.is_prompt(text)
            or self.feedback(text)
        )

    def is_form_word(self, text: str) -> bool:
        """Whether the text, before any theme, belongs to the template and to no person."""
        return FORM_WORD.match(fold(text)) is not None
