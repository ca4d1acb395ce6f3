"""Where things stand on a sheet, told by content: title, header, rows, totals, foot."""
