"""Every write of what people say."""

from cahiers.contributions.actions.taking import (
    ConsultationClosed,
    Draft,
    OutsideConsultation,
    notice,
    revise,
    store,
    submit,
)

__all__ = ["ConsultationClosed", "Draft", "OutsideConsultation", "notice", "revise", "store", "submit"]
