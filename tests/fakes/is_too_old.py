"""A LibreOffice from before the last hole in its fetching of linked pictures was closed."""

# ruff: noqa: T201  a program prints

print("LibreOffice 6.4.3.2 747b5d0ebf89f41c860ec2a39efd7cb15b54f2d8")
