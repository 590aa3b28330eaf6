"""The local page: the toolkit for people who never open a terminal.

A page in, one call of `lrtdocs.api`, a page out; no rule of the domain lives here. It answers to
this computer alone (`guard.py`), and the files in the folder are the truth (`desk.py`).
"""
