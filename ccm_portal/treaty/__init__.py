"""The Convention on Cluster Munitions as arithmetic.

Pure functions over dates: no Django, no database, no clock. ``clocks`` computes the dates the
Convention sets and says why; ``deadlines`` says when a day has ended and how late something is;
``status`` says what a State is to the Convention on a day and which annual reports it owes.
"""
