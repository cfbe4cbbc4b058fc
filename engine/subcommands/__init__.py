"""The subcommands of the command line, one a file: `add` declares it, `run` does it and gives the exit code."""
