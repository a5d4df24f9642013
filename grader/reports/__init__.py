"""The views of a report: pages, tables, files and terminal, each made from the record alone."""
