app_name = "browse"
urlpatterns = []
