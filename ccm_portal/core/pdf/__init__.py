"""Documents to print, keep and hand round: PDF/A-3a and PDF/UA-1, set in a process that can reach nothing.

``order.pdf()`` takes a template with its context, in the words of the page's language, and gives the file;
``texts.Text`` is for words that strangers typed. See docs/decisions/0004-documents.md.
"""
