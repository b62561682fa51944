from django.urls import path

from .views import capacity, emergencies, endings, overrides, questions, reviews, shifts

app_name = "backoffice"
urlpatterns = [
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:public_id>/", questions.question, name="question"),
    path("questions/<uuid:public_id>/refund/", questions.give_money_back, name="give_money_back"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:public_id>/", reviews.decide_review, name="decide_review"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("capacity/csv/", capacity.capacity_csv, name="capacity_csv"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/<int:pk>/end/", shifts.end_shift, name="end_shift"),
    path("guardianships/", endings.endings, name="endings"),
    path("guardianships/<uuid:public_id>/", endings.ending, name="ending"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<uuid:public_id>/", emergencies.emergency, name="emergency"),
    path("emergencies/words/<uuid:public_id>/", emergencies.urgent_words, name="urgent_words"),
    path("emergencies/<uuid:public_id>/take/", emergencies.take, name="emergency_take"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("overrides/new/", overrides.open_override, name="override_new"),
    path("overrides/<uuid:public_id>/", overrides.override, name="override"),
    path("overrides/<uuid:public_id>/decide/", overrides.decide_override, name="override_decide"),
    path("overrides/<uuid:public_id>/review/", overrides.review_override, name="override_review"),
]
