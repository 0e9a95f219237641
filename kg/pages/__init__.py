"""The pages: a folder of static files that shows who does what with whom.

``write_site`` writes them; they open from disk, without a server or a network.
"""

from kg.pages.site import write_site

__all__ = ["write_site"]
