"""Addresses of a school's portal."""

from django.urls import path

from .views import home, lists

app_name = "schools"
urlpatterns = [
    path("", home.home, name="home"),
    path("packs/", home.packs, name="packs"),
    path("lists/drafts/<uuid:public_id>/", lists.draft, name="draft"),
    path("lists/drafts/<uuid:public_id>/decide/", lists.decide, name="decide"),
    path("lists/<slug:kind>/", lists.school_list, name="list"),
    path("lists/<slug:kind>/undo/", lists.undo, name="undo"),
    path("lists/<slug:kind>/csv/", lists.export, name="export"),
    path("lists/<slug:kind>/template/", lists.template, name="template"),
]
