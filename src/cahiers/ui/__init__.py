"""Base templates, components, styles and what answers every request alike."""
