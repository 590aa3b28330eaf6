"""What machines are told of papers: names of the lists of TOOI, and how an archive keeps them."""
