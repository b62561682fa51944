from django.urls import URLPattern

app_name = "data_rights"
urlpatterns: list[URLPattern] = []
