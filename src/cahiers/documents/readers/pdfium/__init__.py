"""What pdfium sees in a PDF file, asked in a process of its own: `python -m cahiers.documents.readers.pdfium`.

pdfium is C++ and the files are strangers': a bomb or a crash ends that process and nothing else. So this package
imports little, and no other imports pdfium.
"""
