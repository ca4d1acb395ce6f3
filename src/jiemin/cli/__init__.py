"""The command line: options in, one use case called, its result on the screen."""
