"""The Article 7 form, declared once. No models, no database, no clock.

``editions`` holds the declarations, ``values`` reads and writes single answers, ``answers`` changes a section,
``checks`` finds what is wrong, ``content`` freezes a report, ``receipts`` proves it, ``sentences`` puts it in words.
"""
