"""``kg serve``: the site, a SPARQL 1.1 endpoint and a query page, on this machine.

Modules: ``guard`` (what a query asks for), ``formats`` (which format a client
wants), ``worker`` and ``pool`` (processes that answer queries and can be
stopped), ``protocol`` (/sparql), ``things`` (/id/…), ``pages`` (/query),
``application`` (all of it together), ``server`` (the process).
"""

from kg.serve.server import Settings, serve

__all__ = ["Settings", "serve"]
