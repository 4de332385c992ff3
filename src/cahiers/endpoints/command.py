"""``analyse`` with the options that name a server; without them it is the command of ``textkit``, as it stands."""

import argparse
import os
import sys
from typing import Any

from cahiers.language import gettext as _
from cahiers.language import labelled, ngettext
from cahiers.textkit import command

KEY = "CAHIERS_ENDPOINT_KEY"


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds ``analyse`` to a command's sub-parsers."""
    parser = command.add_parser(subparsers)
    remote = parser.add_argument_group(
        _("serveur distant"),
        _("les remarques quittent cette machine ; la clé se donne par %(name)s") % {"name": KEY},
    )
    remote.add_argument(
        "--endpoint", metavar="URL", help=_("serveur à l’interface d’OpenAI, pour rapprocher les phrases")
    )
    remote.add_argument("--endpoint-model", metavar=_("MODÈLE"), help=_("modèle de vecteurs de ce serveur"))
    remote.add_argument(
        "--draft-model", metavar=_("MODÈLE"), help=_("modèle qui rédige un résumé de chaque groupe")
    )
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """As ``textkit``'s; 2 also where the server cannot be used."""
    if not args.endpoint:
        if args.endpoint_model or args.draft_model:
            return _refused(_("--endpoint-model et --draft-model demandent --endpoint."))
        return command.run(args)
    if not args.endpoint_model:
        return _refused(_("--endpoint demande --endpoint-model."))
    if args.lexical or args.encoder:
        return _refused(_("--endpoint ne va ni avec --lexical ni avec --encoder."))
    # Numerical libraries are an extra, and take a second to load.
    from cahiers.endpoints.client import Endpoint, EndpointError
    from cahiers.endpoints.drafts import with_drafts
    from cahiers.textkit import execution
    from cahiers.textkit.model import Analysis, Passage

    def finish(analysis: Analysis, passages: list[Passage]) -> Analysis:
        texts = {passage.id: passage.text for passage in passages}
        drafted, refused = with_drafts(
            analysis, texts, lambda asked, given: server.draft(args.draft_model, asked, given)
        )
        if refused:
            told = ngettext(
                "%(n)s résumé refusé : une phrase au moins ne cite pas de remarque.",
                "%(n)s résumés refusés : une phrase au moins ne cite pas de remarque.",
                refused,
            )
            print(told % {"n": refused}, file=sys.stderr)
        return drafted

    try:
        server = Endpoint(args.endpoint, args.endpoint_model, key=os.environ.get(KEY))
        sending = _("Les remarques sont envoyées à %(server)s (%(model)s).")
        print(sending % {"server": server.sent_to, "model": args.endpoint_model}, file=sys.stderr)
        return execution.run(args, encoder=server, finish=finish if args.draft_model else None)
    except EndpointError as error:
        return _refused(str(error))


def _refused(reason: str) -> int:
    print(labelled("cahiers analyse", reason), file=sys.stderr)
    return 2
