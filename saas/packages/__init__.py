"""Model packages: a way of governing a district, written down as data that can be installed.

A package is a folder of YAML under ``tenants/packages``. ``queries`` reads it, ``schemas`` gives
each file its shape, ``rules`` checks the files against each other. A package with one fault is no
package: it is refused whole, with every fault named by file, path and line.
"""
