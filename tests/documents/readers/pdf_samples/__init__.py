"""PDF files as word processors export them, with the synthesis that each was made of."""
