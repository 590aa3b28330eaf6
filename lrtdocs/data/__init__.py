"""Facts that come with lrtdocs: the gemeenten and their inhabitants, and those that are no more.

`gemeenten.csv` and `herindelingen.csv` hold what the CBS publishes of gemeenten: code, name,
province and inhabitants, and the changes of its yearly division since 2015 (code, name, date, and
the codes of what a gemeente is now; of one that was renamed, the date of its new name).
`plaatsen.csv` has the places of each of these gemeenten with the numbers of their postcodes: from
the postal codes of GeoNames (geonames.org, CC BY 4.0) of June 2022, gemeenten as of 2024.
`ligging.csv` has of each gemeente its province, and where the middle of its places lies, in
kilometres east and north: from the cities of GeoNames.
`lichamen.csv` has the bodies that are addressed by who governs them: the waterschappen with the
code of their area, the ministries as of 2025, the COA, and the public bodies in the Caribbean.
`landen.csv` has the countries by the codes of ISO 3166 and their Dutch and English names.
"""
