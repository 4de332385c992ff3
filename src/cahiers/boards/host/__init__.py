"""Pages of who runs a meeting: the run mode, one card or row, invitations, the end."""
