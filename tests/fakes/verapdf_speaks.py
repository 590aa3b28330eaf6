"""A veraPDF that finds one rule broken by PDF/UA-1, none by PDF/A, and warns in between."""

# ruff: noqa: T201  a program prints

import sys

flavour = sys.argv[sys.argv.index("--flavour") + 1]
fails = flavour == "ua1"
print('<?xml version="1.0" encoding="utf-8"?>\n<report>\n  <buildInformation>')
print('    <releaseDetails id="core" version="1.28.2" buildDate="2025-07-15T16:07:00+03:00"/>')
print("  </buildInformation>")
print("WARNING: font <none> has no 'hmtx' & no glyphs", file=sys.stderr, flush=True)
print(f'  <jobs><job><validationReport profileName="{flavour}" isCompliant="{not fails}">')
print("<details>")
if fails:
    print(
        '<rule specification="ISO 14289-1:2014" clause="7.1" testNumber="8" status="failed" '
        'failedChecks="2"><description>The Metadata stream &amp; so on</description></rule>'
    )
print(
    '<rule specification="ISO 14289-1:2014" clause="7.2" testNumber="1" status="passed">'
    "<description>Good</description></rule></details></validationReport></job></jobs></report>",
    flush=True,
)
sys.exit(int(fails))
