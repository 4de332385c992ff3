"""What boards tell the rooms below them."""

from django.apps import AppConfig


class Boards(AppConfig):
    name = "cahiers.boards"

    def ready(self) -> None:
        from cahiers.boards.erasing import forget
        from cahiers.contributions.erasing import register

        register(forget)
