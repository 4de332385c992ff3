"""What notebooks tell the rooms below them."""

from django.apps import AppConfig


class Notebooks(AppConfig):
    name = "cahiers.notebooks"

    def ready(self) -> None:
        from cahiers.contributions.erasing import register
        from cahiers.notebooks.erasing import forget

        register(forget)
