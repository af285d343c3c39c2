"""The API's addresses; any other below it is missing in the form of the API."""

from typing import Never

from django.http import HttpRequest
from django.urls import path, re_path

from linli.api.routes import api
from linli.core.errors import NotFound


def missing(request: HttpRequest) -> Never:
    """There is nothing at this address. Raises: not_found"""
    raise NotFound


urlpatterns = [path("v1/", api.urls), re_path("", missing)]
