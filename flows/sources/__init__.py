"""The command `copydesk sources`: how the sources fare, and a first look at a new one.

In: settings, an address. Out: text for people, JSON for scripts, a file in `config/sources`.
"""
