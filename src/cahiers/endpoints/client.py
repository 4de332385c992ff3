"""A server with OpenAI's interface: sentence vectors, and drafts."""

import json
import time
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import numpy as np
from numpy.typing import NDArray

from cahiers.language import gettext as _
from cahiers.language import labelled, quoted

BATCH = 64  # texts a request; many servers take no more
TIMEOUT = 60.0  # seconds
TRIES = 3
LARGEST_ANSWER = 64_000_000  # bytes
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PASSING = (408, 429, 500, 502, 503, 504)


class EndpointError(RuntimeError):
    """The server cannot be used; the message, in the language of the person, tells what to do."""


class _NoRedirect(HTTPRedirectHandler):
    """Another address would receive the remarks and the key without having been named."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Endpoint:
    """An encoder for ``textkit`` (``name``, ``version``, ``embed_batch``), and a writer of drafts.

    ``url`` ends before ``/embeddings``. Remarks travel encrypted, or not at all beyond this machine.
    """

    def __init__(self, url: str, model: str, *, key: str | None = None, wait: float = 1.0) -> None:
        parts = urlsplit(url)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise EndpointError(_("%(address)s n’est pas une adresse http(s).") % {"address": quoted(url)})
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise EndpointError(
                _(
                    "%(address)s enverrait les remarques en clair : il faut une adresse en https, ou de cette machine."
                )
                % {"address": quoted(url)}
            )
        if parts.username or parts.password or parts.query:
            raise EndpointError(
                _("L’adresse ne porte ni mot de passe ni paramètre : la clé se donne par l’environnement.")
            )
        self.sent_to = f"{parts.scheme}://{parts.netloc}"
        self.name = f"endpoint {parts.netloc}"
        self.version = model
        self._url, self._key, self._wait = url.rstrip("/"), key, wait
        self._opener = build_opener(_NoRedirect)

    def embed_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text; equal texts are sent once."""
        distinct = list(dict.fromkeys(texts))
        rows: list[Any] = []
        for start in range(0, len(distinct), BATCH):
            rows += self._vectors(distinct[start : start + BATCH])
        try:
            found = np.asarray(rows, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise EndpointError(
                labelled(self.sent_to, _("les vecteurs reçus ne sont pas des nombres."))
            ) from error
        if len(distinct) and (found.ndim != 2 or not np.isfinite(found).all()):
            raise EndpointError(
                labelled(self.sent_to, _("les vecteurs reçus n’ont pas tous la même taille."))
            )
        where = {text: row for row, text in enumerate(distinct)}
        ordered: NDArray[np.float32] = (
            found[[where[text] for text in texts]] if distinct else found.reshape(0, 1)
        )
        return ordered

    def draft(self, model: str, instruction: str, material: str) -> str:
        """What the model writes, as it is: whoever asked has to check it."""
        answer = self._post(
            "chat/completions",
            {
                "model": model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": instruction},
                    {"role": "user", "content": material},
                ],
            },
        )
        try:
            text = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            raise EndpointError(labelled(self.sent_to, _("réponse sans texte."))) from error
        return str(text or "")

    def _vectors(self, texts: list[str]) -> list[Any]:
        answer = self._post("embeddings", {"model": self.version, "input": texts})
        try:
            entries = sorted(answer["data"], key=lambda entry: int(entry["index"]))
            vectors = [entry["embedding"] for entry in entries]
        except (KeyError, TypeError, ValueError) as error:
            raise EndpointError(labelled(self.sent_to, _("réponse sans vecteurs."))) from error
        if len(vectors) != len(texts):
            found = _("%(vectors)s vecteurs pour %(texts)s textes.")
            raise EndpointError(
                labelled(self.sent_to, found % {"vectors": len(vectors), "texts": len(texts)})
            )
        return vectors

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = Request(f"{self._url}/{path}", json.dumps(body).encode(), headers)  # noqa: S310 - http(s) checked
        for attempt in range(TRIES):
            if attempt:
                time.sleep(self._wait * 2**attempt)
            try:
                with self._opener.open(request, timeout=TIMEOUT) as answer:
                    return json.loads(answer.read(LARGEST_ANSWER))
            except HTTPError as error:
                problem = _("le serveur répond %(code)s") % {"code": error.code}
                if error.code not in _PASSING:
                    break
            except (URLError, HTTPException, OSError) as error:
                problem = str(getattr(error, "reason", error))
            except ValueError:
                problem = _("la réponse n’est pas du JSON")
                break
        raise EndpointError(labelled(self.sent_to, f"{problem}."))
