"""What can go wrong with the private cluster, as codes; `core.errors` needs Django and stays out."""


class ClusterError(Exception):
    """The private cluster cannot do what was asked; `code` is stable, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
