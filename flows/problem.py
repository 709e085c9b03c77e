"""The one kind of error that is for the user: its message names the thing and the cure, and no traceback is shown."""


class Problem(Exception):
    """Something the user, not the code, can mend. The command line prints the message and exits with `exit_code`."""

    exit_code = 2
