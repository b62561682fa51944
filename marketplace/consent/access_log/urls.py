from django.urls import URLPattern

app_name = "access_log"
urlpatterns: list[URLPattern] = []
