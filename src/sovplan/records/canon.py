"""The canonical form of papers: one text for one content, so that anyone can compare digests.

A paper is ``{"paper": kind, "version": 1, "content": ...}`` in canonical JSON (RFC 8785). Blank
numbers are null. An economy is written as the folder it can be built from, arrays of a draft as
tables labelled with the names of their rows, one number a year. What follows from the rest (the
calendar of a draft) is not written.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias, final

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say
from sovplan.records.aims import Aims
from sovplan.records.documents import (
    Ballots,
    Complaint,
    Decision,
    Document,
    Findings,
    LateReport,
    Report,
    Settlement,
)
from sovplan.records.draft import Draft
from sovplan.records.draftform import draft_form, read_draft_form
from sovplan.records.economy import Economy
from sovplan.records.findings import nearest
from sovplan.records.folder import Folder
from sovplan.records.forms import (
    aims_form,
    economy_form,
    folder_form,
    read_aims_form,
    read_economy_form,
    read_folder_form,
    read_returns_form,
    returns_form,
)
from sovplan.records.returns import Returns
from sovplan.records.wire import built, canonical, encoded, fields_of, parsed, plain

VERSION: Final = 1
"""Version of the canonical form that this program reads and writes."""

Paper: TypeAlias = Document | Economy | Folder | Aims
"""Whatever has a canonical form."""


def canonical_bytes(paper: Paper) -> bytes:
    """Return the canonical form of a paper; the same content gives the same bytes.

    Raises
    ------
    DataError
        The paper holds something that has no canonical form, such as half of a character or a
        whole number beyond 2^53 among the settings.
    """
    form = _FORMS[type(paper)]
    return canonical({"paper": form.name, "version": VERSION, "content": form.write(paper)})


def read_canonical(content: bytes) -> Paper:
    """Return the paper that `canonical_bytes` wrote, checked as when it was made.

    Raises
    ------
    DataError
        It is not JSON, of another version, of no known kind, or its content is not in order.
    """
    document = plain(dict, parsed(content), "$")
    fields_of(document, "$", {"paper", "version", "content"})
    if document["version"] != VERSION:
        raise DataError(say("papers.wire.version", found=document["version"], needed=VERSION))
    forms = {form.name: form for form in _FORMS.values()}
    kind = plain(str, document["paper"], "$.paper")
    if kind not in forms:
        near = nearest(kind, list(forms))
        raise DataError(say("papers.wire.kind", found=kind, nearest=near))
    paper: Paper = forms[kind].read(document["content"], kind)
    return paper


def digest(paper: Paper) -> str:
    """Return the name of a paper's content: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(canonical_bytes(paper)).hexdigest()}"


def _simple(kind: type) -> "_Form":
    return _Form(kind.__name__.lower(), encoded, partial(built, kind))


@final
@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of paper is named, written and read."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[object, str], Any]


_FORMS: Final[dict[type, _Form]] = {
    Economy: _Form("economy", economy_form, read_economy_form),
    Folder: _Form("folder", folder_form, read_folder_form),
    Aims: _Form("aims", aims_form, read_aims_form),
    Returns: _Form("returns", returns_form, read_returns_form),
    Draft: _Form("draft", draft_form, read_draft_form),
    **{
        kind: _simple(kind)
        for kind in (Ballots, Decision, Report, Complaint, Findings, LateReport, Settlement)
    },
}
