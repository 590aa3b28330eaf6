"""Facts that come with lrtdocs: the gemeenten and their inhabitants, and those that are no more.

`gemeenten.csv` and `herindelingen.csv` hold what the CBS publishes of gemeenten: code, name,
province and inhabitants, and the changes of its yearly division since 2015 (code, name, date, and
the codes of what a gemeente is now; of one that was renamed, the date of its new name).
"""
