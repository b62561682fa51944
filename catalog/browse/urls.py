from django.urls import path

from .views import compare, listing, product, provider, saved

app_name = "browse"
urlpatterns = [
    path("", listing.index, name="index"),
    path("compare/", compare.show, name="compare"),
    path("saved/", saved.index, name="saved"),
    path("saved/change/", saved.change, name="change_saved"),
    path("people/<uuid:public_id>/", provider.show, name="provider"),
    path("<slug:slug>-<int:pk>/", product.show, name="product"),
    path("<slug:slug>/", listing.category, name="category"),
]
