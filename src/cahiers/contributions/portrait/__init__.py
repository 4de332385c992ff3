"""Who spoke: by category, territory, channel and week, and who has not yet."""
