"""What a paper is, for machines: DiWoo for a platform that publishes it, MDTO for an archive.

Plain data in, the bytes of an XML file out; the same data give the same bytes.
"""
