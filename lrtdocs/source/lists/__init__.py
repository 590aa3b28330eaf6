"""Lists of recipients, the register, numbers of gemeenten."""
