"""Check it yourself: the certificate, the digests to cite, the command."""

from collections.abc import Iterator, Mapping

from sovplan.foundation.numbers import residual_on_page
from sovplan.foundation.words import say
from sovplan.records.canon import digest
from sovplan.records.draft import Draft
from sovplan.report.parts import Chapter, code, facts, joined, paragraph, text, told
from sovplan.report.svg import Html


def chapter(draft: Draft, command: str, digests: Mapping[str, str]) -> Chapter:
    """Return the section by which a reader can check the draft."""
    key = "plan" if draft.done else "none"
    inner = joined([
        paragraph(say(f"report.check.{key}")),
        facts([*_proof(draft), *_inputs(draft), *_repeat(command, digests)]),
    ])  # fmt: skip
    return Chapter("check", say("report.chapter.check"), inner)


def _proof(draft: Draft) -> Iterator[tuple[str, Html]]:
    yield say("report.check.status"), told(f"report.status.{draft.status}")
    proof = draft.certificate
    if proof is None:
        return
    for name in ("balance", "primal", "dual", "gap"):
        yield say(f"report.check.{name}"), text(residual_on_page(getattr(proof, name)))


def _inputs(draft: Draft) -> Iterator[tuple[str, Html]]:
    yield say("report.check.economy"), code(digest(draft.economy))
    yield say("report.check.aims"), code(digest(draft.aims))


def _repeat(command: str, digests: Mapping[str, str]) -> Iterator[tuple[str, Html]]:
    for name, content in digests.items():
        yield name, code(content)
    if command:
        yield say("report.check.command"), code(command)
