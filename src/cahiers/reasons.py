"""Why the system refused a file, in French: its own words are in English whatever the language of the person."""

import errno

_SAID = {
    errno.ENOENT: "il n’existe pas",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "son chemin passe par un fichier",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre part du disque est pleine",
    errno.ENAMETOOLONG: "son nom est trop long",
}


def why(error: OSError) -> str:
    """To be put between brackets; what has no French here is told as the system does."""
    return _SAID.get(error.errno or 0, error.strerror or str(error))
