"""A ZIP that is written paper by paper, with the SHA-256 of each."""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO

CHUNK = 64 * 1024
LONGEST_NAME = 80
# What a file system, or a program that unpacks, may read as something else.
UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u202a-\u202e\u2066-\u2069]+')
MODE = 0o644 << 16


@dataclass(frozen=True)
class Paper:
    """One file of the package. `number` and `dated` as they stand in the index; `note` says what has become of it.

    `pages`: None when they are not known, or when it is no paper at all.
    """

    path: str
    name: str
    number: str
    dated: date | None
    sha256: str
    size: int
    pages: int | None = None
    note: str = ""


def safe_name(name: str) -> str:
    """Strip the name of what could lead out of its folder; the ending is kept."""
    clean = UNSAFE.sub("_", name).strip(" .") or "文件"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 8:
        return clean[:LONGEST_NAME]
    return f"{stem[:LONGEST_NAME]}.{ending}"


class Package:
    """A ZIP written into `target` at once, which keeps no content in memory."""

    def __init__(self, target: IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.papers: list[Paper] = []

    def add(
        self,
        path: str,
        chunks: Iterable[bytes],
        *,
        name: str,
        number: str = "",
        dated: date | None = None,
        pages: int | None = None,
    ) -> Paper:
        """Write one paper and remember it for the index."""
        sha256, size = hashlib.sha256(), 0
        with self.archive.open(self._entry(path), "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
                sha256.update(chunk)
                size += len(chunk)
        paper = Paper(path, name, number, dated, sha256.hexdigest(), size, pages)
        self.papers.append(paper)
        return paper

    def miss(
        self, *, name: str, number: str, dated: date | None, sha256: str, size: int, pages: int | None = None,
        why: str = "文件库中缺失",
    ) -> None:  # fmt: skip
        """Remember a paper that is not there, or not as it was: the index says so, with its pages, instead of leaving
        it out."""
        self.papers.append(Paper("", name, number, dated, sha256, size, pages, why))

    def close(self) -> None:
        """Write the list of hashes (as `sha256sum --check` reads it) and the end of the archive."""
        lines = "".join(f"{paper.sha256}  {paper.path}\n" for paper in self.papers if paper.path)
        self.archive.writestr(self._entry("校验值.sha256"), lines.encode())
        self.archive.close()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, MODE
        return entry


def chunks_of(content: IO[bytes]) -> Iterable[bytes]:
    """Read the content piece by piece."""
    while chunk := content.read(CHUNK):
        yield chunk
