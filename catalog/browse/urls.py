from django.urls import path

from .views import compare, listing, product, provider

app_name = "browse"
urlpatterns = [
    path("", listing.index, name="index"),
    path("compare/", compare.show, name="compare"),
    path("people/<uuid:public_id>/", provider.show, name="provider"),
    path("<slug:slug>-<int:pk>/", product.show, name="product"),
    path("<slug:slug>/", listing.category, name="category"),
]
