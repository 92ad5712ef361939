"""What every request passes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from compliance import fence


class FenceCloses:
    """Whoever a request let through to cases is forgotten when it ends, whatever became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            fence.close()
