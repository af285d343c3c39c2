"""`python -m linli` is the same as the console script `linli`; everything is in cli.py."""

from linli.cli import main

if __name__ == "__main__":
    main()
