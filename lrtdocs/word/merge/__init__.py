"""Several documents as one."""
