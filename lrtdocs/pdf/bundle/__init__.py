"""One PDF of an agenda and its annexes, which may be anybody's."""
