"""Draw one PDF and tell what it cost: `python -m ccm_portal.bench.paper VERSION`."""

import io
import json
import resource
import sys
import time


def main(pk: int) -> None:
    import django  # app ready: settings first

    django.setup()
    import pikepdf  # app ready: after settings, which set up the log

    from reporting.domain import documents  # app ready: models
    from reporting.enums import Audience  # app ready: models
    from reporting.models import ReportVersion  # app ready: models

    version = ReportVersion.objects.select_related("report__state").get(pk=pk)
    spent, began = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    content = documents.pdf(version, Audience.FULL, attempt=1)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    print(
        json.dumps(
            {"pages": pages, "seconds": time.process_time() - spent + children, "megabytes": ended.ru_maxrss / 1024}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
