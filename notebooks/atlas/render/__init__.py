"""From notebooks to reports: the only importer of papermill and nbconvert, the only writer of reports."""
