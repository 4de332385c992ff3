"""Why the system refused a file: its own words do not follow the language of the person."""

import errno

from cahiers.language import gettext as _
from cahiers.language import gettext_noop

_SAID = {
    errno.ENOENT: gettext_noop("il n’existe pas"),
    errno.EISDIR: gettext_noop("c’est un dossier"),
    errno.ENOTDIR: gettext_noop("son chemin passe par un fichier"),
    errno.EACCES: gettext_noop("vous n’en avez pas le droit"),
    errno.EPERM: gettext_noop("vous n’en avez pas le droit"),
    errno.EROFS: gettext_noop("le disque est en lecture seule"),
    errno.ENOSPC: gettext_noop("le disque est plein"),
    errno.EDQUOT: gettext_noop("votre part du disque est pleine"),
    errno.ENAMETOOLONG: gettext_noop("son nom est trop long"),
}


def why(error: OSError) -> str:
    """To be put between brackets; what has no words here is told as the system does."""
    said = _SAID.get(error.errno or 0)
    return _(said) if said else error.strerror or str(error)
