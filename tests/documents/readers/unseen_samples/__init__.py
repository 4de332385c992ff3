"""The first theme of some unseen documents of `bench.unseen`, as PDF files and as the texts extracted from these."""
