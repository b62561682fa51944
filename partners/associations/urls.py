"""The portal of associations; under /association/."""

from django.urls import path

from .views import blacklist, deciding, judging

app_name = "associations"

urlpatterns = [
    path("", deciding.home, name="home"),
    path("find/", deciding.find, name="find"),
    path("decide/<slug:kind>/<str:ref>/", deciding.decide, name="decide"),
    path("decisions/<uuid:public_id>/lift/", deciding.lift, name="lift"),
    path("blacklist/", blacklist.index, name="blacklist"),
    path("blacklist/file/", blacklist.take_in, name="blacklist_file"),
    path("blacklist/<uuid:public_id>/end/", blacklist.end, name="entry_end"),
    path("blacklist/<uuid:public_id>/means/", blacklist.means, name="entry_means"),
    path("assessments/", judging.assessments, name="assessments"),
    path("assess/<uuid:public_id>/", judging.assess, name="assess"),
    path("trainings/", judging.trainings, name="trainings"),
    path("trainings/<uuid:public_id>/", judging.training, name="training"),
    path("standards/", judging.standards, name="standards"),
]
