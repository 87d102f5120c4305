"""Files that nobody should be able to harm the house with, small here and behaving like large ones."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.knowledge.documents.printing import LEFT, Sheet, printed

WORDS = "訪問の前に家族へ電話をして、会える日を本人と決めます。"
_DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def docx(*paragraphs: str, others: Mapping[str, bytes | str] | None = None, raw: str = "") -> bytes:
    """raw: markup of further paragraphs."""
    body = "".join(_PARAGRAPH.format(each) for each in paragraphs) + raw
    return archive({"word/document.xml": _DOCUMENT.format(body), **(others or {})})


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def with_symlink() -> bytes:
    packed = io.BytesIO(docx(WORDS))
    with zipfile.ZipFile(packed, "a") as file:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/hostname")
    return packed.getvalue()


def pages_in_a_compact_tree(count: int) -> bytes:
    """Every leaf of the tree is the same page."""
    leaf, width = "4 0 R", 100
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(['3 0 R'] * (count // width))}] >>",
        f"<< /Type /Pages /Parent 2 0 R /Count {width} /Kids [{' '.join([leaf] * width)}] >>",
        "<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>",
    ]
    return pdf_of([f"{each}".encode() for each in objects])


def pdf_of(objects: list[bytes]) -> bytes:
    file = bytearray(b"%PDF-1.5\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(file)


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content unpacks, three times over, to far more than there is room for."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 1024**2) for _ in range(megabytes)) + packer.flush()
    content = zlib.compress(zlib.compress(content, 9), 9)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(content),
        content,
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream])


def scanned() -> bytes:
    def picture(page: Sheet) -> None:
        for place in range(40):
            page.box(LEFT, 80 + place * 15, 300, 8)

    return printed(picture, picture)


def encrypted() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(90, 700, "words that nobody may read")
    canvas.save()
    return file.getvalue()


def with_script_and_attachment(secret: str) -> bytes:
    """A page of text; what a viewer would run and what hangs on it both hold the secret."""
    stream = secret.encode()
    text = b"BT /F 12 Tf 20 50 Td (Call the family before you visit them at home.) Tj ET"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\('%s'\\)) >>"
            b" /Names << /EmbeddedFiles << /Names [(%s.txt) 6 0 R] >> >> >>" % (stream, stream),
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Filespec /F (%s.txt) /EF << /F 7 0 R >> >>" % stream,
            b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    )
