"""Small OpenDocument texts for tests, with the few styles that they need."""

import io
import zipfile

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"), ("table", "table"),
        ("draw", "drawing"), ("svg", "svg-compatible"), ("manifest", "manifest"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
STYLES = """
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties
 style:text-line-through-style="solid"/></style:style>
<style:style style:name="S2" style:family="text" style:parent-style-name="S"/>
<style:style style:name="S3" style:family="text" style:parent-style-name="S"><style:text-properties
 style:text-line-through-style="none"/></style:style>
<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="D" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/></text:list-style>
"""


def packed(body: str, *, edges: str = "", **parts: str) -> bytes:
    """A file with a body, what stands at the edges of its pages, and further parts by their names."""
    out = io.BytesIO()
    content = (
        f'<?xml version="1.0"?><office:document-content {NAMES}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles><style:master-page>{edges}</style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, text in {"content.xml": content, "styles.xml": styles, **parts}.items():
            archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def turn(name: str, text: str) -> str:
    """A paragraph that begins with a name in bold."""
    return f'<text:p><text:span text:style-name="B">{name}:</text:span> {text}</text:p>'
