"""The few files that pages take from npm packages, found where `npm ci` puts them and served as our own."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The name in a page (`{% static %}`) and the file in node_modules.
FILES = {
    "vendor/tabler/css/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler/js/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/icons/fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "vendor/fullcalendar/index.global.min.js": "@tabler/core/dist/libs/fullcalendar/index.global.min.js",
    "vendor/echarts/echarts.min.js": "echarts/dist/echarts.min.js",
}


class PackageFinder(BaseFinder):
    """Finder of exactly the files of `FILES`, so that the rest of the packages (100 MB) is neither copied nor
    served."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Report each package that `npm ci` has not brought."""
        packages = {package_of(source) for source in FILES.values() if not (settings.NODE_MODULES / source).is_file()}
        hint = "在项目目录执行 npm ci，或直接执行 make run"
        return [Error(f"缺少前端软件包 {name}", hint=hint, id="front_end.E001") for name in sorted(packages)]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Find the file of this name, or an empty list; with `find_all` a list of at most one."""
        source = FILES.get(path)
        if source is None or not self.storage.exists(source):
            return []
        return [self.storage.path(source)] if find_all else self.storage.path(source)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, "PackageStorage"]]:
        """List every file by the name that pages use."""
        storage = PackageStorage()
        for name in FILES:
            if storage.exists(name) and not matches_patterns(name, ignore_patterns or ()):
                yield name, storage


class PackageStorage(FileSystemStorage):
    """Storage of the files of `FILES`, opened by the name that pages use."""

    def __init__(self) -> None:
        super().__init__(location=settings.NODE_MODULES)

    def path(self, name: str) -> str:
        return str(Path(settings.NODE_MODULES, FILES[name]))


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Storage under names with a hash of the content, so that browsers may keep them for ever; no source maps."""

    patterns = (("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:2]),)

    @cache  # noqa: B019  one storage for the whole process, and its files do not change meanwhile
    def url(self, name: str, force: bool = False) -> str:
        """Look up the address of a file, once."""
        return str(super().url(name, force))


def package_of(source: str) -> str:
    """Name the npm package that a file in node_modules belongs to."""
    parts = source.split("/")
    return "/".join(parts[:2]) if source.startswith("@") else parts[0]
