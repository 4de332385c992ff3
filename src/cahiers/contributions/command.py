"""`cahiers retention` and `cahiers processing-record`: what is kept, for how long, and its removal."""

import argparse
import sys

from cahiers.language import gettext as _


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    retention = commands.add_parser(
        "retention", help=_("retirer ce qui a été gardé assez longtemps (à lancer chaque jour)")
    )
    retention.add_argument("--dry-run", action="store_true", help=_("compter sans rien retirer"))
    retention.set_defaults(run=run_retention)

    record = commands.add_parser("processing-record", help=_("écrire le registre des traitements (Markdown)"))
    record.add_argument("slug", metavar=_("CONCERTATION"), help=_("son nom dans son adresse"))
    record.set_defaults(run=run_processing_record)


def run_retention(arguments: argparse.Namespace) -> int:
    """One line a rule on the standard output: a report to keep. 1 where a rule could not be carried out."""
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.contributions.retention import apply, empty_log

    now, failed = timezone.now(), 0
    print(f"Conservation, {now:%d/%m/%Y %H:%M}{' (à blanc)' if arguments.dry_run else ''}")
    for done in apply(now=now, dry_run=arguments.dry_run):
        if done.error:
            failed = 1
            print(f"  {done.rule.what} ({done.rule.how_long}) : non fait, {done.error}", file=sys.stderr)
        else:
            word = "à retirer" if arguments.dry_run else "retiré" if done.count < 2 else "retirés"
            print(f"  {done.rule.what} ({done.rule.how_long}) : {done.count} {word}")
    if not arguments.dry_run:
        empty_log()
    return failed


def run_processing_record(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from cahiers.consultations.models import Consultation
    from cahiers.contributions.processing.record import as_markdown, record_of

    consultation = Consultation.objects.filter(slug=arguments.slug).first()
    if consultation is None:
        print(f"Aucune concertation n’a « {arguments.slug} » dans son adresse.", file=sys.stderr)
        return 2
    print(as_markdown(consultation, record_of(consultation)), end="")
    return 0
