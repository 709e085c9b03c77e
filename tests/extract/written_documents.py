"""Documents for the tests: small PDFs, Word documents and messages of our own writing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx

WIDTH, HEIGHT = 595, 842
"""A4, in points."""


@dataclass(frozen=True)
class Words:
    """A line of a page: where it begins, how large it is, whether it is bold."""

    text: str
    left: float = 72
    bottom: float = 700
    size: float = 11
    bold: bool = False


def down(*lines: str, left: float = 72, top: float = 700, size: float = 11, step: float = 13) -> list[Words]:
    """Lines one below the other; an empty one leaves a gap."""
    return [Words(text, left, top - number * step, size) for number, text in enumerate(lines) if text]


def pdf(*pages: Sequence[Words], about: dict[str, str] | None = None, encrypted: bool = False) -> bytes:
    """A PDF with these pages. An encrypted one asks for a password nobody knows."""
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        "<< " + " ".join(f"/{key} ({_escaped(value)})" for key, value in (about or {}).items()) + " >>",
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(_shown(words) for words in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font {fonts} >> "
            f"/Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    key = "0" * 64
    lock = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{key}> /U <{key}> >> /ID [<00> <00>]"
    return _file(objects, f"/Root 1 0 R /Info 5 0 R {lock if encrypted else ''}")


def _shown(words: Words) -> str:
    font = "F2" if words.bold else "F1"
    return f"BT /{font} {words.size} Tf {words.left} {words.bottom} Td ({_escaped(words.text)}) Tj ET"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[str], trailer: str) -> bytes:
    content = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    content += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    content += f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(content)


def word(*paragraphs: tuple[str, str], rows: Sequence[Sequence[str]] = (), **about: Any) -> bytes:
    """A Word document with paragraphs (style, text), then a table, and these core properties."""
    document: Any = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    document.core_properties.author = ""
    for name, value in about.items():
        setattr(document.core_properties, name, value)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
