from django.urls import URLPattern

app_name = "waitlist"
urlpatterns: list[URLPattern] = []
