"""Why a document could not be read (无法读取)."""


class Unreadable(Exception):
    """A refusal with a stable code and words that say what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
