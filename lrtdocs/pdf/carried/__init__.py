"""All that a PDF carries, on its pages or not: its texts, what it hides, its earlier versions."""
