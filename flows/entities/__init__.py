"""The entities of a lake, and those that the user knows better. In: a lake, `config/entities`. Out: tables and `OwnEntity`s."""
