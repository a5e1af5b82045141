"""What commands that store transcripts say of the proposals that the preview of an import would make."""

from argparse import ArgumentParser

from panels.editorial.proposals import editor_proposals, page_proposals
from panels.transcript import Transcript


def add_apply_proposals(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--apply-proposals",
        action="store_true",
        help="take the title, publisher and byline from the head of each text, and remove the lines of the web page",
    )


def proposals_told(transcript: Transcript, *, applied: bool) -> list[str]:
    """The lines to print about a transcript as it was read."""
    for_page, for_editors = page_proposals(transcript), editor_proposals(transcript)
    said = "applied:" if applied else "proposed (see --apply-proposals):"
    lines = [f"{said} {'; '.join(for_page)}"] if for_page else []
    return [*lines, f"to check: {'; '.join(for_editors)}"] if for_editors else lines
