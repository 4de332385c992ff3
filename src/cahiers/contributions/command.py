"""`cahiers retention`: removing what has been kept long enough."""

import argparse


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    retention = commands.add_parser(
        "retention", help="retirer ce qui a été gardé assez longtemps (à lancer chaque jour)"
    )
    retention.add_argument("--dry-run", action="store_true", help="compter sans rien retirer")
    retention.set_defaults(run=run_retention)


def run_retention(arguments: argparse.Namespace) -> int:
    """One line a rule on the standard output: a report to keep."""
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.contributions.retention import apply

    now = timezone.now()
    print(f"Conservation, {now:%d/%m/%Y %H:%M}{' (à blanc)' if arguments.dry_run else ''}")
    for done in apply(now=now, dry_run=arguments.dry_run):
        word = "à retirer" if arguments.dry_run else "retirés"
        print(f"  {done.rule.what} ({done.rule.how_long}) : {done.count} {word}")
    return 0
