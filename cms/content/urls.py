"""Addresses of the library. Words of ours come before the slugs of items, which may be anything."""

from django.urls import URLPattern, path

from .views import courses, help, home, items

urlpatterns: list[URLPattern] = [
    path("", home.home, name="library"),
    path("saved/", items.saved, name="library-saved"),
    path("about/", help.about, name="library-about"),
    path("to-help/<slug:kind>/", help.to_help, name="library-to-help"),
    path("collections/<slug:slug>/", home.collection, name="library-collection"),
    path("certificates/<uuid:public_id>/", courses.certificate, name="library-certificate"),
    path("certificates/<uuid:public_id>/file.pdf", courses.certificate_file, name="library-certificate-file"),
    path("<slug:slug>/", items.show, name="library-item"),
    path("<slug:slug>/save/", items.keep, name="library-save"),
    path("<slug:slug>/print/", items.printed, name="library-print"),
    path("<slug:slug>/file.pdf", items.pdf, name="library-pdf"),
    path("<slug:slug>/class/", items.for_class, name="library-class"),
    path("<slug:slug>/lesson/<int:number>/", courses.lesson, name="library-lesson"),
    path("<slug:slug>/lesson/<int:number>/done/", courses.done, name="library-lesson-done"),
    path("<slug:slug>/already-know/", courses.precheck, name="library-precheck"),
    path("<slug:slug>/again/", courses.again, name="library-again"),
    path("<slug:slug>/certificate/", courses.certify, name="library-certify"),
]
