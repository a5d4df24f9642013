"""The command line: arguments in, exit codes out; everything else is asked of the layers below."""
