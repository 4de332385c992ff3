"""What contributions tell of themselves when they are ready."""

from django.apps import AppConfig


class Contributions(AppConfig):
    name = "cahiers.contributions"

    def ready(self) -> None:
        from cahiers.contributions import erasing, retention
        from cahiers.contributions.intake import keeping

        erasing.register(keeping.forget)
        retention.register(keeping.RULE)
