"""Files that go with a meeting or a notebook and are no synthesis: slides, pictures, reports, lists."""
