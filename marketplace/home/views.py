"""The start page and 我的."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html")


def me(request: HttpRequest) -> HttpResponse:
    return render(request, "home/me.html")
