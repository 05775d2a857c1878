"""Frameworks in spreadsheets: a workbook (.xlsx) or a folder of csv, both ways, by one table of the sheets."""

from compgraph.exchange.contents import Contents
from compgraph.exchange.contract import Exported


def to_xlsx(framework: Contents) -> Exported:
    """The framework as a workbook. The same framework gives the same bytes."""
    from compgraph.exchange.spreadsheets.losses import exported
    from compgraph.exchange.spreadsheets.tables import tables
    from compgraph.exchange.spreadsheets.xlsx_writer import workbook_bytes

    found = tables(framework)
    return exported(framework, found, {f"{framework.name}.xlsx": workbook_bytes(found)})


def to_csv(framework: Contents) -> Exported:
    """The framework as csv, a file for each sheet. The same framework gives the same bytes."""
    from compgraph.exchange.spreadsheets.csv_writer import folder_files
    from compgraph.exchange.spreadsheets.losses import exported
    from compgraph.exchange.spreadsheets.tables import tables

    found = tables(framework)
    return exported(framework, found, folder_files(found))


def template(name: str) -> dict[str, bytes]:
    """The files of empty sheets, each with an example: a workbook if the name ends in .xlsx, else csv."""
    from compgraph.exchange.spreadsheets.csv_writer import folder_files
    from compgraph.exchange.spreadsheets.tables import example_tables
    from compgraph.exchange.spreadsheets.xlsx_writer import workbook_bytes

    found = example_tables()
    return {name: workbook_bytes(found)} if name.endswith(".xlsx") else folder_files(found)
