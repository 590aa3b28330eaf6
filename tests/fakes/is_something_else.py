"""A program called soffice that is not LibreOffice."""

# ruff: noqa: T201  a program prints

print("usage: soffice [--blow-up]")
