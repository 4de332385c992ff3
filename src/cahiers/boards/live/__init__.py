"""The live feed: a bare ASGI application beside Django, whose middleware would take a thread for each open stream."""
