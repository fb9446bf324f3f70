"""Tables in the four formats, as other programs write them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from sovplan.records.folder import Table
from sovplan.records.tables import write_csv

Rows = list[list[object]]

GOODS: Rows = [
    ["good", "title", "stock", "note"],
    ["coal", "Coal, hard", 2.5, "of 1928"],
    ["oil", "", None, ""],
    ["1928", "Good of that name", 0, "çelik"],
]


def as_xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def as_ods(rows: Rows) -> bytes:
    """Write the least spreadsheet that the OpenDocument format allows."""

    def cell(value: object) -> str:
        if value is None or value == "":
            return "<table:table-cell/>"
        if isinstance(value, str):
            text = value.replace("&", "&amp;").replace("<", "&lt;")
            kind = 'office:value-type="string"'
            return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    name = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0"'
        f' xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"/>'
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return sink.getvalue()


def as_csv(rows: Rows) -> bytes:
    names = [str(head) for head in rows[0]]
    table = Table.of("x.csv", [dict(zip(names, row, strict=True)) for row in rows[1:]])
    return write_csv(table)


def as_parquet(rows: Rows) -> bytes:
    columns = {str(head): [row[place] for row in rows[1:]] for place, head in enumerate(rows[0])}
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    ".csv": as_csv,
    ".parquet": as_parquet,
    ".xlsx": as_xlsx,
    ".ods": as_ods,
}
