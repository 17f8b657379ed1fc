"""`python -m atlas` is the command `atlas`."""

from atlas.cli import main

if __name__ == "__main__":
    main(prog_name="atlas")
