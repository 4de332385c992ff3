"""`cahiers demo` and `cahiers serve`."""

import argparse
import gc
import os
import secrets
import sys
import time
from importlib import import_module
from multiprocessing import Process
from pathlib import Path

from cahiers.language import FRENCH, speaking
from cahiers.language import gettext as _


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser("demo", help=_("préparer une concertation de démonstration et la servir"))
    _add_address(demo)
    demo.add_argument("--no-serve", action="store_true", help=_("préparer sans servir"))
    demo.add_argument("--lan", action="store_true", help=_("servir les téléphones du même réseau, en https"))
    demo.add_argument("--plain", action="store_true", help=_("avec --lan : en http, sans certificat"))
    demo.set_defaults(run=run_demo)

    serve = commands.add_parser("serve", help=_("servir le site"))
    _add_address(serve)
    serve.add_argument("--workers", type=int, default=1, metavar="N", help=_("processus (par défaut, 1)"))
    serve.set_defaults(run=run_serve)


def run_demo(arguments: argparse.Namespace) -> int:
    """Prepare the database and load the demo once; a second start keeps what people made of it."""
    started = time.monotonic()
    if arguments.lan:
        _open_to_network(arguments)
    _name_address(arguments)
    _prepare()
    from django.utils import timezone

    from cahiers.demo.loader import ORGANISER, load

    print("Chargement de la concertation de démonstration…", flush=True)
    loaded = load(now=timezone.now(), progress=lambda step: print(f"  {step}", flush=True))
    print("Elle est chargée." if loaded else "Elle y était déjà : rien n’a changé.")
    print(f"Pour l’organiser, connectez-vous avec l’adresse {ORGANISER}.{_where_mail_goes()}")
    print(f"Prêt en {time.monotonic() - started:.1f} s.".replace(".", ",", 1))
    if arguments.lan:
        _invite(arguments)
    if not arguments.no_serve:
        _serve(arguments.host, arguments.port, workers=1, certified=arguments.lan and not arguments.plain)
    return 0


def _open_to_network(arguments: argparse.Namespace) -> None:
    """Before settings are read: which addresses are ours, and whether cookies insist on https."""
    from cahiers.demo import lan

    found = lan.addresses()
    scheme = "http" if arguments.plain else "https"
    os.environ["SITE_URL"] = f"{scheme}://{found[0] if found else 'localhost'}:{arguments.port}"
    os.environ["ALLOWED_HOSTS"] = ",".join(lan.names())
    arguments.host = "0.0.0.0"  # noqa: S104 - asked for: the whole room joins


def _invite(arguments: argparse.Namespace) -> None:
    from cahiers.demo import lan

    scheme = "http" if arguments.plain else "https"
    found = lan.addresses()
    if not found:
        print("Cette machine n’est sur aucun réseau : personne d’autre ne peut la joindre.")
        return
    print("\nDepuis un téléphone du même réseau :")
    for address in found:
        print(f"  {scheme}://{address}:{arguments.port}/r/")
    print(lan.invitation(f"{scheme}://{found[0]}:{arguments.port}/r/"))
    if not arguments.plain:
        print("Le navigateur dira ne pas connaître ce certificat, fait ici : acceptez-le une fois.")


def _where_mail_goes() -> str:
    from django.conf import settings

    if settings.EMAIL_BACKEND != "django.core.mail.backends.filebased.EmailBackend":
        return ""
    return f"\nLe code de connexion arrive dans {settings.EMAIL_FILE_PATH}"


def run_serve(arguments: argparse.Namespace) -> int:
    _name_address(arguments)
    _prepare()
    _serve(arguments.host, arguments.port, arguments.workers)
    return 0


def _name_address(arguments: argparse.Namespace) -> None:
    """Before settings are read: messages name the address that is served, where none is given."""
    everywhere = arguments.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    host = "127.0.0.1" if everywhere else _shown(arguments.host)
    os.environ.setdefault("SITE_URL", f"http://{host}:{arguments.port}")


def _shown(host: str) -> str:
    """As an address of a page has it."""
    return f"[{host}]" if ":" in host else host


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", metavar=_("ADRESSE"), help=_("adresse (par défaut, 127.0.0.1)")
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N", help=_("port (par défaut, 8000)"))


#: Connections that wait to be accepted, and those that a worker holds: each telephone of a meeting has a stream open.
BACKLOG = 4096
CONNECTIONS = 20_000
#: Seconds that a worker has to end.
PATIENCE = 10
#: What the server frees goes back to the system at once: else a tenth of what a stream holds is pages nobody uses.
ALLOCATOR = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")


def _prepare() -> None:
    """Folder, secret key, tables and static files."""
    var = Path(os.environ.get("CAHIERS_VAR", "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    _keep_secret(var / "secret_key")
    import django

    django.setup()
    print("Préparation de la base de données…", flush=True)
    # In a process that ends: what that takes, every worker would inherit and soon copy.
    apart = Process(target=_bring_up_to_date)
    apart.start()
    apart.join()
    if apart.exitcode:
        sys.exit(apart.exitcode)


def _bring_up_to_date() -> None:
    """Tables and static files."""
    import django

    django.setup()  # where a process does not begin as a copy of this one
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def _keep_secret(file: Path) -> None:
    """A key of this installation's own, made once; one in the environment takes precedence over it."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(50))


def _serve(host: str, port: int, workers: int, *, certified: bool = False) -> None:
    os.environ.setdefault(*ALLOCATOR)  # which its library reads once, when it is loaded
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    scheme = "https" if certified else "http"
    print(f"\n  Cahiers est servi sur {scheme}://{_shown(host)}:{port}/ (Ctrl+C pour arrêter)\n", flush=True)
    kept, key = _certificate() if certified else (None, None)
    # Whoever reads the pages chooses their language, not whoever starts the server.
    with speaking(FRENCH):
        _load()
        Granian(
            "cahiers.asgi:application",
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            workers=workers,
            backlog=BACKLOG,
            backpressure=CONNECTIONS,
            workers_kill_timeout=PATIENCE,
            # Without a certificate nobody speaks HTTP/2 to us, and to wait for it doubles what a connection holds.
            http=HTTPModes.auto if certified else HTTPModes.http1,
            ssl_cert=kept,
            ssl_key=key,
        ).serve()


def _certificate() -> tuple[Path, Path]:
    from django.conf import settings

    from cahiers.demo import lan

    return lan.certificate(settings.VAR, lan.names())


def _load() -> None:
    """All that a worker needs, before workers are forked from this process and share its memory."""
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import timezone

    import_module("cahiers.asgi")
    from cahiers.boards.live.rehearsal import rehearse

    assert get_resolver().url_patterns
    rehearse(timezone.now())
    connections.close_all()  # two processes must not hold one connection
    gc.collect()
    gc.freeze()  # else the first collection writes to every page, which is then copied
