"""Facts put into words, and the views of a report: pages, tables, files and terminal, each made from the record."""
