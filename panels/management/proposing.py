"""What commands that store transcripts say of the proposals that the preview of an import would make."""

from argparse import ArgumentParser

from panels.editorial.proposals import editor_proposals, with_page_proposals
from panels.transcript import Transcript


def add_apply_proposals(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--apply-proposals",
        action="store_true",
        help="take the title, publisher and byline from the head of each text, and remove the lines of the web page",
    )


def proposed(transcript: Transcript, *, applied: bool) -> tuple[Transcript, list[str]]:
    """The transcript to store, with what is proposed for its page if that is `applied`, and the lines to print."""
    settled, for_page = with_page_proposals(transcript)
    for_editors = editor_proposals(settled)
    said = "applied:" if applied else "proposed (see --apply-proposals):"
    lines = [f"{said} {'; '.join(for_page)}"] if for_page else []
    lines += [f"to check: {'; '.join(for_editors)}"] if for_editors else []
    return settled if applied else transcript, lines
