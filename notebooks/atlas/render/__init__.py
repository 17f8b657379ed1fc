"""From notebooks to reports: the only importer of papermill and nbconvert, the only writer of reports."""

import sys

# nbformat checks notebooks through jsonschema, which prepares a grammar of international addresses if it finds one.
# That takes a second in every process, and no notebook has such an address; jsonschema does without it if need be.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
