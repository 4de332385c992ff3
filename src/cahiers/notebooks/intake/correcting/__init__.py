"""Pages where what was understood of a document is corrected, beside what the document says."""
