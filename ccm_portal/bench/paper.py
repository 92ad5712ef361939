"""Draw PDFs one after the other and tell what they cost: `python -m ccm_portal.bench.paper VERSION…`."""

import io
import json
import resource
import sys
import time


def main(pks: list[int]) -> None:
    import django  # app ready: settings first

    django.setup()
    import pikepdf  # app ready: after settings, which set up the log

    from reporting.domain import documents  # app ready: models
    from reporting.enums import Audience  # app ready: models
    from reporting.models import ReportVersion  # app ready: models

    cost, began, clock = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    pages = 0
    for pk in pks:
        version = ReportVersion.objects.select_related("report__state").get(pk=pk)
        content = documents.pdf(version, Audience.FULL, attempt=1)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages += len(pdf.pages)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    told = {
        "documents": len(pks),
        "pages": pages,
        "seconds": time.process_time() - cost + children,
        "wall_seconds": time.monotonic() - clock,
        "megabytes": ended.ru_maxrss / 1024,  # of the largest of the renderers
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main([int(pk) for pk in sys.argv[1:]])
