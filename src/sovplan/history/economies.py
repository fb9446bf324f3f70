"""Economies by name or path, and the aims that stand beside them."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import aims_findings, aims_of
from sovplan.records.assembly import economy_of
from sovplan.records.economy import Economy
from sovplan.records.findings import Finding, nearest
from sovplan.records.folder import Folder, Table
from sovplan.records.tables import find_table, read_folder, read_table, read_toml

_DATA: Final = Path(str(files("sovplan.history"))) / "data"


@final
@dataclass(frozen=True, slots=True)
class Embedded:
    """An economy that comes with the package: its name, title and the names of its aims."""

    name: str
    title: str
    aims: tuple[str, ...]


def embedded() -> tuple[Embedded, ...]:
    """Return the economies that come with the package, by name."""
    return tuple(
        Embedded(path.name, str(read_toml(path / "economy.toml")["title"]), aims_names(path))
        for path in sorted((_DATA / "economies").iterdir())
        if (path / "economy.toml").is_file()
    )


def template() -> Path:
    """Return the folder of the commented template."""
    return _DATA / "template"


def folder_path(economy: str | Path) -> Path:
    """Return the folder of an economy given by its name or path.

    Raises
    ------
    DataError
        There is neither a folder nor an embedded economy of that name.
    """
    path = Path(economy)
    if str(economy) and path.is_dir():
        return path
    inside = _DATA / "economies" / str(economy)
    if str(economy) == path.name and (inside / "economy.toml").is_file():
        return inside
    names = [found.name for found in embedded()]
    raise DataError(
        say("history.economies.unknown", name=economy or '""', nearest=nearest(str(economy), names))
    )


def read_economy(economy: str | Path) -> Economy:
    """Read an economy by its name or path.

    Raises
    ------
    DataError
        It is not there, or has an error in its form.

    Examples
    --------
    >>> read_economy("two-goods").goods.names
    ('grain', 'tools')
    """
    return economy_of(read_economy_folder(economy))


def read_economy_folder(economy: str | Path) -> Folder:
    """Read an economy as it is written, without judging it."""
    return read_folder(folder_path(economy))


def aims_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the aims files ``aims-NAME.toml`` of a folder."""
    return tuple(sorted(path.stem.removeprefix("aims-") for path in folder.glob("aims-*.toml")))


def aims_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of aims in the folder of an economy: ``aims.toml``, ``aims-NAME.toml``."""
    return tuple(sorted({*folder.glob("aims.toml"), *folder.glob("aims-*.toml")}))


def aims_file_findings(file: Path, economy: Economy) -> list[Finding]:
    """Return everything that is wrong in a file of aims and in the table of needs it names."""
    try:
        settings = read_toml(file)
        needs = _needs(settings.get("needs"), file)
    except DataError as refused:
        return [Finding("error", file.name, 0, "", str(refused))]
    return aims_findings(settings, needs, economy, name=file.name)


def read_aims(aims: str | Path, economy: Economy, folder: Path) -> Aims:
    """Read aims by path, or by name from the folder of the economy.

    Parameters
    ----------
    aims
        Path of a TOML file, or NAME of a file ``aims-NAME.toml`` beside the economy.
    economy, folder
        The economy whose goods the aims name, and its folder.

    Raises
    ------
    DataError
        The file or its table of needs is not there, or something in them is wrong.
    """
    path = _aims_path(Path(aims), folder)
    settings = read_toml(path)
    return aims_of(settings, _needs(settings.get("needs"), path), economy, name=path.name)


def _aims_path(given: Path, folder: Path) -> Path:
    for path in (given, folder / f"aims-{given}.toml", folder / given, folder / f"{given}.toml"):
        if path.is_file():
            return path
    names = aims_names(folder)
    raise DataError(
        say("history.economies.no_aims", name=given, nearest=nearest(str(given), names))
    )


def _needs(name: object, aims: Path) -> Table | None:
    if not isinstance(name, str):
        return None
    path = aims.parent / name
    if not path.is_file():
        found = find_table(aims.parent, name.removesuffix(path.suffix) + ".csv")
        if found is None:
            raise DataError(say("history.economies.no_needs", aims=aims.name, name=name))
        path = found
    return read_table(path, "needs.csv")
